// SPDX-License-Identifier: Apache-2.0
// Subjects that stand behind their verb: of what opens a sentence without one of its own, and of
// verbs of speech behind what is said.
#include "clause.hpp"
#include "modality.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_reach = 40; // words from an opening verb to the subject
constexpr std::size_t longest_phrase = 6; // words in front of the name in it
constexpr std::uint8_t unfinished_moods = mood::infinitive | mood::participle | mood::gerund;
using namespace small_word;

} // namespace

// Of an auxiliary or a verb of the rules that begins there.
std::uint8_t clause_reader::verb_moods(std::size_t i) const {
  std::uint8_t out = static_cast<std::uint8_t>(auxiliary(rules_, words_, i, verb_use::have) |
                                               auxiliary(rules_, words_, i, verb_use::be));
  for (const auto* list : {&triggers_, &speeches_})
    for (const rule_at& r : *list)
      if (r.first == i) out |= moods(r);
  return out;
}

// The name behind the words, in a noun phrase that begins there.
const mention_at* clause_reader::named_in_phrase(std::size_t from) const {
  const auto m =
      std::ranges::find_if(mentions_, [&](const mention_at& x) { return x.first >= from; });
  if (m == mentions_.end() || m->first > from + longest_phrase || oblique(*m)) return nullptr;
  for (std::size_t i = from; i < m->first; ++i)
    if ((mark(i) && !apostrophe(i)) || (rules_.small(words_[i]) != 0 && !is(i, article | of)))
      return nullptr;
  return &*m;
}

// "Accused by X of fraud, Y denied", "By blocking X, Y has", "En bloquant X, Y a": whose verb of
// the sentence follows the comma is the subject of what opens it.
void clause_reader::find_opening() {
  opening_ = {};
  opening_end_ = 0;
  std::size_t head = 0;
  while (is(head, opener | link | locative | of | agent | without | no)) ++head;
  if (head >= words_.size() || (verb_moods(head) & unfinished_moods) == 0) return;
  const std::size_t limit = std::min(words_.size(), head + longest_reach);
  for (std::size_t i = head; i < limit; ++i) {
    if (is(i, that | relative | pronoun) || sign(i) == ';' || sign(i) == ':') return;
    if (is(i, have | be) && (verb_moods(i) & unfinished_moods) == 0) return;
    if (sign(i) != ',') continue;
    const mention_at* m = named_in_phrase(i + 1);
    if (m == nullptr || (!begins_clause(*m) && sign(m->last) != ',')) continue;
    with_siblings(static_cast<std::size_t>(m - mentions_.data()), false, opening_.entities);
    opening_end_ = i;
    return;
  }
}

// "..., accuse X": who is named behind a verb of speech behind what is said.
const mention_at* clause_reader::inverted(const rule_at& verb) const {
  const std::size_t begin = group_begin(verb.first);
  const char lead = begin > 1 ? sign(begin - 1) : '\0';
  if ((lead != ',' && lead != '>' && lead != '"') || !speech_act(verb)) return nullptr;
  if ((moods(verb) & mood::finite) == 0 && begin == verb.first) return nullptr;
  if (!tells(0, begin - 1) || apposed(begin) != nullptr) return nullptr;
  const mention_at* m = named_in_phrase(past_dates(verb.last));
  return m != nullptr && closes(m->last) && sign(m->last) != ',' ? m : nullptr;
}

// "a-t-il bloqué": a pronoun that a hyphen binds to its auxiliary asks, or says what stands before.
bool clause_reader::turned(std::size_t verb) const {
  for (std::size_t i = group_begin(verb); i + 1 < verb; ++i)
    if (is(i, have | be) && words_[i + 1].joined && is(i + 1, pronoun)) return true;
  return false;
}

// "« ... », a lancé X": right behind a quotation, in front of whom it is of.
bool clause_reader::says_quote(std::size_t verb, std::size_t behind) const {
  std::size_t at = group_begin(verb);
  if (at > 0 && sign(at - 1) == ',') --at;
  if (at == 0 || (sign(at - 1) != '>' && !(sign(at - 1) == '"' && !quoted(at - 1)))) return false;
  return named_in_phrase(behind) != nullptr;
}

// "à X": who is named behind a dative, from word `from` to the end of the clause.
objects clause_reader::given(std::size_t from) const {
  const std::size_t end = std::min(clause_end(from), from + longest_reach);
  for (std::size_t k = 0; k < mentions_.size() && mentions_[k].first < end; ++k) {
    const mention_at& m = mentions_[k];
    std::size_t at = m.first;
    while (at > from && (is(at - 1, article) || apostrophe(at - 1)) && !is(at - 1, dative)) --at;
    const entity& e = entities_[static_cast<std::size_t>(m.entity)];
    const bool town = e.type == name_type::place && e.key.size() != 2 &&
                      !is(m.last, of); // "à Tomsk": where; "à Conakry d'écrire": whom
    if (m.first < from || at <= from || !is(at - 1, dative) || town) continue;
    objects out;
    with_siblings(k, true, out.entities);
    return out;
  }
  return {};
}

} // namespace vigie::press
