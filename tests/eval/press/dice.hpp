// SPDX-License-Identifier: Apache-2.0
// Numbers that are the same on every machine, for the variants of pages. One thread.
#pragma once

#include <cstdint>
#include <string>

namespace vigie::press::eval {

// splitmix64, by G. Steele, D. Lea, C. Flood (OOPSLA 2014): the same numbers everywhere.
class dice {
public:
  explicit dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t roll(std::uint64_t sides) {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (z ^ (z >> 31)) % sides;
  }

private:
  std::uint64_t state_;
};

inline std::uint64_t seed_of(const std::string& file, unsigned number) {
  std::uint64_t out = number + 1;
  for (const char c : file) out = out * 1099511628211u + static_cast<unsigned char>(c);
  return out;
}

} // namespace vigie::press::eval
