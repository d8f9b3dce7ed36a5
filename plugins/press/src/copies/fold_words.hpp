// SPDX-License-Identifier: Apache-2.0
// A text as the words that copies of it share: lower case, no accents, no punctuation, one blank
// between words; an ideograph or kana is a word. Called where texts are compared whole. Pure
// functions, any thread; ill-formed UTF-8 counts as punctuation; linear time.
#pragma once

#include <string>
#include <string_view>

namespace vigie::press {

// Appends the words to `out`; between them, and only there, stands one blank.
void fold_words(std::string_view text, std::string& out);

} // namespace vigie::press
