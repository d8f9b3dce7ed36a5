// SPDX-License-Identifier: Apache-2.0
// Pseudonyms of the people who wrote comments: one number a handle for the whole page, in the order
// they are first met, so that nobody is named and one can still see who wrote twice. Filled before
// anything is written, then read. One thread.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace vigie::dossier {

class readers {
public:
  // Handles that differ only in case, blanks or punctuation are one. Nothing for an empty one.
  void add(std::string_view handle);

  // From 1 on; 0: never added.
  [[nodiscard]] std::size_t number_of(std::string_view handle) const;

  // The text with every handle in it, as whole words, replaced by `word` and its number, such as
  // "reader 3". Handles of a single character or of more than 6 words are not looked for.
  [[nodiscard]] std::string without_handles(std::string_view text, std::string_view word) const;

private:
  std::unordered_map<std::string, std::size_t> numbers_; // by folded words
  std::set<std::size_t, std::greater<>> lengths_;        // of handles, in words
};

} // namespace vigie::dossier
