// SPDX-License-Identifier: Apache-2.0
// Short ways to ask what an expression gives, through core.derive and the plugin interface.
#pragma once

#include "derive.hpp"

#include <vigie/testing.hpp>

#include <string>

namespace vigie::core {

using testing::cell;
using testing::table;

inline table no_columns() { return {{}, {{}}}; }

// The column `y` that the expression makes of the table.
inline testing::outcome derived(const std::string& text, const table& in = no_columns(),
                                const named<std::string>& values = {}) {
  testing::harness<derive_columns> h;
  h.component().columns = {{"y", expression(text)}};
  h.component().columns[0].second.param = 0;
  h.component().columns[0].second.item = 0;
  h.component().values = values;
  return h.transform(in, 4);
}

// Its value in the first row. A rejected row gives the text "rejected: why".
inline cell value_of(const std::string& text, const table& in = no_columns(),
                     const named<std::string>& values = {}) {
  const testing::outcome out = derived(text, in, values);
  for (const testing::rejected& r : out.rejects)
    if (r.row == 0) return "rejected: " + r.why;
  return out.rows.at(0).at(0);
}

inline field type_of(const std::string& text, const table& in = no_columns(),
                     const named<std::string>& values = {}) {
  return derived(text, in, values).fields.at(0);
}

// Why it is refused before any row is seen, and at which byte: "12: message".
inline std::string refusal(const std::string& text, const table& in = no_columns(),
                           const named<std::string>& values = {}) {
  try {
    static_cast<void>(derived(text, in, values));
  } catch (const error& e) {
    return std::to_string(e.offset) + ": " + e.message;
  }
  return "accepted";
}

inline bool starts(const cell& c, std::string_view with) {
  const auto* text = std::get_if<std::string>(&c.value);
  return text != nullptr && std::string_view(*text).starts_with(with);
}

// Evaluated over a column, so that the kernels are asked and not the folding of constants: `x` is
// the text in every one of `n` rows.
inline std::vector<cell> over(const std::string& text, const std::vector<cell>& values,
                              field x = {.name = "x"}) {
  table t{{std::move(x)}, {}};
  for (const cell& v : values) t.rows.push_back({v});
  const auto out = derived(text, t);
  std::vector<cell> made;
  for (const auto& r : out.rows) made.push_back(r[0]);
  for (const auto& r : out.rejects) made[static_cast<std::size_t>(r.row)] = "rejected: " + r.why;
  return made;
}
inline cell of(const std::string& text, cell value) { return over(text, {std::move(value)}).at(0); }

inline cell is_same(const std::string& a, const std::string& b) {
  return value_of("(" + a + ") is not distinct from (" + b + ")");
}

inline bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

} // namespace vigie::core
