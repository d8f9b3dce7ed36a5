// SPDX-License-Identifier: Apache-2.0
// Which place a name means where the rules know several of that name (Georgia, Valencia,
// Hyderabad). Called by find_entities between finding candidates and putting them together. Pure,
// any thread, linear in the candidates.
#pragma once

#include "name_candidates.hpp"

namespace vigie::press {

// A name of several places is the first of the rules, unless the page names no other place of that
// one's country and does name places of another's. Against a country only two regions or towns
// speak, for capitals are named everywhere.
void settle_places(std::vector<candidate>& candidates, const scanned_text& text,
                   const reading_rules& rules);

} // namespace vigie::press
