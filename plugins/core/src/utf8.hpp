// SPDX-License-Identifier: Apache-2.0
// Where text stops being UTF-8. Called by decoders, once a chunk where all is well. Pure function,
// any thread.
#pragma once

#include <string>
#include <string_view>

namespace vigie::core {

// The offset of the first byte of the first ill-formed sequence (Unicode Standard, table 3-7: no
// surrogates, no overlong forms, nothing above U+10FFFF), or npos.
[[nodiscard]] std::size_t ill_formed_at(std::string_view text);

// "0xE9", for messages.
[[nodiscard]] std::string hex_byte(char c);

} // namespace vigie::core
