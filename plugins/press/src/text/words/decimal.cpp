// SPDX-License-Identifier: Apache-2.0
#include "decimal.hpp"

#include <array>
#include <limits>

namespace vigie::press {
namespace {

constexpr auto most_digits = decimal::most_digits;

constexpr std::array<std::int64_t, most_digits + 1> powers = [] {
  std::array<std::int64_t, most_digits + 1> out{};
  std::int64_t p = 1;
  for (auto& o : out) {
    o = p;
    if (p <= std::numeric_limits<std::int64_t>::max() / 10) p *= 10;
  }
  return out;
}();

} // namespace

decimal trimmed_zeros(decimal d) {
  while (d.scale > 0 && d.mantissa % 10 == 0) {
    d.mantissa /= 10;
    --d.scale;
  }
  return d;
}

double decimal::value() const {
  return static_cast<double>(mantissa) /
         static_cast<double>(powers[static_cast<std::size_t>(scale)]);
}

std::optional<std::int64_t> decimal::whole() const {
  if (scale != 0) return std::nullopt;
  return mantissa;
}

std::string decimal::text() const {
  std::string out = std::to_string(mantissa);
  if (scale == 0) return out;
  const auto places = static_cast<std::size_t>(scale);
  if (out.size() <= places) out.insert(0, places + 1 - out.size(), '0');
  out.insert(out.size() - places, 1, '.');
  return out;
}

std::optional<decimal> times(decimal a, std::int64_t factor) {
  while (a.scale > 0 && factor % 10 == 0) {
    factor /= 10;
    --a.scale;
  }
  const std::int64_t limit = powers[most_digits] - 1;
  if (factor != 0 && a.mantissa > limit / factor) return std::nullopt;
  return trimmed_zeros({a.mantissa * factor, a.scale});
}

bool less(const decimal& a, const decimal& b) {
  const std::int64_t a_whole = a.mantissa / powers[static_cast<std::size_t>(a.scale)];
  const std::int64_t b_whole = b.mantissa / powers[static_cast<std::size_t>(b.scale)];
  if (a_whole != b_whole) return a_whole < b_whole;
  const auto rest = [](const decimal& d) {
    return (d.mantissa % powers[static_cast<std::size_t>(d.scale)]) *
           powers[static_cast<std::size_t>(most_digits - d.scale)];
  };
  return rest(a) < rest(b);
}

} // namespace vigie::press
