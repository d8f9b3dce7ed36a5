// SPDX-License-Identifier: Apache-2.0
#include "field_sense.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::uint32_t neighbours = 3; // sentences before and behind that tell of one,
constexpr std::uint32_t proved = 10;    // and that an event of the field tells of
constexpr std::size_t short_text = 40;  // words that are too few to show another subject
constexpr std::size_t field_words = 300, technical_words = 80; // of a page, to one of the subject

// One word said twice is no subject.
bool several(std::span<const word_id> hits) {
  return std::ranges::any_of(hits, [&](word_id h) { return h != hits.front(); });
}

std::optional<std::size_t> context_named(const reading_rules& rules, std::string_view name) {
  const auto at = std::ranges::find(rules.contexts, name);
  if (at == rules.contexts.end()) return std::nullopt;
  return static_cast<std::size_t>(at - rules.contexts.begin());
}

} // namespace

field_sense::field_sense(const reading_rules& rules, std::span<const entity> entities)
    : entities_(entities), field_{context_named(rules, "field"), field_words, {}, {}},
      technical_{context_named(rules, "technical"), technical_words, {}, {}} {}

void field_sense::read(const clause_reader& clause) {
  words_ += clause.words().size();
  for (const rule_at& c : clause.contexts())
    for (told* t : {&field_, &technical_})
      if (c.rule->index == t->context) t->hits.push_back(clause.words()[c.first].id);
  constexpr name_types technical = set_of(name_type::service) | set_of(name_type::technology);
  for (const mention_at& m : clause.mentions())
    if ((set_of(entities_[static_cast<std::size_t>(m.entity)].type) & technical) != 0)
      technical_.hits.push_back(~static_cast<word_id>(m.entity));
}

void field_sense::end_sentence() {
  for (told* t : {&field_, &technical_}) t->ends.push_back(t->hits.size());
}

bool field_sense::covers(const told& t, std::uint32_t sentence) const {
  if (t.hits.size() * t.words_of_a_hit >= words_ && several(t.hits)) return true;
  const std::size_t from = sentence > neighbours ? t.ends[sentence - neighbours - 1] : 0;
  const std::size_t to = t.ends[std::min<std::size_t>(sentence + neighbours, t.ends.size() - 1)];
  return several({t.hits.data() + from, to - from});
}

void field_sense::prove(std::uint32_t sentence) {
  if (speaks_of(technical_, sentence) || speaks_of(field_, sentence)) proved_.push_back(sentence);
}

bool field_sense::proved_near(std::uint32_t sentence) const {
  const std::uint32_t from = sentence > proved ? sentence - proved : 0;
  const auto at = std::ranges::lower_bound(proved_, from);
  return at != proved_.end() && *at <= sentence + proved;
}

bool field_sense::speaks_of(const told& t, std::uint32_t sentence) {
  return t.ends[sentence] > (sentence == 0 ? 0 : t.ends[sentence - 1]);
}

subject field_sense::of(std::uint32_t sentence) const {
  // A language without the context tells no subjects apart.
  if (!field_.context || covers(field_, sentence)) return subject::field;
  const bool brief = words_ <= short_text;
  if (brief && !(field_.hits.empty() && technical_.hits.empty())) return subject::field;
  const bool technical = speaks_of(technical_, sentence), field = speaks_of(field_, sentence);
  if (!brief && !technical && !field && !covers(technical_, sentence)) return subject::other;
  return (technical && field) || proved_near(sentence) ? subject::field : subject::technical;
}

bool named_sides(const event& e, const event_type& type, std::span<const entity> entities,
                 bool any) {
  const auto names = [&](const std::vector<std::int32_t>& side, name_types wanted) {
    return std::ranges::any_of(side, [&](std::int32_t i) {
      return (set_of(entities[static_cast<std::size_t>(i)].type) & wanted) != 0;
    });
  };
  if (type.by == 0 && type.to == 0) return true;
  const bool by = names(e.actors, type.by), to = names(e.targets, type.to);
  return type.both && !any ? by && to : by || to;
}

bool told_of(const event& e, const event_type& type, std::span<const entity> entities) {
  if (e.bodies || !e.places.empty() || e.attributed_to || named_sides(e, type, entities, true))
    return true;
  if (type.home && !type.measurable && e.date) return true; // "a law adopted in June"
  const bool actor = !e.actor_text.empty(), target = !e.target_text.empty();
  if (!e.attribution.empty()) return actor || target;
  if (!e.date && e.figures.empty()) return false;
  return type.measurable ? actor || target : actor && target;
}

} // namespace vigie::press
