// SPDX-License-Identifier: Apache-2.0
// UTF-8 to a page's own encoding and back, and words as tokens; by ICU. For the evaluation of press
// pages. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press::eval {

// Nothing where the encoding lacks a character or is not known to ICU.
[[nodiscard]] std::optional<std::string> encode(std::string_view utf8, const std::string& encoding);

// UTF-8; what cannot be read becomes U+FFFD.
[[nodiscard]] std::string decode(std::string_view bytes, const std::string& encoding);

// Runs of letters, marks and digits, case-folded.
[[nodiscard]] std::vector<std::string> word_tokens(std::string_view utf8);

// Whether a letter, mark or digit stands right before the byte, or begins at it.
[[nodiscard]] bool word_before(std::string_view utf8, std::size_t at);
[[nodiscard]] bool word_behind(std::string_view utf8, std::size_t at);

// Case-folded, without accents, articles' apostrophes plain.
[[nodiscard]] std::string bare(std::string_view utf8);

} // namespace vigie::press::eval
