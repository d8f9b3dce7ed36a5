// SPDX-License-Identifier: Apache-2.0
// The values that fields stand for. Called by core.read_csv for each cell; pure functions, any
// thread, nothing is allocated but where the text must be changed first. Each gives false where the
// text is no such value, or one out of range.
#pragma once

#include <cstdint>
#include <string_view>

namespace vigie::core {

// A whole number; one sign may stand in front. 16 bytes from the first on must be readable.
[[nodiscard]] bool parse_int(std::string_view text, std::int64_t& to);
[[nodiscard]] bool parse_uint(std::string_view text, std::uint64_t& to);

// A decimal number with `point` before its fraction and maybe an exponent, and NaN, Infinity and
// -Infinity as core.write_csv writes them. Rounded to the nearest double.
[[nodiscard]] bool parse_real(std::string_view text, char point, double& to);

// The number times 10^scale; more digits behind the point are refused, also zeros. Scale 0 to 18.
[[nodiscard]] bool parse_decimal(std::string_view text, char point, int scale, std::int64_t& to);

// true, false, t, f, in any case, 1 and 0.
[[nodiscard]] bool parse_bool(std::string_view text, bool& to);

} // namespace vigie::core
