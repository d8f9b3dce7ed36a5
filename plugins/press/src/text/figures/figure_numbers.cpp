// SPDX-License-Identifier: Apache-2.0
#include "figure_numbers.hpp"

#include <algorithm>

namespace vigie::press {

bool plain_year(const number_found& n) {
  constexpr std::int64_t least_year = 1900;
  constexpr std::int64_t last_year = 2099;
  return !n.words && !n.grouped && !n.scaled && !n.fraction && n.value.mantissa >= least_year &&
         n.value.mantissa <= last_year;
}

decimal with_half(decimal whole) {
  constexpr std::int64_t most = 1'000'000'000'000;
  if (whole.scale != 0 || whole.mantissa > most) return whole;
  return {whole.mantissa * 10 + 5, 1};
}

bool figure_numbers::date_at(std::size_t i) const {
  return i < tokens.size() && runs_into_date(i, i + 1);
}

bool figure_numbers::runs_into_date(std::size_t first, std::size_t end) const {
  for (std::size_t t = next_taken_; t < taken_.size(); ++t) {
    if (taken_[t].begin >= tokens[end - 1].end) return false;
    if (taken_[t].end > tokens[first].begin) return true;
  }
  return false;
}

std::optional<counted_number> figure_numbers::read(std::size_t i) const {
  const auto plain = read_number(text, tokens, i, words);
  if (!plain) return std::nullopt;
  counted_number number{*plain};
  if (number.overflow) return number;
  place.read_money_scale(i, number);
  const auto many = words.match(word_class::collective, tokens, i + number.tokens);
  if (!many || number.fraction) return number;
  const auto product = times(number.value, many->what->number);
  if (!product) return number;
  number.value = *product;
  number.tokens += many->tokens;
  number.article = false;
  number.collective = true;
  return number;
}

bool figure_numbers::dated(const unit_found& unit) const {
  return runs_into_date(unit.first, unit.end);
}

std::optional<unit_found> figure_numbers::own_unit(std::size_t first, std::size_t end,
                                                   const counted_number& n) const {
  auto unit = units.of(first, end, n, n.scaled || n.collective);
  if (!unit) unit = units.part_of(end);
  if (unit && unit->first >= end && dated(*unit)) unit.reset();
  return unit;
}

bool figure_numbers::foreign_group(std::size_t first, const counted_number& n) const {
  if (!n.fraction || n.scaled || n.grouped || n.tokens != 3) return false;
  const std::string_view whole = tokens[first].fold;
  return whole.size() <= 3 && whole[0] != '0' && tokens[first + 2].fold.size() == 3;
}

std::string figure_numbers::slice(std::size_t first, std::size_t end) const {
  const std::size_t begin = tokens[first].begin;
  return std::string(text.substr(begin, tokens[end - 1].end - begin));
}

figure_mention figure_numbers::mention(std::size_t first, std::size_t end, const number_found& n,
                                       const std::optional<unit_found>& unit) const {
  figure_mention out;
  out.begin = tokens[first].begin;
  out.end = tokens[end - 1].end;
  out.text = slice(first, end);
  out.value = n.value;
  out.in_words = n.words;
  if (!unit) return out;
  out.unit = slice(unit->first, unit->end);
  out.unit_key = unit->key;
  out.counts = slice(unit->phrase, std::max(unit->end, units.end_of_phrase(*unit)));
  return out;
}

} // namespace vigie::press
