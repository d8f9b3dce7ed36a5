// SPDX-License-Identifier: Apache-2.0
#include "functions.hpp"

#include "characters.hpp"
#include "common/civil/civil.hpp"
#include "convert.hpp"
#include "letters.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace vigie::core::expr {
namespace {

template <class F> void each_live(const call_frame& f, F&& work) {
  for (std::size_t row = 0; row < f.rows; ++row)
    if (f.live(row)) work(row);
}
std::string_view text(const call_frame& f, std::size_t arg, std::size_t row) {
  return f.args[arg].at<std::string_view>(row);
}
std::int64_t whole(const call_frame& f, std::size_t arg, std::size_t row) {
  return f.args[arg].at<std::int64_t>(row);
}
std::int64_t number(std::size_t n) { return static_cast<std::int64_t>(n); }

// ---- letters -----------------------------------------------------------------------------------

template <void (*Map)(std::string_view, std::string&)> void change_case(const call_frame& f) {
  std::string made;
  each_live(f, [&](std::size_t row) {
    Map(text(f, 0, row), made);
    f.put(row, f.texts.keep(made));
  });
}

void join(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view a = text(f, 0, row), b = text(f, 1, row);
    char* to = f.texts.take(a.size() + b.size());
    if (!a.empty()) std::memcpy(to, a.data(), a.size());
    if (!b.empty()) std::memcpy(to + a.size(), b.data(), b.size());
    f.put(row, std::string_view(to, a.size() + b.size()));
  });
}

void length(const call_frame& f) {
  each_live(f, [&](std::size_t row) { f.put(row, number(characters(text(f, 0, row)))); });
}
void octet_length(const call_frame& f) {
  each_live(f, [&](std::size_t row) { f.put(row, number(text(f, 0, row).size())); });
}

// Characters [from, from + count) of those that exist; from may lie before the first.
void substr(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view t = text(f, 0, row);
    const std::int64_t from = whole(f, 1, row);
    std::int64_t end = INT64_MAX;
    if (f.args.size() > 2) {
      const std::int64_t count = whole(f, 2, row);
      if (count < 0)
        return f.fail(row,
                      [] { return std::string("substr cannot take fewer than 0 characters"); });
      if (__builtin_add_overflow(from, count, &end)) end = INT64_MAX;
    }
    const std::int64_t first = std::max<std::int64_t>(from, 1);
    if (end <= first) return f.put(row, std::string_view());
    const std::size_t begin = character_at(t, static_cast<std::size_t>(first - 1));
    const std::size_t size = character_at(t.substr(begin), static_cast<std::size_t>(end - first));
    f.put(row, t.substr(begin, size));
  });
}

// Whether the character of `t` at [at, next) is among those of `set`.
bool among(std::string_view set, std::string_view character) {
  for (std::size_t at = 0; at < set.size();) {
    const std::size_t next = next_character(set, at);
    if (set.substr(at, next - at) == character) return true;
    at = next;
  }
  return false;
}
std::string_view without_first(std::string_view t, std::string_view set) {
  while (!t.empty() && among(set, t.substr(0, next_character(t, 0))))
    t.remove_prefix(next_character(t, 0));
  return t;
}
std::string_view without_last(std::string_view t, std::string_view set) {
  while (!t.empty()) {
    std::size_t at = t.size() - 1;
    while (at > 0 && continues_character(t[at])) --at;
    if (!among(set, t.substr(at))) break;
    t = t.substr(0, at);
  }
  return t;
}

template <bool First, bool Last> void trim(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view set = f.args.size() > 1 ? text(f, 1, row) : " ";
    std::string_view t = text(f, 0, row);
    if (First) t = without_first(t, set);
    if (Last) t = without_last(t, set);
    f.put(row, t);
  });
}

std::size_t count_of(std::string_view t, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = find_part(t, part, 0); at != t.npos;
       at = find_part(t, part, at + part.size()))
    ++n;
  return n;
}

void replace(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view t = text(f, 0, row), part = text(f, 1, row), by = text(f, 2, row);
    const std::size_t n = part.empty() ? 0 : count_of(t, part);
    if (n == 0) return f.put(row, t);
    const std::size_t kept = t.size() - n * part.size();
    if (by.size() > (text_arena::most - std::min(kept, text_arena::most)) / n)
      throw too_much_text{};
    char* const made = f.texts.take(kept + n * by.size());
    char* to = made;
    std::size_t at = 0;
    for (std::size_t hit = find_part(t, part, 0); hit != t.npos; hit = find_part(t, part, at)) {
      to += t.substr(at, hit - at).copy(to, hit - at);
      to += by.copy(to, by.size());
      at = hit + part.size();
    }
    to += t.substr(at).copy(to, t.size() - at);
    f.put(row, std::string_view(made, static_cast<std::size_t>(to - made)));
  });
}

void starts_with(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    f.put(row, std::uint8_t{text(f, 0, row).starts_with(text(f, 1, row))});
  });
}
void ends_with(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    f.put(row, std::uint8_t{text(f, 0, row).ends_with(text(f, 1, row))});
  });
}
void contains(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const bool hit = find_part(text(f, 0, row), text(f, 1, row), 0) != std::string_view::npos;
    f.put(row, std::uint8_t{hit});
  });
}
void strpos(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view t = text(f, 0, row);
    const std::size_t hit = find_part(t, text(f, 1, row), 0);
    f.put(row, hit == t.npos ? std::int64_t{0} : number(characters(t.substr(0, hit))) + 1);
  });
}

// ---- numbers -----------------------------------------------------------------------------------

template <double (*Real)(double)> void to_whole(const call_frame& f) {
  const bool real = f.node.form() == rep::real;
  each_live(f, [&](std::size_t row) {
    if (real)
      f.put(row, Real(f.args[0].at<double>(row)));
    else
      f.put(row, f.args[0].at<std::int64_t>(row)); // uint64 has the same bits
  });
}

void absolute(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    if (f.node.form() == rep::real) return f.put(row, std::fabs(f.args[0].at<double>(row)));
    const std::int64_t v = whole(f, 0, row);
    if (f.node.form() == rep::natural || v >= 0) return f.put(row, v);
    if (v == INT64_MIN)
      return f.fail(row, [] { return std::string("abs is beyond the range of int64"); });
    f.put(row, -v);
  });
}

// Rounds the exact decimal value of `v`, ties to even: to_chars is exact, from_chars reads back.
double rounded(double v, std::int64_t digits) {
  if (!std::isfinite(v) || digits > 320) return v;
  char made[800]; // 309 digits, a point, 320 digits
  const auto end = std::to_chars(made, made + sizeof made, v, std::chars_format::fixed,
                                 static_cast<int>(digits));
  double out = v;
  std::from_chars(made, end.ptr, out);
  return out;
}

void round_number(const call_frame& f) {
  if (f.args.size() == 1) return to_whole<std::nearbyint>(f);
  each_live(f, [&](std::size_t row) {
    const std::int64_t digits = whole(f, 1, row);
    if (digits < 0)
      return f.fail(row, [] { return std::string("round cannot keep fewer than 0 digits"); });
    if (f.node.form() == rep::real)
      f.put(row, rounded(f.args[0].at<double>(row), digits));
    else
      f.put(row, whole(f, 0, row));
  });
}

// ---- dates -------------------------------------------------------------------------------------

enum class part : std::int64_t {
  year,
  quarter,
  month,
  week,
  isoyear,
  day,
  dow,
  isodow,
  doy,
  hour,
  minute,
  second,
  millisecond,
  microsecond,
  epoch
};

// Monday is 1 (ISO 8601).
int weekday(std::int64_t days) {
  return static_cast<int>(days + 3 - floor_divide(days + 3, 7) * 7) + 1;
}

// The ISO 8601 week belongs to the year of its Thursday.
std::int64_t iso_week(std::int64_t days, std::int64_t& year) {
  const std::int64_t thursday = days - weekday(days) + 4;
  year = civil::day_of(thursday).year;
  return (thursday - civil::days_of({year, 1, 1})) / 7 + 1;
}

std::int64_t of_day(part p, std::int64_t days) {
  const civil::day c = civil::day_of(days);
  std::int64_t year = 0;
  switch (p) {
  case part::year: return c.year;
  case part::quarter: return (c.month + 2) / 3;
  case part::month: return c.month;
  case part::week: return iso_week(days, year);
  case part::isoyear: iso_week(days, year); return year;
  case part::day: return c.day_of_month;
  case part::dow: return weekday(days) % 7;
  case part::isodow: return weekday(days);
  case part::doy: return days - civil::days_of({c.year, 1, 1}) + 1;
  default: return 0;
  }
}

std::int64_t of_time(part p, std::int64_t us) {
  const std::int64_t of_minute = us % (60 * civil::us_a_second);
  switch (p) {
  case part::hour: return us / (3600 * civil::us_a_second);
  case part::minute: return us / (60 * civil::us_a_second) % 60;
  case part::second: return of_minute / civil::us_a_second;
  case part::millisecond: return of_minute / 1000;
  default: return of_minute;
  }
}

void date_part(const call_frame& f) {
  const auto p = static_cast<part>(f.node.slot);
  const bool date = f.node.args[1]->type.kind == kind::date;
  each_live(f, [&](std::size_t row) {
    const std::int64_t v = whole(f, 1, row);
    const std::int64_t days = date ? v : floor_divide(v, civil::us_a_day);
    if (p == part::epoch)
      f.put(row, date ? v * 86'400 : floor_divide(v, civil::us_a_second));
    else if (p < part::hour)
      f.put(row, of_day(p, days));
    else
      f.put(row, of_time(p, date ? 0 : v - days * civil::us_a_day));
  });
}

void date_of(const call_frame& f) {
  const bool date = f.node.args[0]->type.kind == kind::date;
  each_live(f, [&](std::size_t row) {
    const std::int64_t v = whole(f, 0, row);
    f.put(row, date ? v : floor_divide(v, civil::us_a_day));
  });
}

void list_length(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const auto cell = f.args[0].at<nested_cell>(row);
    const auto [begin, end] = cell.in->list(cell.row);
    f.put(row, end - begin);
  });
}

constexpr function table[] = {
    {"abs", "abs(number)", "n", 1, 's', absolute},
    {"ceil", "ceil(number)", "n", 1, 's', to_whole<std::ceil>},
    {"contains", "contains(text, part)", "tt", 2, 'b', contains},
    {"date", "date(timestamp)", "m", 1, 'd', date_of},
    {"date_part", "date_part('field', timestamp)", "fm", 2, 'i', date_part},
    {"ends_with", "ends_with(text, part)", "tt", 2, 'b', ends_with},
    {"floor", "floor(number)", "n", 1, 's', to_whole<std::floor>},
    {"length", "length(text)", "t", 1, 'i', length},
    {"list_length", "list_length(list)", "l", 1, 'i', list_length},
    {"lower", "lower(text)", "t", 1, 't', change_case<to_lower>},
    {"ltrim", "ltrim(text [, characters])", "tt", 1, 't', trim<true, false>},
    {"octet_length", "octet_length(text)", "y", 1, 'i', octet_length},
    {"position", "position(part in text)", "tt", 2, 'i', strpos},
    {"replace", "replace(text, part, by)", "ttt", 3, 't', replace},
    {"round", "round(number [, digits])", "ni", 1, 's', round_number},
    {"rtrim", "rtrim(text [, characters])", "tt", 1, 't', trim<false, true>},
    {"starts_with", "starts_with(text, part)", "tt", 2, 'b', starts_with},
    {"strpos", "strpos(text, part)", "tt", 2, 'i', strpos},
    {"substr", "substr(text, from [, count])", "tii", 2, 't', substr},
    {"trim", "trim(text [, characters])", "tt", 1, 't', trim<true, true>},
    {"upper", "upper(text)", "t", 1, 't', change_case<to_upper>},
};
constexpr function join_entry = {"||", "a || b", "tt", 2, 't', join};

} // namespace

std::span<const function> functions() { return table; }

const function* find_function(std::string_view name) {
  const auto* const found = std::find_if(std::begin(table), std::end(table),
                                         [&](const function& f) { return f.name == name; });
  return found == std::end(table) ? nullptr : found;
}

const function& join_texts() { return join_entry; }

const std::vector<std::string>& date_fields() {
  static const std::vector<std::string> names = {
      "year", "quarter", "month",  "week",   "isoyear",     "day",         "dow",  "isodow",
      "doy",  "hour",    "minute", "second", "millisecond", "microsecond", "epoch"};
  return names;
}

} // namespace vigie::core::expr
