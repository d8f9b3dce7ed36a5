// SPDX-License-Identifier: Apache-2.0
// Where in a clause a verb's subject and its objects stand.
#include "clause.hpp"
#include "modality.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_reach = 40; // words in which a subject or object is looked for
constexpr std::size_t longest_phrase = 14;
constexpr std::size_t longest_bound = 3;   // words in front of a number: "at least"
constexpr std::size_t most_adjectives = 2; // behind a noun
using namespace small_word;

} // namespace

// "..., puis leur ligne a été coupée": the words behind the last comma, where an article opens them
// and no entity stands in them; `end` where there are none.
std::size_t clause_reader::noun_subject(std::size_t begin, std::size_t end) const {
  std::size_t at = end;
  while (at > begin && sign(at - 1) != ',') --at;
  if (at == begin || at + 1 >= end) return end;
  if (is(at, link | locative | of | against | agent)) return end;
  if (!is(at, article)) ++at;
  if (!is(at, article)) return end;
  while (at < end && (is(at, article) || apostrophe(at))) ++at;
  const bool named = std::ranges::any_of(
      mentions_, [&](const mention_at& m) { return m.last > at && m.first < end; });
  return named ? end : at;
}

// "X, the second operator of Y, has": the mention in front of what two commas enclose before word
// `end`, where no verb stands in between; a person alone between them is meant.
const mention_at* clause_reader::apposed(std::size_t end) const {
  if (end < 3 || !parts(end - 1)) return nullptr;
  std::size_t open = end - 1;
  const std::size_t limit = end > longest_reach / 2 ? end - longest_reach / 2 : 0;
  while (open > limit && !parts(open - 1) && sign(open - 1) != ';') --open;
  if (open <= limit || sign(open - 1) != sign(end - 1)) return nullptr;
  bool relates = false; // "X, who lives in Y, has": a verb of its own
  for (std::size_t i = open; i + 1 < end; ++i) {
    relates = relates || is(i, relative);
    if (!relates && is(i, have | be | verb | that | pronoun)) return nullptr;
  }
  for (const mention_at& m : mentions_) // "the governor of Y, X, has"
    if (m.first == open && m.last + 1 == end && person(m.entity)) return &m;
  const auto at = std::ranges::find(mentions_, open - 1, &mention_at::last);
  if (at != mentions_.end()) {
    const bool place = entities_[static_cast<std::size_t>(at->entity)].type == name_type::place;
    return place && (before(*at) & (locative | of)) != 0 ? nullptr : &*at;
  }
  const auto only = std::ranges::find(mentions_, open, &mention_at::first);
  return only != mentions_.end() && only->last + 1 == end ? &*only : nullptr;
}

// A comma, or a dash that stands free.
bool clause_reader::parts(std::size_t i) const {
  if (sign(i) == ',') return true;
  return sign(i) == '-' && i > 0 && i + 1 < words_.size() && words_[i - 1].end < words_[i].begin &&
         words_[i].end < words_[i + 1].begin;
}

// "X blocked Y and arrested Z": the verb before the conjunction, whose subject is that of the verb
// group that begins behind it; null where there is none.
const rule_at* clause_reader::conjoined(std::size_t group) const {
  if (group < 2 || !is(group - 1, conjunction)) return nullptr;
  const rule_at* out = nullptr;
  for (const auto* list : {&triggers_, &speeches_})
    for (const rule_at& r : *list) {
      if (r.last >= group || r.first == 0 || noun_at(r.first) ||
          (out != nullptr && r.first <= out->first))
        continue;
      if ((moods(r) & (mood::finite | mood::participle)) != 0) out = &r;
    }
  for (std::size_t i = out == nullptr ? group : out->last; i < group; ++i)
    if (is(i, that | relative) || sign(i) == ';' || sign(i) == ':') return nullptr;
  return out;
}

// "said the group could have": a modal verb among the words has a subject of its own.
bool clause_reader::governed(std::size_t first, std::size_t last) const {
  return std::ranges::any_of(modals_,
                             [&](const rule_at& m) { return m.first >= first && m.last <= last; });
}

// "claims to have blocked", "said it had met X and to have agreed": who says it does it.
const saying* clause_reader::own_deed(std::size_t group, std::size_t verb) const {
  bool infinitive = false;
  for (std::size_t i = group; i < std::min(words_.size(), verb + 3); ++i)
    for (const verb_use use : {verb_use::be, verb_use::have})
      infinitive = infinitive || (auxiliary(rules_, words_, i, use) & mood::infinitive) != 0;
  for (auto s = sayings_.rbegin(); s != sayings_.rend(); ++s) {
    if (s->behind || s->from == 0 || s->last > group) continue;
    if (s->last == group || (s->last + 1 == group && is(s->last, locative | of))) return &*s;
    bool other = !infinitive || governed(s->last, verb) || group - s->last > longest_reach;
    for (std::size_t i = s->last; i < verb && !other; ++i) other = is(i, that | relative | pronoun);
    if (!other) return &*s;
  }
  return nullptr;
}

// The words of a subject without a name; in front of "who" and "which" those from the last article
// on.
word_range clause_reader::plain_subject(std::size_t begin, std::size_t end) const {
  if (end > begin && is(end - 1, relative)) {
    --end;
    for (std::size_t i = end; i-- > begin;)
      if (is(i, article)) {
        begin = i;
        break;
      }
  }
  if (end <= begin || end - begin > longest_phrase) return {};
  if (is(begin, according)) // "According to X, ..."
    while (begin < end && sign(begin) != ',') ++begin;
  while (begin < end && (mark(begin) || is(begin, conjunction | article))) ++begin;
  bool verbs = is(begin, pronoun); // of another clause
  for (std::size_t i = begin; i < end; ++i) verbs = verbs || is(i, have | be);
  return verbs ? word_range{} : word_range{begin, end};
}

// The verb before whose subject acts here, too; nothing where the verb has its own.
std::optional<std::size_t> clause_reader::shared_subject(std::size_t verb, std::size_t group,
                                                         bool things) const {
  if (const saying* s = things ? nullptr : own_deed(group, verb)) return s->last - 1;
  if (is(group, pronoun)) return std::nullopt;
  for (const saying& s : sayings_)
    if (!things && !s.behind && s.to < words_.size() && s.to < group && s.to + 2 >= group)
      return s.last - 1;
  const rule_at* before = conjoined(group);
  return before == nullptr ? std::nullopt : std::optional(before->first);
}

// "Paris (AFP) - The operators have": who reports from where does not act.
bool clause_reader::behind_dateline(std::size_t i) const {
  return i > 1 && sign(i - 1) == '-' && sign(i - 2) == ')';
}

objects clause_reader::subject(std::size_t verb, bool things, int hops) const {
  objects out;
  const std::size_t end = group_begin(verb);
  if (const mention_at* anchor = things ? nullptr : apposed(end)) {
    out.entities.push_back(anchor->entity);
    return out;
  }
  std::size_t begin = end;
  if (verb == 0) return out;
  if (const auto other = shared_subject(verb, end, things); other && hops > 0)
    return subject(*other, things, hops - 1);
  if (is(end, pronoun)) return out;
  while (begin > 0 && end - begin < longest_reach && !is(begin - 1, that) &&
         sign(begin - 1) != ';' && sign(begin - 1) != ':' && !behind_dateline(begin))
    --begin;
  for (const saying& s : sayings_)
    if (!s.behind && s.from > 0 && s.last < verb && s.to >= end && s.value != "announced")
      begin = std::max(begin, s.last);
  if (const std::size_t own = noun_subject(begin, end); own < end) {
    out.words = {own, end};
    return out;
  }
  std::optional<std::size_t> best, spare;
  for (std::size_t k = mentions_.size(); k-- > 0 && !best;) {
    const mention_at& m = mentions_[k];
    if (m.first < begin) break;
    if (m.last > end) continue;
    const name_type type = entities_[static_cast<std::size_t>(m.entity)].type;
    const small_bits bits = before(m);
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
    const bool country = entities_[static_cast<std::size_t>(m.entity)].key.size() == 2;
    if (type == name_type::place && !country && (bits & of) != 0) continue; // "shops of X"
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
  } else {
    out.words = plain_subject(begin, end);
  }
  return out;
}

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
    if (m.first < from) continue;
    if (m.first >= end) break;
    const small_bits bits = before(m);
    const bool place = entities_[static_cast<std::size_t>(m.entity)].type == name_type::place;
    if ((bits & (agent | according)) != 0) break;
    const bool aside = addressed(from, m);
    if (aside && !to) continue;
    if (place && (bits & (locative | of)) != 0 && !aside) continue;
    if (as.counted && counts_others(from, m)) break;
    if (out.entities.empty() && is_next_subject(from, m)) break;
    bool verb_between = false;
    for (std::size_t i = from; i < m.first; ++i)
      verb_between = verb_between || is(i, have | be) || sign(i) == ',';
    if (verb_between) break;
    with_siblings(k, true, out.entities);
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

// "asked the president, X Y, to": who is named behind the comma.
const mention_at* clause_reader::named_behind(std::size_t from) const {
  std::size_t comma = from;
  while (comma < words_.size() && comma < from + longest_phrase / 2 &&
         (!mark(comma) || apostrophe(comma))) {
    if (is(comma, have | be | verb | that | relative)) return nullptr;
    ++comma;
  }
  if (comma == from || sign(comma) != ',') return nullptr;
  const auto at = std::ranges::find(mentions_, comma + 1, &mention_at::first);
  if (at == mentions_.end() || !person(at->entity)) return nullptr;
  return at->last >= words_.size() || sign(at->last) == ',' || sign(at->last) == '.' ? &*at
                                                                                     : nullptr;
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

objects clause_reader::behind(std::size_t from, small_bits bits) const {
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
  for (std::size_t i = from; i < end && (bits & agent) != 0 && out.words.empty(); ++i)
    if (is(i, agent)) out.words = noun_phrase(i + 1);
  return out;
}

} // namespace vigie::press
