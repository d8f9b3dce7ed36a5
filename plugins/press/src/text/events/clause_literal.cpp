// SPDX-License-Identifier: Apache-2.0
// Which words of a clause may stand for a side of an event that no name tells.
#include "clause.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_literal = 8; // words, small ones apart
using namespace small_word;

} // namespace

// Whether the words begin as a noun phrase does: behind an article or a number, with one, with a
// capital inside of a sentence, with a plural, or with a word of the field.
bool clause_reader::opens_noun(word_range w) const {
  std::size_t at = w.first;
  while (at > 0 && apostrophe(at - 1)) --at;
  if (is(w.first, article | count) || words_[w.first].kind == token_kind::number) return true;
  if (at > 0 && (is(at - 1, article | count | possessive) || counted_[at - 1] != 0)) return true;
  if (words_[w.first].capital && w.first > 0 && !mark(w.first - 1)) return true;
  if (rules_.small(words_[w.first]) != 0) return false;
  for (std::size_t i = w.first; i < w.last; ++i)
    if (rules_.plural(body_.substr(words_[i].begin, words_[i].end - words_[i].begin))) return true;
  return std::ranges::any_of(
      contexts_, [&](const rule_at& c) { return c.first >= w.first && c.first < w.last; });
}

bool clause_reader::full(std::size_t i) const { return !mark(i) && !is(i, article | of); }

// The words' end, or a verb that goes on behind them, or where they run on for too long the last
// preposition.
std::size_t clause_reader::phrase_end(word_range w) const {
  std::size_t count = 0, end = w.first;
  for (std::size_t i = w.first; i < w.last; ++i) {
    if (i > w.first && is(i, of | link | locative | against)) end = i;
    if (i > w.first && i + 1 < w.last && is(i, verb)) return i;
    if (full(i) && ++count > longest_literal) return end;
  }
  return w.last;
}

std::string clause_reader::literal(word_range w, bool subject) const {
  if (w.empty() || w.last > words_.size()) return {};
  while (w.first < w.last && is(w.first, article) && w.first + 1 < w.last) ++w.first;
  if (!subject) w.last = phrase_end(w);
  if (w.empty() || !opens_noun(w)) return {};
  constexpr small_bits clause =
      have | be | pronoun | relative | that | condition | reader | opener | conjunction | no;
  std::size_t count = 0;
  for (std::size_t i = w.first; i < w.last; ++i) {
    if (is(i, clause) || (subject && i > w.first && is(i, verb))) return {};
    if (mark(i) && !apostrophe(i) && !grouped(i)) return {};
    if (full(i)) ++count;
  }
  return count > longest_literal ? std::string() : text(w);
}

bool clause_reader::speaks(word_range w, std::string_view context) const {
  return std::ranges::any_of(contexts_, [&](const rule_at& c) {
    return c.first >= w.first && c.last <= w.last && rules_.contexts[c.rule->index] == context;
  });
}

} // namespace vigie::press
