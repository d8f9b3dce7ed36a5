// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

#include "common/civil/civil.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace vigie::dossier {
namespace {

constexpr std::string_view no_break = "\u00A0", to_dash = "\u00A0– ";

std::string grouped(std::string_view digits, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += separator;
    out += digits[i];
  }
  return out;
}

std::string digits_of(double value, std::chars_format format) {
  std::array<char, 400>
      room; // the longest fixed form of a double has 325 characters before the point
  const auto done = std::to_chars(room.data(), room.data() + room.size(), value, format);
  return done.ec == std::errc() ? std::string(room.data(), done.ptr) : std::string("?");
}

std::string with_decimal(std::string_view digits, const page_words& words, bool group) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::string_view whole = digits.substr(0, point);
  std::string out = group ? grouped(whole, words.thousands) : std::string(whole);
  if (point < digits.size()) out.append(words.decimal).append(digits.substr(point + 1));
  return out;
}

std::string padded(std::int64_t number, std::size_t width) {
  std::string out;
  civil::detail::append_padded(out, number, width);
  return out;
}

// Years that HTML can write: four digits or more, above 0.
std::string machine_year(std::int64_t year) { return year > 0 ? padded(year, 4) : std::string(); }

std::string machine_month(const civil::day& d) {
  const std::string year = machine_year(d.year);
  return year.empty() ? year : year + "-" + padded(d.month, 2);
}

std::string machine_day(const civil::day& d) {
  const std::string month = machine_month(d);
  return month.empty() ? month : month + "-" + padded(d.day_of_month, 2);
}

std::string_view month_name(const civil::day& d, const page_words& words) {
  return words.months[static_cast<std::size_t>(d.month - 1)];
}

std::string day_words(const civil::day& d, const page_words& words, bool with_month,
                      bool with_year) {
  std::string out(d.day_of_month == 1 ? words.first_day : "");
  if (out.empty()) out = std::to_string(d.day_of_month);
  if (with_month) out.append(no_break).append(month_name(d, words));
  if (with_year) out.append(" ").append(std::to_string(d.year));
  return out;
}

period_piece day_piece(const civil::day& d, const page_words& words, bool with_month = true,
                       bool with_year = true) {
  return {day_words(d, words, with_month, with_year), machine_day(d)};
}

period_piece month_piece(const civil::day& d, const page_words& words, bool with_year = true) {
  std::string text(month_name(d, words));
  if (with_year) text.append(" ").append(std::to_string(d.year));
  return {text, machine_month(d)};
}

period_piece year_piece(const civil::day& d) {
  return {std::to_string(d.year), machine_year(d.year)};
}

using pieces = std::vector<period_piece>;

pieces of_months(const civil::day& from, const civil::day& to, const page_words& words) {
  const bool same_year = from.year == to.year;
  if (same_year && from.month == to.month) return {month_piece(to, words)};
  return {month_piece(from, words, !same_year), {std::string(to_dash), ""}, month_piece(to, words)};
}

pieces of_years(const civil::day& from, const civil::day& to) {
  if (from.year == to.year) return {year_piece(to)};
  return {year_piece(from), {std::string(to_dash), ""}, year_piece(to)};
}

pieces between(const civil::day& from, const civil::day& to, const page_words& words) {
  const bool whole_months =
      from.day_of_month == 1 && to.day_of_month == civil::days_in_month(to.year, to.month);
  if (whole_months && from.month == 1 && to.month == 12) return of_years(from, to);
  if (whole_months) return of_months(from, to, words);
  const bool same_year = from.year == to.year;
  const bool same_month = same_year && from.month == to.month;
  return {day_piece(from, words, !same_month, !same_year),
          {std::string(to_dash), ""},
          day_piece(to, words)};
}

} // namespace

std::string number_text(double value, const page_words& words) {
  const double size = std::fabs(value);
  const std::string sign = value < 0 ? "−" : "";
  if (size == 0 || (size >= 1e-6 && size < 1e21))
    return sign + with_decimal(digits_of(size, std::chars_format::fixed), words, true);
  const std::string digits = digits_of(size, std::chars_format::scientific);
  const std::size_t e = digits.find('e');
  std::string_view power = std::string_view(digits).substr(e + 1);
  const bool below_one = power[0] == '-';
  power.remove_prefix(std::min(power.find_first_not_of("+-0"), power.size()));
  return sign + with_decimal(digits.substr(0, e), words, false) + "\u00A0×\u00A010^" +
         (below_one ? "−" : "") + std::string(power);
}

std::string count_text(std::size_t count, const page_words& words) {
  return grouped(std::to_string(count), words.thousands);
}

std::string counted(std::size_t count, const noun& n, const page_words& words) {
  const bool one = count == 1 || (count == 0 && words.zero_is_one);
  return count_text(count, words).append(no_break).append(one ? n.one : n.many);
}

std::vector<period_piece> pieces_of(const period& when, const page_words& words) {
  const civil::day start = civil::day_of(when.start()), last = civil::day_of(when.last());
  if (!when.to) return {{std::string(words.from_on), ""}, day_piece(start, words)};
  if (!when.from) return {{std::string(words.until), ""}, day_piece(last, words)};
  if (*when.from == *when.to) return {day_piece(start, words)};
  if (when.is_reversed())
    return {day_piece(start, words), {std::string(to_dash), ""}, day_piece(last, words)};
  return between(start, last, words);
}

std::string period_text(const period& when, const page_words& words) {
  std::string out;
  for (const period_piece& p : pieces_of(when, words)) out += p.text;
  return out;
}

std::int64_t year_of(std::int32_t day) { return civil::day_of(day).year; }

std::string month_text(std::int64_t year, int month, const page_words& words) {
  return month_piece({year, month, 1}, words).text;
}

} // namespace vigie::dossier
