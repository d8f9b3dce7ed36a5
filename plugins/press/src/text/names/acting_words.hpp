// SPDX-License-Identifier: Apache-2.0
// Unknown words that a page tells to be organisations by what they do in several places. Inner to
// find_entities, which asks before it looks for words that repeat a name. Pure, any thread, linear.
#pragma once

#include "name_candidates.hpp"

namespace vigie::press {

// Views of `body`: words that come back by themselves, never beside another capital word as the
// parts of a person's name do, act at least once, and have a capital inside of a sentence.
[[nodiscard]] std::vector<std::string_view> acting_words(std::string_view body,
                                                         const scanned_text& text,
                                                         const std::vector<candidate>& candidates);

} // namespace vigie::press
