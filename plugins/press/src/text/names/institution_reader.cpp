// SPDX-License-Identifier: Apache-2.0
#include "institution_reader.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t most_epithets = 2;   // adjectives behind what something is
constexpr std::size_t longest_purpose = 8; // words between what something is and its name

} // namespace

// An institution from its first word on, with what stands before it in languages that put it
// there ("Chinese foreign ministry").
std::size_t institution_reader::institution(std::size_t i) {
  std::size_t at = i;
  const name_rule* place = nullptr;
  bool topic = false, proper = false;
  for (int n = 0; n < 4; ++n) {
    const pick h = longest(at, phrase_kind::head);
    const pick known = accepted_name(i);
    const pick as_adjective = longest(i, phrase_kind::adjective);
    if (known && at == i && known.words > h.words && as_adjective.words < known.words) {
      if (!leads_institution(i, known)) return 0;
      place = &name(known);
      proper = true;
      at += known.words;
      continue;
    }
    if (at > i && accepted_name(at).words >= std::max<std::size_t>(h.words, 1)) return 0;
    if (h && proper && !begins_proper(at, h)) return 0;
    if (h) return institution_at(i, at, h, place, topic);
    const pick a = longest(at, phrase_kind::adjective);
    const pick t = a ? pick{} : longest(at, phrase_kind::topic);
    if (!a && !t) return 0;
    if (a) place = place ? place : &name(a);
    if (t) topic = true;
    at += std::max(a.words, t.words);
    if (at >= end_ || !is_word(at)) return 0;
  }
  return 0;
}

// "Kenya Data Protection Office": a country's name in front of capital words.
bool institution_reader::leads_institution(std::size_t i, const pick& known) const {
  const std::size_t next = i + known.words;
  if (name(known).type == name_type::place && (alone(next) || seated(next))) return true;
  return name(known).type == name_type::place && next < end_ && words_[next].capital &&
         !words_[next].joined &&
         (longest(next, phrase_kind::topic) || longest(next, phrase_kind::head));
}

// "Sudan Doctors Network" goes on behind its people.
bool institution_reader::begins_proper(std::size_t i, const pick& h) const {
  return alone(i) || seated(i) ||
         (words_[i].capital && rules_.heads[h.rule->index].kind != head_kind::group);
}

// "the Kerala high court", "the Kerala governor's office"
bool institution_reader::seated(std::size_t i) const {
  const pick h = longest(i, phrase_kind::head);
  if (!h || words_[i].capital || rules_.heads[h.rule->index].kind != head_kind::named) return false;
  const std::string& category = rules_.heads[h.rule->index].category;
  return category == "court" || category == "prosecutor" || category == "government" ||
         category == "police" || category == "parliament";
}

// "Kerala police"
bool institution_reader::alone(std::size_t i) const {
  const pick h = longest(i, phrase_kind::head);
  return h && rules_.heads[h.rule->index].kind == head_kind::alone && !is(i - 1, small_word::of);
}

std::size_t institution_reader::institution_at(std::size_t i, std::size_t at, const pick& h,
                                               const name_rule* place, bool topic) {
  const head_rule& head = rules_.heads[h.rule->index];
  const bool letters = words_[at].capitals && // "NGO" has no case of its own
                       (head.category == "society" || head.category == "company");
  const bool proper = words_[at].capital && !opens(at) && !letters;
  if (head.kind == head_kind::intro)
    return at == i && !capital_part(i, h.words) ? introduced(i, h, head) : 0;
  if (place == nullptr) place = possessor(i);
  complement more = complement_of(at + h.words, head, proper, !has_role());
  reach_acronym(i, more);
  more.place = place ? place : more.place;
  if (head.kind == head_kind::alone && !more.place) more.place = seat(more.end);
  more.topic = more.topic || topic;
  const bool named = proper || more.place || more.capital || more.acronym != 0 ||
                     (more.topic && head.category == "ministry");
  if (head.kind == head_kind::group && more.place == nullptr) return 0;
  if (head.kind == head_kind::alone && at == i && more.end == at + h.words &&
      (bare(i) || generic(i, more.end)))
    return 0;
  if (names_itself(head, more.end)) return at == i ? i + h.words : 0;
  if (head.kind == head_kind::named && !named && at == i && !more.topic)
    if (const std::size_t next = named_behind(i, h)) return next;
  if (head.kind == head_kind::named && !named) return described(i, at, h);
  if (head.kind == head_kind::named && proper && more.end == at + h.words && at == i &&
      more.place == nullptr && !capital_head(at, h.words, head))
    return described(i, at, h);
  if (at > i && !named) return 0;
  if (head.category == "company" && more.capital && !proper) {
    std::size_t name_at = at + h.words;
    while (name_at < more.end && !words_[name_at].inside) ++name_at;
    // "the second operator of X"
    if (const pick p = accepted_name(name_at);
        p && name(p).type == name_type::place && name_at + p.words == more.end)
      return at + h.words;
    if (name_at < more.end && follows_of(name_at)) return at + h.words; // "a host of X": a town
    if (name_at < more.end) {
      candidate c = make(candidate_kind::thing, name_at, more.end);
      c.place = more.place;
      c.head = h.rule->index;
      out_.push_back(c);
      return more.end;
    }
  }
  candidate c = make(head.kind == head_kind::group ? candidate_kind::group : candidate_kind::body,
                     i, more.end);
  c.index = h.rule->index;
  c.place = more.place;
  c.acronym = more.acronym;
  if (head.kind == head_kind::group && i > begin_ && is_count(i - 1)) c.count = c.first - 1;
  out_.push_back(c);
  if (has_role() && !role_.comma) role_.last = c.last;
  return c.last;
}

// "a government", "helping governments to spy": none in particular.
bool institution_reader::generic(std::size_t i, std::size_t end) const {
  if (i > begin_ && is(i - 1, small_word::indefinite)) return true;
  const bool told = i == begin_ || opens(i) || apostrophe(i - 1) || possessive_at(i - 2) ||
                    is(i - 1, small_word::article | small_word::definite);
  if (told || words_[i].capital || !rules_.plural(spelled(end - 1))) return false;
  return !plain_word(i - 1) && !speaks(end) &&
         !is(end, small_word::have | small_word::be | small_word::verb);
}

// "the Software Freedom Trust": a word that introduces others, but is a part of the name here.
bool institution_reader::capital_part(std::size_t i, std::size_t count) const {
  if (!words_[i].inside || opens(i) || title_case() || !is_capital(i + count)) return false;
  return bool(longest(capitals(i) - 1, phrase_kind::suffix));
}

// "the operator X", "the Norwegian group X": X is named without it.
bool institution_reader::names_itself(const head_rule& head, std::size_t i) const {
  const pick p = i < end_ ? accepted_name(i) : pick{};
  if (!p || head.kind != head_kind::named) return false;
  return head.category == "company" || ((head.category.empty() || head.category == "society") &&
                                        name(p).type == name_type::org && !follows_of(i));
}

// "authorities in X", a country or region
const name_rule* institution_reader::seat(std::size_t i) const {
  if (!is(i, small_word::locative)) return nullptr;
  const std::size_t at = is(i + 1, small_word::article) ? i + 2 : i + 1;
  const pick p = accepted_name(at);
  const bool land = p && name(p).type == name_type::place && name(p).category != "city";
  return land ? &name(p) : nullptr;
}

// "l'association de défense des patients X", "la plateforme de surveillance X": where languages put
// a name behind what the thing is for. Returns the word behind the name, 0 where there is none.
std::size_t institution_reader::named_behind(std::size_t i, const pick& h) {
  const head_rule& head = rules_.heads[h.rule->index];
  const bool open = head.category == "society" || head.category == "company" ||
                    (head.kind == head_kind::intro && head.type != name_type::place);
  std::size_t at = i + h.words;
  if (!open) return 0;
  if (!is(at, small_word::of)) at = behind_epithets(at);
  if (at == i + h.words && !is(at, small_word::of)) return 0;
  const std::size_t limit = std::min(end_, at + longest_purpose);
  while (at < limit && ((is_word(at) && !words_[at].inside) || apostrophe(at))) {
    if (is(at, small_word::be | small_word::have | small_word::relative) ||
        longest(at, phrase_kind::role))
      return 0;
    ++at;
  }
  if (at >= limit || !is_capital(at) || follows_of(at) || is(at - 1, small_word::locative))
    return 0;
  if (accepted_name(at) || longest(at, phrase_kind::given) || longest(at, phrase_kind::title) ||
      is(at, small_word::capitalised))
    return 0;
  const std::size_t next = take_thing(at, std::max(capitals(at), at + 1), head.type);
  out_.back().head = h.rule->index;
  return next;
}

// "la société rennaise X": behind adjectives of languages that put them there. English puts none
// there, where a plain form may be a noun or a verb.
std::size_t institution_reader::behind_epithets(std::size_t i) const {
  if (rules_.bare_infinitives) return i;
  std::size_t at = i;
  for (std::size_t n = 0; n < most_epithets && !is_capital(at); ++n) {
    const pick a = longest(at, phrase_kind::adjective);
    if (!a && !plain_word(at)) return i;
    at += a ? a.words : 1;
  }
  return is_capital(at) ? at : i;
}

// "Brazil's Supreme Court": whose it is.
const name_rule* institution_reader::possessor(std::size_t i) const {
  if (i < begin_ + 3 || !possessive_at(i - 2)) return nullptr;
  for (std::size_t n = 1; n <= 4 && i >= begin_ + 2 + n; ++n) {
    const pick p = accepted_name(i - 2 - n);
    if (p && p.words == n && name(p).type == name_type::place) return &name(p);
  }
  return nullptr;
}

// "Supreme Court", "the Senate": a name of more than a word, or a parliament, needs nothing
// behind it.
bool institution_reader::capital_head(std::size_t i, std::size_t count,
                                      const head_rule& head) const {
  return words_[i].inside && (count > 1 || head.category == "parliament") && !accepted_name(i);
}

// "the company", "l'application", "the Bureau": perhaps one that was named before.
std::size_t institution_reader::described(std::size_t i, std::size_t at, const pick& h) {
  const bool letters = words_[i].capitals; // "the NGO"
  if (at != i || i == begin_ || words_[i].capital != words_[i].inside || accepted_name(i) ||
      (letters && rules_.heads[h.rule->index].category.empty()))
    return 0;
  const bool elided = apostrophe(i - 1);
  if (elided ? i < begin_ + 2 || !is(i - 2, small_word::definite)
             : !is(i - 1, small_word::definite))
    return 0;
  const std::size_t next = i + h.words;
  const bool capital = words_[i].inside && !letters;
  if (!description_ends(next, capital)) return 0;
  if (possessive_at(next) && rules_.heads[h.rule->index].kind == head_kind::intro) return 0;
  candidate c = make(candidate_kind::described, i, next);
  c.index = h.rule->index;
  c.type = rules_.heads[c.index].type;
  c.weak = capital; // as a part of the name only
  out_.push_back(c);
  return has_role() ? 0 : next;
}

// Whether nothing belongs to the description any more at word i: "asked the bank for more".
bool institution_reader::description_ends(std::size_t i, bool capital) const {
  if (i >= end_) return true;
  if (apostrophe(i)) return possessive_at(i);
  if (!is_word(i)) return true;
  if (is(i, small_word::of)) return false;
  if (is(i, small_word::link)) {
    const std::size_t next = is(i + 1, small_word::article) ? i + 2 : i + 1;
    return !is_capital(next) && !longest(next, phrase_kind::topic);
  }
  if (capital) return !words_[i].inside;
  return rules_.small(words_[i]) != 0 || verb_at(i);
}

// "l'application X": X is an application.
std::size_t institution_reader::introduced(std::size_t i, const pick& h, const head_rule& head) {
  std::size_t at = i + h.words;
  if (has_role()) role_.last = at;
  if (head.type == name_type::place) return introduced_place(at);
  // "the application « X »", but not "with such software, X said"
  if (at < end_ && words_[at].kind == token_kind::mark && sign(at) != ',' && sign(at) != '.') ++at;
  if (const std::size_t next = named_behind(i, h)) return next;
  if (!is_capital(at) || accepted_name(at) || longest(at, phrase_kind::head)) {
    described(i, i, h);
    return i + h.words;
  }
  std::size_t last = std::max(capitals(at), at + 1);
  while (last + 1 < end_ && sign(last) == '.' && words_[last].begin == words_[last - 1].end &&
         words_[last + 1].begin == words_[last].end && is_word(last + 1))
    last += 2;
  const bool without = goes_without(last); // "the platform X without filters"
  return take_thing(at, without ? last + 2 : last, without ? name_type::org : head.type);
}

// "ces trois Coréens"
std::size_t institution_reader::counted(std::size_t i) {
  if (!is_count(i) || i + 1 >= end_ || !words_[i + 1].capital) return 0;
  const pick a = longest(i + 1, phrase_kind::adjective);
  if (!a || (i + 1 + a.words < end_ && is_capital(i + 1 + a.words))) return 0;
  // "three British hospitals": of another noun, where the word is no plural of its own
  if (!rules_.plural(spelled(i + a.words)) && plain_word(i + 1 + a.words)) return 0;
  if (longest(i + 1 + a.words,
              bit(phrase_kind::head) | bit(phrase_kind::topic) | bit(phrase_kind::role),
              [](const phrase_rule& r, std::size_t) {
                return r.kind == phrase_kind::head || r.kind == phrase_kind::topic ||
                       r.kind == phrase_kind::role;
              }))
    return 0;
  if (!opens(i) || i == begin_) {
    candidate c = make(candidate_kind::group, i, i + 1 + a.words);
    c.index = ~0u;
    c.place = &name(a);
    c.count = c.first;
    out_.push_back(c);
    return c.last;
  }
  return 0;
}

} // namespace vigie::press
