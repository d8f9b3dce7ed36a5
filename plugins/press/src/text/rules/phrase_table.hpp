// SPDX-License-Identifier: Apache-2.0
// Phrases as sequences of word numbers, each with any number of values: which of them begin at a
// word of the text. Filled while rules are read, then only read: any thread. A look-up costs a step
// a word of the longest phrase that fits.
#pragma once

#include "text/words/word_scan.hpp"

#include <span>

namespace vigie::press {

class phrase_table {
public:
  static constexpr std::size_t longest = 24; // words of a phrase

  phrase_table();
  // False where the phrase is empty or longer than `longest`. A value stands once at a phrase.
  bool add(std::span<const word_id> phrase, std::uint32_t value);

  struct match { // not cleared: readers ask for a list of `longest` at most words of a text
    std::size_t words;
    std::uint32_t node;
  };
  // Fills `out` with the phrases that begin at words[at], shortest first; returns how many.
  std::size_t matches(std::span<const word> words, std::size_t at,
                      std::span<match, longest> out) const;

  // Calls f(value) for each value at the end of a match, in the order of adding, until it says
  // true.
  template <class F> bool any(const match& m, F&& f) const {
    for (std::uint32_t l = nodes_[m.node].values; l != 0; l = links_[l].next)
      if (f(links_[l].value)) return true;
    return false;
  }

private:
  struct edge {
    std::uint64_t key = 0; // node and word
    std::uint32_t node = 0;
  };
  // Most words that follow one are none of its phrases: `next` tells so without a look at edges_,
  // which are too many for the nearest caches.
  struct node_facts {
    std::uint32_t values = 0; // the first link, 0 for none
    std::uint32_t next = 0;   // bit_of each word that an edge leads on with
  };
  struct link {
    std::uint32_t value = 0, next = 0;
  };
  [[nodiscard]] std::size_t slot_of(std::uint64_t key) const;
  [[nodiscard]] std::uint32_t step(std::uint32_t node, word_id id) const;
  std::uint32_t step_or_add(std::uint32_t node, word_id id);
  void grow();

  std::vector<std::uint32_t> roots_; // by word: the node of the first step, 0 for none
  std::vector<edge> edges_;
  std::size_t used_ = 0;
  std::vector<node_facts> nodes_;
  std::vector<link> links_;
};

} // namespace vigie::press
