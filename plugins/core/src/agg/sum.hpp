// SPDX-License-Identifier: Apache-2.0
// Sums of doubles without any error before the last rounding, one a group, so that neither order
// nor parts matter: digits of 32 bits in words of 64 over the whole range of a double (Kulisch,
// Computer Arithmetic and Validity; Neal 2015, "Fast exact summation using small and large
// superaccumulators"). Most groups hold five digits around their values; those that spread wider
// hold all. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core::agg {

class exact_sums {
public:
  // Groups [0, n) exist.
  void groups(std::size_t n) { small_.resize(n); }
  void add(std::size_t group, double v);

  // The sum as the nearest double, ties to even; beyond the largest double infinity. NaN where a
  // NaN was added, or both infinities.
  [[nodiscard]] double result(std::size_t group) const;

  // The state of a group as bytes, and adding such a state to a group. Throws E_DATA on other
  // bytes; what was read is taken off `from`.
  void pack(std::size_t group, std::string& to) const;
  void merge(std::size_t group, std::string_view& from);

  [[nodiscard]] std::size_t after(std::size_t groups, std::size_t rows) const;

private:
  static constexpr std::size_t near = 5, all = 70; // digits
  using digits = std::array<std::int64_t, all>;
  struct small {
    std::array<std::int64_t, near> digit{};
    std::uint32_t adds = 0;   // since the digits were last carried
    std::int16_t base = none; // place of digit[0]; or none; or wide, and digit[0] tells where
    std::uint8_t marks = 0;   // NaN, infinity, -infinity met
  };
  static constexpr std::int16_t none = -1, wide_ones = -2;

  void add_at(small& s, std::size_t place, const std::int64_t* digit, std::size_t n);
  void widen(small& s);
  void carry(small& s);
  [[nodiscard]] digits whole(const small& s) const; // carried: digits below 2^32 but for the last

  std::vector<small> small_;
  std::vector<digits> large_;
};

} // namespace vigie::core::agg
