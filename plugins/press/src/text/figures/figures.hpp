// SPDX-License-Identifier: Apache-2.0
// Figures in running text: how many of what, with bound, unit and the bytes they were read from.
// Called for the sentences of an article, after find_dates. Pure functions, any thread, linear in
// the text. A number is a figure only where the text says what it counts, gives a scale ("300
// millions") or a bound ("plus de 300"); a number that counts what the figure before it in the
// sentence counts ("312 votes to 104", "39 servers were taken and 221 were cut off") has the unit
// of that. Not figures: parts of dates and clock times, "un" and "une" alone, small numbers behind
// a definite article
// ("les deux régulateurs" were counted before), product names, article and version numbers,
// telephone numbers, addresses, codes, scores, bare years.
#pragma once

#include "text/dates/dates.hpp"
#include "text/words/numbers.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

enum class figure_bound : std::uint8_t {
  exact, // as written
  lower, // "plus de", "au moins": the value or more
  upper, // "moins de", "jusqu'à": the value or less
  approx,
  range, // value to high
};

struct figure_mention {
  std::vector<byte_span> spans; // of number and scale words in the page
  std::size_t begin = 0;        // of number and scale words in the passage
  std::size_t end = 0;
  std::string text;
  decimal value;
  std::optional<decimal> high; // of a range
  figure_bound bound = figure_bound::exact;
  std::string
      unit; // as written: "serveurs", "ordinateurs hôtes", "%"; empty where the text names none
  std::string unit_key; // of the lexicon: servers, hosts, percent, ...; empty where it does not
                        // know the unit
  std::string counts;   // the longer noun phrase: "serveurs de jeux ou de courrier"
  bool in_words = false;
};

// Whether the tokens hold a number that is more than an article ("une", "a"). Where it is false,
// find_figures finds nothing.
[[nodiscard]] bool may_hold_number(std::string_view text, token_view tokens, const lexicon& words);

// `taken` is date_findings::taken of the same passage.
[[nodiscard]] std::vector<figure_mention> find_figures(const passage& text, const lexicon& words,
                                                       std::span<const byte_span> taken);

// The same over tokens the caller has; they must be those of text.text.
[[nodiscard]] std::vector<figure_mention> find_figures(const passage& text, token_view tokens,
                                                       const lexicon& words,
                                                       std::span<const byte_span> taken);

// The same over part of a longer text: `tokens` are some of its tokens, `begin` and `end` of what
// is found are bytes of `text`, and `spans` stay empty.
[[nodiscard]] std::vector<figure_mention> find_figures(std::string_view text, token_view tokens,
                                                       const lexicon& words,
                                                       std::span<const byte_span> taken);

// What the sentence before counted or spoke of: "16 people were hurt. Nine of them ...", "So the
// presenters walk. Three of them ...", "Four apps failed. Two held.", "How many outages were there?
// Ninety-two."
struct counted_before {
  std::string unit;
  std::string key;
  bool asked = false;  // its number is still to come
  bool passed = false; // a sentence without a figure stands between
  bool opened = false; // its number opens the sentence
};

// As above, for one sentence after the other: takes what the one before counted, and leaves what
// this one counts.
[[nodiscard]] std::vector<figure_mention> find_figures(std::string_view text, token_view tokens,
                                                       const lexicon& words,
                                                       std::span<const byte_span> taken,
                                                       counted_before& before);

// For a sentence without a number: leaves what it asks the number of, or its only plural.
void pass_sentence(std::string_view text, token_view tokens, const lexicon& words,
                   counted_before& before);

[[nodiscard]] std::string_view name_of(figure_bound bound);

} // namespace vigie::press
