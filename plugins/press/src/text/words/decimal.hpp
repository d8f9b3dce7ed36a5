// SPDX-License-Identifier: Apache-2.0
// Numbers with decimals, kept exactly as they were written: what the readers of numbers and figures
// count with. Values and pure functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace vigie::press {

// mantissa / 10^scale, without trailing zeros behind the point: exact, at most 18 digits.
struct decimal {
  std::int64_t mantissa = 0;
  int scale = 0;
  static constexpr int most_digits = 18;

  [[nodiscard]] double value() const;
  [[nodiscard]] std::optional<std::int64_t> whole() const;
  [[nodiscard]] std::string text() const; // "1180000", "0.45"
  friend bool operator==(const decimal&, const decimal&) = default;
};

// The product, or nothing where it needs more than 18 digits.
[[nodiscard]] std::optional<decimal> times(decimal a, std::int64_t factor);
[[nodiscard]] bool less(const decimal& a, const decimal& b);
// Without the zeros that end its decimals.
[[nodiscard]] decimal trimmed_zeros(decimal d);

} // namespace vigie::press
