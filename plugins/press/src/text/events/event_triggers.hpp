// SPDX-License-Identifier: Apache-2.0
// Which words of a sentence tell an event, and of which kind. Inner to find_events. Pure functions,
// any thread; a step costs the rules found near it.
#pragma once

#include "clause.hpp"

namespace vigie::press {

struct trigger {
  std::size_t first = 0, last = 0; // words
  const event_frame* frame = nullptr;
  const rule_at* rule = nullptr;
};

// In the order of the text. They point into the clause and the rules.
[[nodiscard]] std::vector<trigger> event_triggers(const clause_reader& clause,
                                                  std::span<const entity> entities,
                                                  const reading_rules& rules);

// The moods of the rule's words as they stand in the clause, 0 for a noun.
[[nodiscard]] std::uint8_t moods_at(const clause_reader& clause, const rule_at& r);

} // namespace vigie::press
