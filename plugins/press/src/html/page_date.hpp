// SPDX-License-Identifier: Apache-2.0
// When a page was published, out of all that it says of dates. Called once a page by
// read_html_article. Pure functions, any thread.
#pragma once

#include "html/main_text.hpp"
#include "html/metadata.hpp"

#include <optional>

namespace vigie::press::html {

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
