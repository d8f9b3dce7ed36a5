// SPDX-License-Identifier: Apache-2.0
// Who says what in a clause: verbs of saying and "according to".
#include "clause.hpp"
#include "modality.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_phrase = 14; // words between "according to" and who is named
constexpr std::size_t longest_aside = 10;  // words of "in a statement on its site"
using namespace small_word;

} // namespace

// "according to X".
saying clause_reader::source_behind(std::size_t first, std::size_t last) const {
  saying s;
  s.first = first;
  s.last = last;
  s.speaker = speaker_behind(last);
  s.to = words_.size();
  s.value = "according";
  s.words = text(noun_phrase(last));
  return s;
}

void clause_reader::find_sayings() {
  sayings_.clear();
  for (const rule_at& a : according_) {
    sayings_.push_back(source_behind(a.first, a.last));
  }
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (!is(i, according)) continue;
    sayings_.push_back(source_behind(i, i + 1));
  }
  for (const rule_at& v : speeches_) {
    const bool orders = std::ranges::any_of(triggers_, [&](const rule_at& t) {
      return moods(t) == mood::infinitive && t.first > v.last && commands(v, t.first);
    });
    if (orders || noun_at(v.first) || supposed(v) || behind_verb(v)) continue;
    const bool adds = (moods(v) & mood::gerund) != 0 && is(v.last, that); // "adding that"
    if (adds || several_say(v) || (moods(v) & (mood::finite | mood::participle)) != 0)
      sayings_.push_back(saying_of(v));
  }
  for (const rule_at& t : triggers_) {
    const mention_at* who = t.rule->kind == phrase_kind::verb ? inverted(t) : nullptr;
    const auto told = [&](const saying& s) { return s.last == t.last; };
    if (who == nullptr || std::ranges::any_of(sayings_, told)) continue;
    saying s; // "..., accuse X"
    s.first = group_begin(t.first);
    s.last = t.last;
    s.speaker = who->entity;
    s.to = s.first;
    s.value = "told";
    s.behind = true;
    s.words = entities_[static_cast<std::size_t>(who->entity)].name;
    sayings_.push_back(std::move(s));
  }
}

// "has blocked X, making it hard to get reports on Y": in a clause that has its verb already a
// simple form is a noun.
bool clause_reader::behind_verb(const rule_at& verb) const {
  if (moods(verb) != mood::finite || is(verb.last, that)) return false;
  bool found = false;
  const std::size_t group = group_begin(verb.first);
  for (std::size_t i = group; i-- > 0 && group - i <= longest_phrase;) {
    if (is(i, relative | that)) return false;
    if (is(i, conjunction) || (mark(i) && !apostrophe(i))) break;
    found = found || is(i, have | be) || std::ranges::any_of(triggers_, [&](const rule_at& t) {
              return t.first == i && (moods(t) & mood::infinitive) != 0;
            });
  }
  return found;
}

// "engineers say that", "engineers of X, a firm, say that", "hackers claim to have": what looks
// like an infinitive, right behind a plural or what explains it.
bool clause_reader::several_say(const rule_at& verb) const {
  const bool goes_on =
      is(verb.last, that) || (is(verb.last, locative) && is(verb.last + 1, have | be));
  if ((moods(verb) & mood::infinitive) == 0 || verb.first == 0 || !goes_on) return false;
  return plural(verb.first - 1) || (sign(verb.first - 1) == ',' && is(verb.last, that));
}

// "..., X said", "... said on Monday", "... told Y in a statement": nothing that is said follows.
bool clause_reader::says_no_more(const rule_at& verb) const {
  std::size_t at = verb.last;
  at = past_dates(at);
  const auto whom = std::ranges::find(mentions_, at, &mention_at::first);
  if (whom != mentions_.end()) at = whom->last;
  at = past_dates(at);
  const bool aside = is(at, locative | link) && !is(at, conjunction);
  const std::size_t limit = aside ? at + longest_aside : at;
  for (; at < limit && at < words_.size() && !mark(at); ++at) {
    const bool clause = is(at, that | relative | pronoun | have | be | small_word::verb) ||
                        std::ranges::find(triggers_, at, &rule_at::first) != triggers_.end();
    if (clause) return false;
  }
  return closes(at);
}

// "ont annoncé, jeudi 22 mai, X".
std::size_t clause_reader::past_dates(std::size_t from) const {
  std::size_t at = sign(from) == ',' ? from + 1 : from;
  const std::size_t begin = at;
  while (at < words_.size() && dated_[at] != 0) ++at;
  if (begin == from) return at;
  return at > begin && sign(at) == ',' ? at + 1 : from;
}

// The end of the sentence, or a mark that is no apostrophe and opens no quotation.
bool clause_reader::closes(std::size_t i) const {
  if (i >= words_.size()) return true;
  const bool opens = (sign(i) == '<' || sign(i) == '"') && quoted(i);
  return mark(i) && !apostrophe(i) && !opens;
}

// "is said to have": the words of a modal verb say nothing.
bool clause_reader::supposed(const rule_at& verb) const {
  return std::ranges::any_of(modals_, [&](const rule_at& m) {
    return m.first <= verb.first && verb.last <= m.last && m.last - m.first > 1;
  });
}

// A trigger that is an act of speech itself: to demand, to accuse, to deny.
bool clause_reader::speech_act(const rule_at& r) const {
  const event_type& type = rules_.types[rules_.frames[rules_.verbs[r.rule->index].frame].type];
  return type.content || (type.addressed && !type.duties);
}

// "..., X said; Y called on Z": the last semicolon before word `to`, `to` where there is none.
std::size_t clause_reader::semicolon(std::size_t from, std::size_t to) const {
  for (std::size_t i = to; i-- > from;)
    if (sign(i) == ';') return i;
  return to;
}

// "said that ... , and threatened", "said that ... and demanded": where a verb of the one who
// speaks goes on, from its conjunction on; the end where none does.
std::size_t clause_reader::joined_act(std::size_t from) const {
  for (const rule_at& t : triggers_) {
    if (t.first < from || t.rule->kind != phrase_kind::verb) continue;
    const std::size_t group = group_begin(t.first);
    if (speech_act(t) && (moods(t) & mood::finite) != 0)
      if (const std::size_t mark = semicolon(from, group); mark < group) return mark;
    if (group < from + 2 || !is(group - 1, conjunction)) continue;
    const bool finite = group < t.first || (moods(t) & mood::finite) != 0;
    if (!finite || rules_.frames[rules_.verbs[t.rule->index].frame].nothing) continue;
    const bool comma = sign(group - 2) == ',';
    if (comma || speech_act(t)) return group - (comma ? 2 : 1);
  }
  return words_.size();
}

// "the report", "la critique": the form of a verb behind an article is a noun, unless a pronoun
// stands in front ("il la critique").
bool clause_reader::noun_at(std::size_t i) const {
  std::size_t at = i;
  if (at > 1 && apostrophe(at - 1)) --at;
  return at > 0 && is(at - 1, article) && !is(at - 1, pronoun) &&
         (at < 2 || !is(at - 2, pronoun | no));
}

std::optional<std::int32_t> clause_reader::speaker_behind(std::size_t from) const {
  for (const mention_at& m : mentions_) {
    if (m.first < from) continue;
    if (m.first > from + longest_phrase) break;
    for (std::size_t i = from; i < m.first; ++i)
      if (mark(i) && !apostrophe(i)) return std::nullopt;
    const name_type type = entities_[static_cast<std::size_t>(m.entity)].type;
    const mention_at* next = &m + 1;
    const bool person_next =
        next < mentions_.data() + mentions_.size() && next->first <= m.last + 1 &&
        type != name_type::person &&
        entities_[static_cast<std::size_t>(next->entity)].type == name_type::person;
    return person_next ? next->entity : m.entity;
  }
  return std::nullopt;
}

// "An analyst, X Y, said the group ...": who is named before the comma speaks.
bool clause_reader::apposed_speaker(std::size_t verb, std::size_t behind) const {
  const auto person = [&](const mention_at& m) {
    return entities_[static_cast<std::size_t>(m.entity)].type == name_type::person;
  };
  const bool before = std::ranges::any_of(
      mentions_, [&](const mention_at& m) { return m.last + 1 == verb && person(m); });
  return before && std::ranges::none_of(mentions_, [&](const mention_at& m) {
           return m.first >= behind && m.first <= behind + 2 && person(m);
         });
}

// "X was blocked, lawyers said": the words behind the last comma, where they name nobody and hold
// no verb; `end` where there are none.
std::size_t clause_reader::unnamed_speaker(std::size_t end) const {
  std::size_t at = end;
  while (at > 0 && end - at < longest_phrase && !mark(at - 1)) --at;
  if (at == 0 || at == end || sign(at - 1) != ',') return end;
  while (at < end && is(at, conjunction)) ++at;
  for (std::size_t i = at; i < end; ++i)
    if (is(i, pronoun | relative | that | have | be | verb)) return end;
  const bool named = std::ranges::any_of(
      mentions_, [&](const mention_at& m) { return m.last > at && m.first < end; });
  return named ? end : at;
}

// "A man, who lives in Y, said": the comma before the verb ends a relative clause, and what stands
// in front of that has no verb of its own.
bool clause_reader::relative_between(std::size_t verb) const {
  std::size_t open = verb - 1;
  while (open > 0 && sign(open - 1) != ',') --open;
  if (open == 0 || !is(open, relative)) return false;
  for (std::size_t i = 0; i + 1 < open; ++i)
    if (is(i, have | be | small_word::verb | pronoun) || mark(i)) return false;
  return std::ranges::none_of(
      triggers_, [&](const rule_at& t) { return t.last < open && (moods(t) & mood::finite) != 0; });
}

// Whether the comma before the verb ends an apposition, or the verb goes on with "that".
bool clause_reader::follows_apposition(std::size_t verb, std::size_t behind) const {
  std::size_t next = behind;
  while (next < words_.size() && // "said in February that"
         (dated_[next] != 0 || (is(next, locative | link) && dated_[next + 1] != 0)))
    ++next;
  if (is(next, that)) return true;
  if (apposed_speaker(verb, behind) || relative_between(verb)) return true;
  return apposed(verb) != nullptr && next < words_.size() && !mark(next);
}

// "a man, who lives in Y,": the man.
word_range clause_reader::before_comma(word_range w) const {
  for (std::size_t i = w.first; i < w.last; ++i)
    if (sign(i) == ',') return {w.first, i};
  return w;
}

// An infinitive or a gerund among the auxiliaries: the words do not go beyond their clause.
bool clause_reader::unfinished(std::size_t first, std::size_t verb) const {
  for (std::size_t i = first; i < verb; ++i)
    if ((auxiliary(rules_, words_, i, verb_use::have) & (mood::infinitive | mood::gerund)) != 0)
      return true;
  return false;
}

// "told the operators to block": words of speech with somebody and an infinitive behind them.
bool clause_reader::commands(const rule_at& verb, std::size_t infinitive) const {
  if (infinitive < verb.last || infinitive - verb.last > 2 * longest_phrase) return false;
  const std::size_t group = group_begin(infinitive);
  if (rules_.verbs[verb.rule->index].value != "told" || group <= verb.last + 1 ||
      group - verb.last > longest_phrase || !is(group - 1, locative | of))
    return false;
  for (std::size_t i = group_begin(verb.first); i < verb.first; ++i)
    if (is(i, be)) return false;
  for (std::size_t i = verb.last; i < group; ++i)
    if (is(i, be | have | that | relative | pronoun | small_word::verb) || sign(i) == ';')
      return false;
  const bool named = std::ranges::any_of(
      mentions_, [&](const mention_at& m) { return m.first >= verb.last && m.last < group; });
  return named || speaks({verb.last, group}, "who");
}

objects clause_reader::teller(std::size_t infinitive) const {
  for (const rule_at& v : speeches_)
    if (commands(v, infinitive)) return subject(v.first, false);
  return {};
}

// "X, who announced Y, has Z": the comma that ends a relative clause, in which the words [first,
// last) stand, right in front of the verb of who is meant; the end where there is none.
std::size_t clause_reader::relative_end(std::size_t first, std::size_t last) const {
  std::size_t open = first;
  while (open > 0 && !is(open, relative) && !mark(open - 1)) --open;
  if (open == 0 || !is(open, relative) || sign(open - 1) != ',') return words_.size();
  for (std::size_t i = last; i + 1 < words_.size(); ++i)
    if (sign(i) == ',' && (is(i + 1, have | be | no | verb) || verb_at(i + 1))) return i;
  return words_.size();
}

saying clause_reader::saying_of(const rule_at& v) const {
  saying s;
  s.value = rules_.verbs[v.rule->index].value;
  s.first = group_begin(v.first);
  s.last = v.last;
  const char lead = s.first > 0 ? sign(s.first - 1) : '\0';
  const bool apart =
      (lead == ',' && !follows_apposition(s.first, v.last)) || lead == '>' || lead == '"';
  const bool ends = says_no_more(v);
  if (apart && s.first > 1) {
    s.behind = true;
    s.to = s.first;
    s.pronoun = is(v.last - 1, pronoun) || (closes(past_dates(v.last)) && !is(v.last, that));
    for (std::size_t i = s.first; i < v.last; ++i) s.pronoun = s.pronoun || is(i, pronoun);
    const std::size_t who = past_dates(v.last);
    if (!s.pronoun) s.speaker = speaker_behind(who);
    if (const mention_at* named = s.pronoun || s.speaker ? nullptr : named_behind(who))
      s.speaker = named->entity; // "said its head, X"
    s.words = s.pronoun   ? text(s.first, s.last)
              : s.speaker ? entities_[static_cast<std::size_t>(*s.speaker)].name
                          : text(noun_phrase(who));
    return s;
  }
  if (const std::size_t own = unnamed_speaker(s.first); ends && own < s.first) {
    s.behind = true;
    s.to = own;
    s.words = text(own, s.first);
    return s;
  }
  objects who = subject(v.first, false);
  if (!who.entities.empty()) s.speaker = who.entities.front();
  s.words = who.entities.empty() ? text(before_comma(who.words))
                                 : entities_[static_cast<std::size_t>(who.entities.front())].name;
  const bool own = s.speaker && !opening_.entities.empty() &&
                   opening_.entities.front() == *s.speaker; // "Accused of fraud, X denied"
  s.behind = ends && s.first > 3 && !own;
  s.pronoun = s.behind && who.entities.empty();
  if (s.behind)
    s.to = s.first;
  else
    s.from = s.last, s.to = joined_act(s.last);
  if (const std::size_t end = relative_end(s.first, s.last); !s.behind && end < s.to) {
    s.bound = true;
    s.to = end;
  }
  if (!s.behind && unfinished(s.first, v.first)) { // "après avoir nié X, Y a"
    s.bound = true;
    for (std::size_t i = s.last; i < s.to; ++i)
      if (sign(i) == ',') s.to = i;
  }
  if (!s.behind && s.value == "denied") // "rejected the claim; it accuses Y"
    for (std::size_t i = s.last; i < s.to; ++i)
      if (sign(i) == ';') s.to = i;
  return s;
}

} // namespace vigie::press
