// SPDX-License-Identifier: Apache-2.0
#include "everyday.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_run = 80; // bytes to each side of a word without a blank
using namespace small_word;

// "you should block", "asks you": what is told to the reader is a rule, not an event.
bool tells_reader(const clause_reader& clause, const rule_at& r) {
  for (std::size_t i = clause.group_begin(r.first); i < r.first; ++i)
    if (clause.is(i, reader)) return true;
  return clause.is(r.last, reader) && clause.is(r.last, pronoun);
}

// "Delete the file.", "Then copy it.", "Do not copy it.": the plain form at the head of a sentence.
bool orders_reader(const clause_reader& clause, const rule_at& r, std::uint8_t moods) {
  constexpr std::uint8_t other =
      mood::finite | mood::participle | mood::gerund | mood::future | mood::conditional;
  if ((moods & mood::infinitive) == 0 || (moods & other) != 0) return false;
  std::size_t at = r.first;
  bool negated = false;
  for (; at > 0 && (clause.is(at - 1, opener | no) || clause.mark(at - 1)); --at)
    negated = negated || clause.is(at - 1, no);
  if (at == 1 && negated && clause.is(0, before_infinitive)) return true;
  return at == 0;
}

// "is fine": behind a form of being or having stands no plain form; "was to blame.": none
// without an object says what somebody did.
bool predicate(const clause_reader& clause, const rule_at& r, std::uint8_t moods) {
  if ((moods & mood::infinitive) == 0 || r.first == 0) return false;
  if (clause.is(r.first - 1, be | have)) return moods == mood::infinitive;
  const bool ends = r.last >= clause.words().size() || clause.mark(r.last);
  return ends && r.first > 1 && clause.is(r.first - 1, before_infinitive) &&
         clause.is(r.first - 2, be);
}

// "to disabled customers", "remove banned content", "300,000 hacked devices": a participle behind a
// preposition, another verb or a number is an adjective.
bool describes_next(const clause_reader& clause, const rule_at& r, std::uint8_t moods) {
  constexpr small_bits preposition = of | link | locative | agent | against;
  if ((moods & mood::participle) == 0 || r.last != r.first + 1) return false;
  if (r.first == 0) // "Infected computers report to"
    return r.last < clause.words().size() && clause.plural(r.last);
  const bool opens = clause.is(r.first - 1, preposition) && !clause.is(r.first - 1, conjunction);
  const bool behind_verb = std::ranges::any_of(clause.triggers(), [&](const rule_at& t) {
    return t.last == r.first && t.rule->kind == phrase_kind::verb && t.last == t.first + 1;
  });
  const bool counted = clause.counts(r.first - 1) && r.last < clause.words().size() &&
                       !clause.is(r.last, ~small_bits{0}) && !clause.words()[r.last].capital;
  if (!opens && !behind_verb && !counted) return false;
  return r.last < clause.words().size() && !clause.mark(r.last) &&
         !clause.is(r.last, preposition | that | relative);
}

bool blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// "send_request(", "/var/blocked/", "--delete": what a program calls so. A run of text without
// blanks in which signs of program text stand between letters.
bool in_code(const clause_reader& clause, const rule_at& r) {
  const std::string_view body = clause.body();
  std::size_t begin = clause.words()[r.first].begin, end = clause.words()[r.last - 1].end;
  const std::size_t low = begin > longest_run ? begin - longest_run : 0;
  const std::size_t high = std::min(body.size(), end + longest_run);
  while (begin > low && !blank(body[begin - 1])) --begin;
  while (end < high && !blank(body[end])) ++end;
  const std::string_view run = body.substr(begin, end - begin);
  if (run.find_first_of("_={}<>\\$@#|") != std::string_view::npos) return true;
  if (run.starts_with("--") || run.starts_with('/')) return true;
  for (const std::string_view call : {"()", "::", "://", "->"})
    if (run.find(call) != std::string_view::npos) return true;
  return run.find('/') != std::string_view::npos && run.find('.') + 1 < run.size();
}

} // namespace

bool in_condition(const clause_reader& clause, std::size_t first) {
  for (std::size_t i = first; i-- > clause.clause_begin(first) && clause.sign(i) != ',';)
    if (clause.is(i, condition) && clause.sign(i + 1) != '\'') return true;
  return false;
}

bool in_general(const clause_reader& clause, const reading_rules& rules, const rule_at& r) {
  if (r.rule->kind != phrase_kind::noun || !clause.plural(r.last - 1)) return false;
  if (r.first > 0 && !clause.mark(r.first - 1)) return false;
  return std::ranges::any_of(clause.modals(), [&](const rule_at& m) {
    const std::string& value = rules.verbs[m.rule->index].value;
    return m.first == r.last && (value == "possible" || value == "conditional");
  });
}

bool is_matter(const clause_reader& clause, const reading_rules& rules, const rule_at& r) {
  if (r.rule->kind != phrase_kind::noun) return false;
  std::size_t behind = r.first; // "loi sur X", "matériel d'X"
  if (behind > 0 && clause.sign(behind - 1) == '\'') --behind;
  const bool led = behind > 0 && clause.is(behind - 1, of) && !clause.is(behind - 1, article);
  return std::ranges::any_of(clause.contexts(), [&](const rule_at& c) {
    return rules.contexts[c.rule->index] == "matter" &&
           (c.first == r.last || (led && c.last == behind - 1));
  });
}

bool everyday(const clause_reader& clause, const rule_at& r, std::uint8_t moods) {
  if (in_code(clause, r)) return true;
  if (r.rule->kind != phrase_kind::verb) return false;
  return tells_reader(clause, r) || orders_reader(clause, r, moods) ||
         predicate(clause, r, moods) || describes_next(clause, r, moods);
}

} // namespace vigie::press
