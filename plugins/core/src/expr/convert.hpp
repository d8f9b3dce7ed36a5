// SPDX-License-Identifier: Apache-2.0
// Texts to values and back, for literals, named values and casts. Blanks around a value are passed
// over; everything else must be the value. No locale, no time zone: what has no zone is UTC.
// Stateless; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::core::expr {

// Each gives false where the text is no such value or is out of range; `out` is then undefined.
[[nodiscard]] bool parse_integer(std::string_view text, std::int64_t& out);
[[nodiscard]] bool parse_natural(std::string_view text, std::uint64_t& out);
[[nodiscard]] bool parse_real(std::string_view text, double& out);  // also nan, [-]inf[inity]
[[nodiscard]] bool parse_boolean(std::string_view text, bool& out); // true, false in any case
// YYYY-MM-DD, years 0000 to 9999; days since 1970-01-01.
[[nodiscard]] bool parse_date(std::string_view text, std::int32_t& out);
// As RFC 3339 (common/civil), and more loosely: a date alone is its midnight, seconds, minutes of
// the zone and the zone may be missing; microseconds since 1970-01-01T00:00:00Z.
[[nodiscard]] bool parse_timestamp(std::string_view text, std::int64_t& out);

// Microseconds of '1 day', '-2 hours 30 minutes': whole numbers of units from us to weeks. false:
// `why` says what is wrong.
[[nodiscard]] bool parse_interval(std::string_view text, std::int64_t& out, std::string& why);

// Digits with a point and an exponent as the number they say times 10^scale. Digits behind the
// scale that are not 0 make it false where they are refused; else the nearest, ties away from zero.
enum class excess : std::uint8_t { refused, rounded };
[[nodiscard]] bool parse_decimal(std::string_view text, int scale, excess with, std::int64_t& out);
// From one scale to another, the nearest, ties away from zero.
[[nodiscard]] bool rescale(std::int64_t v, int from, int to, std::int64_t& out);

// Appended to `out`. Reals: the shortest digits that read back as the same value, with an exponent
// below 1e-4 and from 1e15 on.
void print_integer(std::int64_t v, std::string& out);
void print_natural(std::uint64_t v, std::string& out);
void print_real(double v, std::string& out);

} // namespace vigie::core::expr
