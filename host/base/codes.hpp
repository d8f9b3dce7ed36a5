// SPDX-License-Identifier: Apache-2.0
// The one table of error codes. `vigie explain`, `--json`, the reference pages and the messages all
// read it. A code, once published, keeps its number and its meaning.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace vigie {

enum class code : std::uint16_t {
#define VIGIE_CODE(number, name, title, text) name = number,
#include "codes.def"
#undef VIGIE_CODE
};

struct code_entry {
  code value;
  std::string_view name;  // "V0101"
  std::string_view title; // a few words
  std::string_view text;  // what it means, why the host refuses it, what to do
};

// All codes, ascending.
[[nodiscard]] std::span<const code_entry> all_codes();

// The entry of a code; every code has one.
[[nodiscard]] const code_entry& entry_of(code c);

// "V0101" or "0101" or "101" -> its entry.
[[nodiscard]] std::optional<code_entry> find_code(std::string_view text);

} // namespace vigie
