// SPDX-License-Identifier: Apache-2.0
// The overview: bars of how many statements begin in each month or year, as inline SVG that needs
// no script and fits any width. Called once a page. Pure, any thread.
#pragma once

#include "html.hpp"
#include "statement.hpp"
#include "words.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace vigie::dossier {

// Statements by the year they begin in.
using year_counts = std::map<std::int64_t, std::size_t>;

// Nothing where there is no dated statement. Months for up to 8 years, else years, else groups of
// 2, 5, 10, ... years, so that there are 96 bars at most. The text form of the chart lists up to
// 60 years.
void append_chart(markup& to, const std::vector<statement>& dated, const year_counts& years,
                  const page_words& words);

} // namespace vigie::dossier
