// SPDX-License-Identifier: Apache-2.0
// Days, weeks, months and years of the calendar as date_meaning.cpp counts with them: proleptic
// Gregorian, days from 1970-01-01, weeks from Monday. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::press {

using civil_day = std::int32_t;

// First and last day of a stretch of the calendar.
struct stretch {
  civil_day from = 0;
  civil_day to = 0;
};

[[nodiscard]] int year_of(civil_day day);
// From 1.
[[nodiscard]] int month_of(civil_day day);
// 1 Monday to 7 Sunday.
[[nodiscard]] int weekday_of(civil_day day);
// Nothing where the calendar has no such day, or no such month.
[[nodiscard]] std::optional<civil_day> day_of(int year, int month, int day);
[[nodiscard]] std::optional<stretch> month_stretch(int year, int month);
[[nodiscard]] stretch year_stretch(int year);

// Months of a part of the year, from 1: of the halves H1 and H2, the quarters Q1 to Q4, and the
// seasons SP SU FA WI as TimeML names them, north of the equator; winter goes on into the next
// year.
struct part_months {
  int first = 1;
  int count = 3;
  bool season = false;
};
[[nodiscard]] std::optional<part_months> part_of_year(std::string_view name);

// Periods are W, M, Y and D, as the lexicon names them.
// The period `count` periods away from the one the day is in; nothing for other periods.
[[nodiscard]] std::optional<stretch> period_away(civil_day day, int count, std::string_view period);
// The same day that many periods earlier, or the last day of a month that is too short for it.
[[nodiscard]] civil_day days_back(civil_day day, int count, std::string_view period);

// "2014-05-20"; days outside of years 0 to 9999 are clamped.
[[nodiscard]] std::string iso_day(civil_day day);
// With leading zeros: padded(7, 2) is "07". Numbers below zero get none.
[[nodiscard]] std::string padded(int number, int width);

} // namespace vigie::press
