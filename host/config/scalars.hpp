// SPDX-License-Identifier: Apache-2.0
// The written forms of single values and the way back: durations, sizes, dates, times, numbers.
// Called by values.cpp and by whoever prints a parameter. Errors carry no place; the caller knows
// it. Pure functions, any thread; nothing depends on locale or time zone.
#pragma once

#include "base/params.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie {

// Decimal int64: "-5", "42". No leading '+', no blanks, no other bases.
[[nodiscard]] result<std::int64_t> parse_integer(std::string_view text);

// Decimal number, optionally with a fraction and an exponent; finite.
[[nodiscard]] result<double> parse_real(std::string_view text);

// Microseconds. Numbers with units, largest first: "90s", "1h30m", "250ms", "1.5h", "2d"; units d h
// m s ms us.
[[nodiscard]] result<std::int64_t> parse_duration(std::string_view text);

// Bytes. "4096", "64KiB", "1.5GiB" (powers of 1024), "10MB" (powers of 1000).
[[nodiscard]] result<std::int64_t> parse_size(std::string_view text);

// Days since 1970-01-01 of "YYYY-MM-DD", years 0001 to 9999 (ISO 8601, proleptic Gregorian).
[[nodiscard]] result<std::int64_t> parse_date(std::string_view text);

// Microseconds since 1970-01-01T00:00:00Z of an RFC 3339 time with a zone, or of a date: its
// midnight in UTC.
[[nodiscard]] result<std::int64_t> parse_timestamp(std::string_view text);

// A scalar value in a form the parser of its type reads back.
[[nodiscard]] std::string text_of(const param_value& scalar);

} // namespace vigie
