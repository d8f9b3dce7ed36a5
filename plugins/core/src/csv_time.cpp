// SPDX-License-Identifier: Apache-2.0
#include "csv_time.hpp"

#include "common/civil/civil.hpp"

#include <vigie/types.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace vigie::core {
namespace {

constexpr std::string_view letters = "YmdHMSfzbBjIpyTF%";
constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool starts_like(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(),
                                                  [](char w, char t) { return w == lower(t); });
}

// At least `least` and at most `most` digits at the front of the text, which are cut off it.
bool take_number(std::string_view& text, std::size_t least, std::size_t most, int& to) {
  std::size_t n = 0;
  to = 0;
  for (; n < most && n < text.size() && is_digit(text[n]); ++n) to = to * 10 + (text[n] - '0');
  text.remove_prefix(n);
  return n >= least;
}

// Digits behind a point; those behind the sixth are cut.
bool take_fraction(std::string_view& text, int& us) {
  std::size_t n = 0;
  us = 0;
  int unit = 100'000;
  for (; n < 9 && n < text.size() && is_digit(text[n]); ++n, unit /= 10)
    us += (text[n] - '0') * unit;
  text.remove_prefix(n);
  return n > 0;
}

// Z, +hh:mm, +hhmm and +hh.
bool take_zone(std::string_view& text, int& minutes) {
  if (text.empty()) return false;
  const char sign = text.front();
  text.remove_prefix(1);
  minutes = 0;
  if (sign == 'Z' || sign == 'z') return true;
  if (sign != '+' && sign != '-') return false;
  int hours = 0, rest = 0;
  if (!take_number(text, 2, 2, hours) || hours > 23) return false;
  const bool colon = !text.empty() && text.front() == ':';
  if (colon) text.remove_prefix(1);
  if (colon || (!text.empty() && is_digit(text.front())))
    if (!take_number(text, 2, 2, rest) || rest > 59) return false;
  minutes = (hours * 60 + rest) * (sign == '-' ? -1 : 1);
  return true;
}

bool take_month(std::string_view& text, bool whole, int& month) {
  for (std::size_t i = 0; i < months.size(); ++i) {
    const std::string_view word = whole ? months[i] : months[i].substr(0, 3);
    if (!starts_like(text, word)) continue;
    text.remove_prefix(word.size());
    month = static_cast<int>(i) + 1;
    return true;
  }
  return false;
}

bool take_half_day(std::string_view& text, int& half) {
  half = starts_like(text, "pm") ? 1 : 0;
  if (half == 0 && !starts_like(text, "am")) return false;
  text.remove_prefix(2);
  return true;
}

// A decimal number of units: digits, maybe a sign in front and a fraction behind.
std::optional<std::int64_t> epoch(std::string_view text, std::int64_t us_a_unit) {
  const bool minus = text.starts_with('-');
  if (minus) text.remove_prefix(1);
  std::int64_t us = 0;
  std::size_t at = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    if (__builtin_mul_overflow(us, 10, &us) ||
        __builtin_add_overflow(us, (text[at] - '0') * us_a_unit, &us))
      return {};
  }
  if (at == 0) return {};
  if (at < text.size() && text[at] != '.') return {};
  std::int64_t unit = us_a_unit, part = 0;
  const std::size_t point = at;
  for (++at; at < text.size(); ++at) {
    if (!is_digit(text[at])) return {};
    unit /= 10;
    part += (text[at] - '0') * unit;
  }
  if (point + 1 == text.size()) return {}; // a point and nothing behind it
  if (__builtin_add_overflow(us, part, &us)) return {};
  return minus ? -us : us;
}

} // namespace

struct csv_time::parts {
  int year = -1, month = 1, day = 1, day_of_year = 0;
  int hour = 0, minute = 0, second = 0, us = 0, zone = 0, half = -1;

  [[nodiscard]] bool good() const;
  [[nodiscard]] std::int64_t days() const {
    if (day_of_year > 0) return civil::days_of({year, 1, 1}) + day_of_year - 1;
    return civil::days_of({year, month, day});
  }
};

bool csv_time::parts::good() const {
  const int days_a_year = civil::days_in_month(year, 2) == 29 ? 366 : 365;
  const bool date = year >= 0 && month >= 1 && month <= 12 && day >= 1 &&
                    day <= civil::days_in_month(year, std::clamp(month, 1, 12)) &&
                    day_of_year >= 0 && day_of_year <= days_a_year;
  const bool half_day = half < 0 || (hour >= 1 && hour <= 12);
  return date && half_day && hour <= 23 && minute <= 59 && second <= 59;
}

csv_time::csv_time(const std::string& format) {
  if (format.empty()) return;
  if (format == "epoch_s") us_a_unit_ = 1'000'000;
  if (format == "epoch_ms") us_a_unit_ = 1'000;
  if (format == "epoch_us") us_a_unit_ = 1;
  if (us_a_unit_ != 0) return;
  std::string spread; // with %T and %F written out
  for (std::size_t i = 0; i < format.size(); ++i) {
    const std::string_view two = std::string_view(format).substr(i, 2);
    const bool known = two == "%T" || two == "%F";
    if (known)
      spread += two == "%T" ? "%H:%M:%S" : "%Y-%m-%d";
    else
      spread += two.front() == '%' ? std::string(two) : std::string(1, two.front());
    if (two.front() == '%') ++i;
  }
  std::string seen;
  for (std::size_t i = 0; i < spread.size(); ++i) {
    if (spread[i] != '%') {
      items_.push_back({0, spread[i]});
      continue;
    }
    const char letter = i + 1 < spread.size() ? spread[++i] : '\0';
    if (letter == '\0' || letters.find(letter) == std::string_view::npos)
      throw error(VIGIE_E_CONFIG,
                  "the format '" + format + "' has '%" + std::string(1, letter ? letter : ' ') +
                      "'; known are %Y %y %m %b %B %d %j %H %I %p %M %S %f %z %T %F "
                      "%%, and the words epoch_s, epoch_ms and epoch_us");
    if (letter == '%') {
      items_.push_back({0, '%'});
      continue;
    }
    if (seen.find(letter) != std::string::npos)
      throw error(VIGIE_E_CONFIG,
                  "the format '" + format + "' has %" + std::string(1, letter) + " twice");
    seen += letter;
    items_.push_back({letter, 0});
  }
  const bool year = seen.find_first_of("Yy") != std::string::npos;
  const bool month = seen.find_first_of("mbB") != std::string::npos;
  const bool day = seen.find('d') != std::string::npos;
  const bool twelve = seen.find('I') != std::string::npos,
             half = seen.find('p') != std::string::npos;
  if (!year || !((month && day) || seen.find('j') != std::string::npos))
    throw error(VIGIE_E_CONFIG,
                "the format '" + format +
                    "' names no day; it needs a year and a month with a day, or %j");
  if (twelve != half)
    throw error(VIGIE_E_CONFIG, "the format '" + format + "' has one of %I and %p; it needs both");
}

bool csv_time::read(std::string_view text, parts& to) const {
  for (const item& i : items_) {
    bool good = true;
    switch (i.letter) {
    case 0:
      good = !text.empty() && text.front() == i.literal;
      if (good) text.remove_prefix(1);
      break;
    case 'Y': good = take_number(text, 4, 4, to.year); break;
    case 'y':
      good = take_number(text, 2, 2, to.year);
      to.year += to.year < 69 ? 2000 : 1900; // as POSIX has it
      break;
    case 'm': good = take_number(text, 1, 2, to.month); break;
    case 'b': good = take_month(text, false, to.month); break;
    case 'B': good = take_month(text, true, to.month); break;
    case 'd': good = take_number(text, 1, 2, to.day); break;
    case 'j': good = take_number(text, 3, 3, to.day_of_year) && to.day_of_year > 0; break;
    case 'H': good = take_number(text, 1, 2, to.hour); break;
    case 'I': good = take_number(text, 1, 2, to.hour); break;
    case 'p': good = take_half_day(text, to.half); break;
    case 'M': good = take_number(text, 2, 2, to.minute); break;
    case 'S': good = take_number(text, 2, 2, to.second); break;
    case 'f': good = take_fraction(text, to.us); break;
    default: good = take_zone(text, to.zone);
    }
    if (!good) return false;
  }
  return text.empty() && to.good();
}

std::optional<std::int64_t> csv_time::timestamp(std::string_view text) const {
  if (us_a_unit_ != 0) return epoch(text, us_a_unit_);
  if (items_.empty()) return civil::parse_timestamp(text);
  parts p;
  if (!read(text, p)) return {};
  if (p.half >= 0) p.hour = p.hour % 12 + 12 * p.half;
  const std::int64_t seconds = (p.hour * 60 + p.minute - p.zone) * 60 + p.second;
  return p.days() * civil::us_a_day + seconds * civil::us_a_second + p.us;
}

std::optional<std::int32_t> csv_time::date(std::string_view text) const {
  if (items_.empty() && us_a_unit_ == 0) return civil::parse_date(text);
  const auto us = timestamp(text);
  if (!us) return {};
  const std::int64_t days = *us / civil::us_a_day - (*us % civil::us_a_day < 0 ? 1 : 0);
  if (days < std::numeric_limits<std::int32_t>::min() ||
      days > std::numeric_limits<std::int32_t>::max())
    return {};
  return static_cast<std::int32_t>(days);
}

} // namespace vigie::core
