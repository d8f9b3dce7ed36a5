// SPDX-License-Identifier: Apache-2.0
#include "unknown_names.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

class sentence_reader : unknown_names {
public:
  sentence_reader(std::string_view body, const scanned_text& text, const reading_rules& rules,
                  std::vector<candidate>& out)
      : unknown_names(body, rules, out), text_(text) {}

  void read(std::uint32_t sentence) {
    set(std::span<const word>(text_.words).first(text_.first[sentence + 1]), text_.first[sentence]);
    begin_sentence(sentence);
    for (std::size_t i = begin_; i < end_;) i = step(i);
    drop_role();
  }

private:
  std::size_t step(std::size_t i) {
    if (words_[i].kind != token_kind::word) return mark(i);
    if (words_[i].id == 0) return words_[i].inside ? unknown(i) : other(i);
    if (!words_[i].inside && !rules_.begins(words_[i], names) && !is(i, small_word::count))
      return other(i);
    if (const std::size_t next = title(i)) return next;
    if (const std::size_t next = institution(i)) return next;
    if (const std::size_t next = counted(i)) return next;
    if (const std::size_t next = known_name(i)) return next;
    if (const std::size_t next = begin_role(i)) return next;
    const bool common = (opens(i) && rules_.small(words_[i]) != 0) ||
                        is(i, small_word::locative | small_word::conjunction);
    const bool complement = has_role() && !role_.comma && bool(longest(i, phrase_kind::topic));
    if (words_[i].inside && !common && !complement && !longest(i, phrase_kind::adjective))
      return unknown(i);
    return other(i);
  }

  static constexpr std::uint32_t names = (1u << static_cast<unsigned>(phrase_kind::title)) |
                                         (1u << static_cast<unsigned>(phrase_kind::head)) |
                                         (1u << static_cast<unsigned>(phrase_kind::adjective)) |
                                         (1u << static_cast<unsigned>(phrase_kind::topic)) |
                                         (1u << static_cast<unsigned>(phrase_kind::name)) |
                                         (1u << static_cast<unsigned>(phrase_kind::role));

  std::size_t mark(std::size_t i) {
    if (sign(i) == ',' && has_role() && !role_.comma) {
      role_.comma = true;
    } else if (words_[i].kind == token_kind::number) {
      if (const std::size_t next = counted(i)) return next;
      drop_role();
    } else if (!apostrophe(i)) {
      drop_role();
    }
    return i + 1;
  }

  // Capital words that no rule knows.
  std::size_t unknown(std::size_t i) {
    const std::size_t last = std::max(capitals(i), i + 1);
    const bool dated = i > begin_ && words_[i - 1].kind == token_kind::number;
    if (is(i, small_word::capitalised) && (last == i + 1 || dated)) { // "in January", "20.15 GMT"
      drop_role();
      return i + 1;
    }
    if (const std::size_t next = suffixed(i, last)) return next;
    if (i > begin_ && is(i - 1, small_word::employer) &&
        (i < apposed_ || has_role() || group_ends(i - 1))) {
      if (has_role()) role_.last = last;
      return take_thing(i, last, name_type::org);
    }
    const bool placed =
        i > begin_ && is(i - 1, small_word::locative) && !longest(i, phrase_kind::given);
    if (const std::size_t end = behind_owners(last); end > last) return owned(i, end);
    if (!placed && (is_person(i, last) || member(i, last))) {
      add_person(make(candidate_kind::person, i, last));
      return last;
    }
    if (const pick h = apposed_head(i, last)) {
      take_thing(i, last, rules_.heads[h.rule->index].type);
      out_.back().head = h.rule->index;
      return last;
    }
    if (apposed_base(i, last)) return take_thing(i, last, name_type::org);
    if (const std::size_t end = behind_places(i, last); end > last)
      return take_thing(i, end, name_type::org);
    if (dateline(i, behind_part(i, last)))
      return take_thing(i, behind_part(i, last), name_type::media);
    if (before_place_head(i, last)) return take_thing(i, last, name_type::place);
    if (const std::optional<candidate> c = told_around(i, last)) {
      out_.push_back(*c);
      return last;
    }
    return loose(i, behind_part(i, last));
  }

  // "the Nurses' Union"
  std::size_t owned(std::size_t first, std::size_t last) {
    take_thing(first, last, name_type::org);
    if (const pick h = longest(last - 1, phrase_kind::head)) out_.back().head = h.rule->index;
    return last;
  }

  // "X Ltd", "the X gazette"
  std::size_t suffixed(std::size_t i, std::size_t last) {
    const pick inner = last > i + 1 ? longest(last - 1, phrase_kind::suffix) : pick{};
    const pick outer = inner || opens(i) ? pick{} : longest(last, phrase_kind::suffix);
    const pick p = inner ? inner : outer;
    if (!p) return 0;
    candidate c = make(candidate_kind::thing, i, last + outer.words);
    c.type = static_cast<name_type>(p.rule->index);
    if (const pick h = longest(c.last - 1, phrase_kind::head)) c.head = h.rule->index;
    take_acronym(c);
    out_.push_back(c);
    return c.last;
  }

  // --- names of the rules ---

  // "Paris Hilton" is no place, "The National Board" is not the newspaper The National.
  bool begins_longer_name(std::size_t i, const pick& p) const {
    if (p.words > 1 && is(i, small_word::article)) {
      const std::size_t last = capitals(i + 1);
      return last > i + p.words && bool(longest(last - 1, phrase_kind::suffix));
    }
    if (p.words != 1 || name(p).type == name_type::person || i + 1 >= end_) return false;
    if (!is_word(i + 1) || !words_[i + 1].capital) return false;
    if (words_[i + 1].joined) return is_capital(i + 1) && words_[i + 1].id == 0;
    if (i > begin_ && is(i - 1, small_word::locative)) return false;
    if (name(p).type == name_type::place && longest(i + 1, phrase_kind::suffix)) return true;
    // "told AFP Jane Roe"
    if ((words_[i].capitals || name(p).type == name_type::media) && is_capital(i + 2)) return false;
    return words_[i + 1].id == 0 && !words_[i + 1].capitals;
  }

  // "US Senate": the word that is a place's name, too, only says whose.
  bool qualifies(std::size_t i, const pick& p) const {
    if (name(p).type != name_type::place || !longest(i, phrase_kind::adjective)) return false;
    const std::size_t next = i + p.words;
    if (longest(next, phrase_kind::role)) return true;
    const pick n = accepted_name(next);
    return n && name(n).type != name_type::place;
  }

  std::size_t known_name(std::size_t i) {
    const pick p = accepted_name(i);
    if (!p) return 0;
    if (const pick g = longest(i, phrase_kind::given); g && g.words >= p.words) {
      const std::size_t last = capitals(i);
      if (last > i + p.words) return 0;
    }
    if (begins_longer_name(i, p) || qualifies(i, p)) return 0;
    candidate c = make(candidate_kind::name, i, i + p.words);
    c.index = p.rule->index;
    c.weak = name(p).doubtful && opens(i) &&
             !is(c.last, small_word::verb | small_word::have | small_word::be | small_word::no) &&
             !verb_at(c.last) && !possessive_at(c.last) && !apposition_closes(c.last);
    if (name(p).type == name_type::person) {
      add_person(c);
      return c.last;
    }
    if (name(p).category == "company") c.last = static_cast<std::uint32_t>(behind_country(c.last));
    if (name(p).type == name_type::org || name(p).type == name_type::media) take_acronym(c);
    out_.push_back(c);
    if (has_role() && !role_.comma)
      role_.last = c.last;
    else if (has_role())
      drop_role();
    return c.last;
  }

  // "MTN Uganda": the company where it is.
  std::size_t behind_country(std::size_t i) const {
    if (title_case() || !is_capital(i)) return i;
    const pick p = accepted_name(i);
    return p && name(p).type == name_type::place ? i + p.words : i;
  }

  void take_acronym(candidate& c) const {
    if (!acronym_at(c.last)) return;
    c.acronym = c.last + 1;
    c.last += 3;
  }

  // --- institutions and groups ---

  // An institution from its first word on, with what stands before it in languages that put it
  // there ("Chinese foreign ministry").
  std::size_t institution(std::size_t i) {
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
  bool leads_institution(std::size_t i, const pick& known) const {
    const std::size_t next = i + known.words;
    if (name(known).type == name_type::place && alone(next)) return true;
    return name(known).type == name_type::place && next < end_ && words_[next].capital &&
           !words_[next].joined &&
           (longest(next, phrase_kind::topic) || longest(next, phrase_kind::head));
  }

  // "Sudan Doctors Network" goes on behind its people.
  bool begins_proper(std::size_t i, const pick& h) const {
    return alone(i) || (words_[i].capital && rules_.heads[h.rule->index].kind != head_kind::group);
  }

  // "Kerala police"
  bool alone(std::size_t i) const {
    const pick h = longest(i, phrase_kind::head);
    return h && rules_.heads[h.rule->index].kind == head_kind::alone && !is(i - 1, small_word::of);
  }

  std::size_t institution_at(std::size_t i, std::size_t at, const pick& h, const name_rule* place,
                             bool topic) {
    const head_rule& head = rules_.heads[h.rule->index];
    const bool proper = words_[at].capital && !opens(at);
    if (head.kind == head_kind::intro) return at == i ? introduced(i, h, head) : 0;
    if (place == nullptr) place = possessor(i);
    complement more = complement_of(at + h.words, head, proper, !has_role());
    more.place = place ? place : more.place;
    more.topic = more.topic || topic;
    const bool named = proper || more.place || more.capital || more.acronym != 0 ||
                       (more.topic && head.category == "ministry");
    if (head.kind == head_kind::group && more.place == nullptr) return 0;
    if (head.kind == head_kind::alone && at == i && more.end == at + h.words && bare(i)) return 0;
    if (names_itself(head, more.end)) return at == i ? i + h.words : 0;
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

  // "the operator X", "the Norwegian group X": X is named without it.
  bool names_itself(const head_rule& head, std::size_t i) const {
    const pick p = i < end_ ? accepted_name(i) : pick{};
    if (!p || head.kind != head_kind::named) return false;
    return head.category == "company" || ((head.category.empty() || head.category == "society") &&
                                          name(p).type == name_type::org && !follows_of(i));
  }

  // "Brazil's Supreme Court": whose it is.
  const name_rule* possessor(std::size_t i) const {
    if (i < begin_ + 3 || !possessive_at(i - 2)) return nullptr;
    for (std::size_t n = 1; n <= 4 && i >= begin_ + 2 + n; ++n) {
      const pick p = accepted_name(i - 2 - n);
      if (p && p.words == n && name(p).type == name_type::place) return &name(p);
    }
    return nullptr;
  }

  // "Supreme Court", "the Senate": a name of more than a word, or a parliament, needs nothing
  // behind it.
  bool capital_head(std::size_t i, std::size_t count, const head_rule& head) const {
    return words_[i].inside && (count > 1 || head.category == "parliament") && !accepted_name(i);
  }

  // "the company", "l'application": perhaps one that was named before.
  std::size_t described(std::size_t i, std::size_t at, const pick& h) {
    if (at != i || i == begin_ || words_[i].capital) return 0;
    const bool elided = apostrophe(i - 1);
    if (elided ? i < begin_ + 2 || !is(i - 2, small_word::definite)
               : !is(i - 1, small_word::definite))
      return 0;
    const std::size_t next = i + h.words;
    const bool ends = next >= end_ || !is_word(next) ||
                      (!is(next, small_word::of | small_word::link) &&
                       (rules_.small(words_[next]) != 0 || verb_at(next)));
    if (!ends || (next < end_ && apostrophe(next))) return 0;
    candidate c = make(candidate_kind::described, i, next);
    c.index = h.rule->index;
    c.type = rules_.heads[c.index].type;
    out_.push_back(c);
    return has_role() ? 0 : next;
  }

  // "l'application X": X is an application.
  std::size_t introduced(std::size_t i, const pick& h, const head_rule& head) {
    std::size_t at = i + h.words;
    if (has_role()) role_.last = at;
    if (head.type == name_type::place) return introduced_place(at);
    while (at < end_ && (sign(at) == '"' || words_[at].kind == token_kind::mark) &&
           at < i + h.words + 1)
      ++at;
    if (!is_capital(at) || accepted_name(at) || longest(at, phrase_kind::head)) {
      described(i, i, h);
      return i + h.words;
    }
    std::size_t last = std::max(capitals(at), at + 1);
    while (last + 1 < end_ && sign(last) == '.' && words_[last].begin == words_[last - 1].end &&
           words_[last + 1].begin == words_[last].end && is_word(last + 1))
      last += 2;
    candidate c = make(candidate_kind::thing, at, last);
    c.type = head.type;
    out_.push_back(c);
    return last;
  }

  // "ces trois Coréens"
  std::size_t counted(std::size_t i) {
    if (!is_count(i) || i + 1 >= end_ || !words_[i + 1].capital) return 0;
    const pick a = longest(i + 1, phrase_kind::adjective);
    if (!a || (i + 1 + a.words < end_ && is_capital(i + 1 + a.words))) return 0;
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

  const scanned_text& text_;
};

} // namespace

std::vector<candidate> find_candidates(std::string_view body, const scanned_text& text,
                                       const reading_rules& rules) {
  std::vector<candidate> out;
  sentence_reader reader(body, text, rules, out);
  for (std::uint32_t s = 0; s + 1 < text.first.size(); ++s) reader.read(s);
  std::ranges::stable_sort(out, {}, &candidate::first);
  return out;
}

} // namespace vigie::press
