// SPDX-License-Identifier: Apache-2.0
#include "modality.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t modal_reach = 5; // words between a modal verb and what it governs

// The verb forms a trigger's group shows: of its auxiliaries and its own.
std::uint8_t moods_of(const clause_reader& clause, const reading_rules& rules, std::size_t first,
                      std::size_t last) {
  std::uint8_t out = 0;
  for (const rule_at& t : clause.triggers()) {
    if (t.first != first || t.last != last || t.rule->kind != phrase_kind::verb) continue;
    for (std::size_t i = first; i < last; ++i)
      out |= clause.words()[i].accent ? t.rule->accented : t.rule->plain;
  }
  for (std::size_t i = clause.group_begin(first); i < first; ++i)
    out |= static_cast<std::uint8_t>(auxiliary(rules, clause.words(), i, verb_use::have) |
                                     auxiliary(rules, clause.words(), i, verb_use::be));
  return out;
}

// "what it does not know will be blocked": between the negation and the verb stands another one.
bool of_other_verb(const clause_reader& clause, const reading_rules& rules, std::size_t no,
                   std::size_t first) {
  bool plain = false;
  for (std::size_t i = no + 1; i < first; ++i) {
    if (plain && clause.is(i, small_word::verb | small_word::be | small_word::have)) return true;
    plain = plain || (!clause.mark(i) && rules.small(clause.words()[i]) == 0);
  }
  return false;
}

bool negated(const clause_reader& clause, const reading_rules& rules, std::size_t first,
             std::size_t last) {
  for (std::size_t i = first; i < last; ++i)
    if (clause.is(i, small_word::no)) return false; // the words of the rule have it
  if (first > 0 && clause.is(first - 1, small_word::without)) return true;
  const std::size_t begin = clause.group_begin(first);
  for (std::size_t i = begin; i < first; ++i)
    if (clause.is(i, small_word::no) && !clause.is(i + 1, small_word::of) &&
        !of_other_verb(clause, rules, i, first))
      return true; // "plus de 300 sites ont été bloqués" is no negation
  return false;
}

std::string_view modal_of(const clause_reader& clause, const reading_rules& rules,
                          std::size_t first, bool verb) {
  std::string_view out;
  for (const rule_at& m : clause.modals()) {
    if (m.last > first || first - m.last > modal_reach) continue;
    bool apart = false;
    for (std::size_t i = m.last; i < first; ++i)
      apart = apart || clause.sign(i) == ',' || clause.sign(i) == ';' ||
              clause.is(i, small_word::that | small_word::relative);
    const bool adjacent = m.last == first || clause.group_begin(first) <= m.first;
    if (!apart && (adjacent || verb)) out = rules.verbs[m.rule->index].value;
  }
  return out;
}

bool conditional_clause(const clause_reader& clause, std::size_t first) {
  for (std::size_t i = clause.clause_begin(first); i < first; ++i) {
    if (clause.is(i, small_word::condition) && clause.sign(i + 1) != '\'') return true;
    if (clause.sign(i) == ',') return false;
  }
  return false;
}

const saying* covering(const clause_reader& clause, std::size_t first, std::size_t last) {
  const saying* out = nullptr;
  for (const saying& s : clause.sayings()) {
    if (first < s.last && s.first < last) continue; // the trigger says it itself
    if (first < s.from || first >= s.to) continue;
    if (out == nullptr || s.behind || (!out->behind && s.first > out->first)) out = &s;
  }
  return out;
}

// "it says" is no person's word.
bool fits(const clause_reader& clause, const saying& s, std::optional<std::int32_t> speaker) {
  bool thing = false, person = false;
  for (std::size_t i = s.first; i <= s.last; ++i) {
    thing = thing || clause.is(i, small_word::thing_pronoun);
    person = person || clause.is(i, small_word::person_pronoun);
  }
  return !thing || person || !clause.person(speaker);
}

std::string_view modality_of_saying(const saying& s, bool quoted, bool person) {
  if (s.value == "denied" && !s.behind) return "denied";
  if (quoted) return "quoted";
  if (s.value == "announced") return "asserted";
  // Behind what was said stand a person's own words, also without quotation marks; an organisation
  // or a newspaper reports.
  return person && s.behind && s.value == "told" ? "quoted" : "reported";
}

} // namespace

std::uint8_t auxiliary(const reading_rules& rules, std::span<const word> words, std::size_t at,
                       verb_use use) {
  std::array<phrase_table::match, phrase_table::longest> found;
  std::uint8_t out = 0;
  if (!rules.begins(words[at], 1u << static_cast<unsigned>(phrase_kind::verb))) return out;
  for (std::size_t n = rules.phrases.matches(words, at, found); n-- > 0;) {
    rules.phrases.any(found[n], [&](std::uint32_t value) {
      const phrase_rule& r = rules.rules[value];
      if (r.kind != phrase_kind::verb || rules.verbs[r.index].use != use) return false;
      out = words[at].accent ? r.accented : r.plain;
      return true;
    });
  }
  return out;
}

told modality_of(const clause_reader& clause, const reading_rules& rules, std::size_t first,
                 std::size_t last, const event_frame& frame, bool verb,
                 std::optional<std::int32_t> last_speaker) {
  told out;
  const saying* s = covering(clause, first, last);
  if (s != nullptr) {
    out.speaker = s->speaker;
    if (!s->speaker && s->pronoun && fits(clause, *s, last_speaker)) out.speaker = last_speaker;
    out.words = s->words;
    out.pronoun = s->pronoun;
    out.modality = modality_of_saying(*s, clause.quoted(first), clause.person(out.speaker));
  } else if (clause.quoted(first)) {
    out.modality = "quoted";
    out.speaker = last_speaker;
  }
  if (!frame.modality.empty()) {
    out.modality = frame.modality;
    return out;
  }
  const std::uint8_t moods = moods_of(clause, rules, first, last);
  const std::string_view modal = modal_of(clause, rules, first, verb);
  if (negated(clause, rules, first, last))
    out.modality = "denied";
  else if (!modal.empty())
    out.modality = modal;
  else if (conditional_clause(clause, first))
    out.modality = "conditional";
  else if ((moods & mood::conditional) != 0)
    out.modality =
        s != nullptr && !s->behind && s->value != "according" ? "conditional" : "alleged";
  else if ((moods & mood::future) != 0)
    out.modality = "planned";
  return out;
}

} // namespace vigie::press
