// SPDX-License-Identifier: Apache-2.0
// What readers wrote below an article, told apart: the segments labelled `comment` as comments with
// their authors. Called once a page, after read_article. Pure function, any thread, linear.
#pragma once

#include "article.hpp"

#include <optional>
#include <vector>

namespace vigie::press {

struct reader_comment {
  std::optional<byte_span> author; // the handle as it stands in the page, without its "@"
  byte_span span;                  // of the page, from the comment's head to its last line
  std::string text; // its own lines with line feeds between, without head and buttons
};

// A comment starts where the page numbers it, sets a bullet, or names who writes: "Name says:", a
// name above a date, "@name" alone. On a page without any of these each paragraph is a comment.
[[nodiscard]] std::vector<reader_comment> read_comments(std::string_view text, const article& a,
                                                        const lexicon& words);

} // namespace vigie::press
