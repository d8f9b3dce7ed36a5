// SPDX-License-Identifier: Apache-2.0
// What all meanings of date patterns share: the match, the day of publication, the mention that
// comes to be, and how values are written in the manner of TimeML's TIMEX3. Inner to
// date_meaning.cpp and date_periods.cpp; one object reads one match.
#pragma once

#include "date_meaning.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace vigie::press {

// "T13:43"
[[nodiscard]] std::string clock(int minute_of_day);
[[nodiscard]] granularity grain_of(const date_slots& s);
[[nodiscard]] granularity grain_named(std::string_view period);
// "2014-05-20", "2018-04", "XXXX-03-19" where the year is not known.
[[nodiscard]] std::string value_of(const date_slots& s, std::optional<int> year);
// "P3D", "PT2H"
[[nodiscard]] std::string duration_of(int count, std::string_view period);

class date_reading {
public:
  date_reading(const date_match& match, std::optional<civil_day> anchor, tense when)
      : m_(match), anchor_(anchor), when_(when) {
    out_.minute_of_day = m_.from.minute_of_day;
    out_.part_of_day = m_.from.part;
  }

protected:
  void set(const stretch& s) {
    out_.from = s.from;
    out_.to = s.to;
  }
  // The mention of days that are counted from publication.
  std::optional<date_mention> counted(const stretch& s, std::string value);
  // Both ends with their times of day, where the text has them.
  std::optional<date_mention> between(const stretch& s);

  const date_match& m_;
  std::optional<civil_day> anchor_;
  tense when_;
  date_mention out_;
};

} // namespace vigie::press
