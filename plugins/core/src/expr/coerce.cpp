// SPDX-License-Identifier: Apache-2.0
#include "coerce.hpp"

#include "convert.hpp"
#include "evaluator.hpp"

namespace vigie::core::expr {
namespace {

std::string example_of(kind k) {
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

// Fills a constant of the kind of `out` from its text.
bool read_constant(const std::string& text, typed& out) {
  scalar& v = out.value;
  bool truth = false;
  std::int32_t days = 0;
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
  return n.is_constant() && n.form() == rep::integer && is_integer(n.type.kind) &&
         (n.value.state == absent || n.value.integer >= 0);
}

field common_number(const std::vector<typed_ptr*>& of) {
  bool natural = false, all_natural = true;
  for (const typed_ptr* n : of) {
    if ((*n)->loose) continue;
    if ((*n)->type.kind == kind::float64) return plain(kind::float64);
    natural = natural || (*n)->type.kind == kind::uint64;
    all_natural = all_natural && ((*n)->type.kind == kind::uint64 || is_natural_constant(**n));
  }
  return plain(natural && all_natural ? kind::uint64 : kind::int64);
}

field common_type(const std::vector<typed_ptr*>& of, const std::string& what) {
  const typed* first = nullptr;
  bool same = true, numbers = true, moments = true, marks = true;
  for (const typed_ptr* n : of) {
    const typed& t = **n;
    if (t.loose) continue;
    if (first == nullptr) first = &t;
    same = same && t.type.same_type(first->type);
    marks = marks && t.type.extension == first->type.extension && t.type.span == first->type.span;
    numbers = numbers && is_number(t.type.kind);
    moments = moments && is_moment(t.type.kind);
    if (!same && !numbers && !moments)
      refuse(t.at, what + " mixes " + vigie::describe(first->type) + " and " +
                       vigie::describe(t.type) + "; cast one of them");
  }
  if (first == nullptr) return plain(kind::text);
  if (!same) return moments ? plain(kind::timestamp) : common_number(of);
  field out = first->type;
  if (!marks) out.extension.clear();
  out.span = out.span && marks;
  return out;
}

void to_target(typed_ptr& n, kind target) {
  if (target == kind::uint64 && n->is_constant())
    n->type.kind = target; // the same bits
  else
    convert(n, target);
}

void meet(typed_ptr& loose_one, const field& other, std::size_t at) {
  if (is_nested(other.kind))
    refuse(at, "lists and structs cannot be compared; write is null, or compare their elements");
  if (is_number(other.kind))
    to_number(loose_one, "a comparison with a number");
  else
    tighten(loose_one, plain(is_raw(other.kind) ? kind::binary : other.kind));
}

} // namespace

bool castable(kind from, kind to) {
  if (is_nested(from) || is_nested(to) || to == kind::fixed_binary) return false;
  if (from == to || from == kind::text) return true;
  if (to == kind::text) return true;
  if (is_number(from)) return is_number(to) || (to == kind::boolean && is_integer(from));
  if (from == kind::boolean) return is_integer(to);
  if (is_moment(from)) return is_moment(to);
  return is_raw(from) && to == kind::binary;
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
  const bool text = target.kind == kind::text || is_raw(target.kind);
  n->type = target;
  n->type.sensitive = false;
  const auto width = static_cast<std::size_t>(target.width);
  if (target.kind == kind::fixed_binary && n->value.state == present &&
      n->value.text.size() != width)
    refuse(n->at, shown(*n) + " has not the " + std::to_string(width) + " bytes of " +
                      vigie::describe(target));
  if (n->value.state == absent || text) return;
  const std::string given = n->value.text;
  if (!read_constant(given, *n))
    refuse(n->at,
           shown(*n) + " is no " + vigie::describe(plain(target.kind)) + example_of(target.kind));
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
  if (!is_number(n->type.kind))
    refuse(n->at, what + " wants numbers, found " + vigie::describe(n->type) +
                      (n->type.kind == kind::text ? "; write cast(... as int64)" : ""));
}

void to_condition(typed_ptr& n, std::string_view what) {
  if (n->loose) tighten(n, plain(kind::boolean));
  if (n->type.kind != kind::boolean)
    refuse(n->at, std::string(what) + " wants true or false, found " + vigie::describe(n->type) +
                      "; write a comparison");
}

void to_text(typed_ptr& n, const std::string& what) {
  settle(n);
  if (n->type.kind != kind::text)
    refuse(n->at, what + " wants text, found " + vigie::describe(n->type) +
                      (is_nested(n->type.kind) ? "" : "; write cast(... as text)"));
}

void to_integer(typed_ptr& n, const std::string& what) {
  if (n->loose) tighten(n, plain(kind::int64));
  if (!is_integer(n->type.kind))
    refuse(n->at, what + " wants a whole number, found " + vigie::describe(n->type));
  convert(n, kind::int64);
}

void convert(typed_ptr& n, kind to) {
  const bool sensitive = n->type.sensitive;
  if (n->type.kind == to) return;
  if (to == kind::int64 && n->form() == rep::integer && is_integer(n->type.kind)) {
    n->type = plain(kind::int64); // the same values in the same form
    n->type.sensitive = sensitive;
    return;
  }
  const std::size_t at = n->at;
  n = finished(make(operation::cast, to, at, std::move(n)));
}

void widen(typed_ptr& n) {
  if (is_integer(n->type.kind) && n->type.kind != kind::uint64) convert(n, kind::int64);
}

field unify(const std::vector<typed_ptr*>& of, const std::string& what) {
  field target = common_type(of, what);
  if (is_number(target.kind)) {
    for (typed_ptr* n : of)
      if ((*n)->loose && (*n)->value.state == present) to_number(*n, what);
    target = common_type(of, what);
  }
  for (typed_ptr* n : of) {
    if ((*n)->loose)
      tighten(*n, target);
    else if ((*n)->value.state == absent && (*n)->is_constant())
      (*n)->type.kind = target.kind;
    else if ((*n)->type.kind != target.kind)
      to_target(*n, target.kind);
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
  if (is_moment(x) && is_moment(y) && x != y)
    convert(x == kind::date ? a : b, kind::timestamp);
  else if (x != y && !(is_number(x) && is_number(y)) && !(is_raw(x) && is_raw(y)))
    refuse(at, "cannot compare " + vigie::describe(a->type) + " with " + vigie::describe(b->type) +
                   "; cast one of them");
}

void meet_first(typed_ptr& x, std::vector<typed_ptr>& others, std::size_t at) {
  for (typed_ptr& o : others) {
    if (!x->loose) return;
    if (!o->loose) meet(x, o->type, at);
  }
  settle(x);
}

} // namespace vigie::core::expr
