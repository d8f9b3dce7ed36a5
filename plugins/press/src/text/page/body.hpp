// SPDX-License-Identifier: Apache-2.0
// The cleaned text of an article with the way back to its page: what the columns `body` and
// `body_map` say together. Made by press.article, read back by every step behind it
// (body_columns.hpp), which find dates, figures and the like in its sentences. Values only, any
// thread.
#pragma once

#include "label.hpp"
#include "passage.hpp"

#include <string_view>
#include <vector>

namespace vigie::press {

struct mapped_text {
  // A line feed between lines, one blank between pieces of a line.
  passage text;
  // Of the piece with the same index in `text.pieces`.
  std::vector<label> labels;

  // Label of the piece at this byte, or of the next one behind it; body where there is none.
  [[nodiscard]] label label_at(std::size_t at) const;
  // The lines, without their line feeds and without blanks at their sides; none is empty.
  [[nodiscard]] std::vector<byte_span> lines() const;
};

// A text without a map: one piece a line, all of them body, each standing for itself.
[[nodiscard]] mapped_text unmapped_text(std::string_view text);

} // namespace vigie::press
