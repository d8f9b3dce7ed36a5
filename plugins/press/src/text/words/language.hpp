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

inline constexpr std::size_t most_judged = 2048;

// Of the beginning of a text: of some forty words where they are clearly in one language, else of
// at most `most_bytes` (whole characters); more cost time and change nothing. Bytes that are not
// UTF-8 end the text.
[[nodiscard]] language_guess guess_language(std::string_view text,
                                            std::size_t most_bytes = most_judged);

// The same of the middle of a saved page, where the article stands: menus lead and comments end.
// Two short samples at either side of it, where both are clearly in one language, tell enough.
[[nodiscard]] language_guess guess_language_of_page(std::string_view page);

} // namespace vigie::press
