// SPDX-License-Identifier: Apache-2.0
// Matches the lexicon's date patterns against tokens. Used by find_dates and by the page reader;
// what the slots mean for a calendar is decided in dates.cpp. Pure functions, any thread.
#pragma once

#include "text/rules/lexicon.hpp"

#include <optional>
#include <string_view>

namespace vigie::press {

struct date_slots {
  std::optional<int> day;
  std::optional<int> month;
  std::optional<int> year;
  std::optional<int> weekday; // 1 Monday to 7 Sunday
  std::optional<int> minute_of_day;
  std::optional<int> count;
  std::string_view period; // MIN H D W M Y, or empty; of the lexicon, as is
  std::string_view part;   // the part of the day, or empty
};

struct date_match {
  const date_pattern* pattern = nullptr;
  std::size_t first = 0; // token behind the context
  std::size_t end = 0;   // behind the last token
  date_slots from;
  date_slots to; // of an interval
};

// The longest pattern that fits at token `at`; where several are as long,
// one whose day and month a calendar has, then the one that stands first in the data file. Digits
// that run on beyond the pattern (addresses, versions, codes) make it not fit.
[[nodiscard]] std::optional<date_match> match_date(std::string_view text, token_view tokens,
                                                   std::size_t at, const lexicon& words);

// A clock time, without what stands around it.
struct clock_match {
  int minute_of_day = 0;
  std::size_t end = 0; // behind the last token, its time zone included
};
[[nodiscard]] std::optional<clock_match> match_clock(std::string_view text, token_view tokens,
                                                     std::size_t at, const lexicon& words);

} // namespace vigie::press
