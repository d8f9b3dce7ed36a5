// SPDX-License-Identifier: Apache-2.0
// Cuts the text of an expression into tokens. Called by the parser and, for "name desc nulls
// first", by core.sort. Tokens borrow the text. Stateless; any thread.
#pragma once

#include "wrong.hpp"

#include <cstdint>

namespace vigie::core::expr {

inline constexpr std::size_t max_text = 64 * 1024; // bytes of one expression

enum class token_kind : std::uint8_t {
  end,
  integer,     // digits
  real,        // digits with a point or an exponent
  text,        // 'text'; value is unescaped
  name,        // bare word: a keyword, function, type or column
  quoted_name, // "column"; value is unescaped
  named_value, // :name; value is the name
  symbol
};

struct token {
  token_kind kind = token_kind::end;
  std::size_t at = 0;        // first byte
  std::string_view raw = {}; // as written
  std::string value = {};

  [[nodiscard]] bool is(std::string_view symbol) const {
    return kind == token_kind::symbol && raw == symbol;
  }
  // A bare word, ASCII case ignored; `word` is in lower case.
  [[nodiscard]] bool is_word(std::string_view word) const;
};

// All tokens, the last of kind end. Throws wrong: text above max_text, bytes that are not UTF-8,
// characters that begin nothing, an unclosed quote.
[[nodiscard]] std::vector<token> tokens_of(std::string_view text);

// Words that name no column unless in double quotes.
[[nodiscard]] bool is_reserved(std::string_view word);

// "'and'" or "the end of the expression", for messages.
[[nodiscard]] std::string describe(const token& t);

} // namespace vigie::core::expr
