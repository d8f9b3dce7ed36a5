// SPDX-License-Identifier: Apache-2.0
#include "agg_hash.hpp"

#include <sys/auxv.h>

namespace vigie::core::agg {
namespace {

// SplitMix64 (Steele, Lea, Flood).
std::uint64_t next(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

// The kernel hands every process 16 random bytes; reading them cannot fail in a sandbox.
std::uint64_t drawn() {
  const auto* bytes = reinterpret_cast<const char*>(::getauxval(AT_RANDOM));
  std::uint64_t words[2] = {1, 2};
  if (bytes != nullptr) std::memcpy(words, bytes, sizeof words);
  std::uint64_t state = words[0];
  return next(state) ^ words[1];
}

} // namespace

hasher::hasher() : hasher(drawn()) {}

hasher::hasher(std::uint64_t seed) : a_(next(seed)), b_(next(seed) | 1U), c_(next(seed)) {}

} // namespace vigie::core::agg
