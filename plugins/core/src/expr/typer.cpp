// SPDX-License-Identifier: Apache-2.0
#include "typer.hpp"

#include "coerce.hpp"
#include "functions.hpp"
#include "parser.hpp"

#include <algorithm>

namespace vigie::core::expr {
namespace {

class typer {
public:
  typer(scope& columns, named_values& values) : columns_(columns), values_(values) {}

  typed_ptr result(const syntax& s) {
    typed_ptr out = walk(s);
    settle(out);
    out->type.name.clear();
    return out;
  }
  typed_ptr condition(const syntax& s, std::string_view what) {
    typed_ptr out = walk(s);
    to_condition(out, what);
    return out;
  }

private:
  typed_ptr walk(const syntax& s) { return finished(raw(s)); }

  typed_ptr raw(const syntax& s) {
    switch (s.kind) {
    case form::null:
    case form::text:
    case form::named: return loose(s);
    case form::boolean:
    case form::integer:
    case form::real:
    case form::date:
    case form::timestamp: return literal(s);
    case form::interval:
      refuse(s.at, "an interval stands only beside + or - of a date or timestamp");
    case form::column: return column(s);
    case form::negate: return negate(s);
    case form::invert:
      return make(operation::invert, kind::boolean, s.at, condition(*s.args[0], "not"));
    case form::arithmetic: return arithmetic(s);
    case form::compare: return compare(s);
    case form::concat: return join(s);
    case form::all_of: return flat(s, operation::all_of, "and");
    case form::any_of: return flat(s, operation::any_of, "or");
    case form::is_null: return is_null(s);
    case form::is_truth: return is_truth(s);
    case form::distinct: return compare(s);
    case form::in_list: return in_list(s);
    case form::between: return between(s);
    case form::like: return like(s);
    case form::choose: return choose(s);
    case form::choose_of: return choose_of(s);
    case form::cast: return cast(s);
    case form::call: return call(s);
    case form::member: return member(s);
    case form::element: return element(s);
    }
    refuse(s.at, "an expression of unknown form");
  }

  // ---- leaves ----------------------------------------------------------------------------------

  typed_ptr loose(const syntax& s) {
    typed_ptr out = make(operation::constant, kind::text, s.at);
    out->loose = true;
    if (s.kind == form::null) return out;
    if (s.kind == form::text) {
      out->value.set_text(s.text);
      return out;
    }
    const std::string* given = values_.find(s.text);
    if (given == nullptr)
      throw wrong{VIGIE_E_CONFIG,
                  "no value is given for :" + s.text + "; write it under 'values'" +
                      did_you_mean(s.text, values_.names()),
                  s.at};
    out->named = true;
    out->value.set_text(*given);
    return out;
  }

  static typed_ptr literal(const syntax& s) {
    typed_ptr out = make(operation::constant, kind::int64, s.at);
    out->value.state = present;
    out->value.integer = s.whole;
    if (s.kind == form::boolean) {
      out->type.kind = kind::boolean;
      out->value.boolean = s.flag ? 1 : 0;
    } else if (s.kind == form::real) {
      out->type.kind = kind::float64;
      out->value.real = s.real;
    } else if (s.kind == form::date) {
      out->type.kind = kind::date;
    } else if (s.kind == form::timestamp) {
      out->type.kind = kind::timestamp;
    } else if (s.above_int64) {
      out->type.kind = kind::uint64;
      out->value.natural = static_cast<std::uint64_t>(s.whole);
    }
    return out;
  }

  typed_ptr column(const syntax& s) {
    const auto found = columns_.find(s.text);
    if (!found) {
      std::string hint = did_you_mean(s.text, columns_.names());
      if (hint.empty() && s.flag) hint = "; texts stand in single quotes";
      refuse(s.at, "there is no column " + quoted(s.text) + "; there is " +
                       listed(columns_.names()) + hint);
    }
    typed_ptr out = std::make_unique<typed>();
    out->op = found->earlier ? operation::earlier : operation::column;
    out->at = s.at;
    out->type = *found->type;
    out->type.name.clear();
    out->slot = found->slot;
    return out;
  }

  // ---- operators -------------------------------------------------------------------------------

  typed_ptr negate(const syntax& s) {
    typed_ptr arg = walk(*s.args[0]);
    to_number(arg, "'-'");
    if (arg->type.kind != kind::float64 && !is_decimal(arg->type)) convert(arg, kind::int64);
    const field type = unmarked(arg->type);
    typed_ptr out = make(operation::negate, type.kind, s.at, std::move(arg));
    out->type = type;
    return out;
  }

  // timestamp + interval, interval + timestamp, timestamp - interval; dates become timestamps.
  typed_ptr moved(const syntax& s) {
    const bool behind = s.args[1]->kind == form::interval;
    const syntax& interval = *s.args[behind ? 1 : 0];
    const syntax& other = *s.args[behind ? 0 : 1];
    if (other.kind == form::interval || (s.symbol != '+' && (s.symbol != '-' || !behind)))
      refuse(s.at, "an interval stands only beside + or - of a date or timestamp");
    typed_ptr moment = walk(other);
    argument(moment, 'u', "an interval");
    typed_ptr length = literal(interval);
    return symbol(s, kind::timestamp, std::move(moment), std::move(length));
  }

  // What stays of a type where a value is changed: decimals keep their digits.
  static field unmarked(const field& f) {
    return is_decimal(f) ? decimal_type(decimal_scale(f)) : plain(f.kind);
  }

  typed_ptr arithmetic(const syntax& s) {
    if (s.args[0]->kind == form::interval || s.args[1]->kind == form::interval) return moved(s);
    typed_ptr a = walk(*s.args[0]), b = walk(*s.args[1]);
    if ((!a->loose && is_moment(a->type.kind)) || (!b->loose && is_moment(b->type.kind)))
      return day_arithmetic(s, std::move(a), std::move(b));
    const std::string what = "'" + std::string(1, s.symbol) + "'";
    to_number_beside(a, b->type, what);
    to_number_beside(b, a->type, what);
    if (is_decimal(a->type) || is_decimal(b->type))
      return decimal_arithmetic(s, std::move(a), std::move(b));
    const bool real = a->type.kind == kind::float64 || b->type.kind == kind::float64;
    if (real && s.symbol == '%') refuse(s.at, "'%' wants whole numbers; this is float64");
    const kind k = real ? kind::float64 : kind::int64;
    convert(a, k);
    convert(b, k);
    return symbol(s, k, std::move(a), std::move(b));
  }
  static typed_ptr symbol(const syntax& s, kind k, typed_ptr a, typed_ptr b) {
    typed_ptr out = make(operation::arithmetic, k, s.at, std::move(a), std::move(b));
    out->symbol = s.symbol;
    return out;
  }

  // + and - are exact, with the digits of the side that has more; all else is float64.
  static typed_ptr decimal_arithmetic(const syntax& s, typed_ptr a, typed_ptr b) {
    if (s.symbol == '%') refuse(s.at, "'%' wants whole numbers; this is decimal");
    const bool exact = (s.symbol == '+' || s.symbol == '-') && a->type.kind != kind::float64 &&
                       b->type.kind != kind::float64;
    const field type = exact
                           ? decimal_type(std::max(decimal_scale(a->type), decimal_scale(b->type)))
                           : plain(kind::float64);
    convert(a, type);
    convert(b, type);
    typed_ptr out = symbol(s, type.kind, std::move(a), std::move(b));
    out->type = type;
    return out;
  }

  // date + days, days + date, date - days, date - date.
  static typed_ptr day_arithmetic(const syntax& s, typed_ptr a, typed_ptr b) {
    const auto is_date = [](const typed& n) { return !n.loose && n.type.kind == kind::date; };
    const bool minus = s.symbol == '-';
    const bool timestamps = a->type.kind == kind::timestamp || b->type.kind == kind::timestamp;
    if (timestamps || (!minus && s.symbol != '+') || (is_date(*a) && is_date(*b) && !minus) ||
        (minus && !is_date(*a) && !a->loose))
      refuse(s.at, "'" + std::string(1, s.symbol) + "' is not defined for " + called(a->type) +
                       " and " + called(b->type) +
                       "; dates take + and - of days, and date_part('epoch', ...) gives seconds");
    if (minus && is_date(*b)) {
      if (a->loose) tighten(a, plain(kind::date));
      return symbol(s, kind::int64, std::move(a), std::move(b));
    }
    to_integer(is_date(*a) ? b : a, "a number of days");
    return symbol(s, kind::date, std::move(a), std::move(b));
  }

  // Also is distinct from.
  typed_ptr compare(const syntax& s) {
    typed_ptr a = walk(*s.args[0]), b = walk(*s.args[1]);
    comparable(a, b, s.at);
    const auto op = s.kind == form::compare ? operation::compare : operation::distinct;
    typed_ptr out = make(op, kind::boolean, s.at, std::move(a), std::move(b));
    out->cmp = s.cmp;
    out->negated = s.negated;
    return out;
  }

  typed_ptr join(const syntax& s) {
    typed_ptr a = walk(*s.args[0]), b = walk(*s.args[1]);
    if (a->type.kind != kind::text && b->type.kind != kind::text)
      refuse(s.at, "'||' joins texts; found " + called(a->type) + " and " + called(b->type));
    as_text(a, "'||'");
    as_text(b, "'||'");
    typed_ptr out = make(operation::call, kind::text, s.at, std::move(a), std::move(b));
    out->fn = &join_texts();
    return out;
  }
  static void as_text(typed_ptr& n, const std::string& what) {
    settle(n);
    const bool raw = is_raw(n->type.kind) && !is_address(n->type);
    if (is_nested(n->type.kind) || raw) to_text(n, what);
    convert(n, kind::text);
  }

  typed_ptr flat(const syntax& s, operation op, std::string_view word) {
    typed_ptr out = make(op, kind::boolean, s.at);
    for (const syntax_ptr& a : s.args) out->args.push_back(condition(*a, word));
    return out;
  }

  typed_ptr is_null(const syntax& s) {
    typed_ptr arg = walk(*s.args[0]);
    settle(arg);
    typed_ptr out = make(operation::is_null, kind::boolean, s.at, std::move(arg));
    out->negated = s.negated;
    return out;
  }
  typed_ptr is_truth(const syntax& s) {
    const char* what = s.flag ? "is true" : "is false";
    typed_ptr out = make(operation::is_truth, kind::boolean, s.at, condition(*s.args[0], what));
    out->flag = s.flag;
    out->negated = s.negated;
    return out;
  }

  typed_ptr in_list(const syntax& s) {
    typed_ptr x = walk(*s.args[0]);
    std::vector<typed_ptr> items;
    for (std::size_t i = 1; i < s.args.size(); ++i) items.push_back(walk(*s.args[i]));
    meet_first(x, items, s.at);
    for (typed_ptr& i : items) comparable(x, i, i->at);
    for (typed_ptr& i : items) comparable(x, i, i->at); // a timestamp may have come last
    typed_ptr out = make(operation::in_list, kind::boolean, s.at, std::move(x));
    out->negated = s.negated;
    out->set = std::make_unique<members>();
    for (typed_ptr& i : items) {
      if (i->is_constant() && comparable_by_bits(*out->args[0], *i))
        out->set->add(out->args[0]->form(), i->form(), i->value);
      else
        out->args.push_back(std::move(i));
    }
    out->set->sort();
    return out;
  }

  static bool comparable_by_bits(const typed& a, const typed& b) {
    return decimal_scale(a.type) == decimal_scale(b.type);
  }

  typed_ptr between(const syntax& s) {
    typed_ptr x = walk(*s.args[0]);
    std::vector<typed_ptr> bounds;
    bounds.push_back(walk(*s.args[1]));
    bounds.push_back(walk(*s.args[2]));
    meet_first(x, bounds, s.at);
    for (int round = 0; round < 2; ++round)
      for (typed_ptr& b : bounds) comparable(x, b, s.at);
    typed_ptr out = make(operation::between, kind::boolean, s.at, std::move(x),
                         std::move(bounds[0]), std::move(bounds[1]));
    out->negated = s.negated;
    return out;
  }

  typed_ptr like(const syntax& s) {
    const std::string what = s.flag ? "ilike" : "like";
    typed_ptr out = make(operation::like, kind::boolean, s.at);
    for (const syntax_ptr& a : s.args) {
      out->args.push_back(walk(*a));
      to_text(out->args.back(), what);
    }
    out->flag = s.flag;
    out->negated = s.negated;
    prepare_pattern(*out);
    return out;
  }
  static void prepare_pattern(typed& n) {
    for (std::size_t i = 1; i < n.args.size(); ++i)
      if (!n.args[i]->is_constant() || n.args[i]->value.state != present) return;
    const std::string& pattern = n.args[1]->value.text;
    const std::string escape = n.args.size() > 2 ? n.args[2]->value.text : "\\";
    if (std::string why = like_pattern::fault_of(pattern, escape); !why.empty())
      throw wrong{VIGIE_E_CONFIG, std::move(why), n.args.back()->at};
    n.pattern = std::make_unique<like_pattern>(pattern, escape, n.flag);
  }

  // ---- case ------------------------------------------------------------------------------------

  typed_ptr choose(const syntax& s) {
    typed_ptr out = make(operation::choose, kind::boolean, s.at);
    const std::size_t pairs = s.args.size() / 2;
    for (std::size_t i = 0; i < pairs; ++i) {
      out->args.push_back(condition(*s.args[2 * i], "when"));
      out->args.push_back(walk(*s.args[2 * i + 1]));
    }
    finish_choose(s, *out, 1);
    return out;
  }

  typed_ptr choose_of(const syntax& s) {
    typed_ptr x = walk(*s.args[0]);
    std::vector<typed_ptr> keys;
    const std::size_t pairs = (s.args.size() - 1) / 2;
    for (std::size_t i = 0; i < pairs; ++i) keys.push_back(walk(*s.args[1 + 2 * i]));
    meet_first(x, keys, s.at);
    for (int round = 0; round < 2; ++round)
      for (typed_ptr& k : keys) comparable(x, k, k->at);
    typed_ptr out = make(operation::choose_of, kind::boolean, s.at, std::move(x));
    for (std::size_t i = 0; i < pairs; ++i) {
      out->args.push_back(std::move(keys[i]));
      out->args.push_back(walk(*s.args[2 + 2 * i]));
    }
    finish_choose(s, *out, 2);
    return out;
  }

  // The results stand at `first`, first + 2, ...; an else is put behind them.
  void finish_choose(const syntax& s, typed& out, std::size_t first) {
    const std::size_t pairs_end = out.args.size();
    out.args.push_back(s.flag ? walk(*s.args.back()) : loose({.kind = form::null, .at = s.at}));
    std::vector<typed_ptr*> results;
    for (std::size_t i = first; i < pairs_end; i += 2) results.push_back(&out.args[i]);
    results.push_back(&out.args.back());
    out.type = unify(results, "case");
  }

  // ---- casts, calls, parts ---------------------------------------------------------------------

  typed_ptr cast(const syntax& s) { return cast(s, walk(*s.args[0]), s.type, s.flag); }
  static typed_ptr cast(const syntax& s, typed_ptr arg, const field& to, bool attempt) {
    if (arg->loose && arg->value.state == absent) tighten(arg, to);
    settle(arg);
    if (!castable(arg->type, to))
      refuse(s.at, "a value of type " + called(arg->type) + " cannot be cast to " + called(to));
    typed_ptr out = make(operation::cast, to.kind, s.at, std::move(arg));
    out->type = to;
    out->flag = attempt;
    return out;
  }

  typed_ptr call(const syntax& s) {
    std::vector<typed_ptr> args;
    for (const syntax_ptr& a : s.args) args.push_back(walk(*a));
    if (s.text == "coalesce") return alike(s, operation::coalesce, 1, std::move(args));
    if (s.text == "greatest" || s.text == "least") return extreme(s, std::move(args));
    if (s.text == "nullif") return nullif(s, std::move(args));
    if (s.text == "concat" || s.text == "concat_ws") return concat(s, std::move(args));
    if (s.text == "ip" || s.text == "try_ip") {
      count_arguments(s, s.text + "(text)", 1, 1);
      return cast(s, std::move(args[0]), ip_type(), s.text == "try_ip");
    }
    const function* fn = find_function(s.text);
    if (fn == nullptr) unknown_function(s);
    count_arguments(s, fn->usage, fn->least, fn->most());
    return strict(s, *fn, std::move(args));
  }

  [[noreturn]] static void unknown_function(const syntax& s) {
    std::vector<std::string> names = {"cast", "coalesce", "concat", "concat_ws", "greatest",
                                      "ip",   "least",    "nullif", "try_cast",  "try_ip"};
    for (const function& f : functions()) names.emplace_back(f.name);
    std::sort(names.begin(), names.end());
    std::string hint = did_you_mean(s.text, names);
    if (hint.empty()) {
      hint = "; there is";
      for (const std::string& n : names) hint += " " + n;
    }
    throw wrong{VIGIE_E_CONFIG, "there is no function " + quoted(s.text) + hint, s.at};
  }
  static void count_arguments(const syntax& s, std::string_view usage, std::size_t least,
                              std::size_t most) {
    if (s.args.size() >= least && s.args.size() <= most) return;
    throw wrong{VIGIE_E_CONFIG,
                s.text + " got " + std::to_string(s.args.size()) + " argument" +
                    (s.args.size() == 1 ? "" : "s") + "; write " + std::string(usage),
                s.at};
  }

  static typed_ptr strict(const syntax& s, const function& fn, std::vector<typed_ptr> args) {
    typed_ptr out = make(operation::call, kind::text, s.at);
    out->fn = &fn;
    for (std::size_t i = 0; i < args.size(); ++i) {
      if (fn.argument(i) == 'f')
        out->slot = date_field(*args[i]);
      else
        argument(args[i], fn.argument(i), s.text);
    }
    out->type = result_type(fn.result, *args[0]);
    if (fn.prepare != nullptr) out->prepared = fn.prepare(args);
    out->args = std::move(args);
    return out;
  }

  static field result_type(char result, const typed& first) {
    switch (result) {
    case 's': return plain(first.type.kind);
    case 'i': return plain(kind::int64);
    case 'b': return plain(kind::boolean);
    case 'd': return plain(kind::date);
    case 'r': return plain(kind::float64);
    case 'u': return plain(kind::timestamp);
    case 'y': return plain(kind::binary);
    case 'j': return {.kind = kind::text, .extension = json_extension};
    case 'a': {
      field out = first.type;
      out.sensitive = false;
      return out;
    }
    default: return plain(kind::text);
    }
  }

  static void argument(typed_ptr& n, char wanted, const std::string& name) {
    switch (wanted) {
    case 't': return to_text(n, name);
    case 'i': return to_integer(n, name);
    case 'n': to_number(n, name); return is_decimal(n->type) ? convert(n, kind::float64) : widen(n);
    case 'y': settle(n); return is_raw(n->type.kind) && !is_ip(n->type) ? void() : to_text(n, name);
    case 'r': to_number(n, name); return convert(n, kind::float64);
    case 'a':
      if (n->loose) tighten(n, ip_type());
      if (!is_address(n->type))
        refuse(n->at, name + " wants an address, found " + called(n->type) +
                          (n->type.kind == kind::text ? "; write ip(...)" : ""));
      return;
    case 'c':
    case 'k': return constant(n, wanted, name);
    case 'm':
    case 'u':
      if (n->loose) tighten(n, plain(kind::timestamp));
      if (!is_moment(n->type.kind))
        refuse(n->at, name + " wants a date or timestamp, found " + called(n->type));
      return wanted == 'u' ? convert(n, kind::timestamp) : void();
    default:
      if (n->loose || n->type.kind != kind::list)
        refuse(n->at,
               name + " wants a list, found " + (n->loose ? std::string("text") : called(n->type)));
    }
  }

  static void constant(typed_ptr& n, char wanted, const std::string& name) {
    if (wanted == 'c')
      to_text(n, name);
    else
      to_integer(n, name);
    if (!n->is_constant() || n->value.state != present)
      refuse(n->at, name + " wants a " + (wanted == 'c' ? "text" : "whole number") +
                        " here that is the same for every row: a literal or a named value");
  }

  static std::size_t date_field(typed& n) {
    if (!n.is_constant() || n.type.kind != kind::text || n.value.state != present)
      refuse(n.at, "the field of date_part is a text such as 'year'");
    n.loose = false;
    const auto& names = date_fields();
    const auto found = std::find(names.begin(), names.end(), n.value.text);
    if (found == names.end()) {
      std::string all;
      for (const std::string& f : names) all += (all.empty() ? "" : ", ") + f;
      throw wrong{VIGIE_E_CONFIG,
                  "date_part has no field " + quoted(n.value.text) + "; it has " + all +
                      did_you_mean(n.value.text, names),
                  n.at};
    }
    return static_cast<std::size_t>(found - names.begin());
  }

  typed_ptr alike(const syntax& s, operation op, std::size_t least, std::vector<typed_ptr> args) {
    count_arguments(s, s.text + "(value, ...)", least, SIZE_MAX);
    std::vector<typed_ptr*> all;
    for (typed_ptr& a : args) all.push_back(&a);
    const field type = unify(all, s.text);
    typed_ptr out = make(op, type.kind, s.at);
    out->type = type;
    out->args = std::move(args);
    return out;
  }
  typed_ptr extreme(const syntax& s, std::vector<typed_ptr> args) {
    typed_ptr out = alike(s, operation::extreme, 1, std::move(args));
    out->flag = s.text == "greatest";
    if (is_nested(out->type.kind)) refuse(s.at, s.text + " cannot compare lists and structs");
    return out;
  }
  static typed_ptr nullif(const syntax& s, std::vector<typed_ptr> args) {
    count_arguments(s, "nullif(value, other)", 2, 2);
    comparable(args[0], args[1], s.at);
    typed_ptr out = make(operation::nullif, kind::text, s.at);
    out->type = args[0]->type;
    out->args = std::move(args);
    return out;
  }
  // concat, and concat_ws with the text between the values in front; all are held at once.
  static typed_ptr concat(const syntax& s, std::vector<typed_ptr> args) {
    const bool border = s.text == "concat_ws";
    count_arguments(s,
                    border ? "concat_ws(border, value, ...) with at most 256 values"
                           : "concat(value, ...) with at most 256 values",
                    border ? 2 : 1, border ? 257 : 256);
    typed_ptr out = make(operation::concat, kind::text, s.at);
    for (typed_ptr& a : args) as_text(a, s.text);
    out->flag = border;
    out->args = std::move(args);
    return out;
  }

  typed_ptr member(const syntax& s) {
    const syntax& of = *s.args[0];
    if (of.kind == form::column && !columns_.has(of.text) && columns_.has(of.text + "." + s.text))
      refuse(of.at,
             "the column with a point in its name is written \"" + of.text + "." + s.text + "\"");
    typed_ptr base = walk(of);
    if (base->loose || base->type.kind != kind::structure)
      refuse(s.at, "'." + s.text + "' wants a struct, found " + called(base->type) +
                       (base->type.kind == kind::list ? "; take an element first: [1]" : ""));
    const int child = find_field(base->type.children, s.text);
    if (child < 0) {
      std::vector<std::string> names;
      for (const field& f : base->type.children) names.push_back(f.name);
      refuse(s.at, "the struct has no field " + quoted(s.text) + "; it has " + listed(names) +
                       did_you_mean(s.text, names));
    }
    typed_ptr out = make(operation::member, kind::text, s.at);
    out->slot = static_cast<std::size_t>(child);
    out->type = base->type.children[out->slot];
    out->type.name.clear();
    out->args.push_back(std::move(base));
    return out;
  }

  typed_ptr element(const syntax& s) {
    typed_ptr base = walk(*s.args[0]), index = walk(*s.args[1]);
    if (base->loose || base->type.kind != kind::list)
      refuse(s.at, "'[...]' wants a list, found " + called(base->type));
    to_integer(index, "the number of an element");
    typed_ptr out = make(operation::element, kind::text, s.at);
    out->type = base->type.children[0];
    out->type.name.clear();
    out->args.push_back(std::move(base));
    out->args.push_back(std::move(index));
    return out;
  }

  scope& columns_;
  named_values& values_;
};

} // namespace

typed_ptr type_expression(const syntax& s, scope& columns, named_values& values) {
  return typer(columns, values).result(s);
}

typed_ptr type_condition(const syntax& s, scope& columns, named_values& values) {
  return typer(columns, values).condition(s, "the condition");
}

} // namespace vigie::core::expr
