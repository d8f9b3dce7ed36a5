// SPDX-License-Identifier: Apache-2.0
// Texts to values and back, for literals, named values and casts. Blanks around a value are passed
// over; everything else must be the value. No locale, no time zone: what has no zone is UTC.
// Stateless; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::core::expr {

inline constexpr std::int64_t us_per_second = 1'000'000;
inline constexpr std::int64_t us_per_day = 86'400 * us_per_second;

// Each gives false where the text is no such value or is out of range; `out` is then undefined.
[[nodiscard]] bool parse_integer(std::string_view text, std::int64_t& out);
[[nodiscard]] bool parse_natural(std::string_view text, std::uint64_t& out);
[[nodiscard]] bool parse_real(std::string_view text, double& out); // also nan, [-]inf[inity]
[[nodiscard]] bool parse_boolean(std::string_view text, bool& out); // true, false in any case
// YYYY-MM-DD, proleptic Gregorian, years 0000 to 9999; days since 1970-01-01.
[[nodiscard]] bool parse_date(std::string_view text, std::int32_t& out);
// A date, or date, T or blank, HH:MM[:SS[.fraction of up to 6 digits]] and nothing, Z or +-HH[:MM];
// microseconds since 1970-01-01T00:00:00Z.
[[nodiscard]] bool parse_timestamp(std::string_view text, std::int64_t& out);

// Appended to `out`. Reals: the shortest digits that read back as the same value, with an exponent
// below 1e-4 and from 1e15 on. Timestamps: 2014-05-20T13:43:00[.000000]Z.
void print_integer(std::int64_t v, std::string& out);
void print_natural(std::uint64_t v, std::string& out);
void print_real(double v, std::string& out);
void print_date(std::int64_t days, std::string& out);
void print_timestamp(std::int64_t us, std::string& out);

// A day of the proleptic Gregorian calendar (H. Hinnant, chrono-compatible low-level date
// algorithms, days_from_civil and civil_from_days). Any int32 day and more.
struct civil {
  std::int64_t year;
  int month, day; // from 1
};
[[nodiscard]] civil civil_of(std::int64_t days);
[[nodiscard]] std::int64_t days_of(const civil& c);

[[nodiscard]] constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0);
}

} // namespace vigie::core::expr
