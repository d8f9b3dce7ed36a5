// SPDX-License-Identifier: Apache-2.0
// What is thrown when an expression cannot be read or typed, and the words such messages are made
// of. Thrown by lexer, parser and typer; the components turn it into an error of their parameter.
// Plain values; no thread rules.
#pragma once

#include <vigie/types.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core::expr {

struct wrong {
  vigie_status status; // VIGIE_E_CONFIG: the text itself; VIGIE_E_SCHEMA: the columns it meets
  std::string message;
  std::size_t at; // byte of the expression, at most its size
};

// "; did you mean 'x'?" for the known name nearest to `name` (edit distance of at most a third of
// its length, rounded up, ASCII case ignored; the first of equals), or "".
[[nodiscard]] std::string did_you_mean(std::string_view name,
                                       const std::vector<std::string>& known);

// The text in single quotes for a message: at most 40 bytes, control characters as '?'.
[[nodiscard]] std::string quoted(std::string_view text);

// "a, b, c", at most 12 of them.
[[nodiscard]] std::string listed(const std::vector<std::string>& names);

} // namespace vigie::core::expr
