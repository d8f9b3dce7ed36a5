// SPDX-License-Identifier: Apache-2.0
// What a page tells twice is one event: a headline says what the text says, and a deed is told
// again. Inner to find_events, which calls both with the events in the order of the text. Pure
// functions, any thread, linear in the events.
#pragma once

#include "events.hpp"

namespace vigie::press {

// A headline's event stands only where the text has none that may be the same.
void drop_repeated_titles(std::vector<event>& events, std::span<const body_sentence> sentences,
                          const reading_rules& rules);

// The same deed of the same to the same, told again without a day or a figure of its own.
void drop_retold(std::vector<event>& events);

} // namespace vigie::press
