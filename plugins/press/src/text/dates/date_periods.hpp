// SPDX-License-Identifier: Apache-2.0
// What date patterns mean that count in weekdays, weeks, months and years: weekdays and weekends,
// what lies so many periods from publication, lengths of time, parts of a year, decades. Inner to
// date_meaning.cpp. Pure function, any thread.
#pragma once

#include "date_meaning.hpp"

namespace vigie::press {

// Of the patterns whose meaning is none of point, interval, since and until.
[[nodiscard]] std::optional<date_mention>
meaning_of_period(const date_match& match, std::optional<civil_day> anchor, tense when);

} // namespace vigie::press
