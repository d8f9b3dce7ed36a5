// SPDX-License-Identifier: Apache-2.0
#include "csv/cell.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

namespace vigie::core {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The number of eight digits in one word, the first in the lowest byte; `bad` is not 0 where one is
// no digit. Source: the reduction by multiplications in Lemire, "Quickly parsing eight digits",
// 2018.
constexpr std::uint64_t eight_digits(std::uint64_t word, std::uint64_t& bad) {
  word -= 0x3030303030303030U;
  bad |= (word | (word + 0x7676767676767676U)) & 0x8080808080808080U;
  word = word * 10 + (word >> 8U);
  const std::uint64_t low = (word & 0x000000FF000000FFU) * 0x000F424000000064U;
  const std::uint64_t high = ((word >> 16U) & 0x000000FF000000FFU) * 0x0000271000000001U;
  return (low + high) >> 32U;
}

// The first n bytes of the text, 1 to 8, behind zeros.
std::uint64_t padded(const char* at, std::size_t n) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  const unsigned missing = 8U * static_cast<unsigned>(8 - n);
  if (missing == 0) return word;
  return word << missing | 0x3030303030303030U >> (64U - missing);
}

// 1 to 16 digits.
bool short_number(std::string_view text, std::uint64_t& to) {
  std::uint64_t bad = 0;
  if (text.size() <= 8) {
    to = eight_digits(padded(text.data(), text.size()), bad);
    return bad == 0;
  }
  const std::size_t front = text.size() - 8;
  to = eight_digits(padded(text.data(), front), bad) * 100'000'000;
  to += eight_digits(padded(text.data() + front, 8), bad);
  return bad == 0;
}

bool whole(std::string_view text, std::uint64_t& to) {
  if (text.empty()) return false;
  if constexpr (std::endian::native == std::endian::little)
    if (text.size() <= 16) return short_number(text, to);
  const auto done = std::from_chars(text.data(), text.data() + text.size(), to);
  return done.ec == std::errc() && done.ptr == text.data() + text.size();
}

// Cuts a sign off; whether it was a minus.
bool take_sign(std::string_view& text) {
  if (text.empty() || (text.front() != '-' && text.front() != '+')) return false;
  const bool minus = text.front() == '-';
  text.remove_prefix(1);
  return minus;
}

bool with_sign(std::uint64_t number, bool minus, std::int64_t& to) {
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  if (number > most + (minus ? 1 : 0)) return false;
  to = static_cast<std::int64_t>(minus ? 0 - number : number);
  return true;
}

} // namespace

bool parse_int(std::string_view text, std::int64_t& to) {
  const bool minus = take_sign(text);
  std::uint64_t number = 0;
  return whole(text, number) && with_sign(number, minus, to);
}

bool parse_uint(std::string_view text, std::uint64_t& to) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return whole(text, to);
}

bool parse_real(std::string_view text, char point, double& to) {
  if (text == "NaN" || text == "Infinity" || text == "-Infinity") {
    to = text == "NaN" ? std::numeric_limits<double>::quiet_NaN()
                       : std::copysign(HUGE_VAL, text.front() == '-' ? -1.0 : 1.0);
    return true;
  }
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  const auto usual = [point](char c) {
    return is_digit(c) || c == point || c == '-' || c == '+' || c == 'e' || c == 'E';
  };
  if (text.empty() || !std::all_of(text.begin(), text.end(), usual)) return false;
  std::string changed;
  if (point != '.') {
    changed = text;
    std::replace(changed.begin(), changed.end(), point, '.');
    text = changed;
  }
  const auto done = std::from_chars(text.data(), text.data() + text.size(), to);
  return done.ec == std::errc() && done.ptr == text.data() + text.size();
}

bool parse_decimal(std::string_view text, char point, int scale, std::int64_t& to) {
  const bool minus = take_sign(text);
  std::uint64_t number = 0;
  int digits = 0, behind = -1; // digits behind the point; -1: no point yet
  for (const char c : text) {
    if (c == point && behind < 0) {
      behind = 0;
      continue;
    }
    if (!is_digit(c) || (behind >= 0 && ++behind > scale)) return false;
    ++digits;
    if (__builtin_mul_overflow(number, std::uint64_t{10}, &number) ||
        __builtin_add_overflow(number, static_cast<std::uint64_t>(c - '0'), &number))
      return false;
  }
  if (digits == 0 || behind == 0) return false;
  for (int k = std::max(behind, 0); k < scale; ++k)
    if (__builtin_mul_overflow(number, std::uint64_t{10}, &number)) return false;
  return with_sign(number, minus, to);
}

bool parse_bool(std::string_view text, bool& to) {
  constexpr std::array<std::string_view, 3> yes{"true", "t", "1"}, no{"false", "f", "0"};
  const auto is = [text](std::string_view word) {
    return word.size() == text.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [](char w, char c) {
             return w == c || (w >= 'a' && w <= 'z' && w - 'a' + 'A' == c);
           });
  };
  to = std::any_of(yes.begin(), yes.end(), is);
  return to || std::any_of(no.begin(), no.end(), is);
}

} // namespace vigie::core
