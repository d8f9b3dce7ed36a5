// SPDX-License-Identifier: Apache-2.0
// Cells of a test from the YAML tree, by the type of their column.
#include "base/text.hpp"
#include "cells.hpp"
#include "config/scalars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

namespace vigie::testing {
namespace {

constexpr std::string_view ipv4_name = "vigie.ipv4";

struct int_range {
  std::int64_t least, most;
};

int_range range_of(kind k) {
  switch (k) {
  case kind::int8: return {-128, 127};
  case kind::int16: return {-32768, 32767};
  case kind::int32: return {std::numeric_limits<std::int32_t>::min(), 2147483647};
  case kind::uint8: return {0, 255};
  case kind::uint16: return {0, 65535};
  case kind::uint32: return {0, 4294967295};
  default:
    return {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
  }
}

template <class T, class... Base> bool all_of_it(std::string_view text, T& to, Base... base) {
  const auto done = std::from_chars(text.data(), text.data() + text.size(), to, base...);
  return done.ec == std::errc() && done.ptr == text.data() + text.size();
}

bool read_integer(const field& f, std::string_view text, cell& to) {
  if (f.kind == kind::uint64) {
    std::uint64_t n = 0;
    const bool good = all_of_it(text, n);
    to.integer = std::bit_cast<std::int64_t>(n);
    return good;
  }
  const int_range r = range_of(f.kind);
  return all_of_it(text, to.integer) && to.integer >= r.least && to.integer <= r.most;
}

bool read_ipv4(std::string_view text, cell& to) {
  const auto parts = text::split(text, '.');
  if (parts.size() != 4) return false;
  for (const std::string_view p : parts) {
    unsigned n = 0;
    if (!all_of_it(p, n) || n > 255) return false;
    to.integer = to.integer * 256 + n;
  }
  return true;
}

bool read_real(std::string_view text, cell& to) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (text == ".nan")
    to.real = std::numeric_limits<double>::quiet_NaN();
  else if (text == ".inf" || text == "-.inf")
    to.real = text[0] == '-' ? -infinity : infinity;
  else
    return all_of_it(text, to.real) && std::isfinite(to.real);
  return true;
}

bool read_hex(const field& f, std::string_view text, cell& to) {
  if (text.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    unsigned byte = 0;
    if (!all_of_it(text.substr(i, 2), byte, 16)) return false;
    to.text += static_cast<char>(byte);
  }
  return f.kind == kind::binary || to.text.size() == static_cast<std::size_t>(f.width);
}

bool is_bare_word(const yaml::node& n) {
  constexpr std::array<std::string_view, 12> words{"yes", "Yes", "YES", "no",  "No",  "NO",
                                                   "on",  "On",  "ON",  "off", "Off", "OFF"};
  return n.is_plain() && std::ranges::find(words, n.text) != words.end();
}

// What the kind is written like, for messages.
std::string form_of(const field& f) {
  if (f.extension == ipv4_name) return "an address such as 192.0.2.1";
  switch (f.kind) {
  case kind::boolean: return "true or false";
  case kind::float64: return "a number";
  case kind::text: return "a text";
  case kind::binary: return "bytes in hexadecimal";
  case kind::fixed_binary: return fmt::format("{} bytes in hexadecimal", f.width);
  case kind::date: return "a date such as 2014-05-18";
  case kind::timestamp: return "a time such as 2014-05-18T09:30:00Z";
  case kind::list: return "a list";
  case kind::structure: return "a mapping";
  case kind::uint64: return "a whole number from 0 to 18446744073709551615";
  default: break;
  }
  const int_range r = range_of(f.kind);
  return fmt::format("a whole number from {} to {}", r.least, r.most);
}

bool read_scalar(const field& f, const yaml::node& n, cell& to) {
  const auto keep = [&to](const result<std::int64_t>& r) {
    if (r) to.integer = *r;
    return static_cast<bool>(r);
  };
  if (f.extension == ipv4_name) return read_ipv4(n.text, to);
  switch (f.kind) {
  case kind::text: to.text = n.text; return !is_bare_word(n);
  case kind::binary:
  case kind::fixed_binary: return read_hex(f, n.text, to);
  case kind::date: return keep(parse_date(n.text));
  case kind::timestamp: return keep(parse_timestamp(n.text));
  default: break;
  }
  if (!n.is_plain()) return false; // a quoted number is a text
  if (f.kind == kind::boolean) {
    to.integer = n.text == "true" ? 1 : 0;
    return n.text == "true" || n.text == "false";
  }
  return f.kind == kind::float64 ? read_real(n.text, to) : read_integer(f, n.text, to);
}

std::vector<std::string> names_of(const schema& fields) {
  std::vector<std::string> out;
  for (const field& f : fields) out.push_back(f.name);
  return out;
}

std::optional<cell> read_list(const field& f, const yaml::node& n, complaints& out) {
  cell to;
  bool good = true;
  for (const yaml::node& i : n.items) {
    auto item = read_cell(f.children[0], i, out);
    good = good && item;
    if (item) to.items.push_back(*std::move(item));
  }
  return good ? std::optional(std::move(to)) : std::nullopt;
}

std::optional<cell> read_struct(const field& f, const yaml::node& n, complaints& out) {
  cell to;
  to.fields.resize(f.children.size());
  bool good = true;
  for (const yaml::entry& e : n.entries) {
    const int at = find_field(f.children, e.key);
    if (at < 0) out.unknown(e.at, "field", e.key, names_of(f.children));
    auto child =
        at < 0 ? std::nullopt : read_cell(f.children[static_cast<std::size_t>(at)], e.value, out);
    good = good && child;
    if (child) to.fields[static_cast<std::size_t>(at)] = std::move(child);
  }
  return good ? std::optional(std::move(to)) : std::nullopt;
}

} // namespace

std::optional<cell> read_cell(const field& f, const yaml::node& n, complaints& out) {
  cell to;
  if (n.is_null() && !n.text.empty()) {
    to.null = true;
    return to;
  }
  if (f.kind == kind::list && n.is_sequence()) return read_list(f, n, out);
  if (f.kind == kind::structure && n.is_mapping()) return read_struct(f, n, out);
  const bool nested = f.kind == kind::list || f.kind == kind::structure;
  if (!nested && n.is_scalar() && read_scalar(f, n, to)) return to;
  const bool text = f.kind == kind::text && (n.is_scalar() || n.is_null());
  out.error(code::test_value, n.at,
            fmt::format("found {}, expected {} for '{}', which is {}", yaml::describe(n),
                        form_of(f), text::elide(f.name, 60), describe(f)),
            text ? "quote it; a missing value is written null" : "a missing value is written null");
  return std::nullopt;
}

std::optional<row> read_row(const schema& fields, const yaml::node& n, complaints& out) {
  if (!n.is_mapping()) {
    out.error(code::test_value, n.at,
              fmt::format("found {}, expected a row such as {{column: value}}", yaml::describe(n)));
    return std::nullopt;
  }
  row r{n.at, {}};
  bool good = true;
  for (const yaml::entry& e : n.entries) {
    const int at = find_field(fields, e.key);
    if (at < 0) {
      out.unknown(e.at, "column", e.key, names_of(fields));
      good = false;
      continue;
    }
    const auto column = static_cast<std::size_t>(at);
    auto value = read_cell(fields[column], e.value, out);
    good = good && value;
    if (value) r.cells.push_back({column, e.at, *std::move(value)});
  }
  return good ? std::optional(std::move(r)) : std::nullopt;
}

std::vector<row> read_rows(const schema& fields, const yaml::node& n, complaints& out) {
  std::vector<row> rows;
  if (!n.is_sequence())
    out.error(code::test_value, n.at,
              fmt::format("found {}, expected a list of rows", yaml::describe(n)),
              "write [{column: value}, ...], or lines that start with '- '; no rows are []");
  for (const yaml::node& i : n.items)
    if (auto r = read_row(fields, i, out)) rows.push_back(*std::move(r));
  return rows;
}

} // namespace vigie::testing
