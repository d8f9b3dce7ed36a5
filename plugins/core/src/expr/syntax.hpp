// SPDX-License-Identifier: Apache-2.0
// The tree of an expression as it was written, before columns and types are known. Made by the
// parser, read by the typer. Owns its children; at most `max_depth` deep, so that walking it by
// recursion is safe on any thread's stack.
#pragma once

#include <vigie/types.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace vigie::core::expr {

inline constexpr int max_depth = 200; // levels of nesting

enum class comparison : std::uint8_t { equal, differs, less, at_most, greater, at_least };

enum class form : std::uint8_t {
  null,
  boolean,    // flag
  integer,    // whole
  real,       // real
  text,       // text; its type follows from its use
  date,       // whole: days
  timestamp,  // whole: microseconds
  interval,   // whole: microseconds
  column,     // text: name; flag: it stood in double quotes
  named,      // text: name of a value given beside the expression
  negate,     // -x
  invert,     // not x
  arithmetic, // symbol: + - * / %
  compare,    // cmp
  concat,     // ||
  all_of,     // and, flat
  any_of,     // or, flat
  is_null,    // negated: is not null
  is_truth,   // flag: the truth; negated
  distinct,   // is [not] distinct from
  in_list,    // x, items...; negated
  between,    // x, low, high; negated
  like,       // x, pattern [, escape]; flag: ilike; negated
  choose,     // case when: c1, r1, ... [, else]; flag: has else
  choose_of,  // case x when: x, v1, r1, ... [, else]; flag: has else
  cast,       // type; flag: try_cast
  call,       // text: name
  member,     // x.text
  element     // x[y]
};

struct syntax {
  form kind = form::null;
  std::size_t at = 0; // byte of the expression that an error about this node points at
  bool flag = false, negated = false;
  char symbol = 0;
  comparison cmp = comparison::equal;
  int depth = 1;
  std::int64_t whole = 0;
  bool above_int64 = false; // integer: `whole` holds the bits of an uint64
  double real = 0;
  field type = {}; // cast
  std::string text = {};
  std::vector<std::unique_ptr<syntax>> args = {};
};

using syntax_ptr = std::unique_ptr<syntax>;

} // namespace vigie::core::expr
