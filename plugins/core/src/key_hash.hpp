// SPDX-License-Identifier: Apache-2.0
// Hashes of keys: products of 64-bit words folded to 64 bits (Wang Yi, wyhash,
// github.com/wangyi-fudan/wyhash), under numbers that are drawn anew for every process, so that
// nobody can choose inputs whose keys all collide. No result may depend on a hash. Called by
// core.aggregate, core.join and core.dedup. Plain values; any thread.
#pragma once

#include "wide_integer.hpp"

#include <cstdint>
#include <cstring>
#include <string_view>

namespace vigie::core {

class key_hash {
public:
  // Hashes of one purpose tell nothing about those of another.
  explicit key_hash(std::uint64_t purpose);
  key_hash() : key_hash(0) {}

  [[nodiscard]] std::uint64_t operator()(std::uint64_t word) const { return fold(word ^ a_, b_); }
  [[nodiscard]] std::uint64_t operator()(std::string_view bytes) const {
    const char* at = bytes.data();
    const std::size_t n = bytes.size();
    std::uint64_t state = c_ ^ n;
    for (std::size_t left = n; left > 16; left -= 16, at += 16)
      state = fold(load(at) ^ a_, load(at + 8) ^ state);
    const auto [first, second] =
        n > 16 ? pair{load(bytes.data() + n - 16), load(bytes.data() + n - 8)} : short_text(bytes);
    return fold(fold(first ^ b_, second ^ state) ^ a_, c_);
  }

private:
  struct pair {
    std::uint64_t first, second;
  };
  static std::uint64_t fold(std::uint64_t x, std::uint64_t y) {
    const wide product = static_cast<wide>(x) * y;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
  }
  static std::uint64_t load(const char* at) {
    std::uint64_t out = 0;
    std::memcpy(&out, at, sizeof out);
    return out;
  }
  static std::uint64_t load_half(const char* at) {
    std::uint32_t out = 0;
    std::memcpy(&out, at, sizeof out);
    return out;
  }
  // Up to 16 bytes; the two words overlap, the length tells them apart.
  static pair short_text(std::string_view s) {
    const std::size_t n = s.size();
    if (n >= 8) return {load(s.data()), load(s.data() + n - 8)};
    if (n >= 4) return {load_half(s.data()), load_half(s.data() + n - 4)};
    if (n == 0) return {0, 0};
    const auto byte = [&](std::size_t i) {
      return std::uint64_t{static_cast<unsigned char>(s[i])};
    };
    return {byte(0) << 16U | byte(n / 2) << 8U | byte(n - 1), 0};
  }

  std::uint64_t a_, b_, c_;
};

} // namespace vigie::core
