// SPDX-License-Identifier: Apache-2.0
#include "json/cell.hpp"

#include "common/civil/civil.hpp"
#include "json/check.hpp"
#include "plain_text.hpp"

#include <vigie/address.hpp>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

namespace vigie::core {
namespace {

template <class T> void append_number(std::string& out, T number) {
  std::array<char, 32> text;
  const auto done = std::to_chars(text.data(), text.data() + text.size(), number);
  out.append(text.data(), static_cast<std::size_t>(done.ptr - text.data()));
}

void append_integer(std::string& out, const column& cells, std::int64_t i) {
  const std::int64_t number = cells.integer(i);
  const field& f = cells.type();
  if (is_ipv4(f)) return address::append_ipv4(out, static_cast<std::uint32_t>(number));
  if (const int scale = decimal_scale(f); scale >= 0) return append_decimal(out, number, scale);
  if (f.kind == kind::uint64)
    append_number(out, std::bit_cast<std::uint64_t>(number));
  else
    append_number(out, number);
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view letters = "btnvfr", hex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out += '\\';
  if (c == '"' || c == '\\') {
    out += c;
  } else if (byte >= '\b' && byte <= '\r' && c != '\v') {
    out += letters[byte - '\b'];
  } else {
    out += "u00";
    out += hex[byte >> 4];
    out += hex[byte & 15];
  }
}

void append_list(std::string& out, const column& cells, std::int64_t i) {
  const auto [begin, end] = cells.list(i);
  const column items = cells.items();
  out += '[';
  for (std::int64_t k = begin; k < end; ++k) {
    if (k > begin) out += ',';
    append_json(out, items, k);
  }
  out += ']';
}

void append_struct(std::string& out, const column& cells, std::int64_t i) {
  const std::vector<field>& fields = cells.type().children;
  out += '{';
  for (std::size_t k = 0; k < fields.size(); ++k) {
    if (k > 0) out += ',';
    append_quoted(out, fields[k].name);
    out += ':';
    append_json(out, cells.child(k), cells.child_row(i));
  }
  out += '}';
}

std::string_view name_of_unusual(double v) {
  if (std::isnan(v)) return "NaN";
  return v > 0 ? "Infinity" : "-Infinity";
}

// Text that says it is JSON, as it is if that is true.
void append_value(std::string& out, std::string_view text) {
  const std::string_view value = trim_json(text);
  const std::size_t start = out.size();
  out += value;
  out.append(64, '\0');
  const char* const begin = out.data() + start;
  const bool good = json_check().is_value(begin, begin + value.size());
  out.resize(good ? start + value.size() : start);
  if (!good) append_quoted(out, text);
}

void append_in_quotes(std::string& out, const column& cells, std::int64_t i) {
  out += '"';
  append_plain(out, cells, i);
  out += '"';
}

} // namespace

void append_decimal(std::string& out, std::int64_t number, int scale) {
  const auto bits = static_cast<std::uint64_t>(number);
  std::array<char, 32> text;
  const auto done =
      std::to_chars(text.data(), text.data() + text.size(), number < 0 ? 0 - bits : bits);
  const std::string_view digits(text.data(), static_cast<std::size_t>(done.ptr - text.data()));
  const auto behind = static_cast<std::size_t>(scale);
  if (number < 0) out += '-';
  if (digits.size() <= behind) {
    out += '0';
  } else {
    out += digits.substr(0, digits.size() - behind);
  }
  if (behind == 0) return;
  out += '.';
  if (digits.size() < behind) out.append(behind - digits.size(), '0');
  out += digits.substr(digits.size() - std::min(behind, digits.size()));
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (;;) {
    const std::size_t plain = plain_prefix(text);
    out.append(text.data(), plain);
    if (plain == text.size()) break;
    append_escape(out, text[plain]);
    text.remove_prefix(plain + 1);
  }
  out += '"';
}

void append_base64(std::string& out, std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(3, bytes.size()))) {
    const auto byte = [&](std::size_t k) {
      return k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0U;
    };
    const unsigned bits = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (std::size_t k = 0; k < 4; ++k)
      out += k <= bytes.size() ? digits[bits >> (18 - 6 * k) & 63] : '=';
  }
}

void append_json(std::string& out, const column& cells, std::int64_t i) {
  if (cells.is_null(i)) {
    out += "null";
    return;
  }
  const field& f = cells.type();
  switch (f.kind) {
  case kind::text:
    return is_json(f) ? append_value(out, cells.text(i)) : append_quoted(out, cells.text(i));
  case kind::float64:
    if (!std::isfinite(cells.real(i)))
      out += "null";
    else
      append_number(out, cells.real(i));
    return;
  case kind::binary:
  case kind::fixed_binary:
  case kind::date:
  case kind::timestamp: return append_in_quotes(out, cells, i);
  default:
    if (is_ipv4(f)) return append_in_quotes(out, cells, i);
  }
  append_plain(out, cells, i);
}

void append_plain(std::string& out, const column& cells, std::int64_t i) {
  const field& f = cells.type();
  switch (f.kind) {
  case kind::boolean: out += cells.boolean(i) ? "true" : "false"; return;
  case kind::float64:
    if (const double v = cells.real(i); std::isfinite(v))
      append_number(out, v);
    else
      out += name_of_unusual(v);
    return;
  case kind::text: out += cells.text(i); return;
  case kind::binary:
  case kind::fixed_binary:
    if (is_ip(f)) return address::append_ip(out, address::bytes_of(cells.text(i)));
    return append_base64(out, cells.text(i));
  case kind::date: return civil::append_date(out, cells.integer(i));
  case kind::timestamp: return civil::append_timestamp(out, cells.integer(i));
  case kind::list: return append_list(out, cells, i);
  case kind::structure: return append_struct(out, cells, i);
  default: append_integer(out, cells, i);
  }
}

bool is_simple(const field& f) {
  return f.kind == kind::boolean || f.kind == kind::float64 || f.kind == kind::date ||
         f.kind == kind::timestamp || is_integer(f.kind);
}

} // namespace vigie::core
