// SPDX-License-Identifier: Apache-2.0
// The columns `body` and `body_map` (and `sentences`) of a page read back, and places in the body
// written as columns.hpp has them. Used by every press step behind press.article. Bound once, then
// only read: any thread.
#pragma once

#include "text/page/body.hpp"

#include <vigie/vigie.hpp>

#include <optional>
#include <vector>

namespace vigie::press {

// A body whose sources are bytes of the input, or nothing known of it.
struct placed_body : mapped_text {
  bool placed = false;

  // First to last byte of the input behind these bytes of the body.
  [[nodiscard]] std::optional<byte_span> source(byte_span of_body) const;
  // Cells `offset` and `length`, the children `first` and `first + 1` of a struct.
  void write_source(builder& item, std::size_t first, byte_span of_body) const;
  // Cells `at`, `size`, `offset`, `length`, from child `first` on.
  void write_place(builder& item, std::size_t first, byte_span of_body) const;
};

class body_columns {
public:
  column_name body{"body"}, map{"body_map"};

  // Adds the parameters `body` and `body_map`.
  void params(vigie::params& p);
  // Without a column of the name of `map`, bodies are read as unmapped: no places, one label.
  void bind(binding& b);
  // Nothing once the row is rejected: there is no body, or the map does not fit it.
  [[nodiscard]] std::optional<placed_body> read(const batch& rows, std::int64_t i,
                                                output& out) const;
  // The same into a body whose memory is used again; false once the row is rejected.
  [[nodiscard]] bool read(const batch& rows, std::int64_t i, output& out, placed_body& into) const;

private:
  static bool read_map(const column& maps, std::int64_t i, placed_body& into);
  need body_, map_;
};

class sentence_column {
public:
  column_name name{"sentences"};

  void params(vigie::params& p);
  void bind(binding& b);
  // False once the row is rejected: a sentence lies outside of the body.
  [[nodiscard]] bool read(const batch& rows, std::int64_t i, const placed_body& text, output& out,
                          std::vector<byte_span>& into) const;

private:
  need sentences_;
};

} // namespace vigie::press
