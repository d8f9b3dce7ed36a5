// SPDX-License-Identifier: Apache-2.0
// The clock time that stands in front of a date or behind it on a date line, set off by marks and
// small words: "3 May 2018 | 17:46", "17:46 - Thu, 3 May 2018". Called for the publication date of
// a page. Pure function, any thread.
#pragma once

#include "text/rules/lexicon.hpp"

#include <optional>
#include <string_view>

namespace vigie::press {

// Minutes of the day, 0 to 1439; nothing where no time stands there. `tokens` are those of the
// line, `date` the bytes of the date in `text`.
[[nodiscard]] std::optional<int> time_beside(std::string_view text, token_view tokens,
                                             byte_span date, const lexicon& words);

} // namespace vigie::press
