// SPDX-License-Identifier: Apache-2.0
// Places in the text of a page turned into places in its input file. Used by the step that reads
// pages. One row, one thread.
#pragma once

#include "text/words/tokens.hpp"

#include <vigie/vigie.hpp>

namespace vigie::press {

// Where a page's text lies in its input. Known where the text is the very bytes of the row's
// origin, as from core.read_text; elsewhere (a text inside a JSON line) places are null.
class text_place {
public:
  text_place(const column& origin, std::int64_t row, std::size_t text_size);
  [[nodiscard]] bool known() const { return base_ >= 0; }
  // Cells of a span column, or of two columns `offset` and `length` from child `first` on of a
  // struct.
  void append(builder& to, byte_span s) const;
  void append(builder& to, std::size_t first, byte_span s) const;

private:
  std::int64_t base_ = -1;
};

} // namespace vigie::press
