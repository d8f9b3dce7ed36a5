// SPDX-License-Identifier: Apache-2.0
// The parts of the scorer, each about one kind of thing. Called by score_page; each adds to `out`
// its tallies and its disagreements. Pure; any thread.
#pragma once

#include "score.hpp"

#include <map>
#include <string_view>
#include <vector>

namespace vigie::press::eval {

// Of each entity of the gold: which found entities its mentions were found in, how often.
using entity_links = std::vector<std::map<std::size_t, std::size_t>>;

// Words of the clean text, and segments.
void score_text(const gold_page& gold, const found_page& found, std::string_view text, scores& out);

[[nodiscard]] entity_links score_entities(const gold_page& gold, const found_page& found,
                                          const mapping& words, scores& out);

void score_events(const gold_page& gold, const found_page& found, const entity_links& links,
                  const mapping& words, scores& out);

} // namespace vigie::press::eval
