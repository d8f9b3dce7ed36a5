// SPDX-License-Identifier: Apache-2.0
#include "clause.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::uint32_t wanted = (1u << static_cast<unsigned>(phrase_kind::noun)) |
                                 (1u << static_cast<unsigned>(phrase_kind::verb)) |
                                 (1u << static_cast<unsigned>(phrase_kind::grammar)) |
                                 (1u << static_cast<unsigned>(phrase_kind::context));
constexpr std::size_t longest_group = 6;  // auxiliaries, negations and adverbs before a verb
constexpr std::size_t longest_reach = 40; // words in which a subject or object is looked for
constexpr std::size_t longest_phrase = 14;
constexpr std::size_t most_places = 8; // of one event
using namespace small_word;

void add_once(std::vector<std::int32_t>& to, std::int32_t entity) {
  if (std::ranges::find(to, entity) == to.end()) to.push_back(entity);
}

} // namespace

char clause_reader::sign(std::size_t i) const {
  if (i >= words_.size() || words_[i].kind != token_kind::mark) return '\0';
  const std::string_view s = body_.substr(words_[i].begin, words_[i].end - words_[i].begin);
  if (s.size() == 1) return s[0];
  if (s == "\xe2\x80\x99") return '\'';
  if (s == "«" || s == "“") return '<';
  if (s == "»" || s == "”") return '>';
  if (s == "–" || s == "—") return '-';
  return '?';
}

bool clause_reader::apostrophe(std::size_t i) const { return sign(i) == '\''; }

std::string clause_reader::text(std::size_t first, std::size_t last) const {
  if (first >= last) return {};
  return std::string(body_.substr(words_[first].begin, words_[last - 1].end - words_[first].begin));
}

void clause_reader::read(const body_sentence& s, std::span<const mention_at> mentions,
                         std::span<const text_mark> dates) {
  words_.clear();
  scan_words(body_, s.begin, s.end, rules_.words, words_);
  mentions_.clear();
  std::size_t at = 0;
  for (mention_at m : mentions) { // bytes become words
    while (at < words_.size() && words_[at].end <= m.first) ++at;
    const std::size_t end = m.last;
    m.first = at;
    while (at < words_.size() && words_[at].begin < end) ++at;
    m.last = at;
    if (m.first < m.last) mentions_.push_back(m);
  }
  dated_.assign(words_.size() + 1, 0);
  at = 0;
  for (const text_mark& d : dates) {
    if (d.begin >= s.end) break;
    while (at < words_.size() && words_[at].end <= d.begin) ++at;
    for (; at < words_.size() && words_[at].begin < d.end; ++at) dated_[at] = 1;
  }
  quoted_.assign(words_.size() + 1, 0);
  bool inside = false;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const char c = words_[i].kind == token_kind::mark ? sign(i) : '\0';
    if (c == '<') inside = true;
    if (c == '>') inside = false;
    if (c == '"') inside = !inside;
    quoted_[i] = inside ? 1 : 0;
  }
  scan_rules();
  find_sayings();
}

void clause_reader::scan_rules() {
  for (auto* list : {&triggers_, &contexts_, &modals_, &speeches_, &according_}) list->clear();
  phrase_bits_.assign(words_.size(), 0);
  std::array<phrase_table::match, phrase_table::longest> found;
  std::size_t next = 0;
  std::size_t free = 0; // no trigger begins before it
  for (std::size_t i = 0; i < words_.size(); ++i) {
    while (next < mentions_.size() && mentions_[next].last <= i) ++next;
    const bool named = next < mentions_.size() && mentions_[next].first <= i;
    if (!rules_.begins(words_[i], wanted)) continue;
    const std::size_t n = rules_.phrases.matches(words_, i, found);
    std::size_t longest = 0;
    for (std::size_t k = n; k-- > 0;) {
      rules_.phrases.any(found[k], [&](std::uint32_t value) {
        const phrase_rule& r = rules_.rules[value];
        const bool triggers =
            r.kind == phrase_kind::noun ||
            (r.kind == phrase_kind::verb && rules_.verbs[r.index].use == verb_use::trigger);
        if (named && (r.kind == phrase_kind::verb || r.kind == phrase_kind::noun)) return false;
        if (r.kind == phrase_kind::context && named && !tells_context(mentions_[next]))
          return false;
        if (triggers && (i < free || longest > found[k].words)) return false;
        if (triggers) longest = found[k].words;
        take(i, found[k].words, r);
        return false;
      });
    }
    if (longest > 0) free = std::max(free, i + longest);
  }
}

// "police du réseau" tells nothing of a network.
bool clause_reader::tells_context(const mention_at& m) const {
  const name_type type = entities_[static_cast<std::size_t>(m.entity)].type;
  return type == name_type::service || type == name_type::technology ||
         type == name_type::product || type == name_type::group;
}

void clause_reader::take(std::size_t first, std::size_t words, const phrase_rule& r) {
  const rule_at at{first, first + words, &r};
  switch (r.kind) {
  case phrase_kind::noun: triggers_.push_back(at); return;
  case phrase_kind::context: contexts_.push_back(at); return;
  case phrase_kind::grammar:
    phrase_bits_[first + words - 1] |= r.index;
    if ((r.index & according) != 0) according_.push_back(at);
    return;
  case phrase_kind::verb: break;
  default: return;
  }
  switch (rules_.verbs[r.index].use) {
  case verb_use::trigger: triggers_.push_back(at); return;
  case verb_use::speech: speeches_.push_back(at); return;
  case verb_use::modal: modals_.push_back(at); return;
  default: return;
  }
}

std::size_t clause_reader::group_begin(std::size_t verb) const {
  std::size_t first = verb;
  for (std::size_t i = verb; i > 0 && verb - i < longest_group; --i) {
    const std::size_t at = i - 1;
    if (mark(at) && !apostrophe(at)) break;
    if (is(at, article | locative | that | relative | agent | conjunction | against) ||
        std::ranges::any_of(mentions_,
                            [&](const mention_at& m) { return m.first <= at && at < m.last; }))
      break;
    if (is(at, have | be | no | pronoun) ||
        std::ranges::any_of(modals_, [&](const rule_at& m) { return m.last == i; }))
      first = at;
  }
  return first;
}

std::size_t clause_reader::clause_begin(std::size_t i) const {
  while (i > 0 && !is(i - 1, that | relative) && sign(i - 1) != ';' && sign(i - 1) != ':') --i;
  return i;
}

std::size_t clause_reader::clause_end(std::size_t i) const {
  while (i < words_.size() && !is(i, that | relative) && sign(i) != ';' && sign(i) != ':') ++i;
  return i;
}

// The classes of the words that bind a mention to what stands before it.
std::uint32_t clause_reader::before(const mention_at& m) const {
  std::uint32_t bits = 0;
  std::size_t at = m.first;
  for (std::size_t n = 0; n < 4 && at > 0; ++n, --at) {
    const word& w = words_[at - 1];
    if (apostrophe(at - 1)) continue;
    bits |= phrase_bits_[at - 1] & (agent | against | of | according);
    bits |= rules_.small(w) & (agent | against | of | locative | according);
    if (!is(at - 1, conjunction)) bits |= rules_.small(w) & link;
    if (!is(at - 1, article)) break;
  }
  return bits;
}

bool clause_reader::joined(const mention_at& a, const mention_at& b, bool& conjoined) const {
  for (std::size_t i = a.last; i < b.first; ++i) {
    if (is(i, conjunction))
      conjoined = true;
    else if (!is(i, article | of) && sign(i) != ',' && !apostrophe(i))
      return false;
  }
  return b.first > a.last;
}

void clause_reader::with_siblings(std::size_t index, bool right,
                                  std::vector<std::int32_t>& out) const {
  std::vector<std::int32_t> found;
  bool conjoined = false;
  if (right) {
    for (std::size_t i = index; i + 1 < mentions_.size(); ++i) {
      if (!joined(mentions_[i], mentions_[i + 1], conjoined)) break;
      found.push_back(mentions_[i + 1].entity);
    }
  } else {
    for (std::size_t i = index; i > 0; --i) {
      if (!joined(mentions_[i - 1], mentions_[i], conjoined) || !conjoined) break;
      found.push_back(mentions_[i - 1].entity);
    }
  }
  add_once(out, mentions_[index].entity);
  if (!conjoined) return; // a comma alone explains, it does not add
  for (const std::int32_t e : found) add_once(out, e);
}

// "..., puis leur ligne a été coupée": the words behind the last comma, where an article opens them
// and no entity stands in them; `end` where there are none.
std::size_t clause_reader::noun_subject(std::size_t begin, std::size_t end) const {
  std::size_t at = end;
  while (at > begin && sign(at - 1) != ',') --at;
  if (at == begin || at + 1 >= end) return end;
  if (!is(at, article)) ++at;
  if (!is(at, article)) return end;
  while (at < end && (is(at, article) || apostrophe(at))) ++at;
  const bool named = std::ranges::any_of(
      mentions_, [&](const mention_at& m) { return m.last > at && m.first < end; });
  return named ? end : at;
}

objects clause_reader::subject(std::size_t verb, bool things) const {
  objects out;
  const std::size_t end = group_begin(verb);
  std::size_t begin = end;
  if (verb == 0) return out;
  while (begin > 0 && end - begin < longest_reach && !is(begin - 1, that) &&
         sign(begin - 1) != ';' && sign(begin - 1) != ':')
    --begin;
  for (const saying& s : sayings_)
    if (!s.behind && s.from > 0 && s.last < verb && s.value != "announced")
      begin = std::max(begin, s.last);
  if (const std::size_t own = noun_subject(begin, end); own < end) {
    out.text = text(own, end);
    return out;
  }
  std::optional<std::size_t> best, spare;
  for (std::size_t k = mentions_.size(); k-- > 0 && !best;) {
    const mention_at& m = mentions_[k];
    if (m.first < begin) break;
    if (m.last > end) continue;
    const name_type type = entities_[static_cast<std::size_t>(m.entity)].type;
    const std::uint32_t bits = before(m);
    const bool relates = is(m.last, relative) || (sign(m.last) == ',' && is(m.last + 1, relative));
    if ((bits & (agent | against | according)) != 0 && !relates) continue;
    if ((bits & locative) != 0 && !relates) continue;
    const bool thing =
        type == name_type::service || type == name_type::technology || type == name_type::product;
    const bool acts = type == name_type::service && m.last == end; // "Telegram denies"
    if (thing != things && !(things && type != name_type::place) && !acts) {
      if (!spare && !thing) spare = k;
      continue;
    }
    if (type == name_type::place && !m.metonym && is_region(m)) continue;
    if ((bits & (of | link)) != 0 && !relates && !is(verb - 1, of)) {
      if (!spare) spare = k;
      continue;
    }
    best = k;
  }
  if (!best) best = spare;
  if (best && things &&
      entities_[static_cast<std::size_t>(mentions_[*best].entity)].type == name_type::place)
    best.reset();
  if (best) {
    with_siblings(*best, false, out.entities);
  } else if (end > begin && end - begin <= longest_phrase) {
    if (is(begin, according)) // "According to X, ..."
      while (begin < end && sign(begin) != ',') ++begin;
    while (begin < end && (mark(begin) || is(begin, conjunction | article))) ++begin;
    bool verbs = is(begin, pronoun); // of another clause
    for (std::size_t i = begin; i < end; ++i) verbs = verbs || is(i, have | be);
    if (!verbs) out.text = text(begin, end);
  }
  return out;
}

std::string clause_reader::noun_phrase(std::size_t from, bool to) const {
  // "demanded on Monday", "a demandé lundi": when is not whom.
  while (from < words_.size() && dated_[from] != 0) ++from;
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
  return text(from, last);
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
  while (i < m.first && is(i, article | dative)) ++i;
  return i == m.first && from < m.first && is(from, dative);
}

objects clause_reader::object(std::size_t from, bool to) const {
  objects out;
  const std::size_t end = std::min(clause_end(from), from + longest_reach);
  for (std::size_t k = 0; k < mentions_.size(); ++k) {
    const mention_at& m = mentions_[k];
    if (m.first < from) continue;
    if (m.first >= end) break;
    const std::uint32_t bits = before(m);
    const bool place = entities_[static_cast<std::size_t>(m.entity)].type == name_type::place;
    if ((bits & (agent | according)) != 0) break;
    const bool aside = addressed(from, m);
    if (aside && !to) continue;
    if (place && (bits & (locative | of)) != 0 && !aside) continue;
    bool verb_between = false;
    for (std::size_t i = from; i < m.first; ++i)
      verb_between = verb_between || is(i, have | be) || sign(i) == ',';
    if (verb_between) break;
    with_siblings(k, true, out.entities);
    return out;
  }
  out.text = noun_phrase(from, to);
  return out;
}

objects clause_reader::behind(std::size_t from, std::uint32_t bits) const {
  objects out;
  const std::size_t end = std::min(clause_end(from), from + longest_reach);
  for (std::size_t k = 0; k < mentions_.size(); ++k) {
    const mention_at& m = mentions_[k];
    if (m.first < from) continue;
    if (m.first >= end) break;
    if ((before(m) & bits) == 0) continue;
    with_siblings(k, true, out.entities);
    return out;
  }
  for (std::size_t i = from; i < end && (bits & agent) != 0 && out.text.empty(); ++i)
    if (is(i, agent)) out.text = noun_phrase(i + 1);
  return out;
}

bool clause_reader::is_region(const mention_at& m) const {
  const std::string& key = entities_[static_cast<std::size_t>(m.entity)].key;
  return key.size() > 2 && key[2] == '-' && key.find('/') == std::string::npos;
}

std::vector<std::int32_t> clause_reader::places(std::size_t around) const {
  const std::size_t begin = clause_begin(around), end = clause_end(around);
  std::vector<std::int32_t> out;
  std::optional<std::size_t> nearest;
  std::size_t best = words_.size() + 1;
  for (std::size_t k = 0; k < mentions_.size(); ++k) {
    const mention_at& m = mentions_[k];
    if (entities_[static_cast<std::size_t>(m.entity)].type != name_type::place) continue;
    if (m.metonym || ((before(m) & locative) == 0 && !is_region(m))) continue;
    if (m.first >= begin && m.first < end && out.size() < most_places) with_places(k, out);
    const std::size_t away = m.first > around ? m.first - around : around - m.first;
    if (away >= best) continue;
    best = away;
    nearest = k;
  }
  if (out.empty() && nearest) with_places(*nearest, out);
  return out;
}

void clause_reader::with_places(std::size_t index, std::vector<std::int32_t>& out) const {
  std::vector<std::int32_t> all;
  with_siblings(index, true, all);
  for (const std::int32_t e : all)
    if (entities_[static_cast<std::size_t>(e)].type == name_type::place) add_once(out, e);
}

} // namespace vigie::press
