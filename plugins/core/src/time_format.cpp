// SPDX-License-Identifier: Apache-2.0
#include "time_format.hpp"

#include "common/civil/civil.hpp"

#include <vigie/types.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <span>

namespace vigie::core {
namespace {

using civil::us_a_day;
using civil::us_a_second;
using civil::detail::append_padded;

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> weekdays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
constexpr std::string_view letters = "YymbBdjHIpMSfszZaA%";
constexpr std::string_view numbers = "YymdjHIMSf"; // the letters that are digits without a sign
constexpr std::size_t short_name = 3;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool starts_like(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(),
                    [](char w, char t) { return lower(w) == lower(t); });
}

void append_year(std::string& out, std::int64_t year) {
  if (year >= 0 && year <= 9999) return append_padded(out, year, 4);
  out += year < 0 ? '-' : '+';
  append_padded(out, year < 0 ? -year : year, 6);
}

void append_offset(std::string& out, std::int64_t offset) {
  const std::int64_t minutes = (offset < 0 ? -offset : offset) / (60 * us_a_second);
  out += offset < 0 ? '-' : '+';
  append_padded(out, minutes / 60, 2);
  append_padded(out, minutes % 60, 2);
}

} // namespace

// ---- the form ----------------------------------------------------------------------------------

time_format::time_format(std::string_view form) : form_(form) {
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] != '%') {
      items_.push_back({.literal = form[i]});
      continue;
    }
    const char letter = i + 1 < form.size() ? form[++i] : '\0';
    if (letter == 'F' || letter == 'T') {
      const std::string_view parts = letter == 'F' ? "Y-m-d" : "H:M:S";
      for (std::size_t k = 0; k < parts.size(); ++k)
        items_.push_back(k % 2 == 0 ? item{.letter = parts[k], .exact = true}
                                    : item{.literal = parts[k]});
    } else if (letter != '\0' && letters.find(letter) != letters.npos) {
      items_.push_back({.letter = letter});
    } else {
      throw error(VIGIE_E_CONFIG, "behind % in the form of a time stands one of Y y m b B d j H I "
                                  "p M S f s z Z a A F T and %; found '" +
                                      form_ + "'");
    }
  }
  // Where a number follows at once, digits could be those of either.
  for (std::size_t i = 0; i + 1 < items_.size(); ++i)
    if (items_[i + 1].letter != 0 && numbers.find(items_[i + 1].letter) != numbers.npos)
      items_[i].exact = true;
}

bool time_format::has(char letter) const {
  return std::any_of(items_.begin(), items_.end(),
                     [&](const item& i) { return i.letter == letter; });
}

void time_format::check_readable() const {
  const auto refuse = [&](const std::string& why) {
    throw error(VIGIE_E_CONFIG, "the form '" + form_ + "' cannot be read by: " + why);
  };
  if (has('Z')) refuse("abbreviations of zones, %Z, have several meanings; write %z for an offset");
  if (!has('Y') && !has('y') && !has('s')) refuse("it has none of %Y, %y and %s");
  if (has('I') != has('p')) refuse("it has one of %I and %p; it needs both");
  for (const std::string_view same : {"Yy", "mbB", "d", "j", "HI", "p", "M", "S", "f", "s", "z"}) {
    const auto n = std::count_if(items_.begin(), items_.end(), [&](const item& i) {
      return i.letter != 0 && same.find(i.letter) != same.npos;
    });
    if (n > 1)
      refuse("it says %" + std::string(1, same.front()) + " twice, maybe in other letters");
  }
}

void time_format::check_names_day() const {
  check_readable();
  const bool month = has('m') || has('b') || has('B');
  if (!has('s') && !has('j') && !(month && has('d')))
    throw error(VIGIE_E_CONFIG,
                "the form '" + form_ +
                    "' names no day; it needs a year and a month with a day, or %j, or %s");
}

// ---- printing ----------------------------------------------------------------------------------

void time_format::print(std::int64_t local, std::int64_t offset, std::string_view zone,
                        std::string& out) const {
  const std::int64_t days = civil::floor_divide(local, us_a_day),
                     rest = civil::floor_rest(local, us_a_day);
  const civil::day d = civil::day_of(days);
  const std::int64_t second = rest / us_a_second, hour = second / 3600;
  const auto month = [&] { return months[static_cast<std::size_t>(d.month - 1)]; };
  const auto weekday = [&] { // 1970-01-01 was a Thursday
    return weekdays[static_cast<std::size_t>(civil::floor_rest(days + 3, 7))];
  };
  for (const item& i : items_) {
    switch (i.letter) {
    case 0: out += i.literal; break;
    case 'Y': append_year(out, d.year); break;
    case 'y': append_padded(out, civil::floor_rest(d.year, 100), 2); break;
    case 'm': append_padded(out, d.month, 2); break;
    case 'b': out += month().substr(0, short_name); break;
    case 'B': out += month(); break;
    case 'd': append_padded(out, d.day_of_month, 2); break;
    case 'j': append_padded(out, days - civil::days_of({d.year, 1, 1}) + 1, 3); break;
    case 'H': append_padded(out, hour, 2); break;
    case 'I': append_padded(out, (hour + 11) % 12 + 1, 2); break;
    case 'p': out += hour < 12 ? "AM" : "PM"; break;
    case 'M': append_padded(out, second / 60 % 60, 2); break;
    case 'S': append_padded(out, second % 60, 2); break;
    case 'f': append_padded(out, rest % us_a_second, 6); break;
    case 's': out += std::to_string(civil::floor_divide(local - offset, us_a_second)); break;
    case 'z': append_offset(out, offset); break;
    case 'Z': out += zone; break;
    case 'a': out += weekday().substr(0, short_name); break;
    case 'A': out += weekday(); break;
    default: out += '%';
    }
  }
}

// ---- reading -----------------------------------------------------------------------------------

struct time_format::fields {
  int year = 1970, month = 1, day = 1, day_of_year = 0;
  int hour = 0, minute = 0, second = 0, half = -1, weekday = 0;
  std::int64_t us = 0;
  std::optional<std::int64_t> offset = {}, epoch = {}; // microseconds

  [[nodiscard]] bool days(std::int64_t& out) const {
    if (day_of_year > 0) {
      out = civil::days_of({year, 1, 1}) + day_of_year - 1;
      return civil::day_of(out).year == year;
    }
    out = civil::days_of({year, month, day});
    return day <= civil::days_in_month(year, month);
  }
};

// What is left of the text; each call takes its part off the front, or fails.
class time_format::cursor {
public:
  explicit cursor(std::string_view text) : text_(text) {}
  [[nodiscard]] bool done() const { return text_.empty(); }

  // `least` to `most` digits, of a number between low and high.
  bool number(std::size_t least, std::size_t most, int low, int high, int& out) {
    std::size_t n = 0;
    out = 0;
    for (; n < most && n < text_.size() && is_digit(text_[n]); ++n)
      out = out * 10 + (text_[n] - '0');
    text_.remove_prefix(n);
    return n >= least && out >= low && out <= high;
  }
  bool literal(char c) {
    if (c == ' ') {
      const std::size_t end = std::min(text_.find_first_not_of(" \t"), text_.size());
      text_.remove_prefix(end);
      return end > 0;
    }
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  // The number, from 1, of the name, of which the first `size` letters stand here.
  bool name(std::span<const std::string_view> names, std::size_t size, int& out) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string_view word = names[i].substr(0, size);
      if (!starts_like(text_, word)) continue;
      out = static_cast<int>(i) + 1;
      text_.remove_prefix(word.size());
      return true;
    }
    return false;
  }
  bool half_day(int& half) {
    half = starts_like(text_, "pm") ? 1 : 0;
    if (half == 0 && !starts_like(text_, "am")) return false;
    text_.remove_prefix(2);
    return true;
  }
  // Digits behind the point; those behind the sixth are cut.
  bool fraction(std::int64_t& us) {
    std::size_t size = 0;
    std::int64_t unit = us_a_second;
    us = 0;
    for (; size < text_.size() && is_digit(text_[size]); ++size) {
      unit /= 10;
      us += (text_[size] - '0') * unit;
    }
    text_.remove_prefix(size);
    return size > 0;
  }
  bool epoch(std::optional<std::int64_t>& out) {
    std::int64_t seconds = 0, us = 0;
    const auto [end, fault] = std::from_chars(text_.data(), text_.data() + text_.size(), seconds);
    if (fault != std::errc() || __builtin_mul_overflow(seconds, us_a_second, &us)) return false;
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    out = us;
    return true;
  }
  // Z, +hh, +hhmm, +hh:mm.
  bool offset(std::optional<std::int64_t>& out) {
    if (literal('Z') || literal('z')) {
      out = 0;
      return true;
    }
    const bool minus = text_.starts_with('-');
    if (!literal('+') && !literal('-')) return false;
    int hours = 0, minutes = 0;
    if (!number(2, 2, 0, 23, hours)) return false;
    const bool more = literal(':') || (!text_.empty() && is_digit(text_.front()));
    if (more && !number(2, 2, 0, 59, minutes)) return false;
    out = (hours * 60 + minutes) * 60 * us_a_second * (minus ? -1 : 1);
    return true;
  }

private:
  std::string_view text_;
};

bool time_format::read_item(const item& i, cursor& from, fields& to) {
  constexpr std::size_t whole = std::string_view::npos;
  const std::size_t least = i.exact ? 2 : 1;
  switch (i.letter) {
  case 0: return from.literal(i.literal);
  case 'Y': return from.number(4, 4, 0, 9999, to.year);
  case 'y':
    if (!from.number(2, 2, 0, 99, to.year)) return false;
    to.year += to.year < 69 ? 2000 : 1900; // as POSIX has it
    return true;
  case 'm': return from.number(least, 2, 1, 12, to.month);
  case 'b': return from.name(months, short_name, to.month);
  case 'B': return from.name(months, whole, to.month);
  case 'd': return from.number(least, 2, 1, 31, to.day);
  case 'j': return from.number(3, 3, 1, 366, to.day_of_year);
  case 'H': return from.number(least, 2, 0, 23, to.hour);
  case 'I': return from.number(least, 2, 1, 12, to.hour);
  case 'p': return from.half_day(to.half);
  case 'M': return from.number(2, 2, 0, 59, to.minute);
  case 'S': return from.number(2, 2, 0, 60, to.second);
  case 'f': return from.fraction(to.us);
  case 's': return from.epoch(to.epoch);
  case 'z': return from.offset(to.offset);
  case 'a': return from.name(weekdays, short_name, to.weekday);
  case 'A': return from.name(weekdays, whole, to.weekday);
  default: return from.literal('%');
  }
}

bool time_format::read(std::string_view text, moment& out) const {
  cursor from(text);
  fields f;
  for (const item& i : items_)
    if (!read_item(i, from, f)) return false;
  if (!from.done()) return false;
  out.exact = f.epoch.has_value() || f.offset.has_value();
  if (f.epoch) return !__builtin_add_overflow(*f.epoch, f.us, &out.us);
  std::int64_t days = 0;
  if (!f.days(days)) return false;
  if (f.half >= 0) f.hour = f.hour % 12 + 12 * f.half;
  const std::int64_t whole = ((f.hour * 60 + f.minute) * 60 + f.second) * us_a_second;
  out.us = days * us_a_day + whole + f.us - f.offset.value_or(0);
  // A leap second, as common/civil takes it.
  return f.second < 60 || (out.us - f.us) % us_a_day == 0;
}

} // namespace vigie::core
