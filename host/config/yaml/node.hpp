// SPDX-License-Identifier: Apache-2.0
// The tree of a YAML file with the place of everything in it: what the pipeline document and typed
// values are read from. Built by parse.hpp alone; scalars keep their text as written, nobody has
// guessed a type yet. Plain values: copy and move freely, no thread rules. Depth is at most 64, so
// recursion over a tree is safe.
#pragma once

#include "base/diagnostic.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::yaml {

struct mark {
  int line = 0;   // 1-based; 0: unknown
  int column = 0; // 1-based, in bytes; 0: unknown

  friend auto operator<=>(const mark&, const mark&) = default;
};

enum class kind : std::uint8_t { null, scalar, sequence, mapping };
enum class style : std::uint8_t { plain, single_quoted, double_quoted, literal, folded };

struct entry;

struct node {
  yaml::kind kind = kind::null;
  yaml::style style = style::plain;
  mark at; // first byte; of a block scalar its | or >; of a value left out, the key or dash before
           // it
  std::string text; // of a scalar; a null that is written out keeps its word ("~", "null")
  std::string raw;  // source of a scalar that does not stand as it is in one line; for position_in
  std::vector<node> items;
  std::vector<entry> entries; // in the order written; keys are unique

  [[nodiscard]] bool is_null() const { return kind == kind::null; }
  [[nodiscard]] bool is_scalar() const { return kind == kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind == kind::sequence; }
  [[nodiscard]] bool is_mapping() const { return kind == kind::mapping; }
  [[nodiscard]] bool is_plain() const { return style == style::plain; }
  [[nodiscard]] bool is_quoted() const {
    return style == style::single_quoted || style == style::double_quoted;
  }

  // The entry with this key, or null; linear. Also null where this is no mapping.
  [[nodiscard]] const entry* find(std::string_view key) const;
};

struct entry {
  std::string key;
  mark at; // of the key
  node value;
};

[[nodiscard]] vigie::place place_of(mark at, std::string file);

// Where byte `byte` of a scalar's text stands in the file. Exact for every style, also across
// folded lines and escapes; a byte made by folding maps to the end of the line before it. Bytes
// behind the end map to the end.
[[nodiscard]] vigie::place position_in(const node& scalar, std::size_t byte, std::string file = {});

// A few words for messages: "a list", "a mapping", "nothing", "'abc'".
[[nodiscard]] std::string describe(const node& n);

} // namespace vigie::yaml
