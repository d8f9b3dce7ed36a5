// SPDX-License-Identifier: Apache-2.0
// Forms of dates and times, in the letters of strftime (POSIX), with the English names of the POSIX
// locale whatever the locale is. A form is read once, when a step is bound; core.read_csv and the
// functions of expressions read and print cells by it. Immutable; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core {

class time_format {
public:
  // What docs/write/expressions.md lists: %Y %y %m %b %B %d %j %H %I %p %M %S %f %s %z %Z %a %A, %F
  // for %Y-%m-%d, %T for %H:%M:%S, and %%. Throws error(E_CONFIG) at any other letter.
  explicit time_format(std::string_view form);

  [[nodiscard]] bool has(char letter) const;
  // Throws error(E_CONFIG) where read() could not know the year or would have to choose: without
  // %Y, %y and %s; with %Z, whose abbreviations do not tell an offset; with one of %I and %p, or
  // with a part of the time twice.
  void check_readable() const;
  // Also where the form leaves the day open.
  void check_names_day() const;

  // `local` microseconds as the clock shows them, `offset` microseconds east of UTC. `zone` stands
  // for %Z.
  void print(std::int64_t local, std::int64_t offset, std::string_view zone,
             std::string& out) const;

  struct moment {
    std::int64_t us = 0; // as the clock shows them, or UTC where `exact`
    bool exact = false;  // an offset or seconds since 1970 were read
  };
  // The whole text must be of this form; a blank stands for one and more. Letters are compared
  // without their case. What the form leaves out is the first of its kind. false: it is not, or
  // there is no such day. Allocates nothing.
  [[nodiscard]] bool read(std::string_view text, moment& out) const;

private:
  struct item {
    char letter = 0; // behind %; 0: the byte `literal`
    char literal = 0;
    bool exact = false; // a number of two digits, never of one
  };
  struct fields;
  class cursor;
  [[nodiscard]] static bool read_item(const item& i, cursor& from, fields& to);

  std::vector<item> items_;
  std::string form_; // as it was given, for messages
};

} // namespace vigie::core
