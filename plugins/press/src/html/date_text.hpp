// SPDX-License-Identifier: Apache-2.0
// Dates as web pages and their addresses write them. Called by date_candidates for each text that
// may hold one. Pure functions, any thread; linear. Years 1990 to 2099.
#pragma once

#include "html/rules.hpp"

#include <optional>
#include <utility>

namespace vigie::press::html {

struct found_date {
  std::int64_t day = 0;  // since 1970-01-01, as the page writes it, whatever its time zone
  std::size_t begin = 0; // of the text
  std::size_t end = 0;   // behind the date
};

// The first date with a day at or behind byte `from` of `lower`, which is in lower case:
// 2016-04-02, 20160402, 2.4.2016, 2 avril 2016, April 2nd, 2016, 2016年4月2日, 02-Apr-16, 2022.
// május 4., Apr 02 10:15:00 UTC 2016, 令和2年4月2日, 14 اردیبهشت 1392. `month_first`: 4/2/2016 is
// April.
[[nodiscard]] std::optional<found_date> find_date(std::string_view lower, const rules& known,
                                                  bool month_first, std::size_t from = 0);
// The date of a path such as /2016/04/02/, /2016/0402/, /2016/apr/02/, 2016-04-02 or 02-04-2016.
[[nodiscard]] std::optional<std::int64_t> date_of_url(std::string_view url, const rules& known);
// The month of a path such as /2016/04/cable, as its first day and that behind its last.
[[nodiscard]] std::optional<std::pair<std::int64_t, std::int64_t>>
month_of_url(std::string_view url);
// The day (UTC) of seconds or milliseconds since 1970-01-01, written as 10 or 13 digits and nothing
// else, as content systems do in attributes.
[[nodiscard]] std::optional<std::int64_t> day_of_epoch(std::string_view digits);

} // namespace vigie::press::html
