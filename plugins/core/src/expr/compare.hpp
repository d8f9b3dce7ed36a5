// SPDX-License-Identifier: Apache-2.0
// Order of single values: numbers of different forms compare by their exact values, NaN equals NaN
// and is above every other number (PostgreSQL manual, 8.1.3), texts compare by bytes.
// Stateless; any thread. Results: negative, 0, positive.
#pragma once

#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

namespace vigie::core::expr {

template <class T> [[nodiscard]] constexpr int three_way(T a, T b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}

[[nodiscard]] inline int compare_reals(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return three_way(std::isnan(a), std::isnan(b));
  return three_way(a, b);
}

// Without rounding `a` to a double: by whole parts, then by the fraction of b.
[[nodiscard]] inline int compare_exact(std::int64_t a, double b) {
  if (std::isnan(b) || b >= 0x1p63) return -1;
  if (b < -0x1p63) return 1;
  const auto whole = static_cast<std::int64_t>(b); // toward zero
  if (a != whole) return a < whole ? -1 : 1;
  return three_way(static_cast<double>(whole), b);
}
[[nodiscard]] inline int compare_exact(std::uint64_t a, double b) {
  if (std::isnan(b) || b >= 0x1p64) return -1;
  if (b < 0) return 1;
  const auto whole = static_cast<std::uint64_t>(b);
  if (a != whole) return a < whole ? -1 : 1;
  return three_way(static_cast<double>(whole), b);
}
[[nodiscard]] inline int compare_exact(std::int64_t a, std::uint64_t b) {
  return std::cmp_less(a, b) ? -1 : (std::cmp_equal(a, b) ? 0 : 1);
}
[[nodiscard]] inline int compare_exact(double a, std::int64_t b) { return -compare_exact(b, a); }
[[nodiscard]] inline int compare_exact(double a, std::uint64_t b) { return -compare_exact(b, a); }
[[nodiscard]] inline int compare_exact(std::uint64_t a, std::int64_t b) {
  return -compare_exact(b, a);
}
[[nodiscard]] inline int compare_exact(double a, double b) { return compare_reals(a, b); }
[[nodiscard]] inline int compare_exact(std::string_view a, std::string_view b) {
  return a.compare(b);
}
template <class T> [[nodiscard]] constexpr int compare_exact(T a, T b) { return three_way(a, b); }

} // namespace vigie::core::expr
