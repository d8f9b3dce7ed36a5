// SPDX-License-Identifier: Apache-2.0
// Whether text that a column calls JSON is one value that may stand inside a line. Called by
// writers for cells marked arrow.json, as nobody else looked at what a plugin wrote there. One
// object, one thread; it learns what the values look like.
#pragma once

#include "json/walk.hpp"

namespace vigie::core {

class json_check {
public:
  json_check() : walk_(wants_, nobody_) {}
  json_check(const json_check&) = delete;
  json_check& operator=(const json_check&) = delete;

  // [begin, end) is UTF-8; behind it come a byte below 0x20 and 63 more readable bytes. As strict
  // as the reader: its line would be refused otherwise.
  [[nodiscard]] bool is_value(const char* begin, const char* end) {
    constexpr int level = 2; // the row is the first
    const char* const stop = walk_.value(begin, level);
    return (stop != nullptr ? stop : scanner_.any_value(begin, level)) == end;
  }

private:
  struct nobody {
    static bool take(int, const char*, const char*, json_kind, bool) { return true; }
  };
  json_wants wants_;
  nobody nobody_;
  json_walk<nobody> walk_;
  json_scanner scanner_;
};

// The value itself, without spaces and line ends around it.
[[nodiscard]] inline std::string_view trim_json(std::string_view text) {
  constexpr std::string_view spaces = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(spaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(spaces) + 1 - begin);
}

} // namespace vigie::core
