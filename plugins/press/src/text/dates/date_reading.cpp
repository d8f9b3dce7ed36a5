// SPDX-License-Identifier: Apache-2.0
#include "date_reading.hpp"

#include <utility>

namespace vigie::press {

std::string clock(int minute_of_day) {
  return "T" + padded(minute_of_day / 60, 2) + ":" + padded(minute_of_day % 60, 2);
}

granularity grain_of(const date_slots& s) {
  if (s.minute_of_day && (s.day || s.weekday)) return granularity::minute;
  if (s.day || s.weekday) return granularity::day;
  return s.month ? granularity::month : granularity::year;
}

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

std::optional<date_mention> date_reading::counted(const stretch& s, std::string value) {
  out_.basis = date_basis::relative_to_publication;
  set(s);
  out_.value = std::move(value);
  if (out_.minute_of_day && s.from == s.to) out_.value += clock(*out_.minute_of_day);
  return out_;
}

std::optional<date_mention> date_reading::between(const stretch& s) {
  out_.basis = date_basis::relative_to_publication;
  set(s);
  const auto end = [](civil_day day, const std::optional<int>& minute) {
    return iso_day(day) + (minute ? clock(*minute) : "");
  };
  out_.value = end(s.from, m_.from.minute_of_day) + "/" + end(s.to, m_.to.minute_of_day);
  return out_;
}

} // namespace vigie::press
