// SPDX-License-Identifier: Apache-2.0
#include "references.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t most_named = 16;  // of one sentence
constexpr std::size_t longest_wait = 2; // sentences that name nobody
constexpr std::array<std::string_view, 3> place_kinds{"country", "region", "town"};

// Which of the kinds a place is: by ISO 3166-1, by ISO 3166-2, or in one of those.
std::size_t kind_of(const entity& e) {
  if (e.key.size() == 2) return 0;
  return e.key.find('/') == std::string::npos && e.key.find('-') == 2 ? 1 : 2;
}

} // namespace

std::vector<references::named> references::named_in(const clause_reader& clause,
                                                    std::size_t end) const {
  std::vector<named> out;
  for (const mention_at& m : clause.mentions()) {
    if (m.last > end || out.size() == most_named) break;
    const name_type type = entities_[static_cast<std::size_t>(m.entity)].type;
    const bool acts = type == name_type::person || type == name_type::org ||
                      type == name_type::media || type == name_type::service ||
                      type == name_type::group || (type == name_type::place && m.metonym);
    if (!acts) continue;
    constexpr small_bits genders = small_word::masculine | small_word::feminine;
    small_bits gender = rules_.small(clause.words()[m.first]) & genders; // "Mme X"
    if (m.first > 0) gender |= rules_.small(clause.words()[m.first - 1]) & genders;
    out.push_back({m.entity, gender, !clause.oblique(m), several(clause, m),
                   clause.words()[m.first].capital});
  }
  return out;
}

// "the authorities", "forces de l'ordre": a name in lower case whose head, in front of an "of",
// ends as plurals do, or a group.
bool references::several(const clause_reader& clause, const mention_at& m) const {
  const name_type type = entities_[static_cast<std::size_t>(m.entity)].type;
  if (type == name_type::group) return true;
  std::size_t head = m.first;
  while (head + 1 < m.last && !clause.is(head + 1, small_word::of)) ++head;
  const word& w = clause.words()[head];
  return type == name_type::org && !w.capital &&
         rules_.plural(clause.body().substr(w.begin, w.end - w.begin));
}

bool references::fits(const named& n, small_bits pronoun) const {
  if ((pronoun & small_word::plural_pronoun) != 0) return n.plural;
  const bool person = entities_[static_cast<std::size_t>(n.entity)].type == name_type::person;
  if ((pronoun & (person ? small_word::person_pronoun : small_word::thing_pronoun)) == 0)
    return false;
  const bool other = ((pronoun & small_word::masculine) != 0 && n.gender == small_word::feminine) ||
                     ((pronoun & small_word::feminine) != 0 && n.gender == small_word::masculine);
  return !other;
}

// Whether a verb stands before it, whose subject may be meant though nobody named it.
bool references::acts_before(const clause_reader& clause, std::size_t pronoun) const {
  for (std::size_t i = 0; i < pronoun; ++i)
    if (clause.is(i, small_word::have | small_word::be | small_word::verb)) return true;
  return false;
}

std::optional<std::int32_t> references::meant(const clause_reader& clause,
                                              std::size_t pronoun) const {
  const small_bits bits = rules_.small(clause.words()[pronoun]);
  constexpr small_bits known =
      small_word::person_pronoun | small_word::thing_pronoun | small_word::plural_pronoun;
  if ((bits & known) == 0) return std::nullopt;
  for (const named& n : named_in(clause, pronoun))
    if (n.subject && fits(n, bits)) return n.entity;
  if (ago_ > longest_wait || acts_before(clause, pronoun)) return std::nullopt;
  std::optional<std::int32_t> only;
  bool several = false;
  for (const named& n : last_) {
    if (!fits(n, bits)) continue;
    if (n.subject) return n.entity;
    several = several || (only && *only != n.entity);
    only = n.entity;
  }
  return several ? std::nullopt : only;
}

std::vector<std::int32_t> references::object(const clause_reader& clause, std::size_t pronoun,
                                             name_types kinds, std::span<const std::int32_t> actors,
                                             bool proper) const {
  const word& w = clause.words()[pronoun];
  const bool several = rules_.plural(clause.body().substr(w.begin, w.end - w.begin));
  std::vector<std::int32_t> out;
  const auto take = [&](const std::vector<named>& list) {
    for (const named& n : list) {
      const name_type type = entities_[static_cast<std::size_t>(n.entity)].type;
      if ((set_of(type) & kinds) != 0 && n.plural == several && (n.proper || !proper) &&
          std::ranges::find(actors, n.entity) == actors.end() &&
          std::ranges::find(out, n.entity) == out.end())
        out.push_back(n.entity);
    }
  };
  take(named_in(clause, pronoun));
  if (out.empty() && ago_ <= longest_wait) take(last_);
  if (out.size() > 1) out.clear();
  return out;
}

std::vector<std::int32_t> references::object_behind(const clause_reader& clause,
                                                    std::size_t pronoun,
                                                    std::span<const std::int32_t> actors,
                                                    name_types kinds) const {
  const small_bits bits = rules_.small(clause.words()[pronoun]);
  if ((kinds & set_of(name_type::service)) != 0) kinds |= set_of(name_type::org); // who runs it
  const auto may_be = [&](const named& n) {
    const name_type type = entities_[static_cast<std::size_t>(n.entity)].type;
    return fits(n, bits) && (kinds == 0 || (set_of(type) & kinds) != 0) &&
           std::ranges::find(actors, n.entity) == actors.end();
  };
  const std::vector<named> here = named_in(clause, pronoun);
  for (auto n = here.rbegin(); n != here.rend(); ++n) // the nearest
    if (may_be(*n)) return {n->entity};
  if (ago_ > longest_wait) return {};
  for (const named& n : last_)
    if (n.subject && may_be(n)) return {n.entity};
  for (const named& n : last_)
    if (may_be(n)) return {n.entity};
  return {};
}

std::optional<std::int32_t> references::place(const clause_reader& clause,
                                              std::string_view kind) const {
  const auto wanted =
      static_cast<std::size_t>(std::ranges::find(place_kinds, kind) - place_kinds.begin());
  if (wanted == place_kinds.size()) return std::nullopt;
  for (const mention_at& m : clause.mentions())
    if (const entity& e = entities_[static_cast<std::size_t>(m.entity)];
        e.type == name_type::place && kind_of(e) == wanted)
      return m.entity;
  return places_[wanted];
}

void references::see(const clause_reader& clause) {
  for (const mention_at& m : clause.mentions())
    if (const entity& e = entities_[static_cast<std::size_t>(m.entity)]; e.type == name_type::place)
      places_[kind_of(e)] = m.entity;
  std::vector<named> here = named_in(clause, clause.words().size());
  ++ago_;
  if (here.empty()) return;
  last_ = std::move(here);
  ago_ = 0;
}

} // namespace vigie::press
