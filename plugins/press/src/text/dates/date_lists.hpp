// SPDX-License-Identifier: Apache-2.0
// Dates that share words with their neighbours: "3, 5 and 9 May", "in April, June and July 2018",
// "in 2017, 2018 and 2020". Inner to dates.cpp. Pure functions, any thread, linear in the list.
#pragma once

#include "date_match.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace vigie::press {

struct date_list {
  std::vector<date_match> dates; // two or more, in the order of the text
  std::size_t end = 0;           // token behind the last
};

// Days in front of the one that names the month; nothing where none begin at token `first`.
[[nodiscard]] std::optional<date_list> days_of_one_month(std::string_view text, token_view tokens,
                                                         std::size_t first, const lexicon& words);

// Years, days or months that go on behind a match, with the match itself; nothing where none do.
[[nodiscard]] std::optional<date_list> list_behind(const date_match& match, token_view tokens,
                                                   const lexicon& words);

} // namespace vigie::press
