// SPDX-License-Identifier: Apache-2.0
#include "date_meaning.hpp"

#include "slot_days.hpp"

#include <array>
#include <string>
#include <utility>

namespace vigie::press {
namespace {

constexpr std::array<std::string_view, 7> weekday_names{
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

std::string clock(int minute_of_day) {
  return "T" + padded(minute_of_day / 60, 2) + ":" + padded(minute_of_day % 60, 2);
}

granularity grain_of(const date_slots& s) {
  if (s.minute_of_day && (s.day || s.weekday)) return granularity::minute;
  if (s.day || s.weekday) return granularity::day;
  return s.month ? granularity::month : granularity::year;
}

// "2014-05-20", "2018-04", "XXXX-03-19" where the year is not known.
std::string value_of(const date_slots& s, std::optional<int> year) {
  std::string out = year ? padded(*year, 4) : "XXXX";
  if (s.month) out += "-" + padded(*s.month, 2);
  if (s.month && s.day) out += "-" + padded(*s.day, 2);
  if (s.minute_of_day && s.day) out += clock(*s.minute_of_day);
  return out;
}

std::string duration_of(int count, std::string_view period) {
  const std::string number = std::to_string(count);
  if (period == "H") return "PT" + number + "H";
  if (period == "MIN") return "PT" + number + "M";
  return "P" + number + std::string(period);
}

granularity grain_named(std::string_view period) {
  if (period == "MIN") return granularity::minute;
  if (period == "H") return granularity::hour;
  if (period == "D") return granularity::day;
  if (period == "W") return granularity::week;
  return period == "M" ? granularity::month : granularity::year;
}

class resolver {
public:
  resolver(const date_match& match, std::optional<civil_day> anchor, tense when)
      : m_(match), anchor_(anchor), when_(when) {}

  // The mention's meaning; nothing where the calendar has no such day.
  std::optional<date_mention> run() {
    out_.minute_of_day = m_.from.minute_of_day;
    out_.part_of_day = m_.from.part;
    auto out = closed();
    if (out && m_.pattern->open) reach_publication(*out);
    return out;
  }

private:
  std::optional<date_mention> closed() {
    switch (m_.pattern->meaning) {
    case date_meaning::point: return point();
    case date_meaning::interval: return interval();
    case date_meaning::since:
    case date_meaning::until: return open_interval();
    case date_meaning::weekday: return weekday();
    case date_meaning::weekdays: return weekdays();
    case date_meaning::offset: return offset();
    case date_meaning::ago:
    case date_meaning::ahead: return ago_or_ahead();
    case date_meaning::last: return last();
    case date_meaning::calendar: return calendar();
    case date_meaning::part: return part_of_some_year();
    case date_meaning::decade: return decade();
    case date_meaning::weekend: return weekend();
    case date_meaning::length:
    case date_meaning::duration:
      out_.kind = date_kind::duration;
      out_.basis = date_basis::relative;
      out_.grain = grain_named(m_.from.period);
      out_.value = m_.pattern->name.empty() ? duration_of(count(), m_.from.period)
                                            : m_.pattern->name.substr(signed_name() ? 1 : 0);
      return out_;
    case date_meaning::vague:
    case date_meaning::ignore:
    case date_meaning::figure:
      out_.kind = date_kind::vague;
      out_.basis = date_basis::vague;
      out_.value = m_.pattern->name;
      return out_;
    }
    return std::nullopt;
  }

  // "depuis lundi": what begins there goes on at least until it is told.
  void reach_publication(date_mention& d) const {
    d.kind = date_kind::interval;
    d.to.reset();
    if (anchor_ && d.from && *anchor_ >= *d.from) d.to = anchor_;
  }

  int count() const { return m_.from.count.value_or(1); }

  // "+P1D": behind the day that the text told of before.
  bool signed_name() const { return !m_.pattern->name.starts_with('P'); }

  // Farther away no calendar helps.
  bool countable() const { return anchor_ && count() <= 999; }

  void set(const stretch& s) {
    out_.from = s.from;
    out_.to = s.to;
  }

  std::optional<date_mention> point() {
    const auto& s = m_.from;
    if (!exists_in_some_year(s)) return std::nullopt;
    if (s.day && !s.month) return day_of_some_month();
    out_.grain = grain_of(s);
    if (s.year) {
      set(*stretch_in(s, *s.year));
      out_.value = value_of(s, s.year);
      return out_;
    }
    const auto found = anchor_ ? meant_in_words(s) : std::nullopt;
    out_.basis = found ? date_basis::year_from_publication : date_basis::relative;
    if (found) set(found->first);
    out_.value = value_of(s, found ? std::optional(found->second) : std::nullopt);
    return out_;
  }

  // "on the 12th": of the month of publication, or of the one before it.
  std::optional<date_mention> day_of_some_month() {
    const int number = *m_.from.day;
    if (number < 1 || number > 31) return std::nullopt;
    out_.grain = grain_of(m_.from);
    out_.basis = date_basis::relative;
    out_.value = "XXXX-XX-" + padded(number, 2);
    const auto day = anchor_ ? day_near(number, *anchor_, when_ == tense::future) : std::nullopt;
    if (!day) return out_;
    return counted({*day, *day}, iso_day(*day));
  }

  // "in the night of the 14th to the 15th"
  std::optional<date_mention> days_of_some_month() {
    const int first = m_.from.day.value_or(0);
    const int last = *m_.to.day;
    if (first < 1 || first > 31 || last < 1 || last > 31) return std::nullopt;
    out_.kind = date_kind::interval;
    out_.grain = grain_of(m_.to);
    out_.basis = date_basis::relative;
    out_.value = "XXXX-XX-" + padded(first, 2) + "/XXXX-XX-" + padded(last, 2);
    const auto to = anchor_ ? day_near(last, *anchor_, when_ == tense::future) : std::nullopt;
    const auto from = to ? day_near(first, *to, false) : std::nullopt;
    if (!from) return out_;
    return between({*from, *to});
  }

  // Both ends with their times of day, where the text has them.
  std::optional<date_mention> between(const stretch& s) {
    out_.basis = date_basis::relative_to_publication;
    set(s);
    const auto end = [](civil_day day, const std::optional<int>& minute) {
      return iso_day(day) + (minute ? clock(*minute) : "");
    };
    out_.value = end(s.from, m_.from.minute_of_day) + "/" + end(s.to, m_.to.minute_of_day);
    return out_;
  }

  // "from Thursday until Saturday": the last such days, or the next where they are to come.
  std::optional<date_mention> weekdays() {
    const int first = m_.from.weekday.value_or(1);
    const int last = m_.to.weekday.value_or(1);
    const int days = (last - first + 7) % 7;
    out_.kind = date_kind::interval;
    out_.grain = grain_of(m_.to);
    out_.basis = date_basis::relative;
    const auto named = [](int day) {
      return "weekday:" + std::string(weekday_names[static_cast<std::size_t>(day - 1)]);
    };
    out_.value = named(first) + "/" + named(last);
    if (!anchor_) return out_;
    const int today = weekday_of(*anchor_);
    const bool ahead = when_ == tense::future;
    const civil_day to =
        ahead ? *anchor_ + (first - today + 7) % 7 + days : *anchor_ - (today - last + 7) % 7;
    return between({to - days, to});
  }

  // "next October" begins behind publication, "last October" ended before it.
  std::optional<std::pair<stretch, int>> meant_in_words(const date_slots& s) const {
    const std::string_view way = m_.pattern->name;
    if (way.ends_with("_year")) return in_year(s, way);
    if (way != "next" && way != "last") return meant(s, *anchor_, when_);
    const bool next = way == "next";
    auto found = next ? first_behind(s, *anchor_) : last_before(s, *anchor_);
    const bool inside = found && found->first.from <= *anchor_ && found->first.to >= *anchor_;
    if (!inside) return found;
    return next ? first_behind(s, found->first.to + 1) : last_before(s, found->first.from - 1);
  }

  // "in April last year"
  std::optional<std::pair<stretch, int>> in_year(const date_slots& s, std::string_view way) const {
    const int shift = way == "last_year" ? -1 : (way == "next_year" ? 1 : 0);
    const int year = year_of(*anchor_) + shift;
    const auto days = stretch_in(s, year);
    return days ? std::optional(std::pair(*days, year)) : std::nullopt;
  }

  static stretch days_of_part(const part_months& p, int year) {
    if (p.season) return year_stretch(year); // its months differ with the latitude
    return {month_stretch(year, p.first)->from, month_stretch(year, p.first + p.count - 1)->to};
  }

  // The year of a part that the text gives none: the last that has begun, or as the words say.
  int year_of_part(const part_months& p, std::string_view way) const {
    const int year = year_of(*anchor_);
    const civil_day begins = month_stretch(year, p.first)->from;
    if (way == ":next" || (way.empty() && when_ == tense::future))
      return *anchor_ < begins ? year : year + 1;
    const int begun = *anchor_ >= begins ? year : year - 1;
    if (way != ":last") return begun;
    const int last = (p.first + p.count - 2) % 12 + 1;
    const int ends_in = begun + (p.first + p.count > 13 ? 1 : 0);
    return *anchor_ > month_stretch(ends_in, last)->to ? begun : begun - 1;
  }

  std::optional<date_mention> part_of_some_year() {
    const std::string_view name = std::string_view(m_.pattern->name).substr(0, 2);
    const std::string_view way = std::string_view(m_.pattern->name).substr(2);
    const part_months p = *part_of_year(name);
    out_.grain = p.season ? granularity::year : granularity::month;
    std::optional<int> year = m_.from.year;
    out_.basis = year ? date_basis::explicit_date : date_basis::year_from_publication;
    if (!year && anchor_) year = year_of_part(p, way);
    if (!year) out_.basis = date_basis::relative;
    if (year) set(days_of_part(p, *year));
    out_.value = (year ? padded(*year, 4) : "XXXX") + "-" + std::string(name);
    return out_;
  }

  // "the 1990s" is "199" in TimeML; of other years than round ones it is no decade.
  std::optional<date_mention> decade() {
    const int year = m_.from.year.value_or(m_.from.count.value_or(1) + 1900);
    if (year % 10 != 0 || m_.from.count.value_or(0) > 99) return std::nullopt;
    out_.kind = date_kind::interval;
    out_.grain = granularity::year;
    set({year_stretch(year).from, year_stretch(year + 9).to});
    out_.value = padded(year / 10, 3);
    return out_;
  }

  // "over the weekend" is the last that has begun.
  std::optional<date_mention> weekend() {
    const std::string_view way = m_.pattern->name;
    out_.grain = granularity::day;
    out_.basis = date_basis::relative;
    out_.value = "weekend:" + m_.pattern->name;
    if (!anchor_) return out_;
    const int today = weekday_of(*anchor_);
    const civil_day monday = *anchor_ - (today - 1);
    const bool over = way == "near" && when_ != tense::future && today < 6;
    const int weeks = way == "next" ? 1 : (way == "last" || over ? -1 : 0);
    const stretch s{monday + 5 + 7 * weeks, monday + 6 + 7 * weeks};
    return counted(s, iso_day(s.from) + "/" + iso_day(s.to));
  }

  std::optional<date_mention> interval() {
    date_slots from = m_.from;
    date_slots to = m_.to;
    if (to.day && !to.month && !from.month) return days_of_some_month();
    if (from.weekday && !from.day) return up_to_day(to);
    if (!from.month) from.month = to.month;
    if (!to.month && to.day) to.month = from.month;
    if (!exists_in_some_year(from) || !exists_in_some_year(to)) return std::nullopt;
    out_.kind = date_kind::interval;
    out_.grain = grain_of(to);
    std::optional<int> to_year = to.year;
    if (!to_year && from.year) to_year = year_behind(from, to);
    if (!to_year && anchor_) {
      const auto end = meant(to, *anchor_, when_);
      if (end) to_year = end->second;
      out_.basis = date_basis::year_from_publication;
    }
    if (!to_year) {
      out_.basis = date_basis::relative;
      out_.value = value_of(from, std::nullopt) + "/" + value_of(to, std::nullopt);
      return out_;
    }
    return bounded_interval(from, to, *to_year);
  }

  // "the night of Thursday to Friday 10 May": the weekday is the last one before the day.
  std::optional<date_mention> up_to_day(const date_slots& to) {
    if (!exists_in_some_year(to)) return std::nullopt;
    out_.kind = date_kind::interval;
    out_.grain = grain_of(to);
    const auto end =
        to.year ? in_the_year(to) : (anchor_ ? meant(to, *anchor_, when_) : std::nullopt);
    if (!to.year) out_.basis = end ? date_basis::year_from_publication : date_basis::relative;
    const int back = m_.to.weekday ? (*m_.to.weekday - *m_.from.weekday + 6) % 7 + 1 : 1;
    if (!end) {
      date_slots from = to;
      from.day = *to.day > back ? std::optional(*to.day - back) : std::nullopt;
      out_.value = value_of(from, std::nullopt) + "/" + value_of(to, std::nullopt);
      return out_;
    }
    set({end->first.from - back, end->first.to});
    out_.value = iso_day(*out_.from) + "/" + iso_day(*out_.to);
    return out_;
  }

  static std::optional<std::pair<stretch, int>> in_the_year(const date_slots& s) {
    const auto days = stretch_in(s, *s.year);
    return days ? std::optional(std::pair(*days, *s.year)) : std::nullopt;
  }

  // "du 28 décembre 2013 au 4 janvier": the end is the first such day not before the start.
  static std::optional<int> year_behind(const date_slots& from, const date_slots& to) {
    const auto start = stretch_in(from, *from.year);
    for (int year = *from.year; start && year <= *from.year + most_years_apart; ++year) {
      const auto end = stretch_in(to, year);
      if (end && end->from >= start->from) return year;
    }
    return std::nullopt;
  }

  std::optional<date_mention> bounded_interval(const date_slots& from, const date_slots& to,
                                               int to_year) {
    const auto end = stretch_in(to, to_year);
    if (!end) return std::nullopt;
    std::optional<int> from_year = from.year;
    if (!from_year) {
      const auto start = last_before(from, end->from);
      if (!start) return std::nullopt;
      from_year = start->second;
    }
    const auto start = stretch_in(from, *from_year);
    if (!start || start->from > end->to) return std::nullopt;
    set({start->from, end->to});
    out_.value = value_of(from, from_year) + "/" + value_of(to, to_year);
    return out_;
  }

  // The open end stays open: an anchor closes what began, it never opens what ends. A deadline
  // without a year may lie on either side of publication: the nearest is meant.
  std::optional<date_mention> open_interval() {
    const bool since = m_.pattern->meaning == date_meaning::since;
    if (!since && when_ == tense::past) when_ = tense::nearest;
    if (m_.pattern->name == "past") when_ = tense::past;
    if (!point()) return std::nullopt;
    if (since) {
      reach_publication(out_);
      return out_;
    }
    out_.kind = date_kind::interval;
    out_.from.reset();
    return out_;
  }

  std::optional<date_mention> weekday() {
    const int wanted = m_.from.weekday.value_or(1);
    const std::string& way = m_.pattern->name;
    out_.grain = grain_of(m_.from);
    out_.basis = date_basis::relative;
    if (!anchor_) {
      out_.value = "weekday:" + std::string(weekday_names[static_cast<std::size_t>(wanted - 1)]);
      if (way != "near") out_.value += ":" + way;
      return out_;
    }
    const int behind = (weekday_of(*anchor_) - wanted + 7) % 7;
    civil_day day = *anchor_ - behind;
    if (way == "last" && behind == 0) day -= 7;
    const bool ahead = way == "near" && when_ == tense::future && behind > 0;
    if (way == "next" || ahead) day += 7;
    return counted({day, day}, iso_day(day));
  }

  std::optional<date_mention> counted(const stretch& s, std::string value) {
    out_.basis = date_basis::relative_to_publication;
    set(s);
    out_.value = std::move(value);
    if (out_.minute_of_day && s.from == s.to) out_.value += clock(*out_.minute_of_day);
    return out_;
  }

  static std::string from_publication(int count, std::string_view period) {
    if (count == 0) return "publication";
    return (count < 0 ? "publication-" : "publication+") +
           duration_of(count < 0 ? -count : count, period);
  }

  std::optional<date_mention> offset() {
    const int days = m_.pattern->number;
    out_.grain = out_.minute_of_day ? granularity::minute : granularity::day;
    out_.basis = date_basis::relative;
    out_.value = from_publication(days, "D");
    if (!anchor_) return out_;
    return counted({*anchor_ + days, *anchor_ + days}, iso_day(*anchor_ + days));
  }

  std::optional<date_mention> ago_or_ahead() {
    const int sign = m_.pattern->meaning == date_meaning::ago ? -1 : 1;
    out_.grain = grain_named(m_.from.period);
    out_.basis = date_basis::relative;
    out_.value = from_publication(sign * count(), m_.from.period);
    const auto found =
        countable() ? period_away(*anchor_, sign * count(), m_.from.period) : std::nullopt;
    if (!found) return out_;
    return counted(*found, value_of_stretch(*found));
  }

  std::optional<date_mention> calendar() {
    out_.grain = grain_named(m_.from.period);
    out_.basis = date_basis::relative;
    out_.value = from_publication(m_.pattern->number, m_.from.period);
    if (m_.pattern->number == 0) out_.value += ":" + std::string(m_.from.period);
    const auto found =
        anchor_ ? period_away(*anchor_, m_.pattern->number, m_.from.period) : std::nullopt;
    if (!found) return out_;
    return counted(*found, value_of_stretch(*found));
  }

  std::string value_of_stretch(const stretch& s) const {
    if (out_.grain == granularity::year) return padded(year_of(s.from), 4);
    if (out_.grain == granularity::month) return iso_day(s.from).substr(0, 7);
    if (s.from == s.to) return iso_day(s.from);
    return iso_day(s.from) + "/" + iso_day(s.to);
  }

  std::optional<date_mention> last() {
    out_.kind = date_kind::interval;
    out_.grain = grain_named(m_.from.period);
    out_.basis = date_basis::relative;
    out_.value = from_publication(-count(), m_.from.period) + "/publication";
    const bool days = out_.grain != granularity::hour && out_.grain != granularity::minute;
    if (!countable() || !days) return out_;
    const stretch s{days_back(*anchor_, count(), m_.from.period), *anchor_};
    return counted(s, iso_day(s.from) + "/" + iso_day(s.to));
  }

  const date_match& m_;
  std::optional<civil_day> anchor_;
  tense when_;
  date_mention out_;
};

} // namespace

std::optional<date_mention> meaning_of(const date_match& match, std::optional<civil_day> anchor,
                                       tense when) {
  return resolver(match, anchor, when).run();
}

} // namespace vigie::press
