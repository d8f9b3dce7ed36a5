// SPDX-License-Identifier: Apache-2.0
#include "clause.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::uint32_t wanted = (1u << static_cast<unsigned>(phrase_kind::noun)) |
                                 (1u << static_cast<unsigned>(phrase_kind::verb)) |
                                 (1u << static_cast<unsigned>(phrase_kind::grammar)) |
                                 (1u << static_cast<unsigned>(phrase_kind::context));
constexpr std::size_t longest_group = 6; // auxiliaries, negations and adverbs before a verb
using namespace small_word;

// What a mark is, whatever it is written with.
char sign_of(std::string_view s) {
  if (s.size() == 1) return s[0];
  if (s == "\xe2\x80\x99") return '\'';
  if (s == "«" || s == "“") return '<';
  if (s == "»" || s == "”") return '>';
  if (s == "–" || s == "—") return '-';
  return '?';
}

} // namespace

bool clause_reader::apostrophe(std::size_t i) const { return sign(i) == '\''; }

bool clause_reader::plural(std::size_t i) const {
  const word& w = words_[i];
  return w.kind == token_kind::word && rules_.small(w) == 0 &&
         rules_.plural(body_.substr(w.begin, w.end - w.begin));
}

std::string clause_reader::text(std::size_t first, std::size_t last) const {
  if (first >= last) return {};
  return std::string(body_.substr(words_[first].begin, words_[last - 1].end - words_[first].begin));
}

// Marks the words that lie in the spans, which are in text order.
void clause_reader::mark_words(const body_sentence& s, std::span<const text_mark> spans,
                               std::vector<char>& out) const {
  out.assign(words_.size() + 1, 0);
  std::size_t at = 0;
  for (const text_mark& m : spans) {
    if (m.begin >= s.end) break;
    while (at < words_.size() && words_[at].end <= m.begin) ++at;
    for (; at < words_.size() && words_[at].begin < m.end; ++at) out[at] = 1;
  }
}

void clause_reader::read(const body_sentence& s, std::span<const mention_at> mentions,
                         std::span<const text_mark> dates, std::span<const text_mark> figures) {
  remember_context();
  words_.clear();
  scan_words(body_, s.begin, s.end, rules_.words, words_);
  signs_.assign(words_.size(), '\0');
  for (std::size_t i = 0; i < words_.size(); ++i)
    if (const word& w = words_[i]; w.kind == token_kind::mark)
      signs_[i] = sign_of(body_.substr(w.begin, w.end - w.begin));
  mark_words(s, dates, dated_);
  mark_words(s, figures, counted_);
  mentions_.clear();
  std::size_t at = 0;
  for (mention_at m : mentions) { // bytes become words
    while (at < words_.size() && words_[at].end <= m.first) ++at;
    const std::size_t end = m.last;
    m.first = at;
    while (at < words_.size() && words_[at].begin < end) ++at;
    m.last = at;
    if (m.first < m.last && !in_compound(m)) mentions_.push_back(m);
  }
  drop_dateline();
  quoted_.assign(words_.size() + 1, 0);
  bool inside = begins_quoted(s);
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const char c = sign(i);
    if (c == '<') inside = true;
    if (c == '>') inside = false;
    if (c == '"') inside = !inside;
    quoted_[i] = inside ? 1 : 0;
  }
  quote_open_ = inside;
  read_to_ = s.end;
  scan_rules();
  find_opening();
  find_sayings();
}

// A pronoun means what the sentence before told of.
void clause_reader::remember_context() {
  before_.clear();
  for (const rule_at& c : contexts_) before_.push_back(c.rule->index);
  named_before_ = 0;
  for (const mention_at& m : mentions_)
    named_before_ |= set_of(entities_[static_cast<std::size_t>(m.entity)].type);
}

// "the Lyon-based operator": part of an adjective.
bool clause_reader::in_compound(const mention_at& m) const {
  return m.last < words_.size() && words_[m.last].joined && !words_[m.last].capital;
}

// "Paris - Les opérateurs ont", "LYON, 3 June (AFP) - The operators have": where a report is from
// is no part of its first sentence.
void clause_reader::drop_dateline() {
  std::size_t at = 0, names = 0;
  const auto ends = [&] { return sign(at) == '-' && (parts(at) || behind_bracket(at)); };
  while (at < words_.size() && !ends()) {
    const bool name = names < mentions_.size() && mentions_[names].first == at;
    if (name && !of_dateline(mentions_[names])) return;
    if (!name && !mark(at) && dated_[at] == 0) return;
    at = name ? mentions_[names++].last : at + 1;
  }
  const bool begins = at > 0 && at + 1 < words_.size() && words_[at + 1].capital;
  if (begins)
    mentions_.erase(mentions_.begin(), mentions_.begin() + static_cast<std::ptrdiff_t>(names));
}

bool clause_reader::of_dateline(const mention_at& m) const {
  const name_type type = entities_[static_cast<std::size_t>(m.entity)].type;
  return type == name_type::place || type == name_type::media;
}

// Whether a quotation that began before goes on: one that was left open on the same line, or one
// that is closed here before any opens.
bool clause_reader::begins_quoted(const body_sentence& s) const {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (sign(i) == '<') break;
    if (sign(i) == '>') return true;
  }
  return quote_open_ && s.begin >= read_to_ &&
         body_.substr(read_to_, s.begin - read_to_).find('\n') == std::string_view::npos;
}

void clause_reader::scan_rules() {
  for (auto* list : {&triggers_, &contexts_, &modals_, &speeches_, &according_}) list->clear();
  phrase_bits_.assign(words_.size(), 0);
  std::array<phrase_table::match, phrase_table::longest> found;
  std::size_t next = 0;
  std::size_t free = 0; // no trigger begins before it
  for (std::size_t i = 0; i < words_.size(); ++i) {
    while (next < mentions_.size() && mentions_[next].last <= i) ++next;
    const bool named = next < mentions_.size() && mentions_[next].first <= i;
    if (!rules_.begins(words_[i], wanted)) continue;
    const std::size_t n = rules_.phrases.matches(words_, i, found);
    std::size_t longest = 0;
    for (std::size_t k = n; k-- > 0;) {
      rules_.phrases.any(found[k], [&](std::uint32_t value) {
        const phrase_rule& r = rules_.rules[value];
        const bool triggers =
            r.kind == phrase_kind::noun ||
            (r.kind == phrase_kind::verb && rules_.verbs[r.index].use == verb_use::trigger);
        if (named && (r.kind == phrase_kind::verb || r.kind == phrase_kind::noun)) return false;
        if (r.kind == phrase_kind::context && named && !tells_context(mentions_[next]))
          return false;
        if (triggers && (i < free || longest > found[k].words)) return false;
        if (triggers) longest = found[k].words;
        take(i, found[k].words, r);
        return false;
      });
    }
    if (longest > 0) free = std::max(free, i + longest);
  }
}

// "police du réseau" tells nothing of a network.
bool clause_reader::tells_context(const mention_at& m) const {
  const name_type type = entities_[static_cast<std::size_t>(m.entity)].type;
  return type == name_type::service || type == name_type::technology ||
         type == name_type::product || type == name_type::group;
}

void clause_reader::take(std::size_t first, std::size_t words, const phrase_rule& r) {
  const rule_at at{first, first + words, &r};
  switch (r.kind) {
  case phrase_kind::noun: triggers_.push_back(at); return;
  case phrase_kind::context: contexts_.push_back(at); return;
  case phrase_kind::grammar:
    phrase_bits_[first + words - 1] |= small_bits{1} << r.index;
    if (small_bits{1} << r.index == according) according_.push_back(at);
    return;
  case phrase_kind::verb: break;
  default: return;
  }
  switch (rules_.verbs[r.index].use) {
  case verb_use::trigger: triggers_.push_back(at); return;
  case verb_use::speech: speeches_.push_back(at); return;
  case verb_use::modal:
    if (dated_[first] == 0) modals_.push_back(at); // "in May 2012"
    return;
  default: return;
  }
}

// "les ont retirées", "l'accuse": an object pronoun in front of an auxiliary, or of a verb behind
// its subject; where a language has articles that look so, elsewhere it is one.
bool clause_reader::object_before(std::size_t at, std::size_t verb) const {
  if (!is(at, object_pronoun) || is(at, pronoun)) return false;
  if (is(verb, have | be)) return true;
  return at > 0 && (is(at - 1, pronoun | no | relative) ||
                    std::ranges::find(mentions_, at, &mention_at::last) != mentions_.end());
}

std::optional<std::size_t> clause_reader::object_pronoun_of(std::size_t verb) const {
  for (std::size_t i = group_begin(verb); i < verb; ++i)
    if (object_before(i, apostrophe(i + 1) ? i + 2 : i + 1)) return i;
  return std::nullopt;
}

std::size_t clause_reader::group_begin(std::size_t verb) const {
  std::size_t first = verb;
  for (std::size_t i = verb; i > 0 && verb - i < longest_group; --i) {
    const std::size_t at = i - 1;
    if (mark(at) && !apostrophe(at)) break;
    if (object_before(at, apostrophe(at + 1) ? at + 2 : at + 1)) {
      first = at;
      continue;
    }
    if (is(at, article | locative | that | relative | agent | conjunction | against) ||
        std::ranges::any_of(mentions_,
                            [&](const mention_at& m) { return m.first <= at && at < m.last; }))
      break;
    const bool modal = std::ranges::any_of(modals_, [&](const rule_at& m) { return m.last == i; });
    if (is(at, of) && !modal && first < verb) break; // "est accusé d'avoir bloqué"
    if (is(at, have | be | no | pronoun) || modal) first = at;
  }
  return first;
}

std::size_t clause_reader::clause_begin(std::size_t i) const {
  while (i > 0 && !is(i - 1, that | relative) && sign(i - 1) != ';' && sign(i - 1) != ':') --i;
  return i;
}

std::size_t clause_reader::clause_end(std::size_t i) const {
  while (i < words_.size() && !is(i, that | relative) && sign(i) != ';' && sign(i) != ':') ++i;
  return i;
}

bool clause_reader::oblique(const mention_at& m) const {
  return (before(m) & (agent | against | of | locative | according | link)) != 0;
}

std::uint8_t clause_reader::moods(const rule_at& r) const {
  if (r.rule->kind != phrase_kind::verb) return 0;
  return words_[r.last - 1].accent ? r.rule->accented : r.rule->plain;
}

} // namespace vigie::press
