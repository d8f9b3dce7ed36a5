// SPDX-License-Identifier: Apache-2.0
// How sure a text is of an event and who says it: negation, mood, modal verbs, quotation marks and
// verbs of saying. Inner to find_events. Pure functions, any thread.
#pragma once

#include "clause.hpp"

namespace vigie::press {

struct told {
  std::string_view modality = "asserted";
  std::optional<std::int32_t> speaker;
  std::string words;
  bool pronoun = false; // "it says"
};

// Of the trigger at words [first, last). `last_speaker` is meant by "he added".
[[nodiscard]] told modality_of(const clause_reader& clause, const reading_rules& rules,
                               std::size_t first, std::size_t last, const event_frame& frame,
                               bool verb, std::optional<std::int32_t> last_speaker);

// The moods of words[at] as an auxiliary of the kind, 0 where it is none.
[[nodiscard]] std::uint8_t auxiliary(const reading_rules& rules, std::span<const word> words,
                                     std::size_t at, verb_use use);

} // namespace vigie::press
