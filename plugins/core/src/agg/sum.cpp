// SPDX-License-Identifier: Apache-2.0
#include "agg/sum.hpp"

#include "agg/tables.hpp"
#include "wide_integer.hpp"

#include <vigie/types.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace vigie::core::agg {
namespace {

constexpr std::uint8_t met_nan = 1, met_infinity = 2, met_minus_infinity = 4,
                       negative_sum = 8;       // of states as bytes, whose digits are not negative
constexpr std::uint32_t most_adds = 1U << 29U; // of digits below 2^32, and 64 bits do not overflow
constexpr std::int64_t digit_mask = 0xffffffff;
constexpr int lowest = -1074; // exponent of the lowest bit of digit 0

// Every digit but the last into [0, 2^32); arithmetic shifts carry negative ones, too.
template <class Digits> void carry_all(Digits& d) {
  for (std::size_t i = 0; i + 1 < d.size(); ++i) {
    d[i + 1] += d[i] >> 32;
    d[i] &= digit_mask;
  }
}

// Turns carried digits of a negative number into those of its opposite, and tells so.
template <class Digits> bool made_positive(Digits& d) {
  if (d.back() >= 0) return false;
  for (std::int64_t& x : d) x = -x;
  carry_all(d);
  return true;
}

// The value of digits below 2^32 that are not negative.
template <class Digits> double rounded(const Digits& d) {
  std::size_t high = d.size();
  while (high > 0 && d[high - 1] == 0) --high;
  if (high == 0) return 0.0;
  const auto top = static_cast<std::uint64_t>(d[high - 1]);
  const auto bits = static_cast<int>(32 * (high - 1)) + static_cast<int>(std::bit_width(top));
  const int cut = bits > 53 ? bits - 53 : 0; // bits below it are rounded away
  const auto bit = [&](int i) { return (d[static_cast<std::size_t>(i / 32)] >> (i % 32)) & 1; };
  std::uint64_t mantissa = 0;
  for (int i = bits - 1; i >= cut; --i)
    mantissa = mantissa << 1U | static_cast<std::uint64_t>(bit(i));
  if (cut > 0 && bit(cut - 1) != 0) {
    bool more = (mantissa & 1U) != 0;
    for (int i = 0; i < cut - 1 && !more; ++i) more = bit(i) != 0;
    if (more) ++mantissa;
  }
  return std::ldexp(static_cast<double>(mantissa), cut + lowest);
}

template <class T> T taken(std::string_view& from) {
  T out{};
  if (from.size() < sizeof out) throw error(VIGIE_E_DATA, "the partial state of a sum is cut off");
  std::memcpy(&out, from.data(), sizeof out);
  from.remove_prefix(sizeof out);
  return out;
}
template <class T> void put(std::string& to, T v) {
  to.append(reinterpret_cast<const char*>(&v), sizeof v);
}

} // namespace

void exact_sums::add(std::size_t group, double v) {
  small& s = small_[group];
  const auto bits = std::bit_cast<std::uint64_t>(v);
  const auto exponent = static_cast<unsigned>(bits >> 52U & 0x7ffU);
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52U) - 1);
  const bool negative = (bits >> 63U) != 0;
  if (exponent == 0x7ff) {
    const std::uint8_t endless = negative ? met_minus_infinity : met_infinity;
    s.marks = static_cast<std::uint8_t>(s.marks | (fraction != 0 ? met_nan : endless));
    return;
  }
  // The value is mantissa * 2^(lowest + shift).
  const std::uint64_t mantissa = exponent == 0 ? fraction : fraction | std::uint64_t{1} << 52U;
  if (mantissa == 0) return;
  const unsigned shift = exponent == 0 ? 0 : exponent - 1;
  const wide spread = static_cast<wide>(mantissa) << (shift % 32);
  const std::int64_t turn = negative ? -1 : 1;
  const std::int64_t digit[3] = {turn * static_cast<std::int64_t>(spread & 0xffffffffU),
                                 turn * static_cast<std::int64_t>(spread >> 32U & 0xffffffffU),
                                 turn * static_cast<std::int64_t>(spread >> 64U)};
  add_at(s, shift / 32, digit, 3);
}

void exact_sums::add_at(small& s, std::size_t place, const std::int64_t* digit, std::size_t n) {
  if (s.base == none)
    s.base = static_cast<std::int16_t>(std::min(place == 0 ? 0 : place - 1, all - near));
  const auto base = static_cast<std::size_t>(s.base);
  if (s.base >= 0 && (place < base || place + n > base + near)) widen(s);
  if (++s.adds == most_adds) carry(s);
  std::int64_t* to =
      s.base >= 0 ? &s.digit[place - base] : &large_[static_cast<std::size_t>(s.digit[0])][place];
  for (std::size_t i = 0; i < n; ++i) to[i] += digit[i];
}

void exact_sums::widen(small& s) {
  large_.push_back(whole(s));
  s.digit[0] = static_cast<std::int64_t>(large_.size() - 1);
  s.base = wide_ones;
  s.adds = 0;
}

void exact_sums::carry(small& s) {
  if (s.base >= 0) return widen(s); // so many values are worth all digits
  carry_all(large_[static_cast<std::size_t>(s.digit[0])]);
  s.adds = 0;
}

exact_sums::digits exact_sums::whole(const small& s) const {
  digits out{};
  if (s.base == wide_ones) out = large_[static_cast<std::size_t>(s.digit[0])];
  if (s.base >= 0)
    for (std::size_t i = 0; i < near; ++i) out[static_cast<std::size_t>(s.base) + i] = s.digit[i];
  carry_all(out);
  return out;
}

double exact_sums::result(std::size_t group) const {
  const small& s = small_[group];
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const bool both = (s.marks & met_infinity) != 0 && (s.marks & met_minus_infinity) != 0;
  if ((s.marks & met_nan) != 0 || both) return std::nan("");
  if (s.marks != 0) return (s.marks & met_infinity) != 0 ? infinity : -infinity;
  digits d = whole(s);
  return made_positive(d) ? -rounded(d) : rounded(d);
}

void exact_sums::pack(std::size_t group, std::string& to) const {
  const small& s = small_[group];
  digits d = whole(s);
  const std::uint8_t below = made_positive(d) ? negative_sum : 0;
  std::size_t first = 0, end = all;
  while (end > 0 && d[end - 1] == 0) --end;
  while (first < end && d[first] == 0) ++first;
  put(to, static_cast<std::uint8_t>(s.marks | below));
  put(to, static_cast<std::uint8_t>(first));
  put(to, static_cast<std::uint8_t>(end - first));
  for (std::size_t i = first; i < end; ++i) put(to, static_cast<std::uint32_t>(d[i]));
}

void exact_sums::merge(std::size_t group, std::string_view& from) {
  small& s = small_[group];
  const auto marks = taken<std::uint8_t>(from);
  const bool negative = (marks & negative_sum) != 0;
  s.marks = static_cast<std::uint8_t>(s.marks | (marks & 7U));
  const std::size_t place = taken<std::uint8_t>(from), n = taken<std::uint8_t>(from);
  if (place + n > all) throw error(VIGIE_E_DATA, "the partial state of a sum is damaged");
  digits d{};
  for (std::size_t i = 0; i < n; ++i) {
    const auto x = static_cast<std::int64_t>(taken<std::uint32_t>(from));
    d[i] = negative ? -x : x;
  }
  if (n > 0) add_at(s, place, d.data(), n);
}

std::size_t exact_sums::after(std::size_t groups, std::size_t rows) const {
  return grown(small_, groups) + (large_.empty() ? 0 : grown(large_, rows));
}

} // namespace vigie::core::agg
