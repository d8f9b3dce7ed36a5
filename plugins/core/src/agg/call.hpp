// SPDX-License-Identifier: Apache-2.0
// The functions of core.aggregate as they are written in its parameter `compute`:
// `quantile(delay_ms, 0.95)`, `first(status by time)`. Parsed and given a type while binding. Plain
// values; no thread rules.
#pragma once

#include <vigie/types.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::core::agg {

enum class function : std::uint8_t {
  count,
  sum,
  mean,
  min,
  max,
  first,
  last,
  distinct,
  quantile,
  median,
  top,
  list,
  set
};

// A number of [0, 1], as exactly as it was written.
struct fraction {
  std::int64_t over = 0, under = 1;
};

struct call {
  function fn = function::count;
  std::optional<std::string> column = {}, by = {};
  std::size_t column_at = 0, by_at = 0; // bytes of the text
  fraction share = {};                  // quantile
  std::int64_t most = 0;                // top, list, set; 0: all
};

// Throws expr::wrong with the byte.
[[nodiscard]] call parse_call(std::string_view text);

// The column a call makes of a column (nullptr: of none). Throws expr::wrong at the call's column
// where the function does not take its type.
[[nodiscard]] field result_field(const call& c, const field* column, std::string name);

// Whether the function keeps values, not only numbers about them.
[[nodiscard]] bool keeps_values(function f);

} // namespace vigie::core::agg
