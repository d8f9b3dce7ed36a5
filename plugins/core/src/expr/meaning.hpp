// SPDX-License-Identifier: Apache-2.0
// What a column's type means beyond its kind: addresses lie in whole numbers or bytes and decimals
// in whole numbers, but neither is one. Asked by the typer and by casts. Pure functions; any
// thread.
#pragma once

#include <vigie/types.hpp>

#include <cstdint>
#include <string>

namespace vigie::core::expr {

[[nodiscard]] inline bool is_address(const field& f) { return is_ipv4(f) || is_ip(f); }
[[nodiscard]] inline bool is_decimal(const field& f) { return decimal_scale(f) >= 0; }
[[nodiscard]] inline bool is_number(const field& f) {
  return (is_integer(f.kind) || f.kind == kind::float64) && !is_ipv4(f);
}
// Whole numbers proper.
[[nodiscard]] inline bool is_whole(const field& f) {
  return is_integer(f.kind) && !is_ipv4(f) && !is_decimal(f);
}

[[nodiscard]] inline field ipv4_type() {
  return {.kind = kind::uint32, .extension = ipv4_extension};
}
[[nodiscard]] inline field ip_type() {
  return {.kind = kind::fixed_binary, .width = 16, .extension = ip_extension};
}
[[nodiscard]] inline field decimal_type(int scale) {
  return {.kind = kind::int64, .extension = decimal_extension(scale)};
}

// The same values in the same form.
[[nodiscard]] inline bool alike(const field& a, const field& b) {
  return a.same_type(b) && is_ipv4(a) == is_ipv4(b) && is_ip(a) == is_ip(b) &&
         decimal_scale(a) == decimal_scale(b);
}

// The type as a cast names it: "ip", "decimal(2)", "int64".
[[nodiscard]] inline std::string called(const field& f) {
  if (is_ipv4(f)) return "ipv4";
  if (is_ip(f)) return "ip";
  if (is_decimal(f)) return "decimal(" + std::to_string(decimal_scale(f)) + ")";
  return describe(f);
}

[[nodiscard]] constexpr std::int64_t power_of_ten(int n) {
  std::int64_t out = 1;
  for (; n > 0; --n) out *= 10;
  return out;
}

} // namespace vigie::core::expr
