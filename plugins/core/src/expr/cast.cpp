// SPDX-License-Identifier: Apache-2.0
// The part of the evaluator that changes the type of values: cast, try_cast, and the conversions
// the typer puts in. A value the new type cannot hold fails the row, or gives null with try_cast.
#include "common/civil/civil.hpp"
#include "convert.hpp"
#include "evaluator.hpp"
#include "json/cell.hpp"
#include "meaning.hpp"
#include "utf8.hpp"
#include "wrong.hpp"

#include <vigie/address.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

namespace vigie::core::expr {
namespace {

struct limits {
  std::int64_t low;
  std::uint64_t high;
};
template <class T> constexpr limits limits_of() {
  return {static_cast<std::int64_t>(std::numeric_limits<T>::min()),
          static_cast<std::uint64_t>(std::numeric_limits<T>::max())};
}

limits limits_of(kind k) {
  switch (k) {
  case kind::int8: return limits_of<std::int8_t>();
  case kind::int16: return limits_of<std::int16_t>();
  case kind::int32: return limits_of<std::int32_t>();
  case kind::uint8: return limits_of<std::uint8_t>();
  case kind::uint16: return limits_of<std::uint16_t>();
  case kind::uint32: return limits_of<std::uint32_t>();
  case kind::uint64: return limits_of<std::uint64_t>();
  default: return limits_of<std::int64_t>();
  }
}

// Into the 8 bytes of an integer or natural; false: out of range.
bool put_integer(std::int64_t v, const limits& l, std::int64_t& out) {
  out = v;
  return v >= l.low && (v < 0 || static_cast<std::uint64_t>(v) <= l.high);
}
bool put_natural(std::uint64_t v, const limits& l, std::int64_t& out) {
  out = std::bit_cast<std::int64_t>(v);
  return v <= l.high;
}
// To the nearest whole number, ties to even, as PostgreSQL does.
bool put_real(double v, const limits& l, std::int64_t& out) {
  const double whole = std::nearbyint(v);
  if (!(whole >= -0x1p63 && whole < 0x1p64)) return false;
  if (whole < 0) return put_integer(static_cast<std::int64_t>(whole), l, out);
  return put_natural(static_cast<std::uint64_t>(whole), l, out);
}

bool to_integer(const vec& v, const field& from, std::size_t i, const limits& l,
                std::int64_t& out) {
  std::int64_t whole = 0;
  std::uint64_t natural = 0;
  if (is_decimal(from))
    return rescale(v.at<std::int64_t>(i), decimal_scale(from), 0, whole) &&
           put_integer(whole, l, out);
  switch (rep_of(from.kind)) {
  case rep::boolean: return put_integer(v.at<std::uint8_t>(i), l, out);
  case rep::integer: return put_integer(v.at<std::int64_t>(i), l, out);
  case rep::natural: return put_natural(v.at<std::uint64_t>(i), l, out);
  case rep::real: return put_real(v.at<double>(i), l, out);
  default: break;
  }
  const auto text = v.at<std::string_view>(i);
  if (parse_integer(text, whole)) return put_integer(whole, l, out);
  return parse_natural(text, natural) && put_natural(natural, l, out);
}

bool to_real(const vec& v, const field& from, std::size_t i, double& out) {
  if (is_decimal(from)) {
    out = static_cast<double>(v.at<std::int64_t>(i)) /
          static_cast<double>(power_of_ten(decimal_scale(from)));
    return true;
  }
  switch (rep_of(from.kind)) {
  case rep::integer: out = static_cast<double>(v.at<std::int64_t>(i)); return true;
  case rep::natural: out = static_cast<double>(v.at<std::uint64_t>(i)); return true;
  default: return parse_real(v.at<std::string_view>(i), out);
  }
}

bool to_boolean(const vec& v, kind from, std::size_t i, std::uint8_t& out) {
  bool truth = false;
  if (rep_of(from) == rep::text) {
    const bool good = parse_boolean(v.at<std::string_view>(i), truth);
    out = truth ? 1 : 0;
    return good;
  }
  out = v.at<std::int64_t>(i) != 0; // uint64 has the same bits
  return true;
}

bool to_date(const vec& v, kind from, std::size_t i, std::int64_t& out) {
  if (from == kind::timestamp) {
    out = civil::floor_divide(v.at<std::int64_t>(i), civil::us_a_day);
    return true;
  }
  std::int32_t days = 0;
  const bool good = parse_date(v.at<std::string_view>(i), days);
  out = days;
  return good;
}

bool to_timestamp(const vec& v, kind from, std::size_t i, std::int64_t& out) {
  if (from == kind::text) return parse_timestamp(v.at<std::string_view>(i), out);
  long long us = 0;
  const auto days = static_cast<long long>(v.at<std::int64_t>(i));
  const bool over = __builtin_mul_overflow(days, static_cast<long long>(civil::us_a_day), &us);
  out = us;
  return !over;
}

void print(const vec& v, const field& type, std::size_t i, std::string& out) {
  const kind from = type.kind;
  if (is_ip(type)) return address::append_ip(out, address::bytes_of(v.at<std::string_view>(i)));
  if (is_ipv4(type))
    return address::append_ipv4(out, static_cast<std::uint32_t>(v.at<std::int64_t>(i)));
  if (is_decimal(type)) return append_decimal(out, v.at<std::int64_t>(i), decimal_scale(type));
  switch (rep_of(from)) {
  case rep::boolean: out += v.at<std::uint8_t>(i) != 0 ? "true" : "false"; return;
  case rep::natural: return print_natural(v.at<std::uint64_t>(i), out);
  case rep::real: return print_real(v.at<double>(i), out);
  case rep::integer:
    if (from == kind::date) return civil::append_date(out, v.at<std::int64_t>(i));
    if (from == kind::timestamp) return civil::append_timestamp(out, v.at<std::int64_t>(i));
    return print_integer(v.at<std::int64_t>(i), out);
  default: out += v.at<std::string_view>(i);
  }
}

std::string why_not(const call_frame& f, const field& from, std::size_t i) {
  const std::string to = called(f.node.type);
  const bool raw = from.kind == kind::binary || (from.kind == kind::fixed_binary && !is_ip(from));
  if (f.node.type.sensitive || raw)
    return "a value of type " + (raw ? std::string(name_of(from.kind)) : called(from)) + " is no " +
           to;
  std::string text;
  print(f.args[0], from, i, text);
  return quoted(text) + " is no " + to;
}

// Runs put(i, value) for every live row; false makes the row fail, or null with try_cast.
template <class T, class Put> void each(const call_frame& f, const field& from, Put put) {
  for (std::size_t i = 0; i < f.rows; ++i) {
    T value{};
    if (f.live(i) && !put(i, value)) {
      if (f.node.flag)
        f.states[i] = absent;
      else
        f.fail(i, [&] { return why_not(f, from, i); });
    }
    f.put(i, value);
  }
}

void to_text(const call_frame& f, const field& from) {
  const bool raw = rep_of(from.kind) == rep::text && !is_ip(from);
  std::string made;
  each<std::string_view>(f, from, [&](std::size_t i, std::string_view& out) {
    if (raw) {
      out = f.args[0].at<std::string_view>(i);
      return ill_formed_at(out) == out.npos;
    }
    made.clear();
    print(f.args[0], from, i, made);
    out = f.texts.keep(made);
    return true;
  });
}

// ---- addresses and decimals --------------------------------------------------------------------

std::optional<address::ip> read_ip(const vec& v, const field& from, std::size_t i) {
  if (is_ipv4(from)) return address::mapped(static_cast<std::uint32_t>(v.at<std::int64_t>(i)));
  const auto text = v.at<std::string_view>(i);
  return is_ip(from) ? address::bytes_of(text) : address::parse_ip(text);
}

void to_ip(const call_frame& f, const field& from) {
  each<std::string_view>(f, from, [&](std::size_t i, std::string_view& out) {
    const auto found = read_ip(f.args[0], from, i);
    if (!found) return false;
    out = f.texts.keep({reinterpret_cast<const char*>(found->data()), found->size()});
    return true;
  });
}

void to_ipv4(const call_frame& f, const field& from) {
  const vec& v = f.args[0];
  each<std::int64_t>(f, from, [&](std::size_t i, std::int64_t& out) {
    if (is_whole(from)) return to_integer(v, from, i, limits_of<std::uint32_t>(), out);
    const auto found = read_ip(v, from, i);
    const auto v4 = found ? address::ipv4_of(*found) : std::nullopt;
    if (v4) out = *v4;
    return v4.has_value();
  });
}

void to_decimal(const call_frame& f, const field& from) {
  const vec& v = f.args[0];
  const int scale = decimal_scale(f.node.type);
  std::string digits;
  each<std::int64_t>(f, from, [&](std::size_t i, std::int64_t& out) {
    switch (rep_of(from.kind)) {
    case rep::integer:
      return rescale(v.at<std::int64_t>(i), std::max(decimal_scale(from), 0), scale, out);
    case rep::natural:
      return v.at<std::uint64_t>(i) <= static_cast<std::uint64_t>(INT64_MAX) &&
             rescale(v.at<std::int64_t>(i), 0, scale, out);
    case rep::real:
      digits.clear();
      print_real(v.at<double>(i), digits);
      return parse_decimal(digits, scale, excess::rounded, out);
    default: return parse_decimal(v.at<std::string_view>(i), scale, excess::rounded, out);
    }
  });
}

void run_cast(const call_frame& f, const field& type) {
  const vec& v = f.args[0];
  const kind from = type.kind;
  using i64 = std::int64_t;
  if (is_ip(f.node.type)) return to_ip(f, type);
  if (is_ipv4(f.node.type)) return to_ipv4(f, type);
  if (is_decimal(f.node.type)) return to_decimal(f, type);
  switch (f.node.type.kind) {
  case kind::text: return to_text(f, type);
  case kind::boolean:
    return each<std::uint8_t>(f, type,
                              [&](auto i, auto& out) { return to_boolean(v, from, i, out); });
  case kind::float64:
    return each<double>(f, type, [&](auto i, auto& out) { return to_real(v, type, i, out); });
  case kind::date:
    return each<i64>(f, type, [&](auto i, auto& out) { return to_date(v, from, i, out); });
  case kind::timestamp:
    return each<i64>(f, type, [&](auto i, auto& out) { return to_timestamp(v, from, i, out); });
  default: break;
  }
  const limits range = limits_of(f.node.type.kind);
  each<i64>(f, type, [&](auto i, auto& out) { return to_integer(v, type, i, range, out); });
}

} // namespace

vec evaluator::cast(const typed& n, const std::uint8_t* active) {
  const field& from = n.args[0]->type;
  if (alike(from, n.type) || n.type.kind == kind::binary) return evaluate(*n.args[0], active);
  const std::array<vec, 1> args = {evaluate(*n.args[0], active)};
  vec out = fresh();
  const std::size_t rows = shape(out, args);
  const bool whole = from.kind == kind::int64 && !is_decimal(from);
  if (whole && n.type.kind == kind::float64) { // the one that arithmetic asks for all the time
    merge_states(out, args);
    for (std::size_t i = 0; i < rows; ++i)
      out.values.as<double>()[i] = static_cast<double>(args[0].at<std::int64_t>(i));
    return out;
  }
  run_cast(frame(n, rows, active, args, out), from);
  return out;
}

} // namespace vigie::core::expr
