// SPDX-License-Identifier: Apache-2.0
#include "slot_days.hpp"

namespace vigie::press {

std::optional<stretch> stretch_in(const date_slots& s, int year) {
  if (!s.month) return year_stretch(year);
  if (!s.day) return month_stretch(year, *s.month);
  const auto day = day_of(year, *s.month, *s.day);
  if (!day) return std::nullopt;
  return stretch{*day, *day};
}

std::optional<std::pair<stretch, int>> last_before(const date_slots& s, civil_day limit) {
  for (int year = year_of(limit); year >= year_of(limit) - most_years_apart; --year) {
    const auto found = stretch_in(s, year);
    if (found && found->from <= limit) return std::pair{*found, year};
  }
  return std::nullopt;
}

std::optional<std::pair<stretch, int>> first_behind(const date_slots& s, civil_day limit) {
  for (int year = year_of(limit); year <= year_of(limit) + most_years_apart; ++year) {
    const auto found = stretch_in(s, year);
    if (found && found->to >= limit) return std::pair{*found, year};
  }
  return std::nullopt;
}

std::optional<std::pair<stretch, int>> meant(const date_slots& s, civil_day anchor, tense when) {
  const auto last = last_before(s, anchor);
  if (when == tense::past) return last;
  const auto next = first_behind(s, anchor);
  if (when == tense::future || !last || !next) return next ? next : last;
  if (when == tense::unsaid) {
    // The press leaves out the year of what is near.
    constexpr int far = 270;
    constexpr int near = 90;
    const bool ahead = anchor - last->first.to > far && next->first.from - anchor < near;
    return ahead ? next : last;
  }
  return next->first.from - anchor <= anchor - last->first.to ? next : last;
}

bool exists_in_some_year(const date_slots& s) {
  return stretch_in(s, s.year.value_or(2000)).has_value();
}

std::optional<civil_day> day_near(int number, civil_day limit, bool behind) {
  constexpr int most_months_away = 2; // the 31st
  int month = 12 * year_of(limit) + month_of(limit) - 1;
  for (int i = 0; i <= most_months_away; ++i, month += behind ? 1 : -1) {
    const auto day = day_of(month / 12, month % 12 + 1, number);
    if (day && (behind ? *day >= limit : *day <= limit)) return day;
  }
  return std::nullopt;
}

} // namespace vigie::press
