// SPDX-License-Identifier: Apache-2.0
#include "date_meaning.hpp"

#include "date_periods.hpp"
#include "date_reading.hpp"
#include "slot_days.hpp"

#include <string>
#include <utility>

namespace vigie::press {
namespace {

class resolver : date_reading {
public:
  using date_reading::date_reading;

  // The mention's meaning; nothing where the calendar has no such day.
  std::optional<date_mention> run() {
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
    default: return meaning_of_period(m_, anchor_, when_);
    }
  }

  // "depuis lundi": what begins there goes on at least until it is told.
  void reach_publication(date_mention& d) const {
    d.kind = date_kind::interval;
    d.to.reset();
    if (anchor_ && d.from && *anchor_ >= *d.from) d.to = anchor_;
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

  std::optional<date_mention> interval() {
    date_slots from = m_.from;
    date_slots to = m_.to;
    if (to.day && !to.month && !from.month) return days_of_some_month();
    if (from.weekday && !from.day) return up_to_day(to);
    if (!from.month && (from.day || !from.year)) from.month = to.month;
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
    if (!since && when_ != tense::future) when_ = tense::nearest;
    if (since && when_ == tense::unsaid) when_ = tense::past;
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
};

} // namespace

std::optional<date_mention> meaning_of(const date_match& match, std::optional<civil_day> anchor,
                                       tense when) {
  return resolver(match, anchor, when).run();
}

} // namespace vigie::press
