// SPDX-License-Identifier: Apache-2.0
#include "institution_reader.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

class sentence_reader : institution_reader {
public:
  sentence_reader(std::string_view body, const scanned_text& text, const reading_rules& rules,
                  std::vector<candidate>& out)
      : institution_reader(body, rules, out), text_(text) {}

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
    if (const std::size_t next = adjective_suffixed(i)) return next;
    // "Researchers X Y and Z W": a capital that only the sentence gives
    if (const pick h = opens(i) ? longest(i, phrase_kind::head) : pick{};
        h && rules_.heads[h.rule->index].kind == head_kind::group)
      return i + h.words;
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
    // "in January", "20.15 GMT", "On Monday Jan Vorbeck", "Yesterday Jan Vorbeck"
    const bool leads = is(i, small_word::capitalised)
                           ? last == i + 1 || dated || !longest(last - 1, phrase_kind::suffix)
                           : opens(i) && last > i + 2 && is_word(i + 1) && common_word(i) &&
                                 !common_word(i + 1) && !names_institutions(i);
    if (leads) {
      drop_role();
      return i + 1;
    }
    if (signs_as_town(i, last)) return take_thing(i, last, name_type::place);
    if (const std::size_t end = behind_expansion(i, last); end > last) return expanded(i, end);
    if (const std::size_t next = suffixed(i, last)) return next;
    if (!title_case() && !opens(i) && goes_without(last))
      return take_thing(i, last + 2, name_type::org);
    if (i > begin_ && is(i - 1, small_word::employer) &&
        (i < apposed_ || has_role() || group_ends(i - 1))) {
      if (has_role()) role_.last = last;
      return take_thing(i, last, name_type::org);
    }
    if (const auto type = employs(i, last)) {
      if (has_role()) role_.last = last;
      return take_thing(i, last, *type);
    }
    const bool placed =
        i > begin_ && is(i - 1, small_word::locative) && !longest(i, phrase_kind::given);
    if (const std::size_t end = behind_owners(last); end > last) return owned(i, end);
    if (!placed && (is_person(i, last) || member(i, last))) {
      add_person(make(candidate_kind::person, i, last));
      return last;
    }
    if (behind_companies(i) || behind_regulator(i) || acts_as_one(i, last))
      return take_thing(i, last, name_type::org);
    if (const pick h = apposed_head(i, last)) {
      take_thing(i, last, rules_.heads[h.rule->index].type);
      out_.back().head = h.rule->index;
      return last;
    }
    if (apposed_base(i, last)) return take_thing(i, last, name_type::org);
    if (const std::optional<candidate> c = presented(i, last)) {
      out_.push_back(*c);
      return last;
    }
    if (const std::size_t end = behind_places(i, last); end > last)
      return take_thing(i, end, name_type::org);
    if (dateline(i, behind_part(i, last)))
      return take_thing(i, behind_part(i, last), name_type::media);
    if (before_place_head(i, last)) return take_thing(i, last, name_type::place);
    if (speaks_as_brand(i, last)) {
      take_thing(i, last, name_type::org);
      out_.back().inferred = true;
      return last;
    }
    if (const std::optional<candidate> c = told_around(i, last)) {
      out_.push_back(*c);
      return last;
    }
    const bool customers = i > begin_ + 1 && is(i - 1, small_word::of) && group_ends(i - 1);
    if (!title_case() && !customers && (strangers(i, last) || governs(i, last))) {
      add_person(make(candidate_kind::person, i, last));
      out_.back().inferred = true;
      return last;
    }
    return loose(i, behind_part(i, last));
  }

  // "the Forum on Open Routing (FOR)"
  std::size_t expanded(std::size_t first, std::size_t last) {
    take_thing(first, last, name_type::org);
    out_.back().acronym = static_cast<std::uint32_t>(last - 2);
    return last;
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
    c.weak = title_case();
    if (const pick h = longest(c.last - 1, phrase_kind::head)) {
      c.head = h.rule->index;
      go_on(c);
    }
    if (c.acronym == 0) take_acronym(c);
    out_.push_back(c);
    return c.last;
  }

  // "Welsh Airways"
  std::size_t adjective_suffixed(std::size_t i) {
    const pick a = longest(i, phrase_kind::adjective);
    if (!a || !words_[i].inside || title_case() || !is_capital(i + a.words)) return 0;
    if (accepted_name(i + a.words)) return 0; // "US Senate"
    if (is(i + a.words, small_word::capitalised) || !longest(i + a.words, phrase_kind::suffix))
      return 0;
    return suffixed(i, i + a.words + 1);
  }

  // "the High Vorbeck Council for Media (HVC)": an institution's last word opens what it is for.
  void go_on(candidate& c) const {
    const head_rule& head = rules_.heads[c.head];
    if (head.kind != head_kind::named || head.category == "company" || title_case()) return;
    const complement more = complement_of(c.last, head, true, !has_role());
    if (!more.capital) return;
    c.last = static_cast<std::uint32_t>(more.end);
    c.acronym = more.acronym;
    c.place = more.place;
  }

  // --- names of the rules ---

  // "Paris Hilton" is no place, "The National Board" is not the newspaper The National.
  bool begins_longer_name(std::size_t i, const pick& p) const {
    if (p.words > 1 && is(i, small_word::article)) {
      const std::size_t last = capitals(i + 1);
      return last > i + p.words &&
             (longest(last - 1, phrase_kind::suffix) || longest(last - 1, phrase_kind::head));
    }
    if (p.words != 1 || name(p).type == name_type::person || i + 1 >= end_) return false;
    if (!is_word(i + 1) || !words_[i + 1].capital) return false;
    if (words_[i + 1].joined) return is_capital(i + 1) && words_[i + 1].id == 0;
    if (i > begin_ && is(i - 1, small_word::locative)) return false;
    if (name(p).type == name_type::place && longest(i + 1, phrase_kind::suffix)) return true;
    // "told AFP Jane Roe"
    if ((words_[i].capitals || name(p).type == name_type::media) && is_capital(i + 2)) return false;
    const bool known = words_[i + 1].id != 0 &&
                       (known_alone(i + 1) || longest(i + 1, phrase_kind::given) || opens(i + 1) ||
                        is(i + 1, small_word::capitalised) || title_case());
    return !known && !words_[i + 1].capitals;
  }

  // "US Senate": the word that is a place's name, too, only says whose.
  bool qualifies(std::size_t i, const pick& p) const {
    const std::size_t next = i + p.words;
    if (name(p).type == name_type::org && words_[i].capitals && name(p).category != "company") {
      const pick own = is_capital(next) ? accepted_name(next) : pick{}; // "UN Refugee Agency"
      return own && own.words > 1 && name(own).type == name_type::org;
    }
    if (name(p).type != name_type::place) return false;
    if (name(p).category == "country" && is_capital(next) &&
        (i == begin_ || !is(i - 1, small_word::locative))) {
      const pick own = accepted_name(next); // "United States Department of Justice"
      if (own && own.words > 1 && name(own).type == name_type::org) return true;
    }
    if (!longest(i, phrase_kind::adjective)) return false;
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
    if (begins_longer_name(i, p) || qualifies(i, p) || (p.words == 1 && single_letter(i))) return 0;
    if (has_role() && !role_.comma && role_.first + role_.words == i &&
        name(p).category == "city" && p.words == 1) {
      add_person(make(candidate_kind::person, i, i + 1)); // "minister Delmas"
      return i + 1;
    }
    if (name(p).type == name_type::media || name(p).type == name_type::place)
      if (const std::size_t end = behind_expansion(i, i + p.words); end > i + p.words)
        return expanded(i, end);
    candidate c = make(candidate_kind::name, i, i + p.words);
    c.index = p.rule->index;
    c.weak = name(p).doubtful && (title_case() || (opens(i) && !acts_behind(c.last)));
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

  // "Malcolm X", "X-ray", "Article X": not the service, which acts or has something on it.
  bool single_letter(std::size_t i) const {
    if (words_[i].end - words_[i].begin != 1 || i == begin_) return false;
    if (i > begin_ && is_word(i - 1) && words_[i - 1].inside) return true;
    if (i + 1 < end_ && (words_[i + 1].joined || words_[i + 1].begin == words_[i].end) &&
        sign(i + 1) != ',' && sign(i + 1) != '.')
      return true;
    return !(i > begin_ && is(i - 1, small_word::link)) && !acts_behind(i + 1) &&
           !(i + 2 < end_ && sign(i + 1) == ',');
  }

  // What stands at word i tells that a word in front of it that opens the sentence is a name.
  bool acts_behind(std::size_t i) const {
    return is(i, small_word::verb | small_word::have | small_word::be | small_word::no) ||
           verb_at(i) || possessive_at(i) || apposition_closes(i);
  }

  // "MTN Uganda": the company where it is.
  std::size_t behind_country(std::size_t i) const {
    if (title_case() || !is_capital(i)) return i;
    const pick p = accepted_name(i);
    return p && name(p).type == name_type::place ? i + p.words : i;
  }

  void take_acronym(candidate& c) const {
    if (!shortened_at(c.first, c.last)) return;
    c.acronym = c.last + 1;
    c.last += 3;
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
