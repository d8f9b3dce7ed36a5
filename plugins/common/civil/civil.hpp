// SPDX-License-Identifier: Apache-2.0
// Days and microseconds since 1970-01-01 (UTC, proleptic Gregorian calendar) from and to the texts
// of RFC 3339. Called by readers and writers for each cell. Pure functions, any thread; nothing is
// allocated but the text appended to.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::civil {

inline constexpr std::int64_t us_a_second = 1'000'000;
inline constexpr std::int64_t us_a_day = 86'400 * us_a_second;

// Quotients are rounded down: the time before 1970 counts like that behind it. b > 0.
[[nodiscard]] constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}
[[nodiscard]] constexpr std::int64_t floor_rest(std::int64_t a, std::int64_t b) {
  const std::int64_t rest = a % b;
  return rest < 0 ? rest + b : rest;
}

struct day {
  std::int64_t year;
  int month, day_of_month; // from 1
};

// Both directions count years from March, so that the leap day is the last of its year (Hinnant,
// "chrono-compatible low-level date algorithms"). 400 years have 146,097 days; 719,468 days lie
// between 0000-03-01 and 1970-01-01.
[[nodiscard]] constexpr std::int64_t days_of(day d) {
  const std::int64_t year = d.month <= 2 ? d.year - 1 : d.year;
  const std::int64_t cycle = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_in_cycle = year - cycle * 400;
  const std::int64_t month = (d.month + 9) % 12;
  const std::int64_t day_in_year = (153 * month + 2) / 5 + d.day_of_month - 1;
  return cycle * 146'097 + year_in_cycle * 365 + year_in_cycle / 4 - year_in_cycle / 100 +
         day_in_year - 719'468;
}

[[nodiscard]] constexpr day day_of(std::int64_t days) {
  days += 719'468;
  const std::int64_t cycle = (days >= 0 ? days : days - 146'096) / 146'097;
  const std::int64_t in_cycle = days - cycle * 146'097;
  const std::int64_t year =
      (in_cycle - in_cycle / 1'460 + in_cycle / 36'524 - in_cycle / 146'096) / 365;
  const std::int64_t in_year = in_cycle - (365 * year + year / 4 - year / 100);
  const std::int64_t month = (5 * in_year + 2) / 153;
  const auto day_of_month = static_cast<int>(in_year - (153 * month + 2) / 5 + 1);
  const auto calendar_month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  return {year + cycle * 400 + (calendar_month <= 2 ? 1 : 0), calendar_month, day_of_month};
}

[[nodiscard]] constexpr int days_in_month(std::int64_t year, int month) {
  constexpr std::array<int, 12> usual{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : usual[static_cast<std::size_t>(month - 1)];
}

namespace detail {

// The number that the `count` digits at `at` say, or -1.
[[nodiscard]] constexpr int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int number = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

inline void append_padded(std::string& out, std::int64_t number, std::size_t width) {
  std::array<char, 24> text;
  const auto done = std::to_chars(text.data(), text.data() + text.size(), number);
  const auto size = static_cast<std::size_t>(done.ptr - text.data());
  if (size < width) out.append(width - size, '0');
  out.append(text.data(), size);
}

// Microseconds east of UTC of "Z", "z", "+hh:mm" or "-hh:mm".
[[nodiscard]] constexpr std::optional<std::int64_t> zone(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return {};
  const int hours = digits(text, 1, 2), minutes = digits(text, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return {};
  const std::int64_t us = (hours * 3'600 + minutes * 60) * us_a_second;
  return text[0] == '-' ? -us : us;
}

// Microseconds of ".digits" at the front of the text, which is cut off it; digits behind the sixth
// are cut.
[[nodiscard]] constexpr std::optional<std::int64_t> fraction(std::string_view& text) {
  if (text.empty() || text[0] != '.') return 0;
  std::int64_t us = 0, unit = us_a_second;
  std::size_t at = 1;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    unit /= 10;
    us += (text[at] - '0') * unit;
  }
  if (at == 1) return {};
  text.remove_prefix(at);
  return us;
}

} // namespace detail

// Days of "YYYY-MM-DD" (RFC 3339, full-date; years 0000 to 9999), nothing for every other text.
[[nodiscard]] constexpr std::optional<std::int32_t> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const int year = detail::digits(text, 0, 4), month = detail::digits(text, 5, 2),
            day = detail::digits(text, 8, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return {};
  return static_cast<std::int32_t>(days_of({year, month, day}));
}

// Microseconds of "YYYY-MM-DDThh:mm:ss[.f...](Z|+hh:mm|-hh:mm)" (RFC 3339, date-time; a space or
// "t" may stand for "T"). What is finer than a microsecond is cut. A leap second is taken only
// where UTC has them, at 23:59:60, and is the first second of the next day. Nothing for every other
// text.
[[nodiscard]] constexpr std::optional<std::int64_t> parse_timestamp(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return {};
  const auto date = parse_date(text.substr(0, 10));
  const int hour = detail::digits(text, 11, 2), minute = detail::digits(text, 14, 2),
            second = detail::digits(text, 17, 2);
  if (!date || text[13] != ':' || text[16] != ':') return {};
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return {};
  std::string_view rest = text.substr(19);
  const auto part = detail::fraction(rest);
  const auto zone = detail::zone(rest);
  if (!part || !zone) return {};
  const std::int64_t whole =
      *date * us_a_day + (hour * 3'600 + minute * 60 + second) * us_a_second - *zone;
  if (second == 60 && whole % us_a_day != 0) return {};
  return whole + *part;
}

// "YYYY-MM-DD"; years outside 0000 to 9999 with a sign and six digits or more ("+012345-01-02", as
// ISO 8601 expands them).
inline void append_date(std::string& out, std::int64_t days) {
  const day d = day_of(days);
  if (d.year >= 0 && d.year <= 9999) {
    detail::append_padded(out, d.year, 4);
  } else {
    out += d.year < 0 ? '-' : '+';
    detail::append_padded(out, d.year < 0 ? -d.year : d.year, 6);
  }
  out += '-';
  detail::append_padded(out, d.month, 2);
  out += '-';
  detail::append_padded(out, d.day_of_month, 2);
}

// "YYYY-MM-DDThh:mm:ssZ", with ".ffffff" behind the seconds where they are not whole.
inline void append_timestamp(std::string& out, std::int64_t us) {
  const std::int64_t rest = floor_rest(us, us_a_day);
  append_date(out, floor_divide(us, us_a_day));
  const std::int64_t seconds = rest / us_a_second, part = rest % us_a_second;
  out += 'T';
  detail::append_padded(out, seconds / 3'600, 2);
  out += ':';
  detail::append_padded(out, seconds / 60 % 60, 2);
  out += ':';
  detail::append_padded(out, seconds % 60, 2);
  if (part != 0) {
    out += '.';
    detail::append_padded(out, part, 6);
  }
  out += 'Z';
}

} // namespace vigie::civil
