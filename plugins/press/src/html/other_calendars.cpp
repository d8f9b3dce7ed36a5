// SPDX-License-Identifier: Apache-2.0
#include "html/other_calendars.hpp"

#include "common/civil/civil.hpp"

namespace vigie::press::html {
namespace {

constexpr int cycle = 33, leaps_a_cycle = 8;

bool is_leap(int year) { return (25 * year + 11) % cycle < leaps_a_cycle; }

} // namespace

std::optional<std::int64_t> day_of_persian(int year, int month, int day) {
  constexpr int anchor = 1400;
  constexpr std::int64_t its_first = civil::days_of({2021, 3, 21});
  constexpr int long_months = 6; // of 31 days, before those of 30; the last has 29
  if (year < first_persian_year || year > last_persian_year || month < 1 || month > 12)
    return std::nullopt;
  const int days = month <= long_months ? 31 : month < 12 || is_leap(year) ? 30 : 29;
  if (day < 1 || day > days) return std::nullopt;
  std::int64_t first = its_first;
  for (int y = anchor; y < year; ++y) first += is_leap(y) ? 366 : 365;
  for (int y = year; y < anchor; ++y) first -= is_leap(y) ? 366 : 365;
  const int before = month <= long_months ? 31 * (month - 1) : 30 * (month - 1) + long_months;
  return first + before + day - 1;
}

} // namespace vigie::press::html
