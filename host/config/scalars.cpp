// SPDX-License-Identifier: Apache-2.0
#include "scalars.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <limits>
#include <optional>
#include <span>

namespace vigie {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t day_us = 86'400'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view s) { return !s.empty() && std::ranges::all_of(s, is_digit); }

diagnostic bad(std::string_view text, std::string_view expected, std::string hint = {}) {
  return fail(code::bad_value, fmt::format("found '{}', expected {}",
                                           text::elide(text.substr(0, 200), 40), expected))
      .help(std::move(hint));
}

diagnostic too_large(std::string_view text, std::string_view what) {
  return fail(code::out_of_range,
              fmt::format("'{}' is too large for {}", text::elide(text.substr(0, 200), 40), what));
}

struct unit {
  std::string_view name;
  std::int64_t factor;
};

constexpr std::array<unit, 6> duration_units{{{"d", day_us},
                                              {"h", 3'600'000'000},
                                              {"m", 60'000'000},
                                              {"s", 1'000'000},
                                              {"ms", 1'000},
                                              {"us", 1}}};
constexpr std::array<unit, 10> size_units{{{"B", 1},
                                           {"KiB", 1LL << 10},
                                           {"MiB", 1LL << 20},
                                           {"GiB", 1LL << 30},
                                           {"TiB", 1LL << 40},
                                           {"KB", 1'000},
                                           {"kB", 1'000},
                                           {"MB", 1'000'000},
                                           {"GB", 1'000'000'000},
                                           {"TB", 1'000'000'000'000}}};

// One number with its unit, taken from the front of `rest`.
struct amount {
  std::string_view whole, fraction, unit;
};

std::string_view take_digits(std::string_view& rest) {
  const auto end =
      static_cast<std::size_t>(std::ranges::find_if_not(rest, is_digit) - rest.begin());
  const std::string_view digits = rest.substr(0, end);
  rest.remove_prefix(end);
  return digits;
}

std::optional<amount> take_amount(std::string_view& rest) {
  amount a;
  a.whole = take_digits(rest);
  if (a.whole.empty()) return std::nullopt;
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    a.fraction = take_digits(rest);
    if (a.fraction.empty()) return std::nullopt;
  }
  const auto end = static_cast<std::size_t>(std::ranges::find_if(rest, is_digit) - rest.begin());
  a.unit = rest.substr(0, end);
  rest.remove_prefix(end);
  return a;
}

enum class scaling { good, overflow, inexact };

// whole.fraction * factor, exactly, added to `sum`.
scaling add_scaled(const amount& a, std::int64_t factor, std::int64_t& sum) {
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(a.whole.data(), a.whole.data() + a.whole.size(), whole);
  std::int64_t product = 0;
  if (error != std::errc{} || end != a.whole.data() + a.whole.size() ||
      __builtin_mul_overflow(whole, factor, &product) || __builtin_add_overflow(sum, product, &sum))
    return scaling::overflow;
  // Long division of the factor by tens: each digit of the fraction must leave a whole number in
  // the end.
  std::int64_t part = 0, scale = 1;
  for (const char c : a.fraction) {
    if (scale > 1'000'000'000'000 || part > largest / 10 - 10) return scaling::inexact;
    part = part * 10 + (c - '0');
    scale *= 10;
  }
  while (scale > 1 && part % 10 == 0) part /= 10, scale /= 10;
  std::int64_t scaled = 0;
  if (__builtin_mul_overflow(part, factor, &scaled)) return scaling::overflow;
  if (scaled % scale != 0) return scaling::inexact;
  return __builtin_add_overflow(sum, scaled / scale, &sum) ? scaling::overflow : scaling::good;
}

const unit* find_unit(std::span<const unit> units, std::string_view name) {
  const auto found = std::ranges::find(units, name, &unit::name);
  return found == units.end() ? nullptr : &*found;
}

constexpr std::string_view duration_form = "a duration such as 90s, 1h30m, 250ms or 2d";
constexpr std::string_view size_form = "a size such as 64KiB, 10MB or 4096";
constexpr std::string_view timestamp_form = "a time such as 2014-05-18T09:30:00Z";

int number(std::string_view digits) {
  int n = 0;
  for (const char c : digits) n = n * 10 + (c - '0');
  return n;
}

// "hh:mm" -> minutes, or -1.
int clock_minutes(std::string_view s) {
  if (s.size() != 5 || s[2] != ':' || !all_digits(s.substr(0, 2)) || !all_digits(s.substr(3)))
    return -1;
  const int hours = number(s.substr(0, 2)), minutes = number(s.substr(3));
  return hours > 23 || minutes > 59 ? -1 : hours * 60 + minutes;
}

// Offset of "Z" or "+hh:mm" in minutes.
std::optional<int> zone_minutes(std::string_view zone) {
  if (zone == "Z" || zone == "z") return 0;
  if (zone.empty() || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const int minutes = clock_minutes(zone.substr(1));
  if (minutes < 0) return std::nullopt;
  return zone[0] == '-' ? -minutes : minutes;
}

// Microseconds of the digits behind the dot; more than six must be zeros.
std::optional<std::int64_t> fraction_us(std::string_view digits) {
  if (!all_digits(digits)) return std::nullopt;
  if (digits.size() > 6 && digits.find_first_not_of('0', 6) != std::string_view::npos)
    return std::nullopt;
  std::string six(digits.substr(0, 6));
  six.resize(6, '0');
  return number(six);
}

std::string date_text(std::int64_t days) {
  const std::chrono::year_month_day d{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()),
                     static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day()));
}

std::string timestamp_text(std::int64_t us) {
  std::int64_t days = us / day_us, rest = us % day_us;
  if (rest < 0) --days, rest += day_us;
  const std::int64_t s = rest / 1'000'000, fraction = rest % 1'000'000;
  const std::string dot = fraction == 0 ? "" : fmt::format(".{:06}", fraction);
  return fmt::format("{}T{:02}:{:02}:{:02}{}Z", date_text(days), s / 3600, s / 60 % 60, s % 60,
                     dot);
}

std::string duration_text(std::int64_t us) {
  if (us == 0) return "0s";
  std::string out;
  for (const unit& u : duration_units) {
    if (us >= u.factor) out += fmt::format("{}{}", us / u.factor, u.name);
    us %= u.factor;
  }
  return out;
}

} // namespace

result<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t n = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, n);
  if (error == std::errc::result_out_of_range && stop == end)
    return fail(code::out_of_range, fmt::format("'{}' does not fit an int of 64 bits",
                                                text::elide(text.substr(0, 200), 40)));
  if (error != std::errc{} || stop != end) return bad(text, "a whole number such as 42");
  return n;
}

result<double> parse_real(std::string_view text) {
  std::string_view rest = text;
  if (rest.starts_with('-')) rest.remove_prefix(1);
  double r = 0;
  const char* end = text.data() + text.size();
  if (rest.empty() || !is_digit(rest[0])) return bad(text, "a number such as 0.5");
  const auto [stop, error] = std::from_chars(text.data(), end, r);
  if (error == std::errc::result_out_of_range && stop == end)
    return fail(code::out_of_range,
                fmt::format("'{}' does not fit a double", text::elide(text.substr(0, 200), 40)));
  if (error != std::errc{} || stop != end) return bad(text, "a number such as 0.5");
  return r;
}

result<std::int64_t> parse_duration(std::string_view text) {
  if (all_digits(text))
    return bad(text, duration_form, fmt::format("say the unit, such as {}s", text.substr(0, 20)));
  std::int64_t sum = 0, last = largest;
  std::string_view rest = text;
  while (!rest.empty() || text.empty()) {
    const auto a = take_amount(rest);
    if (!a) return bad(text, duration_form);
    const unit* u = find_unit(duration_units, a->unit);
    if (u == nullptr) return bad(text, duration_form, "the units are d, h, m, s, ms and us");
    if (u->factor >= last)
      return bad(text, duration_form, "write each unit once, the largest first");
    last = u->factor;
    const scaling done = add_scaled(*a, u->factor, sum);
    if (done == scaling::overflow) return too_large(text, "a duration");
    if (done == scaling::inexact) return bad(text, "a whole number of microseconds");
  }
  return sum;
}

result<std::int64_t> parse_size(std::string_view text) {
  std::string_view rest = text;
  const auto a = take_amount(rest);
  if (!a || !rest.empty()) return bad(text, size_form);
  const unit* u = find_unit(size_units, a->unit.empty() ? "B" : a->unit);
  if (u == nullptr)
    return bad(text, size_form,
               "the units are B, KiB, MiB, GiB, TiB (1024) and KB, MB, GB, TB (1000)");
  std::int64_t bytes = 0;
  const scaling done = add_scaled(*a, u->factor, bytes);
  if (done == scaling::overflow) return too_large(text, "a size");
  if (done == scaling::inexact) return bad(text, "a whole number of bytes");
  return bytes;
}

result<std::int64_t> parse_date(std::string_view text) {
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                      all_digits(text.substr(0, 4)) && all_digits(text.substr(5, 2)) &&
                      all_digits(text.substr(8));
  if (!shaped) return bad(text, "a date such as 2014-05-18");
  const std::chrono::year_month_day d{
      std::chrono::year{number(text.substr(0, 4))},
      std::chrono::month{static_cast<unsigned>(number(text.substr(5, 2)))},
      std::chrono::day{static_cast<unsigned>(number(text.substr(8)))}};
  if (!d.ok() || d.year() < std::chrono::year{1}) return bad(text, "a day that the calendar has");
  return std::chrono::sys_days{d}.time_since_epoch().count();
}

result<std::int64_t> parse_timestamp(std::string_view text) {
  const auto day = parse_date(text.substr(0, 10));
  if (!day)
    return text.size() == 10 ? result<std::int64_t>(day.error()) : bad(text, timestamp_form);
  if (text.size() == 10) return *day * day_us;
  const bool shaped = text.size() >= 19 &&
                      std::string_view("Tt ").find(text[10]) != std::string_view::npos &&
                      text[16] == ':' && all_digits(text.substr(17, 2));
  const int minutes = shaped ? clock_minutes(text.substr(11, 5)) : -1;
  if (minutes < 0) return bad(text, timestamp_form);
  const int seconds = number(text.substr(17, 2));
  if (seconds > 59)
    return bad(text, "seconds from 00 to 59", "a leap second has no place in this count of time");
  std::string_view rest = text.substr(19);
  std::int64_t us = 0;
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    const auto fraction = fraction_us(take_digits(rest));
    if (!fraction) return bad(text, "a time of at most six digits behind the dot");
    us = *fraction;
  }
  if (rest.empty())
    return bad(text, "a time with its zone", "add Z for UTC, or an offset such as +08:00");
  const auto zone = zone_minutes(rest);
  if (!zone) return bad(text, timestamp_form, "the zone is Z or an offset such as +08:00");
  return *day * day_us + (static_cast<std::int64_t>(minutes - *zone) * 60 + seconds) * 1'000'000 +
         us;
}

std::string text_of(const param_value& v) {
  switch (v.type) {
  case param_type::boolean: return v.i != 0 ? "true" : "false";
  case param_type::integer:
  case param_type::size: return fmt::format("{}", v.i);
  case param_type::real: return fmt::format("{}", v.r);
  case param_type::duration: return duration_text(v.i);
  case param_type::date: return date_text(v.i);
  case param_type::timestamp: return timestamp_text(v.i);
  case param_type::text:
  case param_type::path:
  case param_type::column:
  case param_type::expression:
  case param_type::record: break;
  }
  return v.s;
}

} // namespace vigie
