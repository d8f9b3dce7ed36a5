// SPDX-License-Identifier: Apache-2.0
#include "phrase_table.hpp"

namespace vigie::press {
namespace {

std::uint64_t key_of(std::uint32_t node, word_id id) { return (std::uint64_t{node} << 32) | id; }

std::uint32_t bit_of(word_id id) { return 1u << (id * 0x9e3779b9u >> 27); }

} // namespace

phrase_table::phrase_table() : edges_(1024), nodes_(1), links_(1) {}

std::size_t phrase_table::slot_of(std::uint64_t key) const {
  const std::size_t mask = edges_.size() - 1;
  std::size_t at = static_cast<std::size_t>((key * 0x9e3779b97f4a7c15u) >> 32) & mask;
  while (edges_[at].key != 0 && edges_[at].key != key) at = (at + 1) & mask;
  return at;
}

std::uint32_t phrase_table::step(std::uint32_t node, word_id id) const {
  if ((nodes_[node].next & bit_of(id)) == 0) return 0;
  const edge& e = edges_[slot_of(key_of(node, id))];
  return e.key != 0 ? e.node : 0;
}

std::uint32_t phrase_table::step_or_add(std::uint32_t node, word_id id) {
  if (node == 0) {
    if (roots_.size() <= id) roots_.resize(id + 1);
    if (roots_[id] == 0) {
      roots_[id] = static_cast<std::uint32_t>(nodes_.size());
      nodes_.emplace_back();
    }
    return roots_[id];
  }
  if ((used_ + 1) * 2 > edges_.size()) grow();
  edge& e = edges_[slot_of(key_of(node, id))];
  if (e.key != 0) return e.node;
  e = {key_of(node, id), static_cast<std::uint32_t>(nodes_.size())};
  nodes_[node].next |= bit_of(id);
  nodes_.emplace_back();
  ++used_;
  return e.node;
}

void phrase_table::grow() {
  std::vector<edge> old(edges_.size() * 2);
  old.swap(edges_);
  for (const edge& e : old)
    if (e.key != 0) edges_[slot_of(e.key)] = e;
}

bool phrase_table::add(std::span<const word_id> phrase, std::uint32_t value) {
  if (phrase.empty() || phrase.size() > longest) return false;
  std::uint32_t node = 0;
  for (const word_id id : phrase) node = step_or_add(node, id);
  std::uint32_t last = 0;
  for (std::uint32_t l = nodes_[node].values; l != 0; l = links_[l].next) {
    if (links_[l].value == value) return true;
    last = l;
  }
  const auto fresh = static_cast<std::uint32_t>(links_.size());
  links_.push_back({value, 0});
  (last == 0 ? nodes_[node].values : links_[last].next) = fresh;
  return true;
}

std::size_t phrase_table::matches(std::span<const word> words, std::size_t at,
                                  std::span<match, longest> out) const {
  const word_id first = words[at].id;
  if (first == 0 || first >= roots_.size()) return 0;
  std::size_t count = 0;
  std::uint32_t node = roots_[first];
  for (std::size_t i = at + 1; node != 0; ++i) {
    if (nodes_[node].values != 0) out[count++] = {i - at, node};
    if (i >= words.size() || words[i].id == 0) break;
    node = step(node, words[i].id);
  }
  return count;
}

} // namespace vigie::press
