// SPDX-License-Identifier: Apache-2.0
// Dates and times in running text, in the manner of TimeML's TIMEX3: explicit ones, intervals,
// relative ones and vague ones, each with the bytes it was read from. Called for the sentences of
// an article and for its date line. Pure functions, any thread, linear in the text. Nothing is
// guessed: without an anchor a relative date or one without a year has a value that says so and no
// days. Civil days are proleptic Gregorian, counted from 1970-01-01.
#pragma once

#include "calendar.hpp"
#include "text/page/passage.hpp"
#include "text/rules/lexicon.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

enum class date_kind : std::uint8_t { point, interval, duration, vague };

enum class date_basis : std::uint8_t {
  explicit_date,           // the text names the year
  year_from_publication,   // day and month from the text, the year from the anchor
  relative_to_publication, // counted from the anchor
  relative,                // no anchor, or relative to something else than publication, which may
                           // have a day
  vague,
};

enum class granularity : std::uint8_t { none, minute, hour, day, week, month, year };

struct date_mention {
  std::vector<byte_span> spans; // in the page
  std::size_t begin = 0;        // in the passage
  std::size_t end = 0;
  std::string text; // of the passage
  date_kind kind = date_kind::point;
  date_basis basis = date_basis::explicit_date;
  granularity grain = granularity::none;
  std::optional<civil_day> from;    // first day, or nothing
  std::optional<civil_day> to;      // last day, included; nothing where open or unknown
  std::optional<int> minute_of_day; // local time of the page, as written
  std::string part_of_day;          // "evening", or empty
  // 2014-05-20, 2014-05-20T13:43, 2018-04, 2016, 2014-03-19/2014-05-18, XXXX-03-19 (no year known),
  // weekday:wednesday, weekday:saturday:last, publication, publication-P3D, PT2H, PAST_REF,
  // 2018-SU, 2019-H1, 2020-Q3, 199 (the 1990s), XXXX-XX-12 (on the 12th),
  // weekday:monday/weekday:friday
  std::string value;
};

struct rejected_date {
  std::vector<byte_span> spans; // in the page
  std::size_t begin = 0;        // in the passage
  std::size_t end = 0;
  std::string text;
  std::string why;
};

struct date_findings {
  std::vector<date_mention> dates;
  std::vector<rejected_date> rejected; // looked like dates, but no calendar has them
  // Of the passage: all of the above but how long something goes on, clock times and "every
  // Monday". No figure starts in them.
  std::vector<byte_span> taken;
};

// Rules for what the text leaves open, all of them only with an anchor (the day of publication):
// - a weekday alone is the last such day not after the anchor (the anchor itself included); with
//   "dernier" the last one before it, with "prochain" the first one after it;
// - a day without a year is the last such day not after the anchor, or the next one where it lies
//   within three months, the last one more than nine months back, and nothing in the sentence tells
//   of the past; of an interval the end is, and
//   the start is the last such day not after the end;
// - behind a verb of the future in the same clause both are the first such day not before the
//   anchor; where a verb of the future or the conditional stands further in front, a day without a
//   year is the nearest to the anchor, as is the day that something lasts until;
// - "in April last year" is in the year that the words say; "takes effect on 1 July" and the like
// is
//   the nearest day; "the next day" is counted from a day that the sentence told before;
// - a day of the month alone ("on the 12th") is the last such day, behind a verb of the future the
//   next; "from Thursday until Saturday" ends with the last such Saturday, or begins with the next
//   Thursday, and lies around the anchor where it goes on ("runs"); what goes on "since May" began
//   before the anchor; "the same year" is that of the date before it in the sentence;
// - "octobre prochain" begins behind the anchor, "octobre dernier" ended before it; a quarter or a
//   half without a year is the last that has begun;
// - "il y a 2 semaines" is the week, "il y a 3 mois" the month, "il y a 2 ans" the year that far
//   back.
[[nodiscard]] date_findings find_dates(const passage& text, const lexicon& words,
                                       std::optional<civil_day> anchor = std::nullopt);

// The same over tokens the caller has; they must be those of text.text.
[[nodiscard]] date_findings find_dates(const passage& text, token_view tokens, const lexicon& words,
                                       std::optional<civil_day> anchor);

// The same over part of a longer text: `tokens` are some of its tokens, `begin` and `end` of what
// is found are bytes of `text`, and `spans` stay empty.
[[nodiscard]] date_findings find_dates(std::string_view text, token_view tokens,
                                       const lexicon& words, std::optional<civil_day> anchor);

// What is `taken` alone; no anchor changes it.
[[nodiscard]] std::vector<byte_span> find_date_spans(std::string_view text, token_view tokens,
                                                     const lexicon& words);

[[nodiscard]] std::string_view name_of(date_kind kind);
[[nodiscard]] std::string_view name_of(date_basis basis);
[[nodiscard]] std::string_view name_of(granularity grain);

} // namespace vigie::press
