// SPDX-License-Identifier: Apache-2.0
// People, organisations, places, services, media, technologies, products and groups of a text: one
// entity a thing, with all its mentions. Called once a page by press.entities. Pure functions, any
// thread, linear in the text. What no rule knows by name is taken only where the words around it
// say what it is: a title, a role, an institution's first word, a company's suffix.
#pragma once

#include "text/rules/reading_rules.hpp"

namespace vigie::press {

// Bytes of the body.
struct body_sentence {
  std::uint32_t begin = 0, end = 0;
  bool title = false;
};

struct entity_mention {
  std::uint32_t sentence = 0, begin = 0, end = 0;
  bool metonym = false; // stands for the government of the place
};

struct entity {
  name_type type = name_type::org;
  std::string name, key, iso, role;
  std::vector<entity_mention> mentions; // ascending, without overlap
};

// Entities by their first mention. Mentions of different entities do not overlap.
[[nodiscard]] std::vector<entity> find_entities(std::string_view body,
                                                std::span<const body_sentence> sentences,
                                                const reading_rules& rules);

} // namespace vigie::press
