// SPDX-License-Identifier: Apache-2.0
// Where in a clause a verb's objects stand, and what a noun is of or by.
#include "clause.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_reach = 40; // words in which an object is looked for
constexpr std::size_t longest_phrase = 14;
constexpr std::size_t longest_bound = 3;   // words in front of a number: "at least"
constexpr std::size_t most_adjectives = 2; // behind a noun
constexpr std::size_t longest_role = 3;    // words between a comma and a name
constexpr std::size_t longest_agent = 6;   // words from "by" to a name
using namespace small_word;

} // namespace

word_range clause_reader::noun_phrase(std::size_t from, bool to) const {
  // "demanded on Monday", "a demandé lundi": when is not whom.
  while (from < words_.size() && dated_[from] != 0) ++from;
  from = behind_number(from);
  const auto skipped = [&](std::size_t i) {
    if (to && is(i, dative)) return true;
    return !is(i, locative) && (is(i, article | of) || apostrophe(i));
  };
  while (from < words_.size() && skipped(from)) ++from;
  if (is(from, locative)) return {};
  std::size_t last = from;
  const std::size_t limit = std::min(words_.size(), from + longest_phrase);
  while (last < limit && dated_[last] == 0 &&
         !(mark(last) && !apostrophe(last) && !grouped(last)) &&
         !(last > from && is(last, agent | that | relative | locative | conjunction | be | have)))
    ++last;
  while (last > from && is(last - 1, article | of | link)) --last;
  return {from, last};
}

// "at least 17,000 devices" are devices: the number is a figure of the event already.
std::size_t clause_reader::behind_number(std::size_t from) const {
  std::size_t at = from;
  while (at < words_.size() && counted_[at] == 0) {
    const bool tells = std::ranges::any_of(
        contexts_, [&](const rule_at& c) { return c.first <= at && at < c.last; });
    const bool other = at >= from + longest_bound || tells || is(at, that | relative) ||
                       (mark(at) && !apostrophe(at));
    if (other) return from;
    ++at;
  }
  while (at < words_.size() && counted_[at] != 0) ++at;
  return at < words_.size() ? at : from;
}

// The mark inside of "2,318,447".
bool clause_reader::grouped(std::size_t i) const {
  return words_[i].kind == token_kind::number ||
         (i > 0 && i + 1 < words_.size() && words_[i - 1].kind == token_kind::number &&
          words_[i + 1].kind == token_kind::number && words_[i - 1].end == words_[i].begin &&
          words_[i].end == words_[i + 1].begin);
}

// Whether it stands right behind the verb with a word like "to": whom it is done for, not what.
bool clause_reader::addressed(std::size_t from, const mention_at& m) const {
  const name_type type = entities_[static_cast<std::size_t>(m.entity)].type;
  if (type == name_type::service || type == name_type::technology || type == name_type::media ||
      type == name_type::product)
    return false;
  std::size_t i = from;
  while (i < m.first && (is(i, article | dative) || apostrophe(i))) ++i;
  return i == m.first && from < m.first && is(from, dative);
}

// "demanded that X name ...": whom it is asked of stands behind "that"; `from` where nobody does.
std::size_t clause_reader::said_subject(std::size_t from) const {
  std::size_t i = from + 1;
  while (i < words_.size() && (is(i, article) || apostrophe(i))) ++i;
  const bool named =
      std::ranges::any_of(mentions_, [&](const mention_at& m) { return m.first == i; });
  return named ? i : from;
}

// "copied 40,000 files of X": the files.
bool clause_reader::counts_others(std::size_t from, const mention_at& m) const {
  std::size_t number = m.first;
  while (number > from && counted_[number - 1] == 0) --number;
  if (number <= from || number == m.first) return false;
  for (std::size_t i = number; i < m.first; ++i)
    if (is(i, of | locative | link) && i > number) return true;
  return false;
}

objects clause_reader::object(std::size_t from, object_of as) const {
  objects out;
  const bool to = as.addressed;
  if (to && is(from, that)) from = said_subject(from);
  const std::size_t end = std::min(clause_end(from), from + longest_reach);
  for (std::size_t k = 0; k < mentions_.size(); ++k) {
    const mention_at& m = mentions_[k];
    if (m.first < from || tells_next(k)) continue;
    if (m.first >= end) break;
    const small_bits bits = before(m);
    const bool place = entities_[static_cast<std::size_t>(m.entity)].type == name_type::place;
    if ((bits & (agent | according)) != 0) break;
    const bool aside = addressed(from, m);
    if (aside && !to) continue;
    if (place && !aside && (before_list(k) & (locative | of)) != 0) continue;
    if (as.counted && counts_others(from, m)) break;
    if (out.entities.empty() && is_next_subject(from, m)) break;
    bool verb_between = false;
    for (std::size_t i = from; i < m.first; ++i)
      verb_between =
          verb_between || is(i, have | be) || (is(i, verb) && !noun_at(i)) || sign(i) == ',';
    if (verb_between) break;
    with_siblings(named_members(k), true, out.entities);
    return out;
  }
  if (const mention_at* m = named_behind(from)) {
    out.entities.push_back(m->entity);
    return out;
  }
  out.words = noun_phrase(from, to);
  return out;
}

// "and Y has": what a verb of another clause follows.
bool clause_reader::is_next_subject(std::size_t from, const mention_at& m) const {
  if (!begins_clause(m)) return false;
  for (std::size_t i = from; i < m.first; ++i)
    if (is(i, conjunction)) return true;
  return false;
}

// "asked the president, X Y, to", "accused the maker, X, of": who is named between the commas.
const mention_at* clause_reader::named_behind(std::size_t from) const {
  std::size_t comma = from;
  while (comma < words_.size() && comma < from + longest_phrase / 2 &&
         (!mark(comma) || apostrophe(comma))) {
    if (is(comma, have | be | verb | that | relative)) return nullptr;
    ++comma;
  }
  if (comma == from || sign(comma) != ',') return nullptr;
  const auto at = std::ranges::find(mentions_, comma + 1, &mention_at::first);
  if (at == mentions_.end()) return nullptr;
  if (person(at->entity))
    return at->last >= words_.size() || sign(at->last) == ',' || sign(at->last) == '.' ? &*at
                                                                                       : nullptr;
  const bool place = entities_[static_cast<std::size_t>(at->entity)].type == name_type::place;
  const bool told =
      is(from, article) && sign(at->last) == ',' && is(at->last + 1, locative | of | that | link);
  return told && !place ? &*at : nullptr;
}

// "arrested two leaders of X, the lawyer Y and Z": who they are; `index` where nobody is named.
std::size_t clause_reader::named_members(std::size_t index) const {
  const mention_at& m = mentions_[index];
  if (person(m.entity) || (before(m) & of) == 0 || sign(m.last) != ',') return index;
  if (index + 1 == mentions_.size() || !person(mentions_[index + 1].entity)) return index;
  const std::size_t next = mentions_[index + 1].first;
  if (next - m.last > longest_role + 1) return index;
  for (std::size_t i = m.last + 1; i < next; ++i)
    if (mark(i) || (rules_.small(words_[i]) != 0 && !is(i, article))) return index;
  return begins_clause(mentions_[index + 1]) ? index : index + 1;
}

objects clause_reader::of_noun(std::size_t from, object_of as) const {
  objects out = object(from, as);
  std::size_t at = from; // "the total blocking", "le blocage total de": an adjective is no target
  while (at < words_.size() && at < from + most_adjectives && !mark(at) &&
         rules_.small(words_[at]) == 0)
    ++at;
  if (at > from) out.words = is(at, of) ? noun_phrase(at, as.addressed) : word_range{};
  return out;
}

// Whether it only says whose or what the name behind it is: "Meta's Facebook", "the Facebook owner
// Meta".
bool clause_reader::tells_next(std::size_t index) const {
  if (index + 1 >= mentions_.size()) return false;
  const mention_at &m = mentions_[index], &next = mentions_[index + 1];
  if (owns(m, next)) return true;
  if (next.first <= m.last) return false;
  std::array<phrase_table::match, phrase_table::longest> found;
  for (std::size_t n = rules_.phrases.matches(words_, m.last, found); n-- > 0;) {
    const bool role = rules_.phrases.any(found[n], [&](std::uint32_t value) {
      return rules_.rules[value].kind == phrase_kind::role;
    });
    if (role && m.last + found[n].words == next.first) return true;
  }
  return false;
}

objects clause_reader::behind(std::size_t from, small_bits bits) const {
  objects out;
  const std::size_t end = std::min(clause_end(from), from + longest_reach);
  for (std::size_t k = 0; k < mentions_.size(); ++k) {
    const mention_at& m = mentions_[k];
    if (m.first < from) continue;
    if (m.first >= end) break;
    if ((before(m) & bits) == 0 && !led_by(m, bits & (agent | against))) continue;
    if (tells_next(k)) continue;
    if ((bits & agent) != 0 && of_other_deed(from, m)) return out;
    with_siblings(k, true, out.entities);
    return out;
  }
  for (std::size_t i = from; i < end && (bits & agent) != 0 && out.words.empty(); ++i) {
    if (is(i, opener)) break; // "was blocked, as protests by farmers"
    if (is(i, agent)) out.words = noun_phrase(i + 1);
  }
  return out;
}

// "restored after an outage ordered by X": who is named behind another deed's participle did that
// one.
bool clause_reader::of_other_deed(std::size_t from, const mention_at& m) const {
  return std::ranges::any_of(triggers_, [&](const rule_at& t) {
    return t.first > from && t.last < m.first && is(t.last, agent) && !mark(t.first - 1) &&
           group_begin(t.first) == t.first && (moods(t) & mood::participle) != 0;
  });
}

// "told by X to block", "used by X to block": who is named right before the infinitive.
std::optional<std::int32_t> clause_reader::agent_before(std::size_t infinitive) const {
  std::size_t at = group_begin(infinitive);
  while (at > 0 && (is(at - 1, locative | of | link) || dated_[at - 1] != 0)) --at;
  const auto m = std::ranges::find(mentions_, at, &mention_at::last);
  if (m == mentions_.end() || ((before(*m) & agent) == 0 && !led_by(*m, agent)))
    return std::nullopt;
  const entity& e = entities_[static_cast<std::size_t>(m->entity)];
  if (e.type == name_type::place && e.key.size() != 2) return std::nullopt; // "came by X to"
  return m->entity;
}

// "by the country's police", "contre le fournisseur d'appels X": the last words of what acts or is
// attacked.
bool clause_reader::led_by(const mention_at& m, small_bits bits) const {
  std::size_t at = m.first;
  while (at > 0 && m.first - at < longest_agent) {
    --at;
    if (is(at, bits) || (phrase_bits_[at] & bits) != 0) return true;
    const bool inner = is(at, of) && at + 1 < m.first && !is(m.first - 1, article | of);
    const bool plain = apostrophe(at) || inner || is(at, article | possessive) ||
                       (!mark(at) && rules_.small(words_[at]) == 0);
    if (!plain) return false;
  }
  return false;
}

} // namespace vigie::press
