// SPDX-License-Identifier: Apache-2.0
// Hashes of keys, by folded multiplication (Wang Yi, wyhash, github.com/wangyi-fudan/wyhash). The
// numbers that go in are drawn at random for each object, so that nobody can choose inputs whose
// keys all collide; results must therefore never depend on a hash. Plain values; any thread.
#pragma once

#include <cstdint>
#include <cstring>
#include <random>
#include <string_view>

namespace vigie::core {

class key_hash {
public:
  key_hash() {
    std::random_device random;
    const auto draw = [&] { return std::uint64_t{random()} << 32U | random(); };
    first_ = draw();
    second_ = draw() | 1U;
  }

  [[nodiscard]] std::uint64_t operator()(std::uint64_t key) const {
    return fold(key ^ first_, second_);
  }
  [[nodiscard]] std::uint64_t operator()(std::string_view key) const {
    const char* at = key.data();
    std::size_t left = key.size();
    std::uint64_t sum = first_ ^ left;
    for (; left > 16; left -= 16, at += 16)
      sum = fold(load(at, 8) ^ second_, load(at + 8, 8) ^ sum);
    const std::uint64_t low = load(at, left < 8 ? left : 8);
    const std::uint64_t high = left > 8 ? load(at + 8, left - 8) : 0;
    return fold(fold(low ^ second_, high ^ sum), second_);
  }

private:
  static std::uint64_t load(const char* from, std::size_t bytes) {
    std::uint64_t out = 0;
    if (bytes == 8)
      std::memcpy(&out, from, 8);
    else if (bytes >= 4)
      out = load4(from) | load4(from + bytes - 4) << 32U;
    else
      for (std::size_t i = 0; i < bytes; ++i)
        out |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
    return out;
  }
  static std::uint64_t load4(const char* from) {
    std::uint32_t out = 0;
    std::memcpy(&out, from, 4);
    return out;
  }
  static std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
    __extension__ using wide = unsigned __int128;
    const wide product = static_cast<wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
  }

  std::uint64_t first_, second_;
};

} // namespace vigie::core
