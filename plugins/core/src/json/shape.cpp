// SPDX-License-Identifier: Apache-2.0
#include "json/shape.hpp"

#include <algorithm>

namespace vigie::core {

json_shape* json_shapes::below(json_spot& spot) {
  if (spot.shape == nullptr) spot.shape = make(spot.node);
  return spot.shape;
}

std::uint32_t json_shapes::key(json_shape& shape, std::uint32_t before, std::string_view name,
                               std::string_view piece) {
  const auto found = shape.numbers.find(name);
  auto number = static_cast<std::uint32_t>(shape.keys.size());
  if (found != shape.numbers.end()) {
    number = found->second;
  } else {
    if (number > json_shape::most_keys || keys_ >= most_keys) {
      shape.open = true;
      return 0;
    }
    ++keys_;
    std::size_t next = 0;
    const bool wanted = wants_->has_keys(shape.node);
    const int node = wanted ? wants_->below(shape.node, name, next) : json_wants::nobody;
    shape.numbers.emplace(name, number);
    shape.keys.emplace_back().spot = spot_of(node);
  }
  shape.keys[number].learn(piece);
  auto& follow = shape.keys[before].follow;
  follow = {number, follow[0]};
  return number;
}

json_shape* json_shapes::make(int node) {
  if (shapes_.size() >= most_shapes) return nullptr;
  json_shape& made = shapes_.emplace_back();
  made.node = node;
  if (node == json_wants::nobody) return &made;
  for (const auto& [number, child] : wants_->items(node))
    made.wanted_items.emplace_back(number, spot_of(child));
  std::sort(made.wanted_items.begin(), made.wanted_items.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return &made;
}

json_spot json_shapes::spot_of(int node) const {
  json_spot spot{.node = node};
  if (node == json_wants::nobody) return spot;
  const std::vector<int>& slots = wants_->slots(node);
  if (!slots.empty()) spot.slot = slots.front();
  spot.more_slots = slots.size() > 1;
  return spot;
}

} // namespace vigie::core
