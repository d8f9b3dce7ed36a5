// SPDX-License-Identifier: Apache-2.0
// Where what a clause tells happens.
#include "clause.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t most_places = 8;     // of one event
constexpr std::size_t most_adjectives = 2; // in front of the word for a place
using namespace small_word;

void add_once(std::vector<std::int32_t>& to, std::int32_t entity) {
  if (std::ranges::find(to, entity) == to.end()) to.push_back(entity);
}

} // namespace

bool clause_reader::is_region(const mention_at& m) const {
  const std::string& key = entities_[static_cast<std::size_t>(m.entity)].key;
  return key.size() > 2 && key[2] == '-' && key.find('/') == std::string::npos;
}

// "X, a lawyer in Y, has": where somebody is from is not where it happens.
bool clause_reader::in_apposition(const mention_at& m, std::size_t around) const {
  std::size_t close = m.last;
  while (close < around && sign(close) != ',') ++close;
  if (close >= around) return false;
  const mention_at* anchor = apposed(close + 1);
  return anchor != nullptr && anchor->last < m.first;
}

// "in the district of X", "in the east of X": what X is of stands in a place, or is part of X.
bool clause_reader::in_district(const mention_at& m) const {
  std::size_t at = m.first;
  while (at > 0 && (is(at - 1, of | article) || apostrophe(at - 1))) --at;
  if (at == m.first || at < 2) return false;
  mention_at head = m;
  head.first = at - 1; // the word for the place
  std::array<phrase_table::match, phrase_table::longest> found;
  bool place = std::ranges::any_of(contexts_, [&](const rule_at& c) {
    return c.last == at && rules_.contexts[c.rule->index] == "part";
  });
  for (std::size_t n = rules_.phrases.matches(words_, head.first, found); n-- > 0;)
    rules_.phrases.any(found[n], [&](std::uint32_t value) {
      const phrase_rule& r = rules_.rules[value];
      place = place || (found[n].words == 1 && r.kind == phrase_kind::head &&
                        rules_.heads[r.index].type == name_type::place);
      return place;
    });
  for (std::size_t n = 0; n < most_adjectives && place && head.first > 1; ++n) {
    if (mark(head.first - 1) || rules_.small(words_[head.first - 1]) != 0) break;
    --head.first; // "in the northern city of X"
  }
  return place && (before(head) & (locative | link)) != 0; // "on the island of X"
}

// "in neighbouring X", "in northern X": an adjective stands between.
bool clause_reader::behind_adjective(const mention_at& m) const {
  if (m.first < 2) return false;
  const word& w = words_[m.first - 1];
  if (w.kind != token_kind::word || w.capital || rules_.small(w) != 0) return false;
  return is(m.first - 2, locative) && std::ranges::none_of(triggers_, [&](const rule_at& t) {
           return t.first < m.first && m.first <= t.last;
         });
}

// "..., said X, an engineer in Y": where who speaks is from.
bool clause_reader::of_speaker(const mention_at& m) const {
  return std::ranges::any_of(
      sayings_, [&](const saying& s) { return s.behind && s.to > 0 && m.first >= s.last; });
}

// "blocked X after protests in Y": where what led to it happened.
bool clause_reader::in_adjunct(const mention_at& m, std::size_t around) const {
  for (std::size_t i = around; i < m.first; ++i)
    if (is(i, opener)) return true;
  return false;
}

// The part of the clause that commas and words like "when" part off: "taken in X, when police".
word_range clause_reader::inner_clause(std::size_t around) const {
  word_range out{clause_begin(around), clause_end(around)};
  const auto opens = [&](std::size_t i) {
    return sign(i - 1) == ',' && (is(i, opener) || (is(i, conjunction) && is(i + 1, article)));
  };
  for (std::size_t i = around; i > out.first; --i)
    if (opens(i)) {
      out.first = i;
      break;
    }
  for (std::size_t i = around + 1; i < out.last; ++i)
    if (opens(i)) {
      out.last = i;
      break;
    }
  return out;
}

std::vector<std::int32_t> clause_reader::places(std::size_t around, bool adjuncts) const {
  const std::size_t begin = clause_begin(around), end = clause_end(around);
  const word_range inner = inner_clause(around);
  std::vector<std::int32_t> out, own;
  std::optional<std::size_t> nearest;
  std::size_t best = words_.size() + 1;
  for (std::size_t k = 0; k < mentions_.size(); ++k) {
    const mention_at& m = mentions_[k];
    if (entities_[static_cast<std::size_t>(m.entity)].type != name_type::place) continue;
    if (m.metonym || in_apposition(m, around) || of_speaker(m)) continue;
    if (!adjuncts && in_adjunct(m, around)) continue;
    if ((before(m) & locative) == 0 && !is_region(m) && !in_district(m) && !behind_adjective(m))
      continue;
    if (m.first >= begin && m.first < end && out.size() < most_places) with_places(k, out);
    if (m.first >= inner.first && m.first < inner.last && own.size() < most_places)
      with_places(k, own);
    const std::size_t away = m.first > around ? m.first - around : around - m.first;
    if (away >= best || apart(m.first, around)) continue;
    best = away;
    nearest = k;
  }
  if (!own.empty()) return own;
  if (out.empty() && nearest) with_places(*nearest, out);
  return out;
}

// A semicolon stands in between.
bool clause_reader::apart(std::size_t a, std::size_t b) const {
  for (std::size_t i = std::min(a, b); i < std::max(a, b); ++i)
    if (sign(i) == ';') return true;
  return false;
}

void clause_reader::with_places(std::size_t index, std::vector<std::int32_t>& out) const {
  std::vector<std::int32_t> all;
  with_siblings(index, true, all);
  for (const std::int32_t e : all)
    if (entities_[static_cast<std::size_t>(e)].type == name_type::place) add_once(out, e);
}

} // namespace vigie::press
