// SPDX-License-Identifier: Apache-2.0
#include "phrase_tree.hpp"

namespace vigie::press {

std::size_t phrase_tree::slot_of(std::uint32_t from, std::uint32_t hash,
                                 std::string_view fold) const {
  const std::size_t mask = edges_.size() - 1;
  std::size_t at = static_cast<std::size_t>(hash + from * 0x9e3779b97f4a7c15U) & mask;
  for (; edges_[at].to != 0; at = (at + 1) & mask) {
    const edge& e = edges_[at];
    if (e.hash == hash && e.from == from && same_bytes(e.fold, fold)) break;
  }
  return at;
}

std::uint32_t phrase_tree::step(std::uint32_t node, std::uint32_t hash,
                                std::string_view fold) const {
  return (nodes_[node].next & bit_of(hash)) == 0 ? 0 : edges_[slot_of(node, hash, fold)].to;
}

std::uint32_t phrase_tree::step_or_add(std::uint32_t node, std::string_view fold) {
  const std::uint32_t hash = short_hash(hash_of(fold));
  std::size_t at = slot_of(node, hash, fold);
  if (edges_[at].to != 0) return edges_[at].to;
  if (2 * (used_ + 1) > edges_.size()) {
    grow();
    at = slot_of(node, hash, fold);
  }
  ++used_;
  edges_[at] = {hash, node, static_cast<std::uint32_t>(nodes_.size()), std::string(fold)};
  nodes_[node].next |= bit_of(hash);
  nodes_.emplace_back();
  return edges_[at].to;
}

void phrase_tree::grow() {
  std::vector<edge> old(2 * edges_.size());
  old.swap(edges_);
  for (edge& e : old)
    if (e.to != 0) edges_[slot_of(e.from, e.hash, e.fold)] = std::move(e);
}

std::optional<phrase_tree::found> phrase_tree::longest(token_view tokens, std::size_t at) const {
  std::optional<found> best;
  std::uint32_t node = root;
  for (std::size_t i = at; i < tokens.size(); ++i) {
    node = step(node, tokens[i].hash, tokens[i].fold);
    if (node == 0) break;
    if (nodes_[node].value != no_value) best = found{nodes_[node].value, i - at + 1};
  }
  return best;
}

bool phrase_tree::has(std::string_view fold) const {
  const std::uint32_t node = step(root, short_hash(hash_of(fold)), fold);
  return node != 0 && nodes_[node].value != no_value;
}

} // namespace vigie::press
