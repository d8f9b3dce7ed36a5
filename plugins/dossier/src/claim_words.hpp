// SPDX-License-Identifier: Apache-2.0
// The page's own words about claims and articles, in one language; words.hpp has the others.
// Constant tables, any thread.
#pragma once

#include "words.hpp"

#include <array>
#include <string_view>

namespace vigie::dossier {

struct key_word {
  std::string_view key, words;
};

struct claim_words {
  noun claims, incidents;
  std::string_view heading, intro, link, claim_number, yes, no, measurable_note;
  std::string_view chart_heading, chart_caption, chart_undated, other_lanes;
  std::string_view number, day, incident, type, actor, target, place, modality, source;
  std::string_view according_to, contradicts, repeats, unknown;
  // Of the filter; `shown` has {n} and {all} in it.
  std::string_view filter, any, text, from, to, reset, shown, sort_by;
  // Of the articles.
  std::string_view texts_heading, texts_intro, text_of, residue, residue_inline, comments,
      comments_note, reader, cited_by, left_out, no_place, own_use, own_use_short, cut_note,
      no_shown_text;
  noun pieces;
  std::array<key_word, 22> types;
  std::array<key_word, 8> modalities;
};

[[nodiscard]] const claim_words& claim_words_for(const page_words& words);

// The words of a key, or the key itself.
template <std::size_t N>
[[nodiscard]] std::string_view words_of(const std::array<key_word, N>& table,
                                        std::string_view key) {
  for (const key_word& k : table)
    if (k.key == key) return k.words;
  return key;
}

} // namespace vigie::dossier
