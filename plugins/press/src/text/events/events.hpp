// SPDX-License-Identifier: Apache-2.0
// Who did what to whom, as a text tells it: events by the verbs and nouns of the rules, their
// actors, targets and places among the text's entities, dates and figures, and how sure the text
// is of them. Called once a page by press.events. Pure functions, any thread, linear in the text.
// Nothing is guessed: an event without an actor has none.
#pragma once

#include "text/names/entities.hpp"

#include <optional>

namespace vigie::press {

// A date or figure of the text, bytes of the body. `sure`: a date with days.
struct text_mark {
  std::uint32_t sentence = 0, begin = 0, end = 0;
  bool sure = true;
};

struct event {
  std::uint32_t sentence = 0, begin = 0, end = 0; // of the trigger, bytes of the body
  std::uint32_t type = 0;                         // of reading_rules::types
  std::vector<std::int32_t> actors, targets, places, figures;
  std::string actor_text, target_text; // the words where no entity is known
  std::optional<std::int32_t> date, attributed_to;
  std::string attribution;
  std::string_view modality; // asserted reported quoted alleged denied planned conditional possible
  bool measurable = false;
  bool supposed = false; // stands in a condition: "if X blocks"
  bool resumes = false;  // a noun that speaks of what was told already: "the fine"
  bool bodies = false;   // a side without a name is of people or of a body: "the ministry"
};

// Events in the order of the text. Indices count in the lists given.
[[nodiscard]] std::vector<event>
find_events(std::string_view body, std::span<const body_sentence> sentences,
            std::span<const entity> entities, std::span<const text_mark> dates,
            std::span<const text_mark> figures, const reading_rules& rules);

} // namespace vigie::press
