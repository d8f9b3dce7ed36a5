// SPDX-License-Identifier: Apache-2.0
#include "name_words.hpp"

#include "acronym.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_complement = 24; // words behind the first one of an institution
constexpr std::size_t most_links = 5;          // small words in a row inside of it
constexpr std::size_t most_unlike = 3;         // words before letters that are none of theirs
constexpr std::size_t most_items = 6;          // of a list of what an institution is for
constexpr std::size_t longest_item = 6;        // words of one

} // namespace

bool name_words::follows_of(std::size_t i) const {
  for (std::size_t at = i; at > begin_; --at) {
    if (is(at - 1, small_word::of | small_word::link)) return true; // "du" is an article, too
    if (!is(at - 1, small_word::article) && !apostrophe(at - 1)) return false;
  }
  return false;
}

complement name_words::complement_of(std::size_t i, const head_rule& head, bool proper,
                                     bool free) const {
  complement out;
  out.begin = out.end = i;
  std::size_t at = i;
  std::size_t links = 0;
  while (at < end_ && at < i + longest_complement && links < most_links) {
    if (acronym_at(at)) {
      out.acronym = static_cast<std::uint32_t>(at + 1);
      out.end = at + 3;
      break;
    }
    if (const std::size_t n = take_complement(at, head, proper, free, out)) {
      at += n;
      out.end = at;
      links = 0;
      continue;
    }
    // "the ministry on the networks": an authority in lower case is named by what it is of.
    if (!proper && !head.category.empty() && is(at, small_word::link) &&
        is(at + 1, small_word::article) && !is(at + 1, small_word::of))
      break;
    const std::uint32_t links_of = head.kind == head_kind::alone || head.kind == head_kind::group
                                       ? small_word::of | small_word::article
                                       : small_word::of | small_word::article | small_word::link;
    const bool joins = (is(at, links_of) && !is(at, small_word::conjunction)) || apostrophe(at) ||
                       conjoins(at, proper, out) || lists(at, proper, out);
    if (!joins) break;
    ++at;
    ++links;
  }
  return out;
}

bool name_words::shortened_at(std::size_t first, std::size_t i) const {
  if (acronym_at(i)) return true;
  if (i + 2 >= end_ || sign(i) != '(' || !is_capital(i + 1) || sign(i + 2) != ')') return false;
  return abbreviates(body_, words_[i + 1], words_.subspan(first, i - first));
}

void name_words::reach_acronym(std::size_t first, complement& out) const {
  if (out.acronym != 0) return;
  const std::size_t limit = std::min(end_, out.end + longest_complement);
  for (std::size_t at = out.end; at < limit; ++at) {
    if (sign(at) == '(') {
      if (at + 2 >= end_ || !is_capital(at + 1) || sign(at + 2) != ')') return;
      const pick known = accepted_name(at + 1); // letters that are no longer those of the words
      const bool org = at < out.end + most_unlike && known && known.words == 1 &&
                       name(known).type == name_type::org;
      if (!org && !abbreviates(body_, words_[at + 1], words_.subspan(first, at - first))) return;
      out.acronym = static_cast<std::uint32_t>(at + 1);
      out.end = at + 3;
      return;
    }
    if (!is_word(at) && !apostrophe(at) && sign(at) != ',') return;
    if (is(at, small_word::be | small_word::have | small_word::relative)) return;
  }
}

// Behind the small words in front of a noun: "de l'", "of the".
std::size_t name_words::behind_small(std::size_t i) const {
  while (is(i, small_word::of | small_word::article) || apostrophe(i)) ++i;
  return i;
}

// What an institution may be for, and nothing that has a name of its own.
bool name_words::begins_item(std::size_t i) const {
  return (is_capital(i) || longest(i, phrase_kind::topic)) && !accepted_name(i) &&
         !longest(i, phrase_kind::head) && !(is_word(i) && words_[i].capitals);
}

// "Trade and Industry", "de la Culture et de la Communication", but not "and the Y Board".
bool name_words::conjoins(std::size_t at, bool proper, const complement& out) const {
  if (!is(at, small_word::conjunction) || out.end != at || out.end == out.begin) return false;
  const std::size_t next = at + 1;
  if (is(next, small_word::of))
    return (out.capital || out.topic) && begins_item(behind_small(next));
  if (is(next, small_word::article) || !begins_item(next)) return false;
  if (!proper) return bool(longest(next, phrase_kind::topic));
  std::size_t last = next + 1;
  while (is_capital(last)) ++last;
  return last == next + 1 || !longest(last - 1, phrase_kind::suffix);
}

// ", de l'Innovation et de l'Aérospatiale": a list of what an institution is for, to its end.
bool name_words::lists(std::size_t at, bool proper, const complement& out) const {
  if (at >= end_ || sign(at) != ',' || out.end != at || (!out.capital && !out.topic)) return false;
  const bool prepositions = is(at + 1, small_word::of);
  if (!prepositions && (!proper || !longest(at + 1, phrase_kind::topic))) return false;
  for (std::size_t n = 0; n < most_items; ++n) {
    if (prepositions != is(at + 1, small_word::of)) return false;
    at = behind_small(at + 1);
    if (!begins_item(at)) return false;
    for (std::size_t k = 0; k < longest_item && (is_word(at) || apostrophe(at)); ++k, ++at) {
      if (is(at, small_word::be | small_word::have | small_word::relative)) return false;
      if (is(at, small_word::conjunction))
        return prepositions == is(at + 1, small_word::of) && begins_item(behind_small(at + 1));
    }
    if (at >= end_ || sign(at) != ',') return false;
  }
  return false;
}

// "the Agency for exchange of data": what a capital opened goes on with any noun.
bool name_words::goes_on(std::size_t at, const head_rule& head, bool proper) const {
  return proper && head.kind == head_kind::named && is_word(at) && !is_capital(at) &&
         follows_of(at) && rules_.small(words_[at]) == 0 && !longest(at, phrase_kind::verb);
}

// "Plumes sans frontières"
bool name_words::goes_without(std::size_t at) const {
  return is(at, small_word::without) && is_word(at + 1) && !is_capital(at) && is_capital(at - 1) &&
         !is(at + 1, small_word::article | small_word::of | small_word::pronoun);
}

// "Observatoire des données ouvertes": an adjective behind a plural is one, too.
bool name_words::agrees(std::size_t at, bool proper) const {
  return proper && is_word(at) && !is_capital(at) && words_[at].id == 0 && is_word(at - 1) &&
         !is_capital(at - 1) && rules_.plural(spelled(at - 1)) && rules_.plural(spelled(at));
}

// "the court of the district X": the words of the district.
std::size_t name_words::place_inside(std::size_t i) const {
  const pick h = follows_of(i) ? longest(i, phrase_kind::head) : pick{};
  if (!h || rules_.heads[h.rule->index].kind != head_kind::intro ||
      rules_.heads[h.rule->index].type != name_type::place)
    return 0;
  std::size_t at = i + h.words;
  while (is(at, small_word::of | small_word::article) || (at < end_ && apostrophe(at))) ++at;
  if (!is_capital(at)) return 0;
  while (is_capital(at)) ++at;
  return at - i;
}

std::size_t name_words::take_complement(std::size_t at, const head_rule& head, bool proper,
                                        bool free, complement& out) const {
  if (is(at, small_word::capitalised) && is(at - 1, small_word::link) && !is_capital(at + 1))
    return 0; // "a court on Friday"
  if (const pick a = longest(at, phrase_kind::adjective)) {
    if (out.place == nullptr) out.place = &name(a);
    return a.words;
  }
  if (head.kind == head_kind::group) return 0; // "officials of X": X is named beside them
  if (const pick n = accepted_name(at); n && follows_of(at)) {
    const name_rule& r = name(n);
    if (r.type != name_type::place && r.type != name_type::org) return 0;
    if (r.type == name_type::place && out.place == nullptr) out.place = &r;
    out.capital = true;
    std::size_t count = n.words; // "the university of Lyon-Confluence"
    while (is_capital(at + count) && words_[at + count].joined) ++count;
    return count;
  }
  if (out.capital && goes_without(at)) return 2;
  if (const pick t = longest(at, phrase_kind::topic)) {
    out.topic = true;
    out.capital = out.capital || (words_[at].capital && proper);
    return t.words;
  }
  if (head.kind == head_kind::alone) return 0;
  if (const std::size_t n = place_inside(at)) {
    out.capital = true;
    return n;
  }
  if (at == out.begin && !proper && is_capital(at) && longest(at, phrase_kind::head)) {
    out.capital = true; // "the organisation Network without Borders"
    return 1;
  }
  if (const pick h = longest(at, phrase_kind::head); h && out.end > 0 && follows_of(at)) {
    const head_kind inner = rules_.heads[h.rule->index].kind;
    return inner == head_kind::named || proper ? h.words : 0;
  }
  if (goes_on(at, head, proper) || agrees(at, proper)) {
    out.topic = true;
    return 1;
  }
  const bool runs_on = at == out.begin || (words_[at - 1].capital && free);
  const pick inner = longest(at, phrase_kind::name); // "the group Human Constanta"
  const bool foreign =
      inner && (at == out.begin || !runs_on || name(inner).type != name_type::place);
  // "l'hôpital Anne Vorbeck": some houses are called after people
  const bool after_person = head.category == "house" && at == out.begin && is_capital(at + 1);
  if (!is_capital(at) || foreign || longest(at, phrase_kind::title) ||
      longest(at, phrase_kind::role) ||
      (longest(at, phrase_kind::given) && !after_person && !words_[at].joined))
    return 0;
  if (!follows_of(at) && !runs_on) return 0;
  out.capital = true;
  return 1;
}

scanned_text scan_sentences(std::string_view body, std::span<const body_sentence> sentences,
                            const reading_rules& rules) {
  scanned_text out;
  out.words.reserve(body.size() / 4);
  out.first.reserve(sentences.size() + 1);
  for (const body_sentence& s : sentences) {
    out.first.push_back(static_cast<std::uint32_t>(out.words.size()));
    scan_words(body, s.begin, s.end, rules.words, out.words);
  }
  out.first.push_back(static_cast<std::uint32_t>(out.words.size()));
  return out;
}

} // namespace vigie::press
