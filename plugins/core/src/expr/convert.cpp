// SPDX-License-Identifier: Apache-2.0
#include "convert.hpp"

#include "common/civil/civil.hpp"
#include "meaning.hpp"

#include <algorithm>
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

// Fills in what RFC 3339 wants: seconds, and the minutes of the zone or the zone itself.
std::string completed(std::string_view text) {
  constexpr std::size_t minutes_end = 16; // YYYY-MM-DDTHH:MM
  if (text.size() < minutes_end) return {};
  const std::size_t zone_at = std::min(text.find_first_of("+-Zz", minutes_end), text.size());
  const std::string_view zone = text.substr(zone_at);
  std::string out(text.substr(0, zone_at));
  if (zone_at == minutes_end) out += ":00";
  if (zone.empty()) return out += 'Z';
  out += zone.substr(0, 3);
  if (zone.size() == 3) out += ":00";
  if (zone.size() == 5) out += ':';
  return out += zone.substr(std::min<std::size_t>(3, zone.size()));
}

// Microseconds of a unit of time; 0: there is none of that name.
std::int64_t size_of_unit(std::string_view name) {
  struct unit {
    std::string_view name, plural;
    std::int64_t us;
  };
  constexpr std::int64_t second = civil::us_a_second;
  constexpr unit units[] = {{"week", "weeks", 7 * civil::us_a_day},
                            {"day", "days", civil::us_a_day},
                            {"hour", "hours", 3600 * second},
                            {"minute", "minutes", 60 * second},
                            {"second", "seconds", second},
                            {"millisecond", "milliseconds", 1000},
                            {"microsecond", "microseconds", 1},
                            {"ms", "ms", 1000},
                            {"us", "us", 1}};
  for (const unit& u : units)
    if (name == u.name || name == u.plural) return u.us;
  return 0;
}

// Below zero, where int64 has one more number. false: out of range.
bool append_digit(std::int64_t& number, int digit) {
  return !__builtin_mul_overflow(number, std::int64_t{10}, &number) &&
         !__builtin_sub_overflow(number, std::int64_t{digit}, &number);
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
  const auto days = civil::parse_date(trimmed(text));
  if (days) out = *days;
  return days.has_value();
}

bool parse_timestamp(std::string_view text, std::int64_t& out) {
  text = trimmed(text);
  if (std::int32_t days = 0; parse_date(text, days)) {
    out = days * civil::us_a_day;
    return true;
  }
  const auto us = civil::parse_timestamp(completed(text));
  if (us) out = *us;
  return us.has_value();
}

bool rescale(std::int64_t v, int from, int to, std::int64_t& out) {
  if (to >= from) return !__builtin_mul_overflow(v, power_of_ten(to - from), &out);
  const std::int64_t unit = power_of_ten(from - to), rest = v % unit;
  out = v / unit;
  if (rest >= unit - rest) ++out;
  if (rest < 0 && -rest >= unit + rest) --out;
  return true;
}

bool parse_decimal(std::string_view text, int scale, excess with, std::int64_t& out) {
  text = trimmed(text);
  const bool minus = text.starts_with('-');
  if (minus || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
  std::int64_t exponent = 0;
  if (mark < text.size() && !whole_number(text.substr(mark + 1), exponent)) return false;
  if (exponent < -10'000 || exponent > 10'000) return false;
  const std::string_view digits = text.substr(0, mark);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  // The first digit behind the last one that counts decides how to round.
  std::int64_t left = static_cast<std::int64_t>(point) + exponent + scale;
  bool any = false, up = false;
  out = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i == point) continue;
    if (digits[i] < '0' || digits[i] > '9') return false;
    any = true;
    const int digit = digits[i] - '0';
    if (left-- > 0) {
      if (!append_digit(out, digit)) return false;
    } else {
      if (digit != 0 && with == excess::refused) return false;
      if (left == -1) up = digit >= 5;
    }
  }
  for (; left > 0 && out != 0; --left)
    if (!append_digit(out, 0)) return false;
  if (up && __builtin_sub_overflow(out, 1, &out)) return false;
  if (!minus && out == INT64_MIN) return false;
  if (!minus) out = -out;
  return any;
}

bool parse_interval(std::string_view text, std::int64_t& out, std::string& why) {
  out = 0;
  std::string_view left = trimmed(text);
  bool any = false;
  while (!left.empty()) {
    std::int64_t count = 0, us = 0;
    const std::size_t number_end = std::min(left.find_first_not_of("+-0123456789"), left.size());
    const bool good = whole_number(left.substr(0, number_end), count);
    left = trimmed(left.substr(number_end));
    const std::size_t unit_end = std::min(left.find_first_of(" \t\r\n+-0123456789"), left.size());
    const std::string_view unit = left.substr(0, unit_end);
    left = trimmed(left.substr(unit_end));
    const std::int64_t size = size_of_unit(unit);
    if (!good || size == 0) {
      const bool uneven = unit.starts_with("month") || unit.starts_with("year");
      why = "'" + std::string(text.substr(0, 40)) +
            (uneven ? "' has months or years, which differ in length; use days, or make_date and "
                      "date_part"
                    : "' is no interval; intervals look like '1 day' or '2 hours 30 minutes', of "
                      "weeks, days, hours, minutes, seconds, milliseconds and microseconds");
      return false;
    }
    if (__builtin_mul_overflow(count, size, &us) || __builtin_add_overflow(out, us, &out)) {
      why = "the interval is beyond 292,000 years";
      return false;
    }
    any = true;
  }
  if (!any) why = "the interval is empty; intervals look like '1 day'";
  return any;
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

} // namespace vigie::core::expr
