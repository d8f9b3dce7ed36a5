// SPDX-License-Identifier: Apache-2.0
// Dates of calendars that pages of some countries are dated by. Called by find_date. Pure
// functions, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace vigie::press::html {

// A month of the Persian calendar is this much and 1 to 12.
inline constexpr int persian_months = 100;
inline constexpr int first_persian_year = 1369, last_persian_year = 1478; // 1990 to 2099
// The Thai calendar counts years from the Buddha's death, and else is the Gregorian one.
inline constexpr int buddhist_years_ahead = 543;
inline constexpr int first_buddhist_year = 2533, last_buddhist_year = 2642;
// Years are counted from these by writers of Japan and Taiwan: a name, and the year before its 1.
inline constexpr std::array<std::pair<std::string_view, int>, 4> eras{
    {{"令和", 2018}, {"平成", 1988}, {"民國", 1911}, {"民国", 1911}}};

// Days since 1970-01-01 of a day of the Persian (Solar Hijri) calendar; nothing where there is no
// such day, or not between the years above. Leap years by the cycle of 33 years with 8 leap days
// (Heydari-Malayeri, "A concise review of the Iranian calendar", 2004). month: 1 to 12.
[[nodiscard]] std::optional<std::int64_t> day_of_persian(int year, int month, int day);

} // namespace vigie::press::html
