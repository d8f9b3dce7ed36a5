// SPDX-License-Identifier: Apache-2.0
// Texts of made-up words with a known share of common runs of words. Used by the tests of copies.
#pragma once

#include <cstdint>
#include <string>

namespace vigie::press::test {

// Word number n of a language of its own: different for different n.
inline std::string made_word(std::uint64_t n) {
  constexpr char letters[] = "bdfgklmnprstvz";
  constexpr char vowels[] = "aeiou";
  std::string out;
  do {
    out += letters[n % 14];
    n /= 14;
    out += vowels[n % 5];
    n /= 5;
  } while (n > 0);
  return out;
}

// Words first, first + 1, ...
inline std::string made_text(std::uint64_t first, std::size_t words) {
  std::string out;
  for (std::size_t i = 0; i < words; ++i) out += (i == 0 ? "" : " ") + made_word(first + i);
  return out;
}

// The same with its last `changed` words replaced. Of n + 4 words it shares with the first
// (n - changed) / (n + changed) of its runs of five.
inline std::string changed_text(std::uint64_t first, std::size_t words, std::size_t changed) {
  if (changed == 0) return made_text(first, words);
  return made_text(first, words - changed) + " " + made_text(first + 40000000, changed);
}

} // namespace vigie::press::test
