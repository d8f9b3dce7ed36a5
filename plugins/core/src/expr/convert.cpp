// SPDX-License-Identifier: Apache-2.0
#include "convert.hpp"

#include <charconv>
#include <cmath>
#include <limits>

namespace vigie::core::expr {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\f\v";
  const std::size_t from = text.find_first_not_of(blanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

bool same_word(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]) != lower[i]) return false;
  return true;
}

template <class T> bool whole_number(std::string_view text, T& out) {
  text = trimmed(text);
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

// Reads a text from its start; each step says whether it could.
struct cursor {
  std::string_view rest;

  bool digits(std::size_t n, int& out) {
    if (rest.size() < n) return false;
    out = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (rest[i] < '0' || rest[i] > '9') return false;
      out = out * 10 + (rest[i] - '0');
    }
    rest.remove_prefix(n);
    return true;
  }
  bool accept(char c) {
    if (!rest.starts_with(c)) return false;
    rest.remove_prefix(1);
    return true;
  }
};

bool leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

bool read_date(cursor& in, std::int64_t& days) {
  int year = 0, month = 0, day = 0;
  if (!in.digits(4, year) || !in.accept('-') || !in.digits(2, month) || !in.accept('-') ||
      !in.digits(2, day))
    return false;
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  if (day > lengths[month - 1] + (month == 2 && leap(year) ? 1 : 0)) return false;
  days = days_of({year, month, day});
  return true;
}

bool read_fraction(cursor& in, std::int64_t& us) {
  std::int64_t scale = us_per_second;
  int digit = 0, n = 0;
  for (; n < 6 && in.digits(1, digit); ++n) {
    scale /= 10;
    us += digit * scale;
  }
  return n > 0;
}

// HH:MM[:SS[.f]] in microseconds of the day.
bool read_time(cursor& in, std::int64_t& us) {
  int hour = 0, minute = 0, second = 0;
  if (!in.digits(2, hour) || !in.accept(':') || !in.digits(2, minute)) return false;
  us = 0;
  if (in.accept(':')) {
    if (!in.digits(2, second)) return false;
    if (in.accept('.') && !read_fraction(in, us)) return false;
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  us += (hour * 3600 + minute * 60 + second) * us_per_second;
  return true;
}

// Nothing, Z, or +-HH[[:]MM]: how far local time is ahead of UTC.
bool read_zone(cursor& in, std::int64_t& us) {
  us = 0;
  if (in.rest.empty() || in.accept('Z') || in.accept('z')) return true;
  const bool behind = in.rest.starts_with('-');
  if (!in.accept('+') && !in.accept('-')) return false;
  int hours = 0, minutes = 0;
  if (!in.digits(2, hours)) return false;
  const bool more = in.accept(':');
  if ((more || !in.rest.empty()) && !in.digits(2, minutes)) return false;
  if (hours > 15 || minutes > 59) return false;
  us = (hours * 3600 + minutes * 60) * us_per_second * (behind ? -1 : 1);
  return true;
}

void padded(std::int64_t v, std::size_t width, std::string& out) {
  const std::string digits = std::to_string(v < 0 ? -v : v);
  if (v < 0) out += '-';
  out.append(width > digits.size() ? width - digits.size() : 0, '0');
  out += digits;
}

template <class T, class... Form> void put_number(T v, std::string& out, Form... form) {
  char text[400]; // the longest fixed notation below 1e15 has some 40 digits
  const auto [end, error] = std::to_chars(text, text + sizeof text, v, form...);
  out.append(text, error == std::errc() ? end : text);
}

} // namespace

bool parse_integer(std::string_view text, std::int64_t& out) { return whole_number(text, out); }
bool parse_natural(std::string_view text, std::uint64_t& out) { return whole_number(text, out); }

bool parse_real(std::string_view text, double& out) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  const bool minus = text.starts_with('-');
  const std::string_view size = minus ? text.substr(1) : text;
  if (same_word(size, "inf") || same_word(size, "infinity")) {
    out = std::numeric_limits<double>::infinity() * (minus ? -1 : 1);
    return true;
  }
  if (same_word(text, "nan")) {
    out = std::numeric_limits<double>::quiet_NaN();
    return true;
  }
  if (size.empty() || ((size[0] < '0' || size[0] > '9') && size[0] != '.')) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

bool parse_boolean(std::string_view text, bool& out) {
  text = trimmed(text);
  out = same_word(text, "true");
  return out || same_word(text, "false");
}

bool parse_date(std::string_view text, std::int32_t& out) {
  cursor in{trimmed(text)};
  std::int64_t days = 0;
  if (!read_date(in, days) || !in.rest.empty()) return false;
  out = static_cast<std::int32_t>(days);
  return true;
}

bool parse_timestamp(std::string_view text, std::int64_t& out) {
  cursor in{trimmed(text)};
  std::int64_t days = 0, time = 0, zone = 0;
  if (!read_date(in, days)) return false;
  if (!in.rest.empty()) {
    if (!in.accept('T') && !in.accept('t') && !in.accept(' ')) return false;
    if (!read_time(in, time) || !read_zone(in, zone) || !in.rest.empty()) return false;
  }
  out = days * us_per_day + time - zone;
  return true;
}

void print_integer(std::int64_t v, std::string& out) { put_number(v, out); }
void print_natural(std::uint64_t v, std::string& out) { put_number(v, out); }

void print_real(double v, std::string& out) {
  if (std::isnan(v)) {
    out += "NaN";
  } else if (std::isinf(v)) {
    out += v < 0 ? "-Infinity" : "Infinity";
  } else if (const double size = std::fabs(v); v == 0 || (size >= 1e-4 && size < 1e15)) {
    put_number(v, out, std::chars_format::fixed);
  } else {
    put_number(v, out, std::chars_format::scientific);
  }
}

void print_date(std::int64_t days, std::string& out) {
  const civil c = civil_of(days);
  padded(c.year, 4, out);
  out += '-';
  padded(c.month, 2, out);
  out += '-';
  padded(c.day, 2, out);
}

void print_timestamp(std::int64_t us, std::string& out) {
  const std::int64_t days = floor_divide(us, us_per_day);
  const std::int64_t time = us - days * us_per_day, seconds = time / us_per_second;
  print_date(days, out);
  out += 'T';
  padded(seconds / 3600, 2, out);
  out += ':';
  padded(seconds / 60 % 60, 2, out);
  out += ':';
  padded(seconds % 60, 2, out);
  if (time % us_per_second != 0) {
    out += '.';
    padded(time % us_per_second, 6, out);
  }
  out += 'Z';
}

civil civil_of(std::int64_t days) {
  days += 719'468; // to 0000-03-01
  const std::int64_t era = floor_divide(days, 146'097);
  const std::int64_t of_era = days - era * 146'097;
  const std::int64_t year =
      (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t from_march = (5 * of_year + 2) / 153;
  const auto day = static_cast<int>(of_year - (153 * from_march + 2) / 5 + 1);
  const auto month = static_cast<int>(from_march < 10 ? from_march + 3 : from_march - 9);
  return {year + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::int64_t days_of(const civil& c) {
  const std::int64_t year = c.year - (c.month <= 2 ? 1 : 0);
  const std::int64_t era = floor_divide(year, 400);
  const std::int64_t of_era = year - era * 400;
  const std::int64_t from_march = c.month > 2 ? c.month - 3 : c.month + 9;
  const std::int64_t of_year = (153 * from_march + 2) / 5 + c.day - 1;
  return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

} // namespace vigie::core::expr
