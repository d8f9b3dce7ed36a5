// SPDX-License-Identifier: Apache-2.0
// Which of the things named before "the company", "the ministry" and "the group" mean. Inner to
// find_entities, which calls it when every other candidate has its thing. Pure, any thread, linear.
#pragma once

#include "name_candidates.hpp"

namespace vigie::press {

constexpr std::size_t no_thing = ~std::size_t{0};

// Sets the thing, an index of `things`, of each candidate that describes one; no_thing stays where
// none is meant. `of` has the thing of each candidate.
void settle_described(std::string_view body, const scanned_text& text, const reading_rules& rules,
                      const std::vector<candidate>& candidates, const std::vector<entity>& things,
                      std::vector<std::size_t>& of);

} // namespace vigie::press
