// SPDX-License-Identifier: Apache-2.0
#include "time_format.hpp"

#include "common/civil/civil.hpp"
#include "convert.hpp"
#include "wrong.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace vigie::core::expr {
namespace {

using civil::us_a_day;
using civil::us_a_second;
using civil::detail::append_padded;

constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
constexpr std::string_view weekdays = "MonTueWedThuFriSatSun";
constexpr std::string_view letters = "YmdjHMSfszZab%";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// ---- printing ----------------------------------------------------------------------------------

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

// ---- reading -----------------------------------------------------------------------------------

struct fields {
  std::int64_t year = 1970, month = 1, day = 1, day_of_year = 0;
  std::int64_t hour = 0, minute = 0, second = 0, us = 0;
  std::optional<std::int64_t> offset = {}, epoch = {};
};

class cursor {
public:
  explicit cursor(std::string_view text) : text_(text) {}
  [[nodiscard]] bool done() const { return text_.empty(); }

  // Exactly `count` digits between low and high.
  bool number(std::size_t count, std::int64_t low, std::int64_t high, std::int64_t& out) {
    out = civil::detail::digits(text_, 0, count);
    if (out < low || out > high) return false;
    text_.remove_prefix(count);
    return true;
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
  // The number, from 1, of the three letters among names.
  bool word(std::string_view names, std::int64_t& out) {
    for (std::size_t at = 0; at < names.size() && text_.size() >= 3; at += 3) {
      const bool same = lower(text_[0]) == lower(names[at]) && lower(text_[1]) == names[at + 1] &&
                        lower(text_[2]) == names[at + 2];
      if (!same) continue;
      out = static_cast<std::int64_t>(at / 3 + 1);
      text_.remove_prefix(3);
      return true;
    }
    return false;
  }
  // Digits behind the point; those behind the sixth are cut.
  bool fraction(std::int64_t& us) {
    std::size_t size = 0;
    std::int64_t unit = us_a_second;
    us = 0;
    for (; size < text_.size() && text_[size] >= '0' && text_[size] <= '9'; ++size) {
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
    if (text_.starts_with('Z') || text_.starts_with('z')) {
      text_.remove_prefix(1);
      out = 0;
      return true;
    }
    if (!text_.starts_with('+') && !text_.starts_with('-')) return false;
    const bool minus = text_.starts_with('-');
    text_.remove_prefix(1);
    std::int64_t hours = 0, minutes = 0;
    if (!number(2, 0, 23, hours)) return false;
    if (text_.starts_with(':')) text_.remove_prefix(1);
    const bool more = !text_.empty() && text_[0] >= '0' && text_[0] <= '9';
    if (more && !number(2, 0, 59, minutes)) return false;
    out = (hours * 60 + minutes) * 60 * us_a_second * (minus ? -1 : 1);
    return true;
  }

private:
  std::string_view text_;
};

bool read_item(char letter, cursor& from, fields& to) {
  std::int64_t weekday = 0;
  switch (letter) {
  case 'Y': return from.number(4, 0, 9999, to.year);
  case 'm': return from.number(2, 1, 12, to.month);
  case 'd': return from.number(2, 1, 31, to.day);
  case 'j': return from.number(3, 1, 366, to.day_of_year);
  case 'H': return from.number(2, 0, 23, to.hour);
  case 'M': return from.number(2, 0, 59, to.minute);
  case 'S': return from.number(2, 0, 60, to.second);
  case 'f': return from.fraction(to.us);
  case 's': return from.epoch(to.epoch);
  case 'z': return from.offset(to.offset);
  case 'b': return from.word(months, to.month);
  case 'a': return from.word(weekdays, weekday);
  default: return from.literal('%');
  }
}

bool day_of_fields(const fields& f, std::int64_t& days) {
  if (f.day_of_year > 0) {
    days = civil::days_of({f.year, 1, 1}) + f.day_of_year - 1;
    return civil::day_of(days).year == f.year;
  }
  const auto month = static_cast<int>(f.month), day = static_cast<int>(f.day);
  if (day > civil::days_in_month(f.year, month)) return false;
  days = civil::days_of({f.year, month, day});
  return true;
}

} // namespace

time_format::time_format(std::string_view form, std::size_t at) {
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] != '%') {
      items_.push_back({0, form[i]});
      continue;
    }
    const char letter = i + 1 < form.size() ? form[++i] : '\0';
    if (letter == 'F' || letter == 'T') {
      const std::string_view parts = letter == 'F' ? "Y-m-d" : "H:M:S";
      for (std::size_t k = 0; k < parts.size(); ++k)
        items_.push_back(k % 2 == 0 ? item{parts[k], 0} : item{0, parts[k]});
    } else if (letter != '\0' && letters.find(letter) != letters.npos) {
      items_.push_back({letter, 0});
    } else {
      throw wrong{VIGIE_E_CONFIG,
                  "behind % in the form of a time stands one of Y m d j H M S f s z Z a b F T and "
                  "%; found " +
                      quoted(form),
                  at};
    }
  }
}

bool time_format::has(char letter) const {
  return std::any_of(items_.begin(), items_.end(),
                     [&](const item& i) { return i.letter == letter; });
}

void time_format::check_readable(std::size_t at) const {
  if (has('Z'))
    throw wrong{VIGIE_E_CONFIG,
                "%Z cannot be read, as abbreviations of zones have several meanings; write %z "
                "for an offset, or give the zone behind the form",
                at};
  if (!has('Y') && !has('s'))
    throw wrong{VIGIE_E_CONFIG, "the form of a time to be read has %Y or %s", at};
}

void time_format::print(std::int64_t local, std::int64_t offset, std::string_view zone,
                        std::string& out) const {
  const std::int64_t days = floor_divide(local, us_a_day), rest = floor_rest(local, us_a_day);
  const civil::day d = civil::day_of(days);
  const std::int64_t second = rest / us_a_second;
  for (const item& i : items_) {
    switch (i.letter) {
    case 0: out += i.literal; break;
    case 'Y': append_year(out, d.year); break;
    case 'm': append_padded(out, d.month, 2); break;
    case 'd': append_padded(out, d.day_of_month, 2); break;
    case 'j': append_padded(out, days - civil::days_of({d.year, 1, 1}) + 1, 3); break;
    case 'H': append_padded(out, second / 3600, 2); break;
    case 'M': append_padded(out, second / 60 % 60, 2); break;
    case 'S': append_padded(out, second % 60, 2); break;
    case 'f': append_padded(out, rest % us_a_second, 6); break;
    case 's': print_integer(floor_divide(local - offset, us_a_second), out); break;
    case 'z': append_offset(out, offset); break;
    case 'Z': out += zone; break;
    case 'a':
      out += weekdays.substr(static_cast<std::size_t>(days + 3 - floor_divide(days + 3, 7) * 7) * 3,
                             3);
      break;
    case 'b': out += months.substr(static_cast<std::size_t>(d.month - 1) * 3, 3); break;
    default: out += '%';
    }
  }
}

bool time_format::read(std::string_view text, moment& out) const {
  cursor from(text);
  fields f;
  for (const item& i : items_)
    if (!(i.letter == 0 ? from.literal(i.literal) : read_item(i.letter, from, f))) return false;
  if (!from.done()) return false;
  out.exact = f.epoch.has_value() || f.offset.has_value();
  if (f.epoch) return !__builtin_add_overflow(*f.epoch, f.us, &out.us);
  std::int64_t days = 0;
  if (!day_of_fields(f, days)) return false;
  const std::int64_t whole = ((f.hour * 60 + f.minute) * 60 + f.second) * us_a_second;
  out.us = days * us_a_day + whole + f.us - f.offset.value_or(0);
  // A leap second, as common/civil takes it.
  return f.second < 60 || (out.us - f.us) % us_a_day == 0;
}

} // namespace vigie::core::expr
