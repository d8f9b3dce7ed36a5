// SPDX-License-Identifier: Apache-2.0
// What every step behind press.sentences begins with: the words of a page's language, its cleaned
// text with the way back to the input, and its sentences. Bound once, then only read: any thread.
#pragma once

#include "rows/body_columns.hpp"
#include "rows/languages.hpp"

namespace vigie::press {

struct page_in_hand {
  const lexicon& words;
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
  // Nothing once the row is rejected: its language has no words, it has no text, or the text is not
  // that of its map or its sentences.
  [[nodiscard]] std::optional<page_in_hand> read(const batch& rows, std::int64_t i,
                                                 output& out) const {
    const lexicon* known = words.of_row(rows, i, out);
    if (known == nullptr) return std::nullopt;
    auto body = text.read(rows, i, out);
    if (!body) return std::nullopt;
    auto spans = sentences.read(rows, i, *body, out);
    if (!spans) return std::nullopt;
    return page_in_hand{*known, *std::move(body), *std::move(spans)};
  }
};

} // namespace vigie::press
