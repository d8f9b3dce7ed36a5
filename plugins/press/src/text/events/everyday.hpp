// SPDX-License-Identifier: Apache-2.0
// Words of a trigger that tell nothing that happened: orders and advice to the reader, adjectives,
// names in program text. Inner to find_events. Pure functions, any thread; a call costs at most
// a few times the words around the trigger.
#pragma once

#include "clause.hpp"

namespace vigie::press {

// `moods` of the rule's words as they stand in the clause.
[[nodiscard]] bool everyday(const clause_reader& clause, const rule_at& r, std::uint8_t moods);

// Whether a word of condition opens the clause of the word: "if X blocks".
[[nodiscard]] bool in_condition(const clause_reader& clause, std::size_t first);

// "Fines can reach": a bare plural in front of a modal verb tells of no event.
[[nodiscard]] bool in_general(const clause_reader& clause, const reading_rules& rules,
                              const rule_at& r);
// "interception equipment", "le matériel d'interception": what something is for or about.
[[nodiscard]] bool is_matter(const clause_reader& clause, const reading_rules& rules,
                             const rule_at& r);

} // namespace vigie::press
