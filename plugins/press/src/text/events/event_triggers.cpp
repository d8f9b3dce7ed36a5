// SPDX-License-Identifier: Apache-2.0
#include "event_triggers.hpp"

#include "everyday.hpp"
#include "modality.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t context_reach = 14; // words between a trigger and what must stand near it
constexpr std::size_t modal_reach = 3;    // words between a modal verb and its infinitive
constexpr std::size_t longest_adverbs = 3;
constexpr std::size_t visit_reach = 7; // words between a verb and where it leads
constexpr std::size_t far = ~std::size_t{0};

class trigger_picker {
public:
  trigger_picker(const clause_reader& clause, std::span<const entity> entities,
                 const reading_rules& rules)
      : clause_(clause), entities_(entities), rules_(rules) {}

  std::vector<trigger> run() {
    const std::vector<rule_at>& rules = clause_.triggers();
    for (std::size_t i = 0; i < rules.size();) {
      std::size_t end = i;
      while (end < rules.size() && rules[end].first == rules[i].first) ++end;
      if (const auto t = choose({rules.data() + i, end - i})) found_.push_back(*t);
      i = end;
    }
    const std::vector<trigger> all = found_;
    std::erase_if(found_,
                  [&](const trigger& t) { return describes_deed(t, all) || retells(t, all); });
    std::vector<trigger> kept;
    for (const trigger& t : found_)
      if (!inside_another(t)) kept.push_back(t);
    std::erase_if(kept, [&](const trigger& t) {
      return t.frame->weak && std::ranges::any_of(kept, [&](const trigger& o) {
               return &o != &t && o.frame->type == t.frame->type && (!o.frame->weak || &o < &t);
             });
    });
    return kept;
  }

private:
  const event_type& type_of(const trigger& t) const { return rules_.types[t.frame->type]; }
  static bool noun(const trigger& t) { return t.rule->rule->kind == phrase_kind::noun; }

  template <class F> bool told(const trigger& t, F&& says) const {
    return std::ranges::any_of(found_, [&](const trigger& o) { return &o != &t && says(o); });
  }

  // "an attack launched by X", "l'attaque subie par X": the noun tells it.
  bool describes_deed(const trigger& t, std::span<const trigger> all) const {
    if (noun(t) || !describes(*t.rule, false)) return false;
    if (t.frame->swap && !clause_.is(t.last, small_word::agent)) return false;
    if ((moods_at(clause_, *t.rule) & mood::finite) != 0 && clause_.is(t.last, small_word::article))
      return false; // "a cyberattack paralysed the hospital"
    return std::ranges::any_of(all, [&](const trigger& o) {
      return noun(o) && clause_.past_quote(o.last) == t.first &&
             (o.frame->type == t.frame->type || demanded(t));
    });
  }

  // "published the stolen files": behind a verb of the type its participle says nothing more.
  bool retells(const trigger& t, std::span<const trigger> all) const {
    if (noun(t) || !describes(*t.rule, true)) return false;
    return std::ranges::any_of(all, [&](const trigger& o) {
      return !noun(o) && o.frame->type == t.frame->type && o.last <= t.first &&
             !describes(*o.rule, true) && flows(o.last, t.first);
    });
  }

  // "a blackout ordered by X" tells of the blackout.
  bool demanded(const trigger& t) const {
    return t.frame->weak && type_of(t).content && type_of(t).duties;
  }

  // What a charge, a demand, a law or a denial is about happens inside of it, not beside it.
  bool inside_another(const trigger& t) const {
    const std::uint8_t moods = moods_at(clause_, *t.rule);
    if (noun(t) && t.frame->weak && type_of(t).hostile && told(t, [&](const trigger& o) {
          return !o.frame->weak || (!type_of(o).hostile && !type_of(o).measurable);
        }))
      return true;
    if (noun(t) && t.frame->weak && told(t, [&](const trigger& o) {
          return type_of(o).content && !o.frame->weak && !noun(o) &&
                 (o.frame->swap || o.first < t.first);
        }))
      return true;
    if (noun(t) && told(t, [&](const trigger& o) { return asks_for(o, t); })) return true;
    if (t.frame->weak && t.frame->swap && type_of(t).ordered && // "went down after an attack"
        told(t, [&](const trigger& o) {
          return !type_of(o).home && (type_of(o).measurable || type_of(o).hostile);
        }))
      return true;
    if (!type_of(t).measurable && told(t, [&](const trigger& o) { return disowns(o, t); }))
      return true;
    if (moods != 0 && moods != mood::infinitive && told(t, [&](const trigger& o) {
          return type_of(o).duties && type_of(o).content && !noun(o) && o.first < t.first &&
                 clause_.is(o.last, small_word::that) && flows(o.last + 1, t.first);
        }))
      return true;
    if (!type_of(t).ordered && moods == mood::infinitive && told(t, [&](const trigger& o) {
          return type_of(o).duties && o.first < t.first && !(type_of(o).content && o.frame->weak);
        }))
      return true;
    if (moods == mood::gerund && t.first > 0 && type_of(t).hostile && found_.size() > 1 &&
        clause_.is(t.first - 1, small_word::link | small_word::locative))
      return true;
    return orders(t);
  }

  // "denied having ordered it", "denies that Y had demanded it": a denial's content.
  bool disowns(const trigger& o, const trigger& t) const {
    if (!type_of(o).content || type_of(o).duties || noun(o) || o.frame->weak || o.last > t.first)
      return false;
    for (std::size_t i = o.last; i < t.first; ++i)
      if (clause_.is(i, small_word::conjunction) || (clause_.mark(i) && clause_.sign(i) != '\''))
        return false;
    return true;
  }

  // "demanded the removal of X": a strong verb with its noun in the same clause.
  bool asks_for(const trigger& o, const trigger& t) const {
    return type_of(o).content && !o.frame->weak && !noun(o) && o.first < t.first &&
           flows(o.last, t.first);
  }

  // No mark and no word that opens another clause stands in between.
  bool flows(std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i < last; ++i) {
      if (clause_.is(i, small_word::that | small_word::relative)) return false;
      if (clause_.mark(i) && clause_.sign(i) != '\'') return false;
    }
    return true;
  }

  // "ordered the blocking of X": the blocking is what happened.
  bool orders(const trigger& t) const {
    if (!t.frame->weak || noun(t) || !type_of(t).content) return false;
    return told(t, [&](const trigger& o) {
      if (!noun(o) || !type_of(o).measurable) return false;
      if (o.last <= t.first) return suffers(t) && flows(o.last, t.first);
      if (o.first < t.last) return false;
      for (std::size_t i = t.last; i < o.first; ++i)
        if (!clause_.is(i, small_word::article) && !clause_.mark(i)) return false;
      return true;
    });
  }

  // "was ordered", not "ordered".
  bool suffers(const trigger& t) const {
    for (std::size_t i = clause_.group_begin(t.first); i < t.first; ++i)
      if (clause_.is(i, small_word::be)) return true;
    return false;
  }

  // "under the Temporary Suspension of Services Act": a word of a title.
  bool in_name(const rule_at& r) const {
    const std::vector<word>& w = clause_.words();
    return r.rule->kind == phrase_kind::noun && w[r.first].capital && r.first > 0 &&
           w[r.first - 1].capital && w[r.first - 1].kind == token_kind::word &&
           clause_.is(r.last, small_word::of) && r.last + 1 < w.size() && w[r.last + 1].capital;
  }

  // "the block", "a demand", "on orders": the form of a verb behind an article or a preposition is
  // a noun.
  bool noun_form(const rule_at& r) const {
    if (r.rule->kind != phrase_kind::verb || r.first == 0) return false;
    std::size_t before = r.first - 1;
    if (before > 0 && clause_.sign(before) == '\'') --before;
    if (clause_.is(before, small_word::pronoun)) return false;
    if (clause_.group_begin(r.first) <= before && clause_.object_pronoun_of(r.first)) return false;
    if (clause_.is(before, small_word::article)) return true;
    if (clause_.is(before, small_word::possessive) && before > 1 &&
        !clause_.is(before - 2, small_word::pronoun))
      return true; // "Telegram's blocking"
    if (moods_at(clause_, r) == mood::finite &&
        (finite_verb_ends(r.first) || clause_.is(before, behind_no_finite)))
      return true; // "conférence de presse", "sans filtre"
    if (followed_by_verb(r) || lacks_subject(r)) return true;
    if (moods_at(clause_, r) == mood::finite && r.last == r.first + 1 && clause_.counts(before))
      return true; // "two suspects"
    return moods_at(clause_, r) == mood::finite && r.last == r.first + 1 &&
           clause_.is(before, preposition) && !clause_.is(before, small_word::conjunction);
  }

  // "the WhatsApp blocks would last": right behind a simple form stands no other verb.
  bool followed_by_verb(const rule_at& r) const {
    constexpr std::uint8_t simple = mood::finite | mood::infinitive;
    const std::uint8_t moods = moods_at(clause_, r);
    if (moods == 0 || (moods & ~simple) != 0 || r.last != r.first + 1) return false;
    if (!clause_.is(r.last, small_word::have | small_word::be))
      return clause_.is(r.last, small_word::verb);
    const std::vector<word>& w = clause_.words();
    return ((auxiliary(rules_, w, r.last, verb_use::have) | // "denies having blocked X"
             auxiliary(rules_, w, r.last, verb_use::be)) &
            mood::finite) != 0;
  }

  // "the access ban decision": a plain form behind neither "to" nor a plural is a noun, where a
  // language writes both alike.
  bool lacks_subject(const rule_at& r) const {
    if (!rules_.bare_infinitives || moods_at(clause_, r) != mood::infinitive ||
        r.last != r.first + 1)
      return false;
    constexpr small_bits verbal =
        small_word::before_infinitive | small_word::no | small_word::pronoun | small_word::reader;
    const bool led = clause_.is(r.last, small_word::of | small_word::link) &&
                     !clause_.is(r.last, small_word::conjunction);
    for (std::size_t i = r.first; i-- > 0 && r.first - i <= longest_adverbs;) {
      if (led && clause_.is(i, small_word::conjunction)) break; // "and demand for dishes"
      if (clause_.is(i, verbal) || clause_.plural(i)) return false;
      if (clause_.mark(i) || rules_.small(clause_.words()[i]) != 0) break;
    }
    if (clause_.is(r.last, small_word::that)) return false; // "activists in X demand that"
    return std::ranges::none_of(clause_.modals(), [&](const rule_at& m) {
      return m.last <= r.first && r.first - m.last < longest_adverbs;
    });
  }

  // "threatened sanctions": right behind a finite verb stands no other one.
  bool finite_verb_ends(std::size_t at) const {
    return std::ranges::any_of(clause_.triggers(), [&](const rule_at& o) {
      return o.last == at && o.last == o.first + 1 && (moods_at(clause_, o) & mood::finite) != 0;
    });
  }

  const event_frame& frame_of(const rule_at& r) const {
    return rules_.frames[r.rule->kind == phrase_kind::noun ? r.rule->index
                                                           : rules_.verbs[r.rule->index].frame];
  }

  // "a-t-il lancé", "« ... », a lancé X": no deed, unless it is one of speech.
  bool asks_or_says(const rule_at& r, const event_frame& f) const {
    if (r.rule->kind != phrase_kind::verb || rules_.types[f.type].content ||
        rules_.types[f.type].addressed)
      return false;
    return clause_.turned(r.first) || clause_.says_quote(r.first, r.last);
  }

  // Of several meanings of the words, the one whose context stands nearest, else one that needs
  // none.
  std::optional<trigger> choose(std::span<const rule_at> meanings) const {
    const rule_at* best = nullptr;
    std::size_t nearest = far;
    for (const rule_at& r : meanings) {
      const event_frame& f = frame_of(r);
      if (f.nothing || in_general(clause_, rules_, r) || is_matter(clause_, rules_, r))
        return std::nullopt;
      if (in_name(r) || noun_form(r) ||
          (r.rule->kind == phrase_kind::verb && moods_at(clause_, r) == 0))
        continue;
      if (everyday(clause_, r, moods_at(clause_, r)) || asks_or_says(r, f)) continue;
      if (f.coming && !to_come(r)) continue;
      if (f.weak && (describes(r, true) || counted(r) || nowhere(r, f))) continue;
      if (!f.unless.empty() && stands_behind(r, f.unless)) continue;
      if (f.with.empty() || rejects_told(r, f)) {
        if (best == nullptr) best = &r;
        continue;
      }
      const std::size_t away = context(r, f.with);
      if (away >= nearest) continue;
      nearest = away;
      best = &r;
    }
    if (best == nullptr) return std::nullopt;
    return trigger{best->first, best->last, &frame_of(*best), best};
  }

  // "going to say", "went to the polls": who goes where nothing is named goes on no visit.
  bool nowhere(const rule_at& r, const event_frame& f) const {
    if (r.rule->kind != phrase_kind::verb || rules_.types[f.type].to != set_of(name_type::place) ||
        moods_at(clause_, r) == mood::participle)
      return false;
    const auto at = std::ranges::find_if(clause_.mentions(),
                                         [&](const mention_at& m) { return m.first >= r.last; });
    return at == clause_.mentions().end() || at->first > r.last + visit_reach ||
           !flows(r.last, at->first);
  }

  // "rejects that in a statement": what was charged was told before.
  bool rejects_told(const rule_at& r, const event_frame& f) const {
    const event_type& type = rules_.types[f.type];
    if (!type.content || type.duties || f.swap || f.weak ||
        !clause_.is(r.last, small_word::demonstrative))
      return false;
    return r.last + 1 >= clause_.words().size() || clause_.mark(r.last + 1) ||
           clause_.is(r.last + 1, small_word::locative | small_word::link | small_word::agent);
  }

  // Whether a context among `names` stands behind it in the same clause.
  bool stands_behind(const rule_at& r, std::string_view names) const {
    return std::ranges::any_of(clause_.contexts(), [&](const rule_at& c) {
      return c.first >= r.last && c.first < r.last + context_reach && flows(r.last, c.first) &&
             lists(names, rules_.contexts[c.rule->index]);
    });
  }

  // Whether a name stands among others between bars.
  static bool lists(std::string_view names, std::string_view name) {
    const auto at = names.find(name);
    return at != std::string_view::npos && names[at - 1] == '|' && names[at + name.size()] == '|';
  }

  // "accounts closed long ago": a participle behind its noun; `alone`, by nobody.
  bool describes(const rule_at& r, bool alone) const {
    const bool closes = r.first > 0 && clause_.past_quote(r.first - 1) == r.first;
    if ((moods_at(clause_, r) & mood::participle) == 0 ||
        (alone && moods_at(clause_, r) != mood::participle) || r.first == 0 ||
        (clause_.mark(r.first - 1) && !closes))
      return false;
    const std::size_t begin = clause_.group_begin(r.first);
    for (std::size_t i = begin; i < r.first; ++i)
      if (clause_.is(i, small_word::be | small_word::have)) return false;
    return !alone || !clause_.is(r.last, small_word::agent);
  }

  // "71 attacks on stations since May": a number in digits in front of a noun makes a statistic.
  bool counted(const rule_at& r) const {
    return r.rule->kind == phrase_kind::noun && r.first > 0 &&
           clause_.words()[r.first - 1].kind == token_kind::number && clause_.counts(r.first - 1);
  }

  // "will answer", "is going to answer": in the future, or behind a modal verb.
  bool to_come(const rule_at& r) const {
    const std::uint8_t moods = moods_at(clause_, r);
    if ((moods & (mood::future | mood::conditional)) != 0) return true;
    return (moods & mood::infinitive) != 0 &&
           std::ranges::any_of(clause_.modals(), [&](const rule_at& m) {
             return m.last <= r.first && r.first - m.last < modal_reach;
           });
  }

  static std::size_t distance(const rule_at& r, std::size_t first, std::size_t last) {
    const std::size_t away = first >= r.last   ? first - r.last
                             : r.first >= last ? r.first - last
                                               : far;
    return away < context_reach ? away : far;
  }

  // "X les a retirées": what is meant stands in the sentence before.
  template <class F> std::size_t context_before(F&& wants) const {
    constexpr name_types things = set_of(name_type::service) | set_of(name_type::technology);
    const bool told = std::ranges::any_of(
        clause_.contexts_before(), [&](std::uint32_t c) { return wants(rules_.contexts[c]); });
    const bool named =
        (clause_.named_before() & things) != 0 && (wants("app") || wants("platform"));
    return told || named ? context_reach - 1 : far;
  }

  // Words to the nearest context of a name in `wanted`, `far` where there is none.
  std::size_t context(const rule_at& r, std::string_view wanted) const {
    const auto wants = [&](std::string_view name) { return lists(wanted, name); };
    std::size_t out = far;
    for (const rule_at& c : clause_.contexts())
      if (wants(rules_.contexts[c.rule->index])) out = std::min(out, distance(r, c.first, c.last));
    if (out == far && clause_.object_pronoun_of(r.first)) out = context_before(wants);
    const bool app = wants("app") || wants("platform"), gadget = wants("gadget"),
               visit = wants("visit");
    if (!app && !gadget && !visit) return out;
    for (const mention_at& m : clause_.mentions()) {
      const name_type type = entities_[static_cast<std::size_t>(m.entity)].type;
      const bool fits = visit    ? type == name_type::place
                        : gadget ? type == name_type::product
                                 : type == name_type::service || type == name_type::technology ||
                                       (type == name_type::media && wants("app"));
      if (fits) out = std::min(out, distance(r, m.first, m.last));
    }
    return out;
  }

  static constexpr small_bits preposition = small_word::of | small_word::link |
                                            small_word::locative | small_word::agent |
                                            small_word::against;

  static constexpr small_bits behind_no_finite =
      small_word::of | small_word::agent | small_word::without;

  const clause_reader& clause_;
  std::span<const entity> entities_;
  const reading_rules& rules_;
  std::vector<trigger> found_;
};

} // namespace

std::uint8_t moods_at(const clause_reader& clause, const rule_at& r) {
  if (r.rule->kind != phrase_kind::verb) return 0;
  return clause.words()[r.first].accent ? r.rule->accented : r.rule->plain;
}

std::vector<trigger> event_triggers(const clause_reader& clause, std::span<const entity> entities,
                                    const reading_rules& rules) {
  return trigger_picker(clause, entities, rules).run();
}

} // namespace vigie::press
