// SPDX-License-Identifier: Apache-2.0
#include "hostile.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

void become(std::string_view name, event& e, const reading_rules& rules) {
  const auto at = std::ranges::find(rules.types, name, &event_type::name);
  if (at == rules.types.end()) return;
  e.type = static_cast<std::uint32_t>(at - rules.types.begin());
  e.measurable = at->measurable;
}

void accuse(event& e, std::span<const entity> entities, const reading_rules& rules) {
  if (e.actors.empty() || e.attribution.empty()) return;
  const name_type actor = entities[static_cast<std::size_t>(e.actors.front())].type;
  if (actor == name_type::technology || actor == name_type::product) return; // what it is done with
  e.targets = std::move(e.actors);
  e.actors.clear();
  e.target_text.clear();
  if (e.attributed_to)
    e.actors.push_back(*e.attributed_to);
  else
    e.actor_text = e.attribution;
  become("accusation", e, rules);
}

} // namespace

void turn_hostile(event& e, bool suffers, std::span<const entity> entities,
                  const reading_rules& rules) {
  if (!rules.types[e.type].hostile) return;
  if (e.modality == "denied") { // "nothing was stolen" leaves open who
    if (!suffers || !e.actors.empty() || !e.actor_text.empty()) become("denial", e, rules);
    return;
  }
  if (e.modality != "quoted" && e.modality != "reported") return;
  if (!e.attributed_to) return accuse(e, entities, rules);
  const name_type speaker = entities[static_cast<std::size_t>(*e.attributed_to)].type;
  const bool side =
      speaker == name_type::person || speaker == name_type::org || speaker == name_type::place;
  if (!side || e.actors.empty() || e.actors.front() == *e.attributed_to) return;
  accuse(e, entities, rules);
}

} // namespace vigie::press
