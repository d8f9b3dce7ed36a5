// SPDX-License-Identifier: Apache-2.0
#include "coerce.hpp"

#include "convert.hpp"
#include "evaluator.hpp"

#include <vigie/address.hpp>

#include <algorithm>

namespace vigie::core::expr {
namespace {

std::string example_of(const field& f) {
  const kind k = f.kind;
  if (is_ipv4(f)) return "; IPv4 addresses look like '192.0.2.1'";
  if (is_ip(f)) return "; addresses look like '192.0.2.1' or '2001:db8::1'";
  if (is_decimal(f)) return "; its digits are too many or no digits";
  if (k == kind::date) return "; dates look like '2014-05-20'";
  if (k == kind::timestamp) return "; timestamps look like '2014-05-20T13:43:00Z'";
  return k == kind::boolean ? "; write true or false" : "";
}

// Fills a constant of a number from its text: int64, else uint64, else float64.
bool guess_number(const std::string& text, typed& out) {
  double real = 0;
  std::int64_t integer = 0;
  std::uint64_t natural = 0;
  if (parse_integer(text, integer)) {
    out.type = plain(kind::int64);
    out.value.integer = integer;
  } else if (parse_natural(text, natural)) {
    out.type = plain(kind::uint64);
    out.value.natural = natural;
  } else if (parse_real(text, real)) {
    out.type = plain(kind::float64);
    out.value.real = real;
  } else {
    return false;
  }
  out.value.state = present;
  return true;
}

bool read_address(const std::string& text, typed& out) {
  const auto found = address::parse_ip(text);
  if (!found) return false;
  if (is_ip(out.type)) {
    out.value.set_text(std::string(found->begin(), found->end()));
    return true;
  }
  const auto v4 = address::ipv4_of(*found);
  if (!v4) return false;
  out.value.state = present;
  out.value.integer = *v4;
  return true;
}

// Fills a constant of the kind of `out` from its text.
bool read_constant(const std::string& text, typed& out) {
  scalar& v = out.value;
  bool truth = false;
  std::int32_t days = 0;
  if (is_address(out.type)) return read_address(text, out);
  if (is_decimal(out.type)) {
    v.state = present;
    return parse_decimal(text, decimal_scale(out.type), excess::refused, v.integer);
  }
  switch (out.type.kind) {
  case kind::boolean:
    if (!parse_boolean(text, truth)) return false;
    v.boolean = truth ? 1 : 0;
    break;
  case kind::uint64:
    if (!parse_natural(text, v.natural)) return false;
    break;
  case kind::float64:
    if (!parse_real(text, v.real)) return false;
    break;
  case kind::date:
    if (!parse_date(text, days)) return false;
    v.integer = days;
    break;
  case kind::timestamp:
    if (!parse_timestamp(text, v.integer)) return false;
    break;
  default:
    if (!is_integer(out.type.kind) || !parse_integer(text, v.integer)) return false;
  }
  v.state = present;
  return true;
}

std::string shown(const typed& n) {
  return n.named ? "the named value " + quoted(n.value.text) : quoted(n.value.text);
}

bool is_natural_constant(const typed& n) {
  return n.is_constant() && n.form() == rep::integer && is_whole(n.type) &&
         (n.value.state == absent || n.value.integer >= 0);
}

field common_number(const std::vector<typed_ptr*>& of) {
  bool natural = false, all_natural = true;
  int scale = -1;
  for (const typed_ptr* n : of) {
    if ((*n)->loose) continue;
    if ((*n)->type.kind == kind::float64) return plain(kind::float64);
    scale = std::max(scale, decimal_scale((*n)->type));
    natural = natural || (*n)->type.kind == kind::uint64;
    all_natural = all_natural && ((*n)->type.kind == kind::uint64 || is_natural_constant(**n));
  }
  if (scale >= 0) return decimal_type(scale);
  return plain(natural && all_natural ? kind::uint64 : kind::int64);
}

field common_type(const std::vector<typed_ptr*>& of, const std::string& what) {
  const typed* first = nullptr;
  bool same = true, numbers = true, moments = true, marks = true, addresses = true;
  for (const typed_ptr* n : of) {
    const typed& t = **n;
    if (t.loose) continue;
    if (first == nullptr) first = &t;
    same = same && alike(t.type, first->type);
    marks = marks && t.type.extension == first->type.extension && t.type.span == first->type.span;
    numbers = numbers && is_number(t.type);
    addresses = addresses && is_address(t.type);
    moments = moments && is_moment(t.type.kind);
    if (!same && !numbers && !moments && !addresses)
      refuse(t.at, what + " mixes " + called(first->type) + " and " + called(t.type) +
                       "; cast one of them");
  }
  if (first == nullptr) return plain(kind::text);
  if (!same && addresses) return ip_type();
  if (!same) return moments ? plain(kind::timestamp) : common_number(of);
  field out = first->type;
  if (!marks) out.extension.clear();
  out.span = out.span && marks;
  return out;
}

void to_target(typed_ptr& n, const field& target) {
  if (target.kind == kind::uint64 && n->is_constant())
    n->type.kind = target.kind; // the same bits
  else
    convert(n, target);
}

void meet(typed_ptr& loose_one, const field& other, std::size_t at) {
  if (is_nested(other.kind))
    refuse(at, "lists and structs cannot be compared; write is null, or compare their elements");
  if (is_number(other))
    to_number_beside(loose_one, other, "a comparison with a number");
  else if (is_address(other))
    tighten(loose_one, other);
  else
    tighten(loose_one, plain(is_raw(other.kind) ? kind::binary : other.kind));
}

// A decimal meets a real as a real. A whole or decimal constant takes the digits of the other where
// none is lost, so that lists of constants can be looked up.
void comparable_numbers(typed_ptr& a, typed_ptr& b) {
  const int x = decimal_scale(a->type), y = decimal_scale(b->type);
  if (x == y) return;
  if (a->type.kind == kind::float64 || b->type.kind == kind::float64)
    return convert(x >= 0 ? a : b, kind::float64);
  typed_ptr& fewer = x < y ? a : b;
  std::int64_t ignored = 0;
  const std::int64_t factor = power_of_ten(std::max(x, y) - std::max(std::min(x, y), 0));
  if (!fewer->is_constant() || fewer->value.state != present || fewer->form() != rep::integer)
    return;
  if (!__builtin_mul_overflow(fewer->value.integer, factor, &ignored))
    convert(fewer, decimal_type(std::max(x, y)));
}

} // namespace

bool castable(const field& from, const field& to) {
  if (is_nested(from.kind) || is_nested(to.kind)) return false;
  if (alike(from, to) || to.kind == kind::text) return true;
  if (is_address(to))
    return from.kind == kind::text || is_address(from) || (is_ipv4(to) && is_whole(from));
  if (to.kind == kind::fixed_binary) return false;
  if (from.kind == kind::text) return true;
  if (is_ipv4(from)) return is_whole(to);
  if (is_ip(from)) return to.kind == kind::binary;
  if (is_number(from)) return is_number(to) || (to.kind == kind::boolean && is_whole(from));
  if (from.kind == kind::boolean) return is_whole(to);
  if (is_moment(from.kind)) return is_moment(to.kind);
  return is_raw(from.kind) && to.kind == kind::binary;
}

void refuse(std::size_t at, std::string message) {
  throw wrong{VIGIE_E_SCHEMA, std::move(message), at};
}

typed_ptr finished(typed_ptr n) {
  if (n->args.empty()) return n;
  bool constant = n->form() != rep::nested;
  for (const typed_ptr& a : n->args) {
    n->type.sensitive = n->type.sensitive || a->type.sensitive;
    constant = constant && a->is_constant();
  }
  if (constant) compute_constant(*n);
  return n;
}

void tighten(typed_ptr& n, const field& target) {
  n->loose = false;
  const bool text = target.kind == kind::text || (is_raw(target.kind) && !is_ip(target));
  n->type = target;
  n->type.sensitive = false;
  const auto width = static_cast<std::size_t>(target.width);
  if (target.kind == kind::fixed_binary && text && n->value.state == present &&
      n->value.text.size() != width)
    refuse(n->at,
           shown(*n) + " has not the " + std::to_string(width) + " bytes of " + called(target));
  if (n->value.state == absent || text) return;
  const std::string given = n->value.text;
  if (!read_constant(given, *n))
    refuse(n->at, shown(*n) + " is no " + called(n->type) + example_of(n->type));
}

void settle(typed_ptr& n) {
  if (n->loose) tighten(n, plain(kind::text));
}

void to_number(typed_ptr& n, const std::string& what) {
  if (n->loose) {
    n->loose = false;
    if (n->value.state == absent) {
      n->type = plain(kind::int64);
    } else if (!guess_number(std::string(n->value.text), *n)) {
      refuse(n->at, what + " wants a number, found " + shown(*n));
    }
    return;
  }
  if (!is_number(n->type))
    refuse(n->at, what + " wants numbers, found " + called(n->type) +
                      (n->type.kind == kind::text ? "; write cast(... as int64)" : ""));
}

void to_number_beside(typed_ptr& n, const field& other, const std::string& what) {
  std::int64_t value = 0;
  const bool decimal = n->loose && n->value.state == present && is_decimal(other) &&
                       parse_decimal(n->value.text, decimal_scale(other), excess::refused, value);
  if (decimal) return tighten(n, decimal_type(decimal_scale(other)));
  to_number(n, what);
}

void to_condition(typed_ptr& n, std::string_view what) {
  if (n->loose) tighten(n, plain(kind::boolean));
  if (n->type.kind != kind::boolean)
    refuse(n->at, std::string(what) + " wants true or false, found " + called(n->type) +
                      "; write a comparison");
}

void to_text(typed_ptr& n, const std::string& what) {
  settle(n);
  if (n->type.kind != kind::text)
    refuse(n->at, what + " wants text, found " + called(n->type) +
                      (is_nested(n->type.kind) ? "" : "; write cast(... as text)"));
}

void to_integer(typed_ptr& n, const std::string& what) {
  if (n->loose) tighten(n, plain(kind::int64));
  if (!is_whole(n->type)) refuse(n->at, what + " wants a whole number, found " + called(n->type));
  convert(n, kind::int64);
}

void convert(typed_ptr& n, const field& to) {
  const bool sensitive = n->type.sensitive;
  if (alike(n->type, to)) return;
  if (to.kind == kind::int64 && is_whole(to) && n->form() == rep::integer && is_whole(n->type)) {
    n->type = to; // the same values in the same form
    n->type.sensitive = sensitive;
    return;
  }
  const std::size_t at = n->at;
  typed_ptr made = make(operation::cast, to.kind, at, std::move(n));
  made->type = to;
  made->type.sensitive = false;
  n = finished(std::move(made));
}

void widen(typed_ptr& n) {
  if (is_whole(n->type) && n->type.kind != kind::uint64) convert(n, kind::int64);
}

field unify(const std::vector<typed_ptr*>& of, const std::string& what) {
  field target = common_type(of, what);
  if (is_number(target)) {
    for (typed_ptr* n : of)
      if ((*n)->loose && (*n)->value.state == present) to_number_beside(*n, target, what);
    target = common_type(of, what);
  }
  for (typed_ptr* n : of) {
    if ((*n)->loose)
      tighten(*n, target);
    else if ((*n)->value.state == absent && (*n)->is_constant())
      (*n)->type = target;
    else if (!alike((*n)->type, target))
      to_target(*n, target);
  }
  target.sensitive = false;
  return target;
}

void comparable(typed_ptr& a, typed_ptr& b, std::size_t at) {
  if (a->loose && b->loose) {
    settle(a);
    settle(b);
  }
  if (a->loose) meet(a, b->type, at);
  if (b->loose) meet(b, a->type, at);
  const kind x = a->type.kind, y = b->type.kind;
  if (is_nested(x) || is_nested(y))
    refuse(at, "lists and structs cannot be compared; compare their elements or fields");
  if (is_address(a->type) && is_address(b->type)) {
    if (!alike(a->type, b->type)) convert(is_ipv4(a->type) ? a : b, ip_type());
  } else if (is_number(a->type) && is_number(b->type)) {
    comparable_numbers(a, b);
  } else if (is_moment(x) && is_moment(y)) {
    if (x != y) convert(x == kind::date ? a : b, kind::timestamp);
  } else if (is_address(a->type) || is_address(b->type) || (x != y && !(is_raw(x) && is_raw(y)))) {
    refuse(at,
           "cannot compare " + called(a->type) + " with " + called(b->type) + "; cast one of them");
  }
}

void meet_first(typed_ptr& x, std::vector<typed_ptr>& others, std::size_t at) {
  for (typed_ptr& o : others) {
    if (!x->loose) return;
    if (!o->loose) meet(x, o->type, at);
  }
  settle(x);
}

} // namespace vigie::core::expr
