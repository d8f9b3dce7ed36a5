// SPDX-License-Identifier: Apache-2.0
// The section of claims: chart, filter and table. It is whole without a script; timeline.js shows
// the filter and makes buttons of the column heads. Called once a page. One thread.
#pragma once

#include "claim.hpp"
#include "html.hpp"
#include "words.hpp"

#include <cstddef>
#include <functional>
#include <vector>

namespace vigie::dossier {

// Puts claims in the order of their incidents, these in the order of their first day, those of an
// incident by day and then as they came; numbers incidents from 1 on and gives their count.
[[nodiscard]] std::size_t sort_claims(std::vector<claim>& claims);

struct claims_shown {
  std::size_t all = 0;      // claims there are, also those that do not stand on the page
  std::size_t max_text = 0; // characters, 0: all
};

// Calls `pass` after each claim, so that the page can go out in pieces.
void append_claims(markup& to, const std::vector<claim>& claims, const claims_shown& shown,
                   const page_words& words, const std::function<void()>& pass);

} // namespace vigie::dossier
