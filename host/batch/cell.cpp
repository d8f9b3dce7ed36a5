// SPDX-License-Identifier: Apache-2.0
#include "cell.hpp"

#include "base/json.hpp"

#include <vigie/address.hpp>

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>

namespace vigie::data {
namespace {

constexpr std::string_view mask = "***";

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char b : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(b));
  return out;
}

std::string ipv4(std::int64_t number) {
  std::string out;
  address::append_ipv4(out, static_cast<std::uint32_t>(number));
  return out;
}

std::string bytes(const field& f, std::string_view cell) {
  if (!is_ip(f)) return hex(cell);
  std::string out;
  address::append_ip(out, address::bytes_of(cell));
  return out;
}

std::string number(const column& c, std::int64_t row) {
  if (c.type().kind == kind::float64) return fmt::format("{}", c.real(row));
  if (c.type().kind == kind::uint64)
    return fmt::format("{}", static_cast<std::uint64_t>(c.integer(row)));
  return fmt::format("{}", c.integer(row));
}

void append_list(std::string& out, const column& c, std::int64_t row, const cell_options& o) {
  const column items = c.items();
  const auto [begin, end] = c.list(row);
  out += '[';
  for (std::int64_t i = begin; i < end; ++i) {
    if (i > begin) out += ", ";
    append_json(out, items, i, o);
  }
  out += ']';
}

void append_struct(std::string& out, const column& c, std::int64_t row, const cell_options& o) {
  out += '{';
  for (std::size_t k = 0; k < c.type().children.size(); ++k) {
    if (k > 0) out += ", ";
    append_json_string(out, c.type().children[k].name);
    out += ": ";
    append_json(out, c.child(k), c.child_row(row), o);
  }
  out += '}';
}

} // namespace

std::string date_text(std::int64_t days) {
  // Years of the calendar in <chrono> end at 32767; the 400-year cycle brings any day into its
  // reach.
  constexpr std::int64_t cycle = 146'097;
  const std::int64_t cycles = floor_divide(days, cycle);
  using namespace std::chrono;
  const year_month_day d{
      sys_days{std::chrono::days{days % cycle + (days % cycle < 0 ? cycle : 0)}}};
  const std::int64_t year = static_cast<int>(d.year()) + cycles * 400;
  const std::string_view sign = year < 0 ? "-" : year > 9999 ? "+" : "";
  return fmt::format("{}{:04}-{:02}-{:02}", sign, std::abs(year), static_cast<unsigned>(d.month()),
                     static_cast<unsigned>(d.day()));
}

std::string timestamp_text(std::int64_t us) {
  constexpr std::int64_t day = 86'400'000'000;
  const std::int64_t days = floor_divide(us, day);
  const std::int64_t in_day = us % day + (us % day < 0 ? day : 0);
  const std::int64_t seconds = in_day / 1'000'000, fraction = in_day % 1'000'000;
  std::string out = fmt::format("{}T{:02}:{:02}:{:02}", date_text(days), seconds / 3600,
                                seconds / 60 % 60, seconds % 60);
  if (fraction > 0) {
    out += fmt::format(".{:06}", fraction);
    while (out.back() == '0') out.pop_back();
  }
  return out + 'Z';
}

void append_json(std::string& out, const column& c, std::int64_t row, const cell_options& o) {
  if (c.is_null(row)) {
    out += "null";
    return;
  }
  if (c.type().sensitive && !o.show_sensitive) return append_json_string(out, mask);
  switch (c.type().kind) {
  case kind::boolean: out += c.boolean(row) ? "true" : "false"; return;
  case kind::text: return append_json_string(out, c.text(row));
  case kind::binary:
  case kind::fixed_binary: return append_json_string(out, bytes(c.type(), c.text(row)));
  case kind::date: return append_json_string(out, date_text(c.integer(row)));
  case kind::timestamp: return append_json_string(out, timestamp_text(c.integer(row)));
  case kind::list: return append_list(out, c, row, o);
  case kind::structure: return append_struct(out, c, row, o);
  case kind::float64: out += std::isfinite(c.real(row)) ? number(c, row) : "null"; return;
  default: break;
  }
  if (is_ipv4(c.type())) return append_json_string(out, ipv4(c.integer(row)));
  out += number(c, row);
}

std::string display(const column& c, std::int64_t row, const cell_options& o) {
  if (c.is_null(row)) return {};
  if (c.type().kind == kind::text && (!c.type().sensitive || o.show_sensitive))
    return std::string(c.text(row));
  std::string out;
  append_json(out, c, row, o);
  if (out.size() >= 2 && out.front() == '"') return out.substr(1, out.size() - 2);
  return out;
}

} // namespace vigie::data
