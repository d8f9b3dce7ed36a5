// SPDX-License-Identifier: Apache-2.0
// What stands in front of a noun or a relative pronoun and belongs to it.
#include "clause.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_phrase = 8;  // words of an apposition
constexpr std::size_t most_adjectives = 3; // and numbers in front of a noun
using namespace small_word;

} // namespace

objects clause_reader::compound(std::size_t noun) const {
  objects out;
  for (std::size_t k = mentions_.size(); k-- > 0;) {
    const mention_at& m = mentions_[k];
    if (m.last > noun) continue;
    std::size_t at = m.last;
    if (apostrophe(at) && is(at + 1, possessive)) at += 2;
    if (at != noun || !thing_at(m)) return out;
    with_siblings(k, false, out.entities);
    return out;
  }
  return out;
}

std::optional<std::size_t> clause_reader::suffering_verb(std::size_t noun) const {
  std::size_t at = noun, adjectives = 0;
  while (at > 0 && adjectives <= most_adjectives) {
    --at;
    if (is(at, agent | suffering)) return at;
    if (is(at, article | of | dative) || apostrophe(at)) continue;
    if (mark(at) || (rules_.small(words_[at]) & ~count) != 0) return std::nullopt;
    ++adjectives;
  }
  return std::nullopt;
}

// "X that", "X, which", "X, a messaging app that": the name; else the words from the last article
// or number. "officials in X who" are the officials.
objects clause_reader::antecedent(std::size_t relative) const {
  objects out;
  const std::size_t end = relative > 0 && sign(relative - 1) == ',' ? relative - 1 : relative;
  const auto named = [&](std::size_t last) {
    const auto at = std::ranges::find(mentions_, last, &mention_at::last);
    if (at == mentions_.end()) return false;
    const bool place = entities_[static_cast<std::size_t>(at->entity)].type == name_type::place;
    if (place && last == relative && (before(*at) & (locative | of)) != 0) return false;
    with_siblings(static_cast<std::size_t>(at - mentions_.begin()), false, out.entities);
    return true;
  };
  if (named(end)) return out;
  std::size_t at = end;
  while (at > 0 && end - at < longest_phrase && !mark(at - 1) && !is(--at, article | count)) {
  }
  if (is(at, count) && at + 1 < end) out.words = {at, end};
  if (!is(at, article)) return out;
  if (at > 0 && sign(at - 1) == ',' && named(at - 1)) return out;
  out.words = {at + 1, end};
  return out;
}

objects clause_reader::related(std::size_t verb) const {
  const std::size_t begin = clause_begin(verb), group = group_begin(verb);
  if (begin == 0 || begin >= group || !is(begin - 1, that | relative)) return {};
  objects out = antecedent(begin - 1);
  const bool thing =
      !out.entities.empty() && std::ranges::any_of(mentions_, [&](const mention_at& m) {
        return m.entity == out.entities.front() && thing_at(m);
      });
  return thing ? out : objects{};
}

} // namespace vigie::press
