// SPDX-License-Identifier: Apache-2.0
// What a matched date pattern means: which days, how sure, and its value in the manner of TimeML's
// TIMEX3. Inner to dates.cpp. Pure functions, any thread.
#pragma once

#include "date_match.hpp"
#include "dates.hpp"

namespace vigie::press {

// Which day a text means that leaves the year or the week open.
enum class tense : std::uint8_t {
  past,    // the last one
  unsaid,  // the last one, unless it lies far back and the next one near
  nearest, // the nearest to the anchor: "would meet on 4 September"
  future,  // the next one: "will meet on 4 September"
};

// The mention without its place and words; nothing where no calendar has the day.
[[nodiscard]] std::optional<date_mention> meaning_of(const date_match& match,
                                                     std::optional<civil_day> anchor, tense when);

} // namespace vigie::press
