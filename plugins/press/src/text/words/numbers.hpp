// SPDX-License-Identifier: Apache-2.0
// Numbers as people write them: "2.077", "1 180 000", "1,18 million", "trois cent soixante-quatre".
// Shared by the date finder (counts) and the figure finder. Pure functions, any thread.
#pragma once

#include "decimal.hpp"
#include "text/rules/lexicon.hpp"

#include <optional>
#include <string_view>

namespace vigie::press {

struct number_found {
  decimal value;
  std::size_t tokens = 0;
  bool words = false;    // written in words
  bool grouped = false;  // has thousands separators
  bool scaled = false;   // "million" and the like belongs to it
  bool fraction = false; // has decimals
  bool article = false;  // just "un", "une": an article more often than a number
  bool overflow = false; // more digits than a count has; value is 0, tokens cover them all
};

// The number that starts at token `at`, as long as it goes. A group of exactly three digits behind
// a separator of the language makes thousands; the language's decimal sign, and a point not
// followed by exactly three digits, make decimals.
[[nodiscard]] std::optional<number_found> read_number(std::string_view text, token_view tokens,
                                                      std::size_t at, const lexicon& words);

} // namespace vigie::press
