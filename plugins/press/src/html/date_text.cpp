// SPDX-License-Identifier: Apache-2.0
#include "html/date_text.hpp"

#include "common/civil/civil.hpp"
#include "html/ascii.hpp"
#include "html/other_calendars.hpp"

#include <charconv>

namespace vigie::press::html {
namespace {

// Reads on in a text; what does not fit leaves it where it is.
struct cursor {
  std::string_view s;
  std::size_t at = 0;

  [[nodiscard]] bool more() const { return at < s.size(); }
  // Digits, `least` to `most` of them and no more; -1: none.
  int number(std::size_t least, std::size_t most) {
    std::size_t n = 0;
    int value = 0;
    while (at + n < s.size() && is_digit(s[at + n]) && n <= most)
      value = n < 8 ? value * 10 + (s[at + n] - '0') : value, ++n;
    if (n < least || n > most) return -1;
    at += n;
    return value;
  }
  bool take(std::string_view what) {
    if (!s.substr(at).starts_with(what)) return false;
    at += what.size();
    return true;
  }
  void skip(std::string_view any) {
    while (more() && any.find(s[at]) != std::string_view::npos) ++at;
    while (take("\xC2\xA0"))
      while (more() && any.find(s[at]) != std::string_view::npos) ++at;
  }
  std::string_view word() {
    const std::size_t from = at;
    while (more() && (is_letter(s[at]) || static_cast<unsigned char>(s[at]) >= 0x80) &&
           !s.substr(at).starts_with("\xC2\xA0"))
      ++at;
    return s.substr(from, at - from);
  }
};

std::optional<std::int64_t> day_if(int year, int month, int day) {
  if (month > persian_months) return day_of_persian(year, month - persian_months, day);
  if (year >= 0 && year < 100) year += year < 70 ? 2000 : 1900;
  if (year < 1990 || year > 2099 || month < 1 || month > 12 || day < 1) return std::nullopt;
  if (day > civil::days_in_month(year, month)) return std::nullopt;
  return civil::days_of({year, month, day});
}

// As day_if, of a date whose year may be told in the Thai calendar: not of eight digits, which are
// the numbers of articles, too.
std::optional<std::int64_t> day_if_of_text(int year, int month, int day) {
  const bool thai = year >= first_buddhist_year && year <= last_buddhist_year;
  return day_if(thai ? year - buddhist_years_ahead : year, month, day);
}

// 2016, or a year of an era that is named before it: 令和2.
int year_of_era(cursor& c) {
  for (const auto& [name, before] : eras)
    if (c.take(name)) {
      const int year = c.number(1, 3);
      return year < 0 ? year : year + before;
    }
  return c.number(4, 4);
}

// 2016-04-02 and the like, 2016年4月2日, 20160402.
std::optional<std::int64_t> year_first(cursor& c) {
  cursor joined = c;
  if (const int all = joined.number(8, 8); all >= 0) {
    c.at = joined.at;
    return day_if(all / 10000, all / 100 % 100, all % 100);
  }
  if (joined = c; joined.number(14, 14) >= 0) {
    const int all = cursor{c.s.substr(c.at, 8)}.number(8, 8);
    c.at = joined.at;
    return day_if(all / 10000, all / 100 % 100, all % 100);
  }
  const int year = year_of_era(c);
  if (year < 0) return std::nullopt;
  if (!(c.take("-") || c.take("/") || c.take(".") || c.take("年") || c.take("년") || c.take(":")))
    return std::nullopt;
  c.skip(" ");
  const int month = c.number(1, 2);
  if (!(c.take("-") || c.take("/") || c.take(".") || c.take("月") || c.take("월") || c.take(":")))
    return std::nullopt;
  c.skip(" ");
  const int day = c.number(1, 2);
  const bool persian = year >= first_persian_year && year <= last_persian_year;
  return persian ? day_of_persian(year, month, day) : day_if(year, month, day);
}

// 2.4.2016, 2/4/16, 02-04-2016.
std::optional<std::int64_t> day_first(cursor& c, bool month_first) {
  const int a = c.number(1, 2);
  c.skip(" ");
  const char mark = c.more() ? c.s[c.at] : '\0';
  if (a < 0 || (mark != '.' && mark != '/' && mark != '-')) return std::nullopt;
  ++c.at;
  c.skip(" ");
  const int b = c.number(1, 2);
  c.skip(" ");
  if (b < 0 || !c.more() || c.s[c.at] != mark) return std::nullopt;
  ++c.at;
  c.skip(" ");
  cursor four = c;
  int year = four.number(4, 4);
  if (year < 0) year = (four = c).number(2, 2);
  c.at = four.at;
  const bool swap = mark == '/' && ((month_first && a <= 12) || b > 12);
  return swap ? day_if_of_text(year, a, b) : day_if_of_text(year, b, a);
}

// 02-04-2016 of an address; 02/04/2016 and two digits of a year could be anything there.
std::optional<std::int64_t> day_month_year(cursor& c) {
  const int day = c.number(2, 2);
  if (day < 0 || !(c.take("-") || c.take("."))) return std::nullopt;
  const int month = c.number(2, 2);
  if (month < 0 || !(c.take("-") || c.take("."))) return std::nullopt;
  return day_if(c.number(4, 4), month, day);
}

constexpr std::string_view between = " \t\r\n.,/|-";

// 16 or '16 behind a month; -1: none.
int short_year(cursor& c, bool apostrophe) {
  if (!c.take("'") && !c.take("’") && apostrophe) return -1;
  const int year = c.number(2, 2);
  return c.more() && c.s[c.at] == ':' ? -1 : year; // the hour
}

// 2 avril 2016, 2nd of April, 2016, 2. April 2016, 4 d'abril de 2016, 2 Apr '16, 02-Apr-16.
std::optional<std::int64_t> day_and_month(cursor& c, const rules& known) {
  const int day = c.number(1, 2);
  if (day < 0) return std::nullopt;
  const bool hyphens = c.more() && c.s[c.at] == '-';
  int month = 0;
  for (int words = 0; words < 3 && month == 0; ++words) {
    c.skip(between);
    const std::string_view word = c.word();
    if (word.empty()) return std::nullopt;
    month = known.month(word);
    if (month == 0 && word.size() > 4) return std::nullopt;
    if (month == 0) c.take("'"); // d'abril
  }
  cursor tight = c;
  if (hyphens && tight.take("-"))
    if (const int year = short_year(tight, false); year >= 0) {
      c.at = tight.at;
      return day_if(year, month, day);
    }
  c.skip(between);
  if (c.take("de ") || c.take("del ")) c.skip(between);
  if (const int year = c.number(4, 4); year >= 0) return day_if_of_text(year, month, day);
  return day_if(short_year(c, true), month, day);
}

// 10:15:00 CEST, 10:15:00 +0200 between day and year, as C, Java and Ruby write times; with
// seconds, since a time without them may stand behind any day.
void skip_clock(cursor& c) {
  cursor clock = c;
  for (int part = 0; part < 3; ++part)
    if ((part > 0 && !clock.take(":")) || clock.number(2, 2) < 0) return;
  clock.skip(" ");
  if (clock.take("+") || clock.take("-")) {
    if (clock.number(4, 4) < 0) return;
  } else {
    clock.word();
  }
  clock.skip(" ");
  c.at = clock.at;
}

// 2016-Apr-02, 2022. május 4.
std::optional<std::int64_t> year_and_month(cursor& c, const rules& known) {
  const int year = c.number(4, 4);
  if (year < 0) return std::nullopt;
  c.skip(" .-");
  const int month = known.month(c.word());
  if (month == 0) return std::nullopt;
  c.skip(" .-");
  const int day = c.number(1, 2);
  cursor behind = c;
  behind.skip(" ,.");
  if (behind.number(4, 4) >= 0) return std::nullopt; // of the day before it
  return day_if(year, month, day);
}

// April 2nd, 2016.
std::optional<std::int64_t> month_and_day(cursor& c, const rules& known) {
  const int month = known.month(c.word());
  if (month == 0) return std::nullopt;
  c.skip(between);
  const int day = c.number(1, 2);
  if (day < 0) return std::nullopt;
  c.skip(" ");
  static_cast<void>(c.take("st") || c.take("nd") || c.take("rd") || c.take("th"));
  c.skip(between);
  skip_clock(c);
  if (const int year = c.number(4, 4); year >= 0) return day_if(year, month, day);
  return day_if(short_year(c, true), month, day);
}

std::optional<found_date> date_at(std::string_view s, std::size_t at, const rules& known,
                                  bool month_first) {
  const auto result = [at](const std::optional<std::int64_t>& day,
                           const cursor& c) -> std::optional<found_date> {
    if (!day) return std::nullopt;
    return found_date{*day, at, c.at};
  };
  cursor c{s, at};
  if (!is_digit(s[at])) {
    if (const auto day = month_and_day(c, known)) return result(day, c);
    c.at = at;
    return result(static_cast<unsigned char>(s[at]) < 0x80 ? std::nullopt : year_first(c), c);
  }
  if (const auto day = year_first(c)) return result(day, c);
  c.at = at;
  if (const auto day = day_first(c, month_first)) return result(day, c);
  c.at = at;
  if (const auto day = day_and_month(c, known)) return result(day, c);
  c.at = at;
  return result(year_and_month(c, known), c);
}

} // namespace

std::optional<found_date> find_date(std::string_view s, const rules& known, bool month_first,
                                    std::size_t from) {
  for (std::size_t i = from; i < s.size(); ++i) {
    const auto b = static_cast<unsigned char>(s[i]);
    const bool digit = is_digit(s[i]);
    if (!digit && !is_letter(s[i]) && b < 0xC0) continue;
    const bool inside =
        i > 0 && (digit ? is_digit(s[i - 1])
                        : is_letter(s[i - 1]) || static_cast<unsigned char>(s[i - 1]) >= 0x80);
    if (inside) continue;
    if (const auto found = date_at(s, i, known, month_first)) return found;
  }
  return std::nullopt;
}

std::optional<std::int64_t> day_of_epoch(std::string_view digits) {
  constexpr std::int64_t first = 631'152'000, behind = 4'102'444'800; // 1990, 2100
  if (digits.size() != 10 && digits.size() != 13) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (wrong != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  if (digits.size() == 13) value /= 1000;
  if (value < first || value >= behind) return std::nullopt;
  return value / 86'400;
}

namespace {

// 2016/0402
std::optional<std::int64_t> year_and_four(cursor& c) {
  const int year = c.number(4, 4);
  if (year < 0 || !c.take("/")) return std::nullopt;
  const int rest = c.number(4, 4);
  return rest < 0 ? std::nullopt : day_if(year, rest / 100, rest % 100);
}

// /2016/apr/02/
std::optional<std::int64_t> year_month_word(cursor& c, const rules& known) {
  const int year = c.number(4, 4);
  if (year < 0 || !c.take("/")) return std::nullopt;
  const int month = known.month(lower(std::string(c.word())));
  if (month == 0 || !c.take("/")) return std::nullopt;
  return day_if(year, month, c.number(1, 2));
}

} // namespace

std::optional<std::int64_t> date_of_url(std::string_view url, const rules& known) {
  // The address of a copy in an archive holds the day of the copy before the page's own address.
  if (const std::size_t inner = url.rfind("://"); inner != std::string_view::npos)
    url.remove_prefix(inner);
  for (std::size_t i = 1; i + 8 <= url.size(); ++i) {
    if (!is_digit(url[i]) || is_digit(url[i - 1])) continue;
    cursor c{url, i};
    auto day = year_first(c);
    if (!day) {
      c.at = i;
      day = day_month_year(c);
    }
    if (!day) {
      c.at = i;
      day = year_month_word(c, known);
    }
    if (!day) {
      c.at = i;
      day = year_and_four(c);
    }
    if (day && (c.at >= url.size() || !is_digit(url[c.at]))) return day;
  }
  return std::nullopt;
}

std::optional<std::pair<std::int64_t, std::int64_t>> month_of_url(std::string_view url) {
  if (const std::size_t inner = url.rfind("://"); inner != std::string_view::npos)
    url.remove_prefix(inner + 3);
  for (std::size_t at = 0; (at = url.find('/', at)) != std::string_view::npos;) {
    cursor c{url, ++at};
    const int year = c.number(4, 4);
    if (year < 0 || !c.take("/")) continue;
    const int month = c.number(1, 2);
    const auto first = day_if(year, month, 1);
    if (first && c.take("/")) return std::pair(*first, *first + civil::days_in_month(year, month));
  }
  return std::nullopt;
}

} // namespace vigie::press::html
