// SPDX-License-Identifier: Apache-2.0
// The small language in which the data files write phrases and date patterns:
//   le {day} {month} [{year}]   words, slots, optional parts; a blank asks for a blank, none asks
//   for none serveur(s)                  with or without the ending <en> {year} "en" must stand
//   there but is not part of the mention
// lexicon.cpp reads it; date_match.cpp matches it. Values only, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

enum class slot : std::uint8_t {
  none, // a literal
  day,
  month,
  month_number,
  year,
  short_year, // two digits
  weekday,
  part,
  time,
  hour,
  minute,
  second,
  count,
  period,
};
inline constexpr std::size_t slot_count = 14;

struct phrase_element {
  slot what = slot::none;
  bool second = false;    // {day2}: belongs to the end of an interval
  bool glued = false;     // nothing may stand before it
  bool context = false;   // must match, is not part of the mention
  std::string fold;       // of a literal
  std::uint32_t hash = 0; // short_hash(hash_of(fold))

  friend bool operator==(const phrase_element&, const phrase_element&) = default;
};

using phrase = std::vector<phrase_element>;

// An expression without any of them stands for its words.
inline constexpr std::string_view phrase_marks = "[]<>{}()";

// All spellings the expression stands for, at most 64; nothing and a message where it is not
// well-formed. Context is allowed at the start only.
[[nodiscard]] std::optional<std::vector<phrase>> parse_phrase(std::string_view expression,
                                                              std::string& problem);

} // namespace vigie::press
