// SPDX-License-Identifier: Apache-2.0
// Whether a short form stands for the words before it ("Anssi", "FIFAfrica"). Pure, any
// thread; the words are read once. After Schwartz and Hearst, "A simple algorithm for identifying
// abbreviation definitions in biomedical text" (PSB 2003), but from initials to initials: letters
// inside of a word count only where no later word begins with them.
#pragma once

#include "text/words/word_scan.hpp"

#include <span>

namespace vigie::press {

// `letters` is the short form. Its first letter must begin the first word, its last one lie in one
// of the last words.
[[nodiscard]] bool abbreviates(std::string_view body, const word& letters,
                               std::span<const word> words);

} // namespace vigie::press
