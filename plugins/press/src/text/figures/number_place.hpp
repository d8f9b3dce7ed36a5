// SPDX-License-Identifier: Apache-2.0
// What stands around a number in its sentence and says whether it may be a figure: what it is glued
// to, the words in front of it, telephone numbers. Inner to figures.cpp. For one thread and one
// sentence, whose text, tokens, words and units outlive it.
#pragma once

#include "figure_units.hpp"
#include "figures.hpp"

#include <optional>
#include <string_view>

namespace vigie::press {

// `name` as in the data files: lower, upper; all others are approx.
[[nodiscard]] figure_bound bound_named(std::string_view name);

struct bound_found {
  figure_bound bound = figure_bound::exact;
  std::size_t tokens = 0;
};

class number_place {
public:
  number_place(std::string_view text, token_view tokens, const lexicon& words,
               const unit_finder& units)
      : text_(text), tokens_(tokens), words_(words), units_(units) {}

  // Digits glued to what builds codes, addresses, scores and versions are no count.
  [[nodiscard]] bool stands_alone(std::size_t first, std::size_t end) const;
  [[nodiscard]] bool begins_alone(std::size_t first) const;
  [[nodiscard]] bool ends_alone(std::size_t end) const;
  // Behind the last token of the run without blanks that token `end` may be in the middle of.
  [[nodiscard]] std::size_t behind_chunk(std::size_t end) const;
  // Behind the telephone number at token i; i where there is none.
  [[nodiscard]] std::size_t telephone(std::size_t i) const;
  [[nodiscard]] bool digits_at(std::size_t i) const;

  [[nodiscard]] bool definite_before(std::size_t first) const;
  // "article 13"
  [[nodiscard]] bool label_before(std::size_t first) const;
  // "iPhone 6"
  [[nodiscard]] bool name_before(std::size_t first) const;
  // "several hundred"
  [[nodiscard]] bool vague_before(std::size_t first) const;
  // The longest bound phrase that ends right before token `first`, or before "another" and "a
  // further" there; those are among its tokens.
  [[nodiscard]] std::optional<bound_found> bound_at_end(std::size_t first) const;

  // A bound phrase behind the noun, unless it begins one of a later number: "40 sites and more than
  // 300 pages".
  [[nodiscard]] std::optional<bound_found> bound_behind(std::size_t behind) const;

  // "$3m", "25 M$", "533m users": takes in a short scale that is one only beside a sign of money or
  // what is counted one by one.
  void read_money_scale(std::size_t first, number_found& number) const;
  // "deux navigateurs sur trois" is a share, not a count: behind the whole of it, or 0 where none
  // begins at `behind`.
  [[nodiscard]] std::size_t behind_share(std::size_t behind) const;

private:
  [[nodiscard]] std::optional<bound_found> bound_right_before(std::size_t first) const;
  [[nodiscard]] bool unbound_before(std::size_t first) const;
  [[nodiscard]] bool is_rate(std::size_t behind) const;
  [[nodiscard]] bool is_money(std::size_t i) const;
  [[nodiscard]] bool counts_things(std::size_t scale, std::size_t behind,
                                   const number_found& number) const;

  std::string_view text_;
  token_view tokens_;
  const lexicon& words_;
  const unit_finder& units_;
};

} // namespace vigie::press
