// SPDX-License-Identifier: Apache-2.0
// The part of the scorer that is about events. Pure; any thread.
#pragma once

#include "score.hpp"

#include <map>
#include <vector>

namespace vigie::press::eval {

// Of each entity of the gold: which found entities its mentions were found in, how often.
using entity_links = std::vector<std::map<std::size_t, std::size_t>>;

void score_events(const gold_page& gold, const found_page& found, const entity_links& links,
                  const mapping& words, scores& out);

} // namespace vigie::press::eval
