// SPDX-License-Identifier: Apache-2.0
#include "calendar.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace vigie::press {
namespace {

namespace chr = std::chrono;

chr::year_month_day civil(civil_day day) {
  return chr::year_month_day{chr::sys_days{chr::days{day}}};
}

civil_day count_of(chr::year_month_day ymd) {
  return static_cast<civil_day>(chr::sys_days{ymd}.time_since_epoch().count());
}

int months_from_zero(civil_day day) { return year_of(day) * 12 + month_of(day) - 1; }

stretch week_stretch(civil_day day) {
  const civil_day monday = day - (weekday_of(day) - 1);
  return {monday, monday + 6};
}

} // namespace

int year_of(civil_day day) { return static_cast<int>(civil(day).year()); }

int month_of(civil_day day) { return static_cast<int>(static_cast<unsigned>(civil(day).month())); }

// 1970-01-01 was a Thursday.
int weekday_of(civil_day day) {
  const int from_monday = (day + 3) % 7;
  return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

std::optional<stretch> month_stretch(int year, int month) {
  if (month < 1 || month > 12) return std::nullopt;
  const auto first = chr::year{year} / chr::month{static_cast<unsigned>(month)} / chr::day{1};
  const chr::year_month_day last =
      chr::year{year} / chr::month{static_cast<unsigned>(month)} / chr::last;
  return stretch{count_of(first), count_of(last)};
}

stretch year_stretch(int year) {
  return {count_of(chr::year{year} / 1 / 1), count_of(chr::year{year} / 12 / 31)};
}

std::optional<part_months> part_of_year(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, part_months>, 10> parts{{
      {"SP", {3, 3, true}},
      {"SU", {6, 3, true}},
      {"FA", {9, 3, true}},
      {"WI", {12, 3, true}},
      {"H1", {1, 6}},
      {"H2", {7, 6}},
      {"Q1", {1, 3}},
      {"Q2", {4, 3}},
      {"Q3", {7, 3}},
      {"Q4", {10, 3}},
  }};
  const auto row =
      std::find_if(parts.begin(), parts.end(), [&](const auto& p) { return p.first == name; });
  return row == parts.end() ? std::nullopt : std::optional(row->second);
}

std::optional<stretch> period_away(civil_day day, int count, std::string_view period) {
  if (period == "D") return stretch{day + count, day + count};
  if (period == "W") return week_stretch(day + 7 * count);
  if (period == "Y") return year_stretch(year_of(day) + count);
  if (period != "M") return std::nullopt;
  const int months = months_from_zero(day) + count;
  return month_stretch(months / 12, months % 12 + 1);
}

civil_day days_back(civil_day day, int count, std::string_view period) {
  if (period == "D") return day - count;
  if (period == "W") return day - 7 * count;
  const int months = months_from_zero(day) - count * (period == "Y" ? 12 : 1);
  const int of_month = static_cast<int>(static_cast<unsigned>(civil(day).day()));
  const auto month = month_stretch(months / 12, months % 12 + 1);
  if (!month) return day;
  return std::min(month->from + of_month - 1, month->to);
}

std::string padded(int number, int width) {
  std::string out = std::to_string(number);
  if (number >= 0 && out.size() < static_cast<std::size_t>(width))
    out.insert(0, static_cast<std::size_t>(width) - out.size(), '0');
  return out;
}

std::optional<civil_day> day_of(int year, int month, int day) {
  const chr::year_month_day ymd = chr::year{year} / month / day;
  if (!ymd.ok() || month < 1 || day < 1) return std::nullopt;
  return count_of(ymd);
}

std::string iso_day(civil_day day) {
  constexpr civil_day first = -719528; // 0000-01-01
  constexpr civil_day last = 2932896;  // 9999-12-31
  const auto ymd = civil(std::min(std::max(day, first), last));
  return padded(static_cast<int>(ymd.year()), 4) + "-" +
         padded(static_cast<int>(static_cast<unsigned>(ymd.month())), 2) + "-" +
         padded(static_cast<int>(static_cast<unsigned>(ymd.day())), 2);
}

} // namespace vigie::press
