// SPDX-License-Identifier: Apache-2.0
// Where values end in the text of a YAML document, and how they are written there: what yaml-cpp's
// events do not tell. Called by the tree builder with offsets yaml-cpp gave. Pure, any thread.
#pragma once

#include "node.hpp"

#include <cstddef>
#include <string_view>

namespace vigie::yaml {

inline constexpr std::size_t none = std::string_view::npos;

// One behind the closing quote of the text that opens at `start`, or `none`.
[[nodiscard]] std::size_t quoted_end(std::string_view text, std::size_t start);

// One behind a plain scalar whose value is `value`: folded line breaks are the only difference.
[[nodiscard]] std::size_t plain_end(std::string_view text, std::size_t start,
                                    std::string_view value);

// One behind the last line of the block scalar whose header is at `start`: lines that are blank or
// indented as far as the first written one (or, with an indentation digit, one more than the
// fewest).
[[nodiscard]] std::size_t block_end(std::string_view text, std::size_t start);

[[nodiscard]] style style_at(char first, bool quoted_tag);
[[nodiscard]] bool is_leading_zero(std::string_view text);

// The word for null that stands at `offset`; empty where there is none.
[[nodiscard]] std::string_view null_word_at(std::string_view text, std::size_t offset);

} // namespace vigie::yaml
