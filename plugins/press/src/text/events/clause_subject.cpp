// SPDX-License-Identifier: Apache-2.0
// Where in a clause a verb's subject stands.
#include "clause.hpp"
#include "modality.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_reach = 40; // words in which a subject is looked for
constexpr std::size_t longest_phrase = 14;
constexpr std::size_t longest_plural = 4; // words of "the foreign criminals"
using namespace small_word;

} // namespace

// Whether the words begin as a subject without a name does: behind an article or a number, or one
// word alone that tells what the text is of: "internet".
bool clause_reader::opens_subject(std::size_t at, std::size_t end) const {
  if (is(at, article) && !is(at, locative)) return true;
  if (counts(at) || behind_number(at) > at) return true;
  return at + 1 == end && std::ranges::any_of(contexts_, [&](const rule_at& c) {
           return c.first == at && c.last == end;
         });
}

// Whether a verb stands among the words, so that what follows a conjunction may have its own.
bool clause_reader::tells(std::size_t first, std::size_t last) const {
  for (std::size_t i = first; i < last; ++i)
    if (is(i, have | be | verb)) return true;
  return std::ranges::any_of(triggers_, [&](const rule_at& t) {
    return t.first >= first && t.last <= last && (moods(t) & mood::finite) != 0;
  });
}

// "..., puis leur ligne a été coupée", "X est bloqué et deux journalistes ont été arrêtés": the
// words behind the last comma, or behind a conjunction that follows a verb, where they begin as a
// subject and no entity stands in them; `end` where there are none.
std::size_t clause_reader::noun_subject(std::size_t begin, std::size_t end) const {
  std::size_t at = end;
  const auto opens = [&](std::size_t i) {
    return (sign(i) == ',' && !grouped(i)) || (is(i, conjunction) && tells(begin, i));
  };
  while (at > begin && !opens(at - 1)) --at;
  if (at == begin || at == end) return end;
  if (behind_number(at) == at && is(at, link | locative | of | against | agent)) return end;
  if (!opens_subject(at, end)) ++at;
  if (at >= end || !opens_subject(at, end)) return end;
  while (at < end && (is(at, article) || apostrophe(at))) ++at;
  for (std::size_t i = at; i < end; ++i)
    if (is(i, relative | that | have | be | pronoun) || (mark(i) && !apostrophe(i))) return end;
  const bool named = std::ranges::any_of(
      mentions_, [&](const mention_at& m) { return m.last > at && m.first < end; });
  return named ? end : at;
}

// Whether nothing but names, articles and what joins them stands in front of it.
bool clause_reader::begins_sentence(std::size_t index) const {
  const std::size_t first = mentions_[index].first;
  std::size_t at = 0;
  for (const mention_at& m : mentions_) {
    if (m.first >= first) break;
    for (; at < m.first; ++at)
      if (!is(at, article | conjunction | opener) && !mark(at)) return false;
    at = m.last;
  }
  for (; at < first; ++at)
    if (!is(at, article | conjunction | opener) && !mark(at)) return false;
  return true;
}

// "X, the second operator of Y, has": the mention in front of what two commas enclose before word
// `end`, where no verb stands in between; a person alone between them is meant.
const mention_at* clause_reader::apposed(std::size_t end) const {
  if (end < 3 || !parts(end - 1)) return nullptr;
  std::size_t open = end - 1;
  const std::size_t limit = end > longest_reach / 2 ? end - longest_reach / 2 : 0;
  while (open > limit && !parts(open - 1) && sign(open - 1) != ';') --open;
  if (open <= limit || sign(open - 1) != sign(end - 1)) return nullptr;
  if (is(open, conjunction)) return nullptr; // "X, Y, and Z, have"
  bool relates = false;                      // "X, who lives in Y, has": a verb of its own
  for (std::size_t i = open; i + 1 < end; ++i) {
    relates = relates || is(i, relative) || (i == open && is(i, that)); // "X, que Y a bloqué, a"
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

// "X blocked Y and arrested Z", "X confirmed Y but denies Z", "X fined Y, accusing it": the verb
// before the word or the comma that joins them, whose subject is that of the verb group behind it.
std::optional<std::size_t> clause_reader::conjoined(std::size_t group, bool gerund) const {
  if (group < 2) return std::nullopt;
  if (!is(group - 1, conjunction | opener) && !(gerund && sign(group - 1) == ','))
    return std::nullopt;
  std::size_t out = 0, last = 0;
  for (const auto* list : {&triggers_, &speeches_})
    for (const rule_at& r : *list) {
      if (r.last >= group || r.first <= out || noun_at(r.first)) continue;
      if ((moods(r) & (mood::finite | mood::participle)) != 0) out = r.first, last = r.last;
    }
  const std::size_t limit = std::max(out, group > longest_reach ? group - longest_reach : 0);
  for (std::size_t i = group - 1; i > limit; --i) // "X holds Y and arrested Z"
    if (is(i, verb) && !noun_at(i)) {
      out = i, last = i + 1;
      break;
    }
  if (out == 0) return std::nullopt;
  for (std::size_t i = last; i < group; ++i)
    if (is(i, that | relative) || sign(i) == ';' || sign(i) == ':') return std::nullopt;
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

// Whether the trigger there is a gerund: "accusing".
bool clause_reader::is_gerund(std::size_t verb) const {
  return std::ranges::any_of(triggers_, [&](const rule_at& t) {
    return t.first == verb && (moods(t) & mood::gerund) != 0;
  });
}

// The verb before whose subject acts here, too; nothing where the verb has its own.
std::optional<std::size_t> clause_reader::shared_subject(std::size_t verb, std::size_t group,
                                                         bool things) const {
  if (const saying* s = things ? nullptr : own_deed(group, verb)) return s->last - 1;
  if (is(group, pronoun)) return std::nullopt;
  for (const saying& s : sayings_)
    if (!things && !s.behind && !s.bound && s.to < words_.size() && s.to < group &&
        s.to + 2 >= group && sign(s.to) != ';')
      return s.last - 1;
  return conjoined(group, is_gerund(verb));
}

// "Paris (AFP) - The operators have": who reports from where does not act.
bool clause_reader::behind_bracket(std::size_t dash) const {
  return dash > 0 && sign(dash) == '-' && sign(dash - 1) == ')';
}

// "According to the group X, which ..., the outage": whom something is known from.
bool clause_reader::source(const mention_at& m) const {
  return std::ranges::any_of(sayings_, [&](const saying& s) {
    return s.value == "according" && s.speaker == m.entity && m.first >= s.last &&
           m.first < s.last + longest_phrase;
  });
}

// "X this week fined Y": when is not who.
std::size_t clause_reader::before_dates(std::size_t group) const {
  std::size_t at = group;
  while (at > 0 && dated_[at - 1] != 0) --at;
  while (at > 0 && at < group && is(at - 1, locative | link)) --at;
  return at > 0 ? at : group;
}

// "blocked X after criminals had hacked": a few words that name nobody and end as plurals do have
// the verb behind them to themselves.
bool clause_reader::several_act(std::size_t begin, std::size_t end) const {
  if (begin >= end || end - begin > longest_plural || !plural(end - 1)) return false;
  for (std::size_t i = begin; i < end; ++i) {
    if (i == begin && is(i, article)) continue; // "des pirates"
    if (mark(i) || counts(i) || is(i, of | link | locative | pronoun | relative)) return false;
  }
  return std::ranges::none_of(mentions_,
                              [&](const mention_at& m) { return m.last > begin && m.first < end; });
}

// "Telegram denies", "Telegram, which had removed": right in front of a verb also a thing acts.
bool clause_reader::active_thing(const mention_at& m, std::size_t end) const {
  std::size_t at = m.last;
  if (sign(at) == ',' && is(at + 1, relative)) ++at;
  if (is(at, relative)) ++at;
  return at == end;
}

// "an election during which the internet was cut", "whose phone was tapped": a noun behind the
// relative pronoun is the subject of the verb at word `end`.
bool clause_reader::has_subject(std::size_t relative, std::size_t end) const {
  if (!is(relative, small_word::relative) || relative + 1 >= end) return false;
  for (std::size_t i = relative + 1; i < end; ++i)
    if (is(i, have | be | verb | pronoun) || (mark(i) && !apostrophe(i) && !grouped(i)))
      return false;
  return opens_noun({relative + 1, end});
}

// "The office, which has had complaints about X, declined": the comma in front of the relative
// clause that ends before word `end`; `end` where none does.
std::size_t clause_reader::before_relative(std::size_t end) const {
  if (end < 3 || sign(end - 1) != ',') return end;
  std::size_t open = end - 1;
  while (open > 1 && end - open < longest_reach / 2 && sign(open - 1) != ',') --open;
  return sign(open - 1) == ',' && is(open, relative) ? open - 1 : end;
}

objects clause_reader::subject(std::size_t verb, bool things, int hops) const {
  objects out;
  std::size_t end = before_dates(group_begin(verb));
  const mention_at* anchor = apposed(end);
  const bool thing =
      anchor != nullptr && thing_at(*anchor) && is(anchor->last + 1, that | relative);
  if (anchor != nullptr && (!things || thing)) {
    const auto index = static_cast<std::size_t>(anchor - mentions_.data());
    if (!things && begins_sentence(index))
      with_siblings(index, false, out.entities); // "X and Y, the two operators, have"
    else
      out.entities.push_back(anchor->entity);
    return out;
  }
  if (verb == 0) return out;
  if (const auto other = shared_subject(verb, end, things); other && hops > 0)
    return subject(*other, things, hops - 1);
  if (is(end, pronoun)) return out;
  if (!things && end > 1 && is(end - 1, relative) && plural(end - 2)) { // "six men who hacked"
    out = antecedent(end - 1);
    if (!out.words.empty() && counts(out.words.first)) return out;
    out = {};
  }
  end = before_relative(end);
  std::size_t begin = end;
  while (begin > 0 && end - begin < longest_reach && !is(begin - 1, that) &&
         sign(begin - 1) != ';' && sign(begin - 1) != ':' && !behind_bracket(begin - 1) &&
         !has_subject(begin - 1, end))
    --begin;
  if (things && begin == end && begin > 0 && is(begin - 1, that)) return antecedent(begin - 1);
  for (std::size_t i = end; i > begin + 2; --i) // "..., but the officials have"
    if (is(i - 1, opener) &&
        ((!things && several_act(i, end)) || (sign(i - 2) == ',' && is(i, article)))) {
      begin = i;
      break;
    }
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
    if ((bits & according) != 0 || source(m)) continue;
    if ((bits & (agent | against)) != 0 && !relates) continue;
    const bool open = things && accessed_list(k);
    if ((bits & locative) != 0 && !relates && !open) continue;
    const bool thing = thing_at(m);
    const bool acts = thing && active_thing(m, end);
    if (thing != things && !(things && type != name_type::place) && !acts) {
      if (!spare && !thing) spare = k;
      continue;
    }
    if (type == name_type::place && !m.metonym && is_region(m) && (m.last != end || bits != 0))
      continue;
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

} // namespace vigie::press
