// SPDX-License-Identifier: Apache-2.0
// When a page was published, out of all that it says of dates. Called once a page by
// read_html_article. Pure functions, any thread.
#pragma once

#include "html/main_text.hpp"
#include "html/metadata.hpp"

#include <optional>

namespace vigie::press::html {

struct found_date {
  std::int64_t day = 0; // since 1970-01-01, as the page writes it, whatever its time zone
  std::size_t end = 0;  // of the text: behind the date
};

// The first date with a day in `lower`, which is in lower case: 2016-04-02, 20160402, 2.4.2016,
// 2 avril 2016, April 2nd, 2016, 2016年4月2日. Years 1990 to 2099. `month_first`: 4/2/2016 is
// April.
[[nodiscard]] std::optional<found_date> find_date(std::string_view lower, const rules& known,
                                                  bool month_first);
// The date of a path such as /2016/04/02/ or 2016-04-02.
[[nodiscard]] std::optional<std::int64_t> date_of_url(std::string_view url);

struct date_candidate {
  std::int64_t day = 0;
  int rank = 0; // the lower, the surer
  std::string text, basis;
  std::int64_t line = -1;              // of the page, where a reader sees it
  std::optional<std::int64_t> swapped; // 4/2/2018 with day and month the other way round
};

// The surest first; the order of the page among equals.
[[nodiscard]] std::vector<date_candidate> date_candidates(const page_view& view,
                                                          const main_text& main,
                                                          const metadata& declared,
                                                          std::string_view url);

} // namespace vigie::press::html
