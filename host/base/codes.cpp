// SPDX-License-Identifier: Apache-2.0
#include "codes.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace vigie {
namespace {

constexpr std::array table{
#define VIGIE_CODE(number, name, title, text) code_entry{code::name, "V0" #number, title, text},
#include "codes.def"
#undef VIGIE_CODE
};

constexpr bool ascending(std::span<const code_entry> rows) {
  return std::ranges::adjacent_find(rows, std::ranges::greater_equal{}, &code_entry::value) ==
         rows.end();
}
static_assert(ascending(table), "codes.def: numbers ascend and are unique");

} // namespace

std::span<const code_entry> all_codes() { return table; }

const code_entry& entry_of(code c) {
  return *std::ranges::lower_bound(table, c, {}, &code_entry::value);
}

std::optional<code_entry> find_code(std::string_view text) {
  if (!text.empty() && (text.front() == 'V' || text.front() == 'v')) text.remove_prefix(1);
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  const auto found = std::ranges::find(table, static_cast<code>(number), &code_entry::value);
  if (found == table.end()) return std::nullopt;
  return *found;
}

} // namespace vigie
