// SPDX-License-Identifier: Apache-2.0
#include "presented_names.hpp"

#include <bit>

namespace vigie::press {
namespace {

constexpr std::size_t farthest = 6;       // words from what a thing is to its name
constexpr std::size_t most_items = 8;     // of a list
constexpr std::size_t longest_called = 5; // words of "known under the name of"

} // namespace

// Where the words that say how something is called begin, which end in front of word i; i itself
// where none do. "a campaign, known as X", "a program that it calls X"
std::size_t presented_names::behind_called(std::size_t i) const {
  std::size_t at = i;
  if (i > begin_ && is(i - 1, small_word::called)) --at;
  constexpr auto called = static_cast<std::uint32_t>(std::countr_zero(small_word::called));
  for (std::size_t n = 2; at == i && n <= longest_called && i >= begin_ + n; ++n) {
    const pick p =
        longest(i - n, bit(phrase_kind::grammar), [&](const phrase_rule& r, std::size_t count) {
          return r.kind == phrase_kind::grammar && r.index == called && count == n;
        });
    if (p) at = i - n;
  }
  if (at == i) return i;
  constexpr small_bits between = small_word::pronoun | small_word::that | small_word::relative |
                                 small_word::be | small_word::have;
  while (at > begin_ && (is(at - 1, between) || sign(at - 1) == ',' || apostrophe(at - 1))) --at;
  return at;
}

// The nearest words before word i that say what bears a name, with what belongs to them; of
// `described` ones only such as are definite or several.
pick presented_names::kind_before(std::size_t i, bool described) const {
  for (std::size_t n = 1; n <= farthest && i >= begin_ + n; ++n) {
    const std::size_t at = i - n;
    if (!is_word(at) && !apostrophe(at)) return {};
    if (is(at, small_word::be | small_word::have | small_word::verb | small_word::relative))
      return {};
    const pick h = longest(at, phrase_kind::head);
    if (!h) {
      if (words_[at].inside && !longest(at, phrase_kind::adjective) && !accepted_name(at))
        return {};
      continue;
    }
    const head_rule& head = rules_.heads[h.rule->index];
    if (at + h.words > i || head.category == "people") return {};
    const bool company =
        head.category == "company" || head.type == name_type::media || head.category == "society";
    const bool told = head.kind == head_kind::intro ? head.type != name_type::place || !described
                                                    : company && head.kind != head_kind::alone;
    if (!told) return {};
    if (!described) return h;
    std::size_t front = at;
    while (front > begin_ && apostrophe(front - 1)) --front;
    const bool several = rules_.plural(spelled(at + h.words - 1));
    const bool definite = front > begin_ && is(front - 1, small_word::definite);
    return several || definite ? h : pick{};
  }
  return {};
}

// "the host, X, did not answer", "two carriers of the country, X and Y,"
pick presented_names::apposed_kind(std::size_t first, std::size_t last) const {
  if (first < begin_ + 3 || sign(first - 1) != ',') return {};
  const pick h = kind_before(first - 1, true);
  if (!h) return {};
  std::size_t at = last;
  bool conjunction = false;
  for (std::size_t n = 0; n < most_items && at < end_; ++n) { // over the other names of a list
    const std::size_t next = next_item(at, conjunction);
    if (next == at || !is_capital(next)) break;
    at = std::max(capitals(next), next + 1);
  }
  const bool list = at > last;
  const bool ends = at >= end_ || sign(at) == ',' || sign(at) == '.' || sign(at) == ')';
  if (list) return conjunction && rules_.heads[h.rule->index].kind != head_kind::alone ? h : pick{};
  const std::size_t next = at + 1;
  const bool closes = at >= end_ || sign(at) != ',' ||
                      is(next, small_word::verb | small_word::have | small_word::be |
                                   small_word::no | small_word::of | small_word::against) ||
                      verb_at(next) || speaks(next);
  return ends && closes ? h : pick{};
}

std::optional<candidate> presented_names::presented(std::size_t first, std::size_t last) const {
  if (title_case()) return std::nullopt;
  pick h;
  const std::size_t front = opens(first) && first > begin_ ? first - 1 : first; // called "X"
  if (const std::size_t called = behind_called(front); called != front)
    h = kind_before(called, false);
  else
    h = apposed_kind(first, last);
  if (!h) return std::nullopt;
  candidate c = make(candidate_kind::thing, first, last);
  const head_rule& head = rules_.heads[h.rule->index];
  c.type = head.kind == head_kind::group ? name_type::org : head.type;
  c.head = h.rule->index;
  return c;
}

} // namespace vigie::press
