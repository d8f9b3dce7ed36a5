// SPDX-License-Identifier: Apache-2.0
// The numbers of a sentence as figures see them: read with their collective words, beside the dates
// that took words of it, with the unit they have themselves. Inner to figures.cpp and
// figure_pairs.cpp. For one thread and one sentence, whose text, tokens and words outlive it.
#pragma once

#include "figure_units.hpp"
#include "figures.hpp"
#include "number_place.hpp"

#include <optional>
#include <span>
#include <string>

namespace vigie::press {

struct counted_number : number_found {
  bool collective = false; // "a dozen", "une soixantaine"
};

class figure_numbers {
public:
  figure_numbers(std::string_view text, token_view tokens, const lexicon& words,
                 std::span<const byte_span> taken)
      : text(text), tokens(tokens), words(words), units(text, tokens, words),
        place(text, tokens, words, units), taken_(taken) {}
  // Others point into it.
  figure_numbers(const figure_numbers&) = delete;
  figure_numbers& operator=(const figure_numbers&) = delete;

  // Goes on to token i; dates that end in front of it are not looked at again.
  void move_to(std::size_t i) {
    while (next_taken_ < taken_.size() && taken_[next_taken_].end <= tokens[i].begin) ++next_taken_;
  }
  // Whether token i, not in front of the one moved to, is a date's.
  [[nodiscard]] bool date_at(std::size_t i) const;
  // Whether a date has words of tokens [first, end).
  [[nodiscard]] bool runs_into_date(std::size_t first, std::size_t end) const;

  // A number, or a collective word with the "une" in front of it: "une soixantaine", "trois
  // douzaines".
  [[nodiscard]] std::optional<counted_number> read(std::size_t i) const;
  // The unit around tokens [first, end), unless a date has its words: "41 last year".
  [[nodiscard]] std::optional<unit_found> own_unit(std::size_t first, std::size_t end,
                                                   const counted_number& n) const;
  [[nodiscard]] bool dated(const unit_found& unit) const;

  // Whether digits are grouped as other languages do, so that they look like three decimals:
  // "46,000" in French, "2.077" in English. Only what is counted one by one tells them apart.
  [[nodiscard]] bool foreign_group(std::size_t first, const counted_number& n) const;

  [[nodiscard]] std::string slice(std::size_t first, std::size_t end) const;
  [[nodiscard]] figure_mention mention(std::size_t first, std::size_t end, const number_found& n,
                                       const std::optional<unit_found>& unit) const;

  const std::string_view text;
  const token_view tokens;
  const lexicon& words;
  const unit_finder units;
  const number_place place;

private:
  std::span<const byte_span> taken_;
  std::size_t next_taken_ = 0;
};

// A number that is a year where nothing says what it counts.
[[nodiscard]] bool plain_year(const number_found& n);

// "two years and a half"
[[nodiscard]] decimal with_half(decimal whole);

} // namespace vigie::press
