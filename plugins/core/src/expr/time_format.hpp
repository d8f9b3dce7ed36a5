// SPDX-License-Identifier: Apache-2.0
// Forms of dates and times, in the letters of strftime that depend on no locale. Read when an
// expression is typed, used for each cell. Immutable; any thread.
#pragma once

#include "time_zone.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core::expr {

class time_format {
public:
  // %Y %m %d %j %H %M %S %f %s %z %Z %a %b, %F for %Y-%m-%d, %T for %H:%M:%S, %%. Throws wrong,
  // with `at` as its byte.
  time_format(std::string_view form, std::size_t at);

  [[nodiscard]] bool has(char letter) const;
  // What read() needs is there: a year, or seconds since 1970; and no %Z, whose abbreviations do
  // not tell an offset. Throws wrong.
  void check_readable(std::size_t at) const;

  // `local` microseconds as the clock shows them, `offset` microseconds east of UTC.
  void print(std::int64_t local, std::int64_t offset, std::string_view zone,
             std::string& out) const;

  struct moment {
    std::int64_t us = 0; // as the clock shows them, or UTC where `exact`
    bool exact = false;  // an offset or seconds since 1970 were read
  };
  // The whole text must be of this form; a blank stands for one and more. Years have 4 digits; what
  // the form leaves out is the first of its kind. false: it is not, or there is no such day.
  [[nodiscard]] bool read(std::string_view text, moment& out) const;

private:
  struct item {
    char letter = 0; // 0: literal
    char literal = 0;
  };
  std::vector<item> items_;
};

} // namespace vigie::core::expr
