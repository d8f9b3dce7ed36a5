// SPDX-License-Identifier: Apache-2.0
// What a JSON number means. Called by readers for texts whose form was checked before (RFC 8259,
// section 6). Pure functions, any thread.
#pragma once

#include <bit>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace vigie::core {

namespace detail {
template <class T> bool read_chars(std::string_view text, T& to) {
  const auto done = std::from_chars(text.data(), text.data() + text.size(), to);
  return done.ec == std::errc() && done.ptr == text.data() + text.size();
}
} // namespace detail

// A whole number from -2^63 to 2^63-1.
[[nodiscard]] inline bool read_int(std::string_view text, std::int64_t& to) {
  return detail::read_chars(text, to);
}

// A whole number from 0 to 2^64-1 (-0 is 0), as the bits of `to`.
[[nodiscard]] inline bool read_uint(std::string_view text, std::int64_t& to) {
  std::uint64_t number = 0;
  const bool zero = text == "-0";
  if (!zero && !detail::read_chars(text, number)) return false;
  to = std::bit_cast<std::int64_t>(number);
  return true;
}

// The nearest double; false where that would be infinite. Up to 15 digits without an exponent are
// a whole number below 2^53 divided by a power of ten up to 10^15: both are doubles exactly, so
// that one division rounds rightly (Clinger, "How to read floating point numbers accurately",
// 1990). The rest, among it what rounds to zero, is from_chars'.
[[nodiscard]] inline bool read_real(std::string_view text, double& to) {
  constexpr double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                               1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const bool minus = text.front() == '-';
  std::uint64_t digits = 0;
  std::size_t behind = 0; // digits behind the point
  bool point = false, plain = text.size() <= 16;
  for (std::size_t i = minus ? 1 : 0; i < text.size() && plain; ++i) {
    const auto digit = static_cast<unsigned>(text[i]) - '0';
    plain = digit <= 9 || (text[i] == '.' && !point);
    if (digit <= 9) {
      digits = digits * 10 + digit;
      behind += point ? 1 : 0;
    }
    point = point || text[i] == '.';
  }
  if (!plain || behind > 15 || digits >= std::uint64_t{1} << 53)
    return detail::read_chars(text, to);
  const double size = static_cast<double>(digits) / powers[behind];
  to = minus ? -size : size;
  return true;
}

} // namespace vigie::core
