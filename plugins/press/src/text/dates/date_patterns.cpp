// SPDX-License-Identifier: Apache-2.0
#include "date_patterns.hpp"

#include <algorithm>
#include <utility>

namespace vigie::press {

std::uint32_t date_patterns::step(std::vector<edge>& edges, const phrase_element& element) {
  const auto same = [&](const edge& e) { return e.element == element; };
  if (const auto known = std::find_if(edges.begin(), edges.end(), same); known != edges.end())
    return known->to;
  const auto fresh = static_cast<std::uint32_t>(nodes_.size());
  const auto rank = [](const phrase_element& e) {
    return std::pair(e.what == slot::none, e.what == slot::none ? e.hash : 0U);
  };
  const auto place = std::ranges::upper_bound(edges, rank(element), {},
                                              [&](const edge& e) { return rank(e.element); });
  edges.insert(place, {element, fresh});
  nodes_.emplace_back(); // may move the vector that `edges` is a part of
  return fresh;
}

void date_patterns::add(date_pattern pattern) {
  const phrase_element& first = pattern.elements.front();
  const bool word = first.what == slot::none;
  if (!word) first_slots_ |= slot_bit(first.what);
  std::uint32_t at = step(word ? by_word_[first.hash % by_word_.size()] : by_slot_, first);
  for (std::size_t i = 1; i < pattern.elements.size(); ++i) {
    const phrase_element& e = pattern.elements[i];
    if (e.what == slot::none)
      nodes_[at].words |= word_bit(e.hash);
    else
      nodes_[at].slots |= slot_bit(e.what);
    const std::size_t known = nodes_[at].next.size();
    const std::uint32_t to = step(nodes_[at].next, e);
    if (e.what != slot::none && nodes_[at].next.size() > known) ++nodes_[at].slot_edges;
    at = to;
  }
  if (!nodes_[at].pattern) nodes_[at].pattern = static_cast<std::uint32_t>(all_.size());
  all_.push_back(std::move(pattern));
}

void date_patterns::add_clock(date_pattern clock) {
  const phrase& e = clock.elements;
  const bool slot_first = e.front().what != slot::none;
  const slot first = e.front().what;
  const bool digits = first == slot::hour || first == slot::minute || first == slot::second;
  clock_has_words_ = clock_has_words_ || (slot_first && !digits);
  const bool word_behind = e.size() > 1 && e[1].what == slot::none;
  if (slot_first && word_behind) clock_seconds_ |= word_bit(e[1].hash);
  if (slot_first && !word_behind) clock_seconds_ = ~std::uint64_t{0};
  clocks_.push_back(std::move(clock));
}

} // namespace vigie::press
