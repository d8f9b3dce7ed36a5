// SPDX-License-Identifier: Apache-2.0
// Runs of ASCII letters, eight at a time: where they end, whether they hold capitals, the hash of
// their spelling. Used by the two readers of words (tokens.cpp, word_scan.cpp). Pure functions, any
// thread. Bytes are compared side by side within a word as in Lamport, Multiple byte processing
// with full-word instructions, CACM 1975.
#pragma once

#include "tokens.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace vigie::press {

struct ascii_word {
  std::size_t size = 0;
  bool capital = false;     // one of them
  bool all_capitals = true; // each of them
  std::uint64_t hash = 0;   // hash_of the word in lower case
};

namespace bytes8 {

inline constexpr std::uint64_t ones = 0x0101010101010101U;
inline constexpr std::uint64_t highs = 0x80 * ones;

// Eight bytes of the text, the first lowest; zeros beyond its end.
inline std::uint64_t load(std::string_view text, std::size_t at) {
  std::uint64_t out = 0;
  if (std::endian::native == std::endian::little && text.size() - at >= 8) {
    std::memcpy(&out, text.data() + at, 8);
    return out;
  }
  for (std::size_t i = 0; i < 8 && at + i < text.size(); ++i)
    out |= std::uint64_t{static_cast<unsigned char>(text[at + i])} << (8 * i);
  return out;
}

// The highest bit of each byte that is an ASCII letter.
inline std::uint64_t letters(std::uint64_t bytes) {
  const std::uint64_t lower = (bytes | 0x20 * ones) & ~highs;
  return (lower + (0x80 - 'a') * ones) & ~(lower + (0x7F - 'z') * ones) & ~bytes & highs;
}

} // namespace bytes8

// The letters that start at text[at], none where there is another byte.
[[nodiscard]] inline ascii_word read_ascii_word(std::string_view text, std::size_t at) {
  ascii_word out;
  spelling_hash hash;
  if (at >= text.size()) return out;
  for (std::size_t size = 8; size == 8 && at + out.size < text.size();) {
    const std::uint64_t bytes = bytes8::load(text, at + out.size);
    const std::uint64_t others = ~bytes8::letters(bytes) & bytes8::highs;
    size = static_cast<std::size_t>(std::countr_zero(others)) / 8; // 8 where there are none
    if (size == 0) break;
    const std::uint64_t mask = ~std::uint64_t{0} >> (64 - 8 * size);
    const std::uint64_t small = bytes & 0x20 * bytes8::ones & mask;
    out.capital = out.capital || small != (0x20 * bytes8::ones & mask);
    out.all_capitals = out.all_capitals && small == 0;
    hash.add((bytes | 0x20 * bytes8::ones) & mask, size);
    out.size += size;
  }
  out.hash = hash.value();
  return out;
}

} // namespace vigie::press
