// SPDX-License-Identifier: Apache-2.0
// The check sum that blocks of scratch files bear. FNV-1a (Fowler, Noll, Vo) with 64 bits, by words
// of 8 bytes. Pure function, any thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace vigie::sorted {

// The last word is filled with zeros; the length goes in first.
inline std::uint64_t block_sum(std::string_view bytes) {
  constexpr std::uint64_t basis = 0xcbf29ce484222325U, prime = 0x100000001b3U;
  std::uint64_t sum = (basis ^ bytes.size()) * prime;
  for (std::size_t at = 0; at < bytes.size(); at += sizeof sum) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, std::min(sizeof word, bytes.size() - at));
    sum = (sum ^ word) * prime;
    sum ^= sum >> 32U; // multiplication alone never brings high bits down
  }
  return sum;
}

} // namespace vigie::sorted
