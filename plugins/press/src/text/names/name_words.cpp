// SPDX-License-Identifier: Apache-2.0
#include "name_words.hpp"

namespace vigie::press {
namespace {

constexpr std::size_t longest_complement = 24; // words behind the first one of an institution

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
  while (at < end_ && at < i + longest_complement && links < 4) {
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
    const bool joins = is(at, links_of) || apostrophe(at) ||
                       (is(at, small_word::conjunction) && proper && out.end == at && out.end > i &&
                        !accepted_name(at + 1));
    if (!joins) break;
    ++at;
    ++links;
  }
  return out;
}

// "the Agency for exchange of data": what a capital opened goes on with any noun.
bool name_words::goes_on(std::size_t at, const head_rule& head, bool proper) const {
  return proper && head.kind == head_kind::named && is_word(at) && !is_capital(at) &&
         follows_of(at) && rules_.small(words_[at]) == 0 && !longest(at, phrase_kind::verb);
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
    return inner == head_kind::named || (inner == head_kind::group && proper) ? h.words : 0;
  }
  if (goes_on(at, head, proper)) {
    out.topic = true;
    return 1;
  }
  const bool runs_on = at == out.begin || (words_[at - 1].capital && free);
  const pick inner = longest(at, phrase_kind::name); // "the group Human Constanta"
  const bool foreign =
      inner && (at == out.begin || !runs_on || name(inner).type != name_type::place);
  if (!is_capital(at) || foreign || longest(at, phrase_kind::title) ||
      longest(at, phrase_kind::role) || longest(at, phrase_kind::given))
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
