// SPDX-License-Identifier: Apache-2.0
// Turns numbers that are near each other into numbers that are not: the step and the finalizer of
// SplitMix64 (Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA 2014).
// Pure functions, any thread.
#pragma once

#include <cstdint>

namespace vigie::core {

inline constexpr std::uint64_t splitmix_step = 0x9e3779b97f4a7c15U;

[[nodiscard]] constexpr std::uint64_t scramble(std::uint64_t v) {
  v += splitmix_step;
  v = (v ^ v >> 30U) * 0xbf58476d1ce4e5b9U;
  v = (v ^ v >> 27U) * 0x94d049bb133111ebU;
  return v ^ v >> 31U;
}

} // namespace vigie::core
