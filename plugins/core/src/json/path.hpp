// SPDX-License-Identifier: Apache-2.0
// Places inside JSON values: the dotted paths a pipeline writes ("a.b[0].\"c.d\""), and the tree of
// all places that somebody wants, which the scanner walks beside the text. Built once a task;
// read-only afterwards.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace vigie::core {

using json_step = std::variant<std::string, std::int64_t>; // a key, or the number of an item
using json_path = std::vector<json_step>;

// Keys stand between dots, or in double quotes where they hold a dot, a bracket, a quote or nothing
// (`\"` and `\\` inside); [n] is item n of a list, from 0. Throws vigie::error(E_CONFIG) whose
// offset is the byte of the path that is wrong.
[[nodiscard]] json_path parse_json_path(std::string_view path);

class json_wants {
public:
  static constexpr int nobody = -1;

  json_wants() : nodes_(1) {}
  // The value at `path` goes to slot `slot`; several slots may want one place.
  void add(const json_path& path, int slot);

  [[nodiscard]] int root() const { return 0; }
  [[nodiscard]] bool has_keys(int node) const { return node >= 0 && !at(node).keys.empty(); }
  [[nodiscard]] bool has_items(int node) const { return node >= 0 && !at(node).items.empty(); }
  // The node of a key or item below a node, or nobody.
  // Key `next` is tried first; it moves behind the one found, as lines and columns mostly have the
  // same order.
  [[nodiscard]] int below(int node, std::string_view key, std::size_t& next) const {
    const auto& keys = at(node).keys;
    if (next < keys.size() && keys[next].first == key) return keys[next++].second;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i].first != key) continue;
      next = i + 1;
      return keys[i].second;
    }
    return nobody;
  }
  [[nodiscard]] int below(int node, std::int64_t item) const {
    for (const auto& [number, child] : at(node).items)
      if (number == item) return child;
    return nobody;
  }
  // Numbers of items below a node, and their nodes.
  [[nodiscard]] const std::vector<std::pair<std::int64_t, int>>& items(int node) const {
    return at(node).items;
  }
  [[nodiscard]] const std::vector<int>& slots(int node) const { return at(node).slots; }

private:
  struct place {
    std::vector<std::pair<std::string, int>> keys;
    std::vector<std::pair<std::int64_t, int>> items;
    std::vector<int> slots;
  };
  [[nodiscard]] const place& at(int node) const { return nodes_[static_cast<std::size_t>(node)]; }
  int grow(int node, const json_step& step);
  [[nodiscard]] int find(int node, const json_step& step) const;

  std::vector<place> nodes_;
};

} // namespace vigie::core
