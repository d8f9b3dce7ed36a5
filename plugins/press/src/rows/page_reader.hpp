// SPDX-License-Identifier: Apache-2.0
// What every step behind press.sentences begins with: a page's language, its cleaned
// text with the way back to the input, and its sentences. Bound once, then only read: any thread.
#pragma once

#include "rows/body_columns.hpp"
#include "rows/languages.hpp"

namespace vigie::press {

// One page after the other is read into it, so that it keeps its memory.
struct page_in_hand {
  std::string_view language; // a folder
  placed_body body;
  std::vector<byte_span> sentences;
};

struct page_reader {
  body_columns text;
  sentence_column sentences;
  languages words;

  // Adds the parameters of its three parts.
  void params(vigie::params& p) {
    text.params(p);
    sentences.params(p);
    words.params(p);
  }
  void bind(binding& b, const host_services& host) {
    words.bind(b, host);
    text.bind(b);
    sentences.bind(b);
  }
  [[nodiscard]] const lexicon& words_of(const page_in_hand& page) const {
    return words.of_folder(page.language);
  }
  // False once the row is rejected: its language has no words, it has no text, or the text is not
  // that of its map or its sentences.
  [[nodiscard]] bool read(const batch& rows, std::int64_t i, output& out,
                          page_in_hand& into) const {
    const std::string* known = words.folder_of_row(rows, i, out);
    if (known == nullptr) return false;
    into.language = *known;
    return text.read(rows, i, out, into.body) &&
           sentences.read(rows, i, into.body, out, into.sentences);
  }
};

} // namespace vigie::press
