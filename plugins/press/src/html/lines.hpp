// SPDX-License-Identifier: Apache-2.0
// The lines of a page as a reader sees them: text between two borders of blocks, with how much of
// it is linked. Made once a page out of its tree; then only read. Values, any thread; linear.
#pragma once

#include "html/tree.hpp"

namespace vigie::press::html {

struct line {
  std::uint32_t block = 0; // the nearest element that is a block
  std::uint32_t first_run = 0, end_run = 0;
  // In characters that are not blank; one of a script without blanks between words counts three.
  std::uint32_t weight = 0, linked = 0;
  std::uint32_t marks = 0; // commas and ends of sentences
};

[[nodiscard]] std::vector<line> lines_of(const tree& t);

// The line's text, each stretch of blanks as one blank, none at its ends.
[[nodiscard]] std::string text_of(const tree& t, const line& l);

} // namespace vigie::press::html
