// SPDX-License-Identifier: Apache-2.0
// The lines of a page with what the reader learns about them. Inner to read_article: page.cpp
// labels lines by their own look, regions.cpp by what stands around them, insertions.cpp cuts
// residue out of text lines. Values only, any thread.
#pragma once

#include "text/article.hpp"

namespace vigie::press {

inline constexpr std::string_view byline_why = "names who wrote the text";

struct page_line {
  byte_span span; // without blanks at its sides
  std::size_t number = 0;
  bool blank_before = false;
  bool indented = false;
  token_view tokens; // of the page
  std::size_t words = 0;
  bool terminal = false; // ends as a sentence does
  std::optional<label> what;
  std::string why;
  bool by_phrase = false; // a phrase of the lexicon gave the label
  bool post_head = false; // says who wrote the post below it, and when

  void set(label l, std::string_view reason) {
    what = l;
    why = reason;
  }
};

struct page {
  std::string_view text;
  token_list tokens;            // offsets in the text
  std::vector<page_line> lines; // those that are not blank
};

// A line of running text: long enough and ended like a sentence, or long.
[[nodiscard]] bool is_paragraph(const page_line& line);

[[nodiscard]] page split_lines(std::string_view text);

// Labels by phrases of the lexicon and by the look of the single line.
void label_by_look(page& p, const lexicon& words);

// Labels copies, comments, lists, then title, lede, body and what is left. Returns the index of the
// title.
[[nodiscard]] std::optional<std::size_t> label_by_place(page& p);

struct insertion {
  byte_span span;
  label what;
  std::string why;
};

// Residue inside a text line, in order, without overlap.
[[nodiscard]] std::vector<insertion> find_insertions(std::string_view text, const page_line& line,
                                                     const lexicon& words);

} // namespace vigie::press
