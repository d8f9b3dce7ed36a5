// SPDX-License-Identifier: Apache-2.0
// What a number counts: the noun behind it, or the sign in front, and the longer phrase of the
// noun. Inner to figures.cpp. For one thread and one sentence, whose text, tokens and words outlive
// it.
#pragma once

#include "text/words/numbers.hpp"

#include <optional>
#include <string>

namespace vigie::press {

// Tokens of a sentence; `end` is behind the noun.
struct unit_found {
  std::size_t phrase = 0; // where the words in front of the noun begin
  std::size_t first = 0;
  std::size_t end = 0;
  std::string key; // of the lexicon; empty where it does not know the noun
  bool known = false;
};

class unit_finder {
public:
  unit_finder(std::string_view text, token_view tokens, const lexicon& words)
      : text_(text), tokens_(tokens), words_(words), modifiers_(words.modifiers()) {}

  // The unit of the number at tokens [first, end): the sign in front ("$300 million", "US$5"), else
  // the noun behind. A `linked` number may have a link in front of its noun ("millions de
  // messages").
  [[nodiscard]] std::optional<unit_found> of(std::size_t first, std::size_t end,
                                             const number_found& number, bool linked) const;
  [[nodiscard]] std::optional<unit_found> behind(std::size_t i, const number_found& number,
                                                 bool linked) const;
  // Whether a number at tokens [first, end) is one of what the figure before counted: "12 of
  // them", "of the 212 domains, 40 still answer".
  [[nodiscard]] bool some_of(const unit_found& before, std::size_t first, std::size_t end) const;
  // Whether the words in front of token `first` compare it with what was counted before: "312 votes
  // to 104", "64 attacks, against 41 in 2020".
  [[nodiscard]] bool compared_with(const unit_found& before, std::size_t first) const;
  // Whether they say where something is counted: "21 outages in 13 countries".
  [[nodiscard]] bool tells_where(std::size_t first) const;
  // Whether "of" in front opens a clause with a part and no noun: "of 211,000 they had the number".
  [[nodiscard]] bool opens_with_part(std::size_t first, std::size_t end) const;
  // Whether the words around a number, not its own noun, say that a noun is left out: a verb behind
  // it ("221 were cut off"), a verb in front and the end of the clause behind ("had 6."), or a
  // clause of its own ("; two, the ministry says").
  [[nodiscard]] bool noun_left_out(std::size_t first, std::size_t end) const;
  // "Two held.", "Deux ont tenu.": a verb of the past.
  [[nodiscard]] bool verb_at(std::size_t i) const;
  // "23 apps left one store and 19 from another": joined to what is told before, by a comma alone
  // where it is `large`, and what goes on behind begins as it does behind a noun.
  [[nodiscard]] bool in_parallel(std::size_t first, std::size_t end, bool large) const;
  // The sign in front of token `first`: "$" and "US$" of "US$5".
  [[nodiscard]] std::optional<unit_found> unit_in_front(std::size_t first) const;
  // Whether words behind token `end` say that the same is counted as before: "of them".
  [[nodiscard]] bool same_behind_at(std::size_t end, std::string_view key) const;
  // What a number counts some of: "four of the men", "four of the 20 men".
  [[nodiscard]] std::optional<unit_found> part_of(std::size_t end) const;
  // The unit that words in front of token `first` name: "the number of attacks rose to 64".
  [[nodiscard]] std::optional<unit_found> number_of(std::size_t first) const;
  // The only plural that the sentence has, of things: "So the presenters walk."
  [[nodiscard]] std::optional<unit_found> only_plural() const;
  // What the clause in front of token `first` speaks of: "Outages in Mali fell from 49 to 17".
  [[nodiscard]] std::optional<unit_found> subject_of(std::size_t first) const;
  // Whether a word that is no small one stands at token i.
  [[nodiscard]] bool maybe_noun(std::size_t i) const { return is_lower_word(i) && !is_stop(i); }
  // Behind the phrase: adjectives of the noun, then what links join to it.
  [[nodiscard]] std::size_t end_of_phrase(const unit_found& unit) const;

private:
  [[nodiscard]] bool of_opening(const unit_found& before, std::size_t first) const;
  [[nodiscard]] std::optional<unit_found> things_at(std::size_t i) const;
  [[nodiscard]] unit_found head_of_compound(const unit_found& noun) const;
  [[nodiscard]] std::optional<unit_found> part_of_digits(std::size_t end) const;
  [[nodiscard]] bool is_name(std::size_t noun, std::string_view key) const;
  [[nodiscard]] std::size_t behind_owner(std::size_t i) const;
  [[nodiscard]] bool is_lower_word(std::size_t i) const;
  [[nodiscard]] bool is_stop(std::size_t i) const;
  [[nodiscard]] std::size_t skip_to_unit(std::size_t i, bool linked) const;
  [[nodiscard]] std::optional<unit_found> unit_behind_modifiers(std::size_t i,
                                                                const number_found& number) const;
  [[nodiscard]] std::size_t behind_compound(std::size_t end) const;
  [[nodiscard]] bool adjective(std::size_t i) const;
  [[nodiscard]] bool maybe_modifier(std::size_t i) const;
  [[nodiscard]] std::optional<std::size_t> joiner_before_link(std::size_t i) const;

  std::string_view text_;
  token_view tokens_;
  const lexicon& words_;
  std::size_t modifiers_;
};

} // namespace vigie::press
