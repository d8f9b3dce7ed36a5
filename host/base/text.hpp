// SPDX-License-Identifier: Apache-2.0
// Bytes and UTF-8 text: validation, display, joining. Nothing here depends on the locale. Pure
// functions, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::text {

// First byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or nothing where all of it is.
[[nodiscard]] std::optional<std::size_t> invalid_utf8(std::string_view bytes);

// The text as a terminal may show it: control characters and ill-formed bytes become \n, \t, \x1b
// and the like.
[[nodiscard]] std::string printable(std::string_view bytes);

// Columns a terminal needs: combining marks take none, East Asian wide characters and emoji two
// (Unicode TR 11, by block). Ill-formed bytes count one each.
[[nodiscard]] std::size_t width(std::string_view utf8);

// The text cut to at most `columns` of a terminal, ending in "…" where something was cut.
[[nodiscard]] std::string elide(std::string_view utf8, std::size_t columns);

// The greatest position <= `at` that starts a character.
[[nodiscard]] std::size_t char_start(std::string_view utf8, std::size_t at);

// Decodes one character at `at` and moves `at` behind it; an ill-formed byte gives U+FFFD and moves
// by one.
[[nodiscard]] char32_t next_char(std::string_view utf8, std::size_t& at);
void append_char(std::string& out, char32_t c);

[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view between);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char at);

// "1.5 MiB": three digits at most, binary units, for people.
[[nodiscard]] std::string human_bytes(std::uint64_t bytes);

} // namespace vigie::text
