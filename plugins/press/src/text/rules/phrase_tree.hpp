// SPDX-License-Identifier: Apache-2.0
// The phrases of one word class as a tree of words: the longest one that starts at a token is found
// with one look-up a token. Filled while the lexicon is read, then only read: any thread.
#pragma once

#include "text/words/tokens.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

class phrase_tree {
public:
  struct found {
    std::uint32_t value = 0;
    std::size_t tokens = 0;
  };

  // The node behind one more word; `root` stands before the first.
  static constexpr std::uint32_t root = 0;
  std::uint32_t step_or_add(std::uint32_t node, std::string_view fold);
  // A phrase ends at the node; the last value set counts.
  void set(std::uint32_t node, std::uint32_t value) { nodes_[node].value = value; }

  [[nodiscard]] std::optional<found> longest(token_view tokens, std::size_t at) const;
  // Whether the word alone is a phrase.
  [[nodiscard]] bool has(std::string_view fold) const;

private:
  static constexpr std::uint32_t no_value = std::numeric_limits<std::uint32_t>::max();

  // Most words that follow one are none of its phrases: `next` tells so without a look at edges_.
  struct node_facts {
    std::uint32_t value = no_value;
    std::uint32_t next = 0; // bit_of each word that an edge leads on with
  };
  struct edge {
    std::uint32_t hash = 0; // of the word
    std::uint32_t from = 0;
    std::uint32_t to = 0; // 0: the slot is free
    std::string fold;
  };
  static std::uint32_t bit_of(std::uint32_t hash) { return 1u << (hash * 0x9e3779b9u >> 27); }
  [[nodiscard]] std::uint32_t step(std::uint32_t node, std::uint32_t hash,
                                   std::string_view fold) const;
  [[nodiscard]] std::size_t slot_of(std::uint32_t from, std::uint32_t hash,
                                    std::string_view fold) const;
  void grow();

  std::vector<edge> edges_ = std::vector<edge>(4);
  std::size_t used_ = 0;
  std::vector<node_facts> nodes_ = std::vector<node_facts>(1);
};

} // namespace vigie::press
