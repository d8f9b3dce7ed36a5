// SPDX-License-Identifier: Apache-2.0
// Which language a text is in, by CLD2. Called by the component for the clean text of an article.
// Pure function over the library's constant tables: any thread, deterministic.
#pragma once

#include <string>
#include <string_view>

namespace vigie::press {

struct language_guess {
  std::string code = "un"; // ISO 639, as CLD2 spells it ("fr", "zh-Hant"); "un" where unknown
  bool reliable = false;
  double share = 0; // of the text's letters, 0 to 1
};

// Reads at most the first `most_bytes` (whole characters), some 300 words: more cost time and
// change nothing. Bytes that are not UTF-8 end the text.
[[nodiscard]] language_guess guess_language(std::string_view text, std::size_t most_bytes = 2048);

} // namespace vigie::press
