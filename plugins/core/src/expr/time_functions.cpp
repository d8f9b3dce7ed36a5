// SPDX-License-Identifier: Apache-2.0
// Functions of dates and times, in UTC or in a time zone.
#include "common/civil/civil.hpp"
#include "convert.hpp"
#include "functions.hpp"
#include "time_format.hpp"
#include "time_zone.hpp"
#include "wrong.hpp"

#include <array>
#include <cmath>

namespace vigie::core::expr {
namespace {

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
int weekday(std::int64_t days) { return static_cast<int>(civil::floor_rest(days + 3, 7)) + 1; }

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

// ---- zones -------------------------------------------------------------------------------------

// Moments as the clocks of a zone show them. Neighbours mostly have one offset, which is kept.
class clock {
public:
  explicit clock(const time_zone* zone) : zone_(zone) {}
  // Microseconds east of UTC.
  std::int64_t offset(std::int64_t us) {
    if (zone_ == nullptr) return 0;
    if (!now_.has(us)) now_ = zone_->at(us);
    return now_.offset;
  }
  // Near the ends of int64 the hours of the zone are left out.
  std::int64_t local(std::int64_t us) {
    std::int64_t out = 0;
    return __builtin_add_overflow(us, offset(us), &out) ? us : out;
  }
  bool to_utc(std::int64_t local, std::int64_t& us) const {
    us = local;
    return zone_ == nullptr || zone_->to_utc(local, us);
  }

private:
  const time_zone* zone_;
  time_zone::stretch now_;
};

std::shared_ptr<const time_zone> zone_of(const argument_list& args, std::size_t at) {
  if (args.size() <= at) return nullptr;
  return std::make_shared<time_zone>(args[at]->value.text, args[at]->at);
}
const time_zone* zone_of(const call_frame& f) {
  return static_cast<const time_zone*>(f.node.prepared.get());
}

// Of a date there is no zone to choose: it is a day, not a moment.
template <std::size_t Moment> std::shared_ptr<const void> prepare_zone(const argument_list& args) {
  if (args.size() > Moment + 1 && args[Moment]->type.kind == kind::date)
    throw wrong{VIGIE_E_SCHEMA, "a date is a day in every time zone; give a timestamp, or no zone",
                args[Moment + 1]->at};
  return zone_of(args, Moment + 1);
}

// ---- parts of dates and times ------------------------------------------------------------------

void date_part(const call_frame& f) {
  const auto p = static_cast<part>(f.node.slot);
  const bool date = f.node.args[1]->type.kind == kind::date;
  clock shown(zone_of(f));
  each_live(f, [&](std::size_t row) {
    const std::int64_t v = f.whole(1, row);
    if (p == part::epoch)
      return f.put(row, date ? v * 86'400 : civil::floor_divide(v, civil::us_a_second));
    const std::int64_t local = date ? v : shown.local(v);
    const std::int64_t days = date ? v : civil::floor_divide(local, civil::us_a_day);
    if (p < part::hour)
      f.put(row, of_day(p, days));
    else
      f.put(row, of_time(p, date ? 0 : civil::floor_rest(local, civil::us_a_day)));
  });
}

void date_of(const call_frame& f) {
  const bool date = f.node.args[0]->type.kind == kind::date;
  clock shown(zone_of(f));
  each_live(f, [&](std::size_t row) {
    const std::int64_t v = f.whole(0, row);
    f.put(row, date ? v : civil::floor_divide(shown.local(v), civil::us_a_day));
  });
}

void utc_offset(const call_frame& f) {
  clock shown(zone_of(f));
  each_live(
      f, [&](std::size_t row) { f.put(row, shown.offset(f.whole(0, row)) / civil::us_a_second); });
}

// ---- cut to a unit -----------------------------------------------------------------------------

enum class unit : std::uint8_t {
  year,
  quarter,
  month,
  week,
  day,
  hour,
  minute,
  second,
  millisecond
};
constexpr std::array<std::string_view, 9> unit_names = {
    "year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond"};

struct truncation {
  unit to;
  std::shared_ptr<const time_zone> zone;
};

// The index of a constant among names.
std::size_t choice(const typed& n, std::span<const std::string_view> names,
                   const std::string& what) {
  const auto found = std::find(names.begin(), names.end(), n.value.text);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const std::vector<std::string> all(names.begin(), names.end());
  throw wrong{VIGIE_E_CONFIG,
              what + " has no unit " + quoted(n.value.text) + "; it has " + listed(all) +
                  did_you_mean(n.value.text, all),
              n.at};
}

std::shared_ptr<const void> prepare_truncation(const argument_list& args) {
  return std::make_shared<truncation>(
      truncation{static_cast<unit>(choice(*args[0], unit_names, "date_trunc")), zone_of(args, 2)});
}

std::int64_t first_day(unit u, std::int64_t days) {
  const civil::day d = civil::day_of(days);
  switch (u) {
  case unit::year: return civil::days_of({d.year, 1, 1});
  case unit::quarter: return civil::days_of({d.year, (d.month - 1) / 3 * 3 + 1, 1});
  case unit::month: return civil::days_of({d.year, d.month, 1});
  case unit::week: return days - weekday(days) + 1;
  default: return days;
  }
}

constexpr std::int64_t size_of(unit u) {
  switch (u) {
  case unit::hour: return 3600 * civil::us_a_second;
  case unit::minute: return 60 * civil::us_a_second;
  case unit::second: return civil::us_a_second;
  default: return 1000;
  }
}

std::string out_of_range() { return "the result is out of the range of timestamp"; }

void date_trunc(const call_frame& f) {
  const auto& own = f.prepared<truncation>();
  clock shown(own.zone.get());
  each_live(f, [&](std::size_t row) {
    const std::int64_t us = f.whole(1, row), local = shown.local(us);
    std::int64_t out = 0;
    if (own.to > unit::day) { // within one offset
      const std::int64_t size = size_of(own.to);
      if (__builtin_sub_overflow(us, civil::floor_rest(local, size), &out))
        return f.fail(row, out_of_range);
      return f.put(row, out);
    }
    const std::int64_t days = first_day(own.to, civil::floor_divide(local, civil::us_a_day));
    if (__builtin_mul_overflow(days, civil::us_a_day, &out) || !shown.to_utc(out, out))
      return f.fail(row, out_of_range);
    f.put(row, out);
  });
}

// ---- made of numbers ---------------------------------------------------------------------------

// false: there is no such day, or it is beyond a date.
bool day_of_numbers(std::int64_t year, std::int64_t month, std::int64_t day, std::int64_t& days) {
  if (year < -5'879'610 || year > 5'881'580 || month < 1 || month > 12) return false;
  const auto m = static_cast<int>(month);
  if (day < 1 || day > civil::days_in_month(year, m)) return false;
  days = civil::days_of({year, m, static_cast<int>(day)});
  return days == static_cast<std::int32_t>(days);
}

std::string no_day(const call_frame& f, std::size_t row) {
  if (f.node.type.sensitive) return "these numbers are no day";
  return "there is no day " + std::to_string(f.whole(2, row)) + " of month " +
         std::to_string(f.whole(1, row)) + " of the year " + std::to_string(f.whole(0, row));
}

void make_date(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    std::int64_t days = 0;
    if (!day_of_numbers(f.whole(0, row), f.whole(1, row), f.whole(2, row), days))
      return f.fail(row, [&] { return no_day(f, row); });
    f.put(row, days);
  });
}

void make_timestamp(const call_frame& f) {
  const clock shown(zone_of(f));
  each_live(f, [&](std::size_t row) {
    std::int64_t days = 0, out = 0;
    if (!day_of_numbers(f.whole(0, row), f.whole(1, row), f.whole(2, row), days))
      return f.fail(row, [&] { return no_day(f, row); });
    const std::int64_t hour = f.whole(3, row), minute = f.whole(4, row);
    const double second = f.args[5].at<double>(row);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !(second >= 0 && second < 60))
      return f.fail(row, [] {
        return std::string("make_timestamp wants hours 0 to 23, minutes 0 to 59 and seconds from 0 "
                           "and below 60");
      });
    const std::int64_t rest = (hour * 60 + minute) * 60 * civil::us_a_second +
                              static_cast<std::int64_t>(std::nearbyint(second * 1e6));
    if (__builtin_mul_overflow(days, civil::us_a_day, &out) ||
        __builtin_add_overflow(out, rest, &out) || !shown.to_utc(out, out))
      return f.fail(row, out_of_range);
    f.put(row, out);
  });
}

// ---- seconds since 1970 ------------------------------------------------------------------------

constexpr std::array<std::string_view, 4> epoch_units = {"s", "ms", "us", "ns"};

std::shared_ptr<const void> prepare_epoch(const argument_list& args) {
  const std::size_t at = args.size() < 2 ? 0 : choice(*args[1], epoch_units, "epoch");
  return std::make_shared<std::size_t>(at);
}
// How many of them a second has.
std::int64_t units_a_second(const call_frame& f) {
  constexpr std::array<std::int64_t, 4> sizes = {1, 1000, 1'000'000, 1'000'000'000};
  return sizes[f.prepared<std::size_t>()];
}

void epoch(const call_frame& f) {
  const std::int64_t units = units_a_second(f);
  each_live(f, [&](std::size_t row) {
    const std::int64_t us = f.whole(0, row);
    if (units <= civil::us_a_second)
      return f.put(row, civil::floor_divide(us, civil::us_a_second / units));
    std::int64_t out = 0;
    if (__builtin_mul_overflow(us, units / civil::us_a_second, &out))
      return f.fail(row, [] { return std::string("epoch is beyond the range of int64"); });
    f.put(row, out);
  });
}

// To the nearest microsecond, ties to even; of whole numbers the rest is cut toward the past.
bool from_whole(std::int64_t v, std::int64_t units, std::int64_t& us) {
  if (units > civil::us_a_second) {
    us = civil::floor_divide(v, units / civil::us_a_second);
    return true;
  }
  return !__builtin_mul_overflow(v, civil::us_a_second / units, &us);
}
bool from_real(double v, std::int64_t units, std::int64_t& us) {
  const double exact =
      std::nearbyint(v * (static_cast<double>(civil::us_a_second) / static_cast<double>(units)));
  if (!(exact >= -0x1p63 && exact < 0x1p63)) return false;
  us = static_cast<std::int64_t>(exact);
  return true;
}
void from_epoch(const call_frame& f) {
  const std::int64_t units = units_a_second(f);
  const rep form = f.node.args[0]->form();
  each_live(f, [&](std::size_t row) {
    std::int64_t us = 0;
    const bool good = form == rep::real ? from_real(f.args[0].at<double>(row), units, us)
                                        : (form == rep::integer || f.whole(0, row) >= 0) &&
                                              from_whole(f.whole(0, row), units, us);
    if (!good) return f.fail(row, out_of_range);
    f.put(row, us);
  });
}

// ---- texts -------------------------------------------------------------------------------------

struct text_form {
  time_format form;
  std::shared_ptr<const time_zone> zone;
};

std::shared_ptr<text_form> form_of(const argument_list& args, bool to_be_read) {
  try {
    const time_format form(args[1]->value.text);
    if (to_be_read) form.check_readable();
    return std::make_shared<text_form>(text_form{form, zone_of(args, 2)});
  } catch (const error& e) {
    throw wrong{VIGIE_E_CONFIG, e.what(), args[1]->at};
  }
}

std::shared_ptr<const void> prepare_print(const argument_list& args) {
  return form_of(args, false);
}
std::shared_ptr<const void> prepare_read(const argument_list& args) {
  auto out = form_of(args, true);
  if (out->zone != nullptr && (out->form.has('z') || out->form.has('s')))
    throw wrong{VIGIE_E_CONFIG,
                "%z and %s say the moment by themselves; remove the zone, or them from the form",
                args[2]->at};
  return out;
}

void to_text(const call_frame& f) {
  const auto& own = f.prepared<text_form>();
  clock shown(own.zone.get());
  const std::string_view zone = own.zone == nullptr ? "UTC" : std::string_view(own.zone->name());
  std::string made;
  each_live(f, [&](std::size_t row) {
    const std::int64_t us = f.whole(0, row);
    made.clear();
    own.form.print(shown.local(us), shown.offset(us), zone, made);
    f.put(row, f.texts.keep(made));
  });
}

template <bool Try> void to_timestamp(const call_frame& f) {
  const auto& own = f.prepared<text_form>();
  const clock shown(own.zone.get());
  each_live(f, [&](std::size_t row) {
    time_format::moment read;
    std::int64_t us = 0;
    const bool good = own.form.read(f.text(0, row), read) &&
                      (read.exact ? (us = read.us, true) : shown.to_utc(read.us, us));
    if (good) return f.put(row, us);
    if (Try) return f.null(row);
    f.fail(row, [&] {
      return (f.node.type.sensitive ? std::string("a text") : quoted(f.text(0, row))) +
             " is no time of the form " + quoted(f.node.args[1]->value.view);
    });
  });
}

constexpr function table[] = {
    {"date", "date(timestamp [, zone])", "mc", 1, 'd', date_of, prepare_zone<0>},
    {"date_part", "date_part('field', timestamp [, zone])", "fmc", 2, 'i', date_part,
     prepare_zone<1>},
    {"date_trunc", "date_trunc('unit', timestamp [, zone])", "cuc", 2, 'u', date_trunc,
     prepare_truncation},
    {"epoch", "epoch(timestamp [, unit])", "uc", 1, 'i', epoch, prepare_epoch},
    {"from_epoch", "from_epoch(number [, unit])", "nc", 1, 'u', from_epoch, prepare_epoch},
    {"make_date", "make_date(year, month, day)", "iii", 3, 'd', make_date},
    {"make_timestamp", "make_timestamp(year, month, day, hour, minute, second [, zone])", "iiiiirc",
     6, 'u', make_timestamp, prepare_zone<5>},
    {"to_text", "to_text(timestamp, form [, zone])", "ucc", 2, 't', to_text, prepare_print},
    {"to_timestamp", "to_timestamp(text, form [, zone])", "tcc", 2, 'u', to_timestamp<false>,
     prepare_read},
    {"try_to_timestamp", "try_to_timestamp(text, form [, zone])", "tcc", 2, 'u', to_timestamp<true>,
     prepare_read},
    {"utc_offset", "utc_offset(timestamp, zone)", "uc", 2, 'i', utc_offset, prepare_zone<0>},
};

} // namespace

std::span<const function> time_functions() { return table; }

const std::vector<std::string>& date_fields() {
  static const std::vector<std::string> names = {
      "year", "quarter", "month",  "week",   "isoyear",     "day",         "dow",  "isodow",
      "doy",  "hour",    "minute", "second", "millisecond", "microsecond", "epoch"};
  return names;
}

} // namespace vigie::core::expr
