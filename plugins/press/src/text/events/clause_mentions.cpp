// SPDX-License-Identifier: Apache-2.0
// How the names of a clause hang on the words around them and on each other.
#include "clause.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_told = 4; // words between "and the" and a name
using namespace small_word;

void add_once(std::vector<std::int32_t>& to, std::int32_t entity) {
  if (std::ranges::find(to, entity) == to.end()) to.push_back(entity);
}

} // namespace

// The classes of the words that bind a mention to what stands before it.
small_bits clause_reader::before(const mention_at& m) const {
  small_bits bits = 0;
  std::size_t at = m.first;
  for (std::size_t n = 0; n < 4 && at > 0; ++n, --at) {
    const word& w = words_[at - 1];
    if (apostrophe(at - 1)) continue;
    if (w.joined) break; // "the Lyon-based X"
    bits |= phrase_bits_[at - 1] & (agent | against | of | according);
    bits |= rules_.small(w) & (agent | against | of | locative | according);
    if (!is(at - 1, conjunction)) bits |= rules_.small(w) & link;
    if (!is(at - 1, article)) break;
  }
  return bits;
}

// "in the Middle East and North Africa": the second is bound by what stands before the first.
small_bits clause_reader::before_list(std::size_t index) const {
  small_bits bits = before(mentions_[index]);
  bool conjoined = false;
  while (bits == 0 && index > 0 && !begins_clause(mentions_[index]) &&
         entities_[static_cast<std::size_t>(mentions_[index].entity)].type ==
             entities_[static_cast<std::size_t>(mentions_[index - 1].entity)].type &&
         joined(mentions_[index - 1], mentions_[index], conjoined))
    bits = before(mentions_[--index]);
  return bits;
}

// "Meta's Facebook", "Meta Platforms' Facebook": `a` only tells whose `b` is.
bool clause_reader::owns(const mention_at& a, const mention_at& b) const {
  if (!apostrophe(a.last)) return false;
  const std::size_t behind = is(a.last + 1, possessive) ? a.last + 2 : a.last + 1;
  return behind == b.first && words_[b.first - 1].end < words_[b.first].begin;
}

bool clause_reader::joined(const mention_at& a, const mention_at& b, bool& conjoined) const {
  const auto type = [&](const mention_at& m) {
    return entities_[static_cast<std::size_t>(m.entity)].type;
  };
  if (owns(a, b)) return true;
  const small_bits again = before(a) & (of | locative | against | agent); // "à X et à Y"
  std::size_t told = 0; // words that say what b is: "and the messaging app B"
  bool here = false;
  for (std::size_t i = a.last; i < b.first; ++i) {
    if (is(i, conjunction)) {
      here = true;
    } else if (!is(i, article | of) && !(here && is(i, again)) && sign(i) != ',' &&
               !apostrophe(i)) {
      const bool tells = here && type(a) == type(b) && !mark(i) && rules_.small(words_[i]) == 0;
      if (!tells || ++told > longest_told) return false;
    }
  }
  conjoined = conjoined || here;
  return b.first > a.last;
}

// "blocked X and Y said": Y has a verb of its own.
bool clause_reader::begins_clause(const mention_at& m) const {
  return is(m.last, have | be | verb) || verb_at(m.last);
}

// A form of a verb of the rules that is nothing else.
bool clause_reader::verb_at(std::size_t i) const {
  const auto conjugated = [&](const rule_at& r) {
    return r.first == i && r.rule->kind == phrase_kind::verb && moods(r) == mood::finite;
  };
  return std::ranges::any_of(triggers_, conjugated) || std::ranges::any_of(speeches_, conjugated);
}

// "the apps (X, Y, Z, etc.) are", "X, Y, Z… are": a bracket, or a mark that leaves the rest out.
bool clause_reader::ends_list(std::size_t from) const {
  const std::size_t end = std::min(words_.size(), from + longest_told);
  for (std::size_t i = from; i < end; ++i) {
    if (sign(i) == ')') return true;
    if (i == from && mark(i) && text(i, i + 1) == "…") return true;
    if (!mark(i) && rules_.small(words_[i]) != 0) return false;
  }
  return false;
}

void clause_reader::with_siblings(std::size_t index, bool right,
                                  std::vector<std::int32_t>& out) const {
  std::vector<std::int32_t> found;
  const bool closed = !right && ends_list(mentions_[index].last), listed = right || closed;
  const std::size_t least = closed ? 1 : 2;
  bool conjoined = false, alike = true;
  const auto take = [&](std::size_t k) {
    if (k + 1 < mentions_.size() && owns(mentions_[k], mentions_[k + 1])) return;
    found.push_back(mentions_[k].entity);
    alike = alike && entities_[static_cast<std::size_t>(mentions_[k].entity)].type ==
                         entities_[static_cast<std::size_t>(mentions_[index].entity)].type;
  };
  if (right) {
    for (std::size_t i = index; i + 1 < mentions_.size(); ++i) {
      if (begins_clause(mentions_[i + 1])) break;
      if (!joined(mentions_[i], mentions_[i + 1], conjoined)) break;
      take(i + 1);
    }
  } else {
    for (std::size_t i = index; i > 0; --i) {
      const bool owner = owns(mentions_[i - 1], mentions_[i]);
      if (!owner && (!joined(mentions_[i - 1], mentions_[i], conjoined) || !(conjoined || listed)))
        break;
      const auto place = [&](const mention_at& m) {
        return entities_[static_cast<std::size_t>(m.entity)].type == name_type::place;
      };
      if (!owner && place(mentions_[i - 1]) && !place(mentions_[index]) &&
          (before(mentions_[i - 1]) & locative) != 0)
        break; // "went to Riga, and the police arrested"
      take(i - 1);
    }
  }
  add_once(out, mentions_[index].entity);
  // A comma alone explains, it does not add; two of them between names of a kind do.
  if (!conjoined && (!listed || found.size() < least || !alike)) return;
  for (const std::int32_t e : found) add_once(out, e);
}

bool clause_reader::thing_at(const mention_at& m) const {
  const name_type type = entities_[static_cast<std::size_t>(m.entity)].type;
  return type == name_type::service || type == name_type::technology || type == name_type::product;
}

// Also the last one of "access to X and to Y".
bool clause_reader::accessed_list(std::size_t index) const {
  bool conjoined = false;
  while (thing_at(mentions_[index]) && !accessed(mentions_[index])) {
    if (index == 0 || !joined(mentions_[index - 1], mentions_[index], conjoined)) return false;
    --index;
  }
  return thing_at(mentions_[index]);
}

// "access to X", "l'accès à X": what is accessed, not where.
bool clause_reader::accessed(const mention_at& m) const {
  std::size_t at = m.first;
  while (at > 0 && (is(at - 1, article) || apostrophe(at - 1))) --at;
  if (at < 2 || !is(at - 1, locative)) return false;
  return std::ranges::any_of(contexts_, [&](const rule_at& c) {
    return c.last == at - 1 && rules_.contexts[c.rule->index] == "access";
  });
}

} // namespace vigie::press
