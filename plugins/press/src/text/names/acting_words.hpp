// SPDX-License-Identifier: Apache-2.0
// Unknown words that a page tells to be organisations by what they do in several places. Inner to
// find_entities, which asks before it looks for words that repeat a name. Pure, any thread, linear.
#pragma once

#include "name_candidates.hpp"

namespace vigie::press {

// Views of `body`, longer ones first: capital words that act together; and single ones that stand
// by themselves only, never beside another as the parts of a person's name do, have a capital
// inside of a sentence, and act or come back.
[[nodiscard]] std::vector<std::string_view> acting_words(std::string_view body,
                                                         const scanned_text& text,
                                                         const std::vector<candidate>& candidates);

} // namespace vigie::press
