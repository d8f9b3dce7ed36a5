// SPDX-License-Identifier: Apache-2.0
#include "event_sides.hpp"

#include "modality.hpp"

#include <algorithm>

namespace vigie::press {

void side_finder::find(const trigger& t, event& e) const {
  const event_type& type = rules_.types[e.type];
  sides(t, e);
  if (type.home && !type.duties && e.places.empty()) e.places = darkened(t, e);
  if (e.places.empty()) e.places = clause_.places(t.first, false);
  if (e.places.empty() && type.home && !type.duties) e.places = described(t);
  if (e.places.empty() && type.home) e.places = home(e);
  if (e.places.empty()) e.places = clause_.places(t.first, true);
  if (type.content || (type.addressed && !type.home)) leave_told_places(t, e);
  if (type.to == set_of(name_type::place)) move_places(e);
  std::erase_if(e.targets, [&](std::int32_t x) {
    return std::ranges::find(e.actors, x) != e.actors.end() ||
           (std::ranges::find(e.places, x) != e.places.end() && type.home);
  });
  if (type.addressed) // "demander à l'Union européenne": no place
    std::erase_if(e.places, [&](std::int32_t x) {
      return std::ranges::find(e.targets, x) != e.targets.end();
    });
}

void side_finder::sides(const trigger& t, event& e) const {
  objects actor, target;
  const event_type& type = rules_.types[t.frame->type];
  const object_of as{type.addressed, type.measurable};
  if (t.rule->rule->kind == phrase_kind::noun) {
    noun_sides(t, as, actor, target, e.places);
  } else if (passive(t) != t.frame->swap) {
    const rule_at* order = t.frame->swap ? nullptr : ordered_by(t);
    target = order != nullptr ? clause_.object(order->last, as) : clause_.opened(t.first);
    if (order == nullptr && target.entities.empty()) target = clause_.subject(t.first, true);
    if (order == nullptr && target.entities.empty() && type.addressed) // also a country
      if (objects who = clause_.subject(t.first, false); !who.entities.empty()) target = who;
    actor = clause_.behind(t.last, small_word::agent);
    if (order != nullptr && actor.entities.empty()) actor = clause_.subject(order->first, false);
  } else if (const mention_at* who = clause_.inverted(*t.rule)) {
    actor.entities = {who->entity};
  } else {
    actor = doer(t);
    target = clause_.object(t.last, as);
    if (target.entities.empty() && target.words.empty()) target = clause_.related(t.first);
    if (const std::size_t at = stressed_pronoun(t); at > 0) {
      const bool acts = !actor.entities.empty() || !actor.words.empty();
      target = {};
      if (acts) target.entities = references_.object_behind(clause_, at, actor.entities, type.to);
    }
    if (target.entities.empty()) pronoun_object(t, actor, target);
  }
  if (t.frame->laid || (type.addressed && target.entities.empty())) {
    const bool noun = t.rule->rule->kind == phrase_kind::noun; // "a infligé à X une amende"
    const objects whom = clause_.given(noun ? clause_.clause_begin(t.first) : t.first);
    if (!whom.entities.empty() || t.frame->laid) target = whom;
  }
  if (target.entities.empty() && t.frame->swap && !type.home) target.entities = struck(t);
  if (actor.entities.empty() && asked(t)) actor.words = {};
  if (actor.entities.empty() && actor.words.empty()) actor = pronoun(t);
  if (actor.entities.empty() && actor.words.empty()) actor = meant(t, false);
  if (target.entities.empty() && target.words.empty()) target = meant(t, true);
  described(target, actor);
  described(actor, target);
  e.actors = actor.entities;
  e.targets = target.entities;
  if (e.actors.empty()) e.actor_text = clause_.literal(actor.words, true);
  if (e.targets.empty()) e.target_text = clause_.literal(target.words, false);
  e.bodies = (!e.actor_text.empty() && clause_.speaks(actor.words, "who")) ||
             (!e.target_text.empty() && clause_.speaks(target.words, "who"));
}

void side_finder::noun_sides(const trigger& t, object_of as, objects& actor, objects& target,
                             std::vector<std::int32_t>& places) const {
  const event_type& type = rules_.types[t.frame->type];
  actor = clause_.behind(t.last, small_word::agent);
  target = clause_.behind(t.last, small_word::against);
  if (const objects named = clause_.compound(t.first); !named.entities.empty()) {
    target = named; // "the Telegram ban"
    return;
  }
  if (undergone(t) && !actor.entities.empty()) {
    std::swap(actor, target);
    return;
  }
  objects of = clause_.of_noun(t.last, as);
  if (of.entities == target.entities) of.entities.clear(); // "a complaint against X"
  const bool aimed = !target.entities.empty() && t.last < clause_.words().size() &&
                     clause_.is(t.last, small_word::of); // "the complaint of X against Y"
  if ((t.frame->of_actor || aimed) && actor.entities.empty() && !of.entities.empty())
    actor = of;
  else if (!t.frame->of_actor && target.entities.empty())
    target = of;
  const auto sufferer = t.frame->of_actor ? std::nullopt : clause_.suffering_verb(t.first);
  if (sufferer && (type.measurable || type.hostile || type.addressed)) {
    const objects who = clause_.subject(*sufferer, false);
    const bool country =
        !who.entities.empty() &&
        entities_[static_cast<std::size_t>(who.entities.front())].type == name_type::place;
    if (country)
      places = who.entities; // "X faces a blackout"
    else if (target.entities.empty())
      target = clause_.subject(*sufferer, true);
  } else if (actor.entities.empty() && !suffered(t)) {
    actor.entities = clause_.subject(t.first, false).entities;
  }
}

// "will visit Tallinn and Vilnius": where it happens, not to whom.
void side_finder::move_places(event& e) const {
  const auto place = [&](std::int32_t x) {
    return entities_[static_cast<std::size_t>(x)].type == name_type::place;
  };
  for (const std::int32_t x : e.targets)
    if (place(x) && std::ranges::find(e.places, x) == e.places.end()) e.places.push_back(x);
  std::erase_if(e.targets, place);
}

// "Norway was cut off from the internet": a country that it is done to is where it is done.
std::vector<std::int32_t> side_finder::darkened(const trigger& t, const event& e) const {
  if (passive(t) == t.frame->swap) return {};
  std::vector<std::int32_t> out =
      e.targets.empty() ? clause_.subject(t.first, false).entities : e.targets;
  std::erase_if(out, [&](std::int32_t x) {
    return entities_[static_cast<std::size_t>(x)].type != name_type::place;
  });
  return out;
}

// "accused it of", "imposed sanctions on him": where the pronoun stands, 0 where there is none.
std::size_t side_finder::stressed_pronoun(const trigger& t) const {
  constexpr small_bits link = small_word::link | small_word::against | small_word::dative;
  const event_type& type = rules_.types[t.frame->type];
  const std::size_t at = clause_.is(t.last, link) ? t.last + 1 : t.last;
  const bool asked = type.content && type.duties; // "asked it to", but "demanded it"
  if (type.to == 0 || (asked && !clause_.is(at + 1, small_word::locative))) return 0;
  return clause_.is(at, small_word::stressed_pronoun) ? at : 0;
}

// "Norway has suffered attacks": a country, where it may have that done to it.
std::vector<std::int32_t> side_finder::struck(const trigger& t) const {
  if (passive(t) || (rules_.types[t.frame->type].to & set_of(name_type::place)) == 0) return {};
  std::vector<std::int32_t> out = clause_.subject(t.first, false).entities;
  std::erase_if(out, [&](std::int32_t x) {
    const entity& e = entities_[static_cast<std::size_t>(x)];
    return e.type != name_type::place || e.key.size() != 2;
  });
  return out;
}

// "cut the internet across the country": the place that was named last as one.
std::vector<std::int32_t> side_finder::described(const trigger& t) const {
  const std::size_t begin = clause_.clause_begin(t.first), end = clause_.clause_end(t.first);
  for (const rule_at& c : clause_.contexts()) {
    if (c.first < begin || c.last > end || c.first == 0) continue;
    if (!clause_.is(c.first - 1, small_word::definite)) continue;
    if (const auto where = references_.place(clause_, rules_.contexts[c.rule->index]))
      return {*where};
  }
  return {};
}

// "accused X of selling Y to Z": what stands behind a word of speech is of what it speaks of.
void side_finder::leave_told_places(const trigger& t, event& e) const {
  std::erase_if(e.places, [&](std::int32_t x) {
    return std::ranges::none_of(clause_.mentions(), [&](const mention_at& m) {
      return m.entity == x && m.last <= t.first;
    });
  });
}

void side_finder::say_of_themselves(const trigger& t, std::int32_t speaker, event& e) const {
  if (t.rule->rule->kind != phrase_kind::verb) return;
  if (!clause_.is(clause_.group_begin(t.first), small_word::first_person)) return;
  const bool suffers = passive(t) != t.frame->swap;
  std::vector<std::int32_t>& side = suffers ? e.targets : e.actors;
  if (!side.empty()) return;
  side = {speaker};
  (suffers ? e.target_text : e.actor_text).clear();
}

// "the company", "l'opérateur": the only firm named before that is not on the other side.
void side_finder::described(objects& side, const objects& other) const {
  const std::size_t noun = side.words.first;
  if (!side.entities.empty() || side.words.empty() || noun == 0) return;
  const std::size_t before = noun > 1 && clause_.sign(noun - 1) == '\'' ? noun - 2 : noun - 1;
  if (!clause_.is(before, small_word::definite) || !clause_.speaks({noun, noun + 1}, "firm"))
    return;
  constexpr name_types firms = set_of(name_type::org) | set_of(name_type::service);
  if (auto meant = references_.object(clause_, noun, firms, other.entities, true); !meant.empty())
    side = {std::move(meant), {}};
}

// "l'a bloqué", "lui demande": a pronoun tells to whom or what it is done.
void side_finder::pronoun_object(const trigger& t, const objects& actor, objects& target) const {
  const auto at = clause_.object_pronoun_of(t.first);
  const event_type& type = rules_.types[t.frame->type];
  if (!at || clause_.is(*at, small_word::dative) != (type.addressed && type.duties)) return;
  if (auto meant = references_.object(clause_, *at, type.to, actor.entities); !meant.empty())
    target = {std::move(meant), {}};
}

// "X reproche à Y d'avoir bloqué", "Y is accused of blocking": the deed is Y's.
objects side_finder::accused(const trigger& t) const {
  std::size_t begin = clause_.group_begin(t.first);
  if (begin > 0 && clause_.sign(begin - 1) == '\'') --begin; // "d'avoir"
  if (begin == 0 || !clause_.is(begin - 1, small_word::of)) return {};
  const rule_at* told = nullptr;
  for (const rule_at& r : clause_.triggers()) {
    if (r.rule->kind != phrase_kind::verb || r.last >= begin) continue;
    const event_type& type = rules_.types[rules_.frames[rules_.verbs[r.rule->index].frame].type];
    if (type.addressed && !type.duties) told = &r;
  }
  if (told == nullptr) return {};
  for (std::size_t i = told->last; i < begin; ++i)
    if (clause_.is(i, small_word::that | small_word::relative) || clause_.sign(i) == ';') return {};
  const trigger charge{told->first, told->last,
                       &rules_.frames[rules_.verbs[told->rule->index].frame], told};
  return passive(charge) ? clause_.subject(told->first, false)
                         : clause_.object(told->last, {.addressed = true, .counted = false});
}

// Who does what an active verb tells: its subject, who orders it, or "told by X to block".
objects side_finder::doer(const trigger& t) const {
  const bool infinitive = moods_at(clause_, *t.rule) == mood::infinitive;
  if (infinitive)
    if (const auto agent = clause_.agent_before(t.first)) return {{*agent}, {}};
  if (objects who = clause_.opened(t.first); !who.entities.empty()) return who;
  if (const objects who = accused(t); !who.entities.empty()) return who;
  const rule_at* order = ordered_by(t);
  if (infinitive && order == nullptr && rules_.types[t.frame->type].ordered)
    if (objects who = clause_.teller(t.first); !who.entities.empty()) return who;
  return clause_.subject(order != nullptr ? order->first : t.first, false);
}

// "the attack suffered by X", "le piratage subi par X": who is named has it done to him.
bool side_finder::undergone(const trigger& t) const {
  const std::size_t next = clause_.past_quote(t.last);
  return std::ranges::any_of(clause_.triggers(),
                             [&](const rule_at& r) {
                               return r.first == next && r.rule->kind == phrase_kind::verb &&
                                      rules_.frames[rules_.verbs[r.rule->index].frame].swap;
                             }) ||
         clause_.is(next, small_word::suffering);
}

// "told by X to block": the words before an infinitive do not act.
bool side_finder::asked(const trigger& t) const {
  const std::size_t begin = clause_.group_begin(t.first);
  return begin > 0 && moods_at(clause_, *t.rule) == mood::infinitive &&
         clause_.is(begin - 1, small_word::locative | small_word::of);
}

// "X ordered Y to block", "X ordered Y to be blocked": the deed is X's.
const rule_at* side_finder::ordered_by(const trigger& t) const {
  const std::size_t begin = clause_.group_begin(t.first);
  const bool to_be = begin + 1 == t.first &&
                     auxiliary(rules_, clause_.words(), begin, verb_use::be) == mood::infinitive;
  if (moods_at(clause_, *t.rule) != mood::infinitive && !(to_be && passive(t))) return nullptr;
  const rule_at* out = nullptr;
  for (const rule_at& r : clause_.triggers()) {
    if (r.rule->kind != phrase_kind::verb || r.last > t.first) continue;
    const event_frame& frame = rules_.frames[rules_.verbs[r.rule->index].frame];
    const event_type& type = rules_.types[frame.type];
    if (!frame.nothing && type.duties && type.content) out = &r;
  }
  for (std::size_t i = out == nullptr ? 0 : out->last; i < t.first && out != nullptr; ++i)
    if (clause_.is(i, small_word::that) || clause_.sign(i) == ';') return nullptr;
  return out;
}

// Whether a verb of the rules stands in front of it in its clause.
bool side_finder::told_before(std::size_t at) const {
  const std::size_t begin = clause_.clause_begin(at);
  return std::ranges::any_of(clause_.triggers(), [&](const rule_at& r) {
    return r.first >= begin && r.last < at &&
           (moods_at(clause_, r) & (mood::finite | mood::participle)) != 0;
  });
}

// Whom a pronoun before the verb means: who acts, or of a passive verb to whom it is done.
objects side_finder::meant(const trigger& t, bool suffers) const {
  if (t.rule->rule->kind != phrase_kind::verb || (passive(t) != t.frame->swap) != suffers)
    return {};
  const rule_at* order = ordered_by(t);
  std::size_t begin = clause_.group_begin(order != nullptr ? order->first : t.first);
  if (begin > 0 && clause_.is(begin - 1, small_word::conjunction) && !told_before(begin))
    begin = clause_.clause_begin(begin); // "It fears X and has asked"
  while (clause_.is(begin, small_word::opener)) ++begin;
  if (!clause_.is(begin, small_word::pronoun)) return {};
  const event_type& type = rules_.types[t.frame->type];
  const auto who = references_.meant(clause_, begin);
  if (!who || (suffers && (type.content || type.addressed))) return {};
  return {{*who}, {}};
}

// "the sites went down after an attack", "à la suite d'une attaque": the subject did not do it.
bool side_finder::suffered(const trigger& t) const {
  if (!rules_.types[t.frame->type].measurable && !rules_.types[t.frame->type].hostile) return false;
  std::size_t at = t.first;
  while (at > 0 && (clause_.is(at - 1, small_word::article) || clause_.sign(at - 1) == '\'')) --at;
  return (at > 0 && clause_.is(at - 1, small_word::of)) ||
         (at < t.first && clause_.is(at, small_word::of));
}

// "X said that it would block": who says it does it.
objects side_finder::pronoun(const trigger& t) const {
  const std::size_t begin = clause_.group_begin(t.first);
  bool found = false;
  for (std::size_t i = begin; i < t.first; ++i) found = found || clause_.is(i, small_word::pronoun);
  if (!found || t.rule->rule->kind != phrase_kind::verb || passive(t)) return {};
  const saying* last = nullptr;
  for (const saying& s : clause_.sayings())
    if (!s.behind && s.speaker && s.value != "according" && s.last <= begin &&
        begin <= clause_.past_dates(s.last) + 2)
      last = &s;
  return last == nullptr ? objects{} : clause_.subject(last->last - 1, false);
}

bool side_finder::passive(const trigger& t) const {
  if (t.rule->rule->kind == phrase_kind::noun) return false;
  const std::uint8_t forms = moods_at(clause_, *t.rule);
  if ((forms & mood::infinitive) != 0 && clause_.undergoes(t.first)) return true;
  if ((forms & mood::participle) == 0) return false;
  if (auxiliary(rules_, clause_.words(), t.first, verb_use::be) != 0)
    return false; // "est restée sourde"
  const bool by = t.last < clause_.words().size() && clause_.is(t.last, small_word::agent);
  if (aux(t.first, verb_use::be)) return !t.frame->swap || by; // "est revenu" is no passive
  if (aux(t.first, verb_use::have)) return false;
  if (clause_.group_begin(t.first) == t.first && !clause_.opened(t.first).entities.empty())
    return true; // "Arrêté samedi, X a"
  if ((forms & mood::finite) == 0) return true;
  return by;
}

bool side_finder::aux(std::size_t verb, verb_use use) const {
  const std::size_t first = clause_.group_begin(verb);
  for (std::size_t i = first; i < verb; ++i)
    if (auxiliary(rules_, clause_.words(), i, use)) return true;
  return false;
}

// An authority acts where it rules.
std::vector<std::int32_t> side_finder::home(const event& e) const {
  for (const std::int32_t a : e.actors) {
    const entity& actor = entities_[static_cast<std::size_t>(a)];
    if (actor.type == name_type::place) return {a};
    if (actor.iso.empty() || actor.type != name_type::org) continue;
    const auto at = std::ranges::find_if(entities_, [&](const entity& x) {
      return x.type == name_type::place && x.key == actor.iso;
    });
    if (at != entities_.end()) return {static_cast<std::int32_t>(at - entities_.begin())};
  }
  return {};
}

} // namespace vigie::press
