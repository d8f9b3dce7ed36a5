// SPDX-License-Identifier: Apache-2.0
#include "date_periods.hpp"

#include "date_reading.hpp"

#include <array>
#include <string>

namespace vigie::press {
namespace {

constexpr std::array<std::string_view, 7> weekday_names{
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

class period_reader : date_reading {
public:
  using date_reading::date_reading;

  std::optional<date_mention> run() {
    switch (m_.pattern->meaning) {
    case date_meaning::weekday: return weekday();
    case date_meaning::weekdays: return weekdays();
    case date_meaning::weekend: return weekend();
    case date_meaning::offset: return offset();
    case date_meaning::ago:
    case date_meaning::ahead: return ago_or_ahead();
    case date_meaning::last: return last();
    case date_meaning::calendar: return calendar();
    case date_meaning::part: return part_of_some_year();
    case date_meaning::decade: return decade();
    case date_meaning::length:
    case date_meaning::duration: return length();
    case date_meaning::vague:
    case date_meaning::ignore:
    case date_meaning::figure: return vague();
    default: return std::nullopt;
    }
  }

private:
  int count() const { return m_.from.count.value_or(1); }

  // "+P1D": behind the day that the text told of before.
  bool signed_name() const { return !m_.pattern->name.starts_with('P'); }

  // Farther away no calendar helps.
  bool countable() const { return anchor_ && count() <= 999; }

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

  // "from Thursday until Saturday": the last such days, those that publication lies in where
  // the sentence tells of what goes on, or the next where they are to come.
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
    const civil_day begun = *anchor_ - (today - first + 7) % 7;
    const bool over = begun + days <= *anchor_;
    civil_day from = begun;
    if (when_ == tense::future && first != today) from += 7;
    if (when_ != tense::future && when_ != tense::nearest && !over) from -= 7;
    return between({from, from + days});
  }

  std::optional<date_mention> length() {
    out_.kind = date_kind::duration;
    out_.basis = date_basis::relative;
    out_.grain = grain_named(m_.from.period);
    out_.value = m_.pattern->name.empty() ? duration_of(count(), m_.from.period)
                                          : m_.pattern->name.substr(signed_name() ? 1 : 0);
    return out_;
  }

  std::optional<date_mention> vague() {
    out_.kind = date_kind::vague;
    out_.basis = date_basis::vague;
    out_.value = m_.pattern->name;
    return out_;
  }

  static stretch days_of_part(const part_months& p, int year) {
    if (p.season) return year_stretch(year); // its months differ with the latitude
    return {month_stretch(year, p.first)->from, month_stretch(year, p.first + p.count - 1)->to};
  }

  // The year of a part that the text gives none: the last that has begun, or as the words say.
  int year_of_part(const part_months& p, std::string_view way) const {
    const int year = year_of(*anchor_);
    const civil_day begins = month_stretch(year, p.first)->from;
    if (way == ":next" || (way != ":last" && when_ == tense::future))
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
};

} // namespace

std::optional<date_mention> meaning_of_period(const date_match& match,
                                              std::optional<civil_day> anchor, tense when) {
  return period_reader(match, anchor, when).run();
}

} // namespace vigie::press
