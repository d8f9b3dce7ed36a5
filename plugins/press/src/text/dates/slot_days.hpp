// SPDX-License-Identifier: Apache-2.0
// The days that slots of a date mean which leave the year or the month open. Inner to
// date_meaning.cpp. Pure functions, any thread.
#pragma once

#include "date_meaning.hpp"

#include <optional>
#include <utility>

namespace vigie::press {

// 29 February exists in one year of four, but for 1900 and the like in one of eight.
inline constexpr int most_years_apart = 8;

// The calendar stretch of the slots in a given year; nothing where no calendar has it.
[[nodiscard]] std::optional<stretch> stretch_in(const date_slots& s, int year);
// The last stretch of the slots that starts not after `limit`, with its year.
[[nodiscard]] std::optional<std::pair<stretch, int>> last_before(const date_slots& s,
                                                                 civil_day limit);
// The first stretch of the slots that ends not before `limit`, with its year.
[[nodiscard]] std::optional<std::pair<stretch, int>> first_behind(const date_slots& s,
                                                                  civil_day limit);
// The stretch of the year that the text means.
[[nodiscard]] std::optional<std::pair<stretch, int>> meant(const date_slots& s, civil_day anchor,
                                                           tense when);
[[nodiscard]] bool exists_in_some_year(const date_slots& s);
// The last day of the month of that number not after `limit`, or the first not before it.
[[nodiscard]] std::optional<civil_day> day_near(int number, civil_day limit, bool behind);

} // namespace vigie::press
