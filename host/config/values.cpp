// SPDX-License-Identifier: Apache-2.0
#include "values.hpp"

#include "base/text.hpp"
#include "references.hpp"
#include "report.hpp"
#include "scalars.hpp"
#include "yaml/parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace vigie {
namespace {

using yaml::node;

bool is_bare_word(std::string_view text) {
  constexpr std::array<std::string_view, 12> words{"yes", "Yes", "YES", "no",  "No",  "NO",
                                                   "on",  "On",  "ON",  "off", "Off", "OFF"};
  return std::ranges::find(words, text) != words.end();
}

bool is_text(param_type t) {
  return t == param_type::text || t == param_type::path || t == param_type::column ||
         t == param_type::expression;
}

bool is_number(param_type t) {
  return t == param_type::integer || t == param_type::real || t == param_type::duration ||
         t == param_type::size;
}

class value_parser {
public:
  value_parser(const scope& s, diagnostics& out) : scope_(&s), out_(&out), report_(out, s.file) {}

  std::vector<param_value> table(const std::vector<param_spec>& specs, const node* with,
                                 yaml::mark at);
  param_value value(const param_spec& spec, const node& n);
  param_value any_value(const param_spec& spec, const node& n);
  param_value default_of(const param_spec& spec, yaml::mark at);

private:
  void error(code c, const node& n, std::string message, std::string hint = {}) {
    report_.error(c, n.at, std::move(message), std::move(hint));
  }
  [[nodiscard]] param_value empty(const param_spec& spec, const node& n) const;
  param_value list(const param_spec& spec, const node& n);
  param_value map(const param_spec& spec, const node& n);
  param_value record(const param_spec& spec, const node& n);
  param_value scalar(const param_spec& spec, const node& n);
  param_value take_whole(const param_spec& spec, const node& n, const scope_param& given);
  bool fits_alone(const param_spec& spec, const node& n);
  bool convert(const param_spec& spec, const node& n, const expanded& e, param_value& v);
  bool check(const param_spec& spec, const node& n, const param_value& v);
  bool check_range(const param_spec& spec, const node& n, const param_value& v);
  void unknown_keys(const std::vector<param_spec>& specs, const node& with);

  bool learn(const param_spec& spec, const node& n, const std::string& text, bool referred);
  [[nodiscard]] std::string resolve(std::string path) const;

  const scope* scope_;
  diagnostics* out_;
  reporter report_;
  bool public_ = false; // the value at hand is a component's default
};

// What was found, in words that may be shown.
std::string found_in(const param_spec& spec, const node& n) {
  if (!spec.secret || n.is_sequence() || n.is_mapping()) return describe(n);
  return n.is_quoted() ? "a quoted text" : "another value";
}

param_value value_parser::empty(const param_spec& spec, const node& n) const {
  param_value v;
  v.type = spec.type;
  v.place = report_.place_of(n.at);
  return v;
}

void value_parser::unknown_keys(const std::vector<param_spec>& specs, const node& with) {
  std::vector<std::string> names;
  for (const param_spec& s : specs) names.push_back(s.name);
  for (const yaml::entry& e : with.entries) {
    if (report_.full()) return;
    if (std::ranges::find(names, e.key) != names.end()) continue;
    report_.error(
        code::unknown_param, e.at,
        fmt::format("there is no parameter '{}' here", text::elide(e.key.substr(0, 200), 60)),
        names.empty() ? "nothing can be given here" : suggest(e.key, names));
  }
}

std::vector<param_value> value_parser::table(const std::vector<param_spec>& specs, const node* with,
                                             yaml::mark at) {
  const bool given = with != nullptr && !with->is_null();
  if (given && !with->is_mapping()) {
    error(code::wrong_kind, *with, fmt::format("found {}, expected parameters", describe(*with)),
          "write {name: value}, or one indented line for each parameter");
    std::vector<param_value> unset;
    for (const param_spec& spec : specs) unset.push_back(empty(spec, *with));
    return unset;
  }
  if (with != nullptr) unknown_keys(specs, *with);
  const yaml::mark here = with != nullptr && with->at.line > 0 ? with->at : at;
  std::vector<param_value> values;
  values.reserve(specs.size());
  for (const param_spec& spec : specs) {
    const yaml::entry* e = with != nullptr ? with->find(spec.name) : nullptr;
    if (e != nullptr && spec.deprecated)
      report_.warning(code::deprecated_param, e->at,
                      fmt::format("parameter '{}' is on its way out", spec.name), spec.doc);
    values.push_back(e != nullptr ? value(spec, e->value) : default_of(spec, here));
  }
  return values;
}

// A default is read like a value of the pipeline; of a single value, everything but a quoted text
// is taken literally, so that a default may be a comma.
param_value value_parser::default_of(const param_spec& spec, yaml::mark at) {
  node n;
  n.at = at;
  if (spec.def.empty()) {
    if (spec.required)
      report_.error(code::missing_param, at, fmt::format("parameter '{}' is missing", spec.name),
                    spec.doc);
    return empty(spec, n);
  }
  n.kind = yaml::kind::scalar;
  n.text = spec.def;
  const bool single = !spec.list && !spec.map && spec.type != param_type::record;
  if (single && is_text(spec.type)) n.style = yaml::style::literal;
  if (!single || spec.def.starts_with('"') || spec.def.starts_with('\'')) {
    yaml::parsed p = yaml::parse(spec.def, scope_->file);
    if (!p.root) {
      report_.error(code::bad_value, at,
                    fmt::format("the default of '{}' cannot be read: {}", spec.name, spec.def),
                    "this is a fault of the component; give the parameter");
      return empty(spec, n);
    }
    n = std::move(*p.root);
    n.at = at;
  }
  const bool before = std::exchange(public_, true);
  param_value v = value(spec, n);
  public_ = before;
  return v;
}

param_value value_parser::value(const param_spec& spec, const node& n) {
  const std::size_t problems = out_->size();
  param_value v = any_value(spec, n);
  for (std::size_t i = problems; spec.secret && i < out_->size(); ++i) (*out_)[i].hides_line = true;
  return v;
}

param_value value_parser::any_value(const param_spec& spec, const node& n) {
  if (spec.map) return map(spec, n);
  if (spec.list) return list(spec, n);
  if (spec.type == param_type::record) return record(spec, n);
  return scalar(spec, n);
}

param_value value_parser::list(const param_spec& spec, const node& n) {
  param_value v = empty(spec, n);
  param_spec item = spec;
  item.list = false;
  if (n.is_scalar() && spec.type != param_type::expression) {
    const expanded e = expand_references(spec, n, *scope_, report_);
    if (!e.good) return v;
    if (e.whole != nullptr) return take_whole(spec, n, *e.whole);
  }
  if (!n.is_sequence()) {
    error(code::wrong_kind, n,
          fmt::format("found {}, expected a list for {}", found_in(spec, n), label(spec)),
          n.is_scalar() ? "write [x] for a list of one"
                        : "write [a, b], or lines that start with '- '");
    return v;
  }
  v.set = true;
  for (const node& i : n.items) {
    v.items.push_back(value(item, i));
    v.set = v.set && v.items.back().set;
  }
  return v;
}

param_value value_parser::map(const param_spec& spec, const node& n) {
  param_value v = empty(spec, n);
  if (!n.is_mapping()) {
    error(code::wrong_kind, n,
          fmt::format("found {}, expected a mapping for {}", found_in(spec, n), label(spec)),
          "write {key: value}, or one indented line for each key");
    return v;
  }
  param_spec item = spec;
  item.map = false;
  v.set = true;
  for (const yaml::entry& e : n.entries) {
    item.name = e.key;
    v.items.push_back(value(item, e.value));
    v.items.back().key = e.key;
    v.set = v.set && v.items.back().set;
  }
  return v;
}

param_value value_parser::record(const param_spec& spec, const node& n) {
  param_value v = empty(spec, n);
  if (!n.is_mapping()) {
    std::vector<std::string> names;
    for (const param_spec& f : spec.fields) names.push_back(f.name);
    error(code::wrong_kind, n,
          fmt::format("found {}, expected a mapping for {}", found_in(spec, n), label(spec)),
          "its keys are " + text::join(names, ", "));
    return v;
  }
  v.items = table(spec.fields, &n, n.at);
  v.set = true;
  for (std::size_t i = 0; i < v.items.size(); ++i) {
    const bool wanted = spec.fields[i].required || n.find(spec.fields[i].name) != nullptr;
    if (wanted && !v.items[i].set) v.set = false;
  }
  return v;
}

// Whether the scalar's form, before its references, goes with the type.
bool value_parser::fits_alone(const param_spec& spec, const node& n) {
  if (n.is_null() && n.text.empty()) {
    error(code::bad_value, n, fmt::format("{} has no value", label(spec)),
          "write one behind the colon, or delete the key; an empty text is \"\"");
    return false;
  }
  if (n.is_null() || (n.is_plain() && is_bare_word(n.text) && is_text(spec.type))) {
    const bool text = is_text(spec.type);
    error(text ? code::yaml_bare_word : code::bad_value, n,
          fmt::format("found a bare '{}', expected {} for {}", n.text, name_of(spec.type),
                      label(spec)),
          text ? fmt::format("quote it: \"{}\"", n.text) : std::string());
    return false;
  }
  if (n.is_scalar()) return true;
  error(
      code::wrong_kind, n,
      fmt::format("found {}, expected one {} for {}", describe(n), name_of(spec.type), label(spec)),
      n.is_sequence() && n.items.size() == 1 ? "remove the brackets or the dash"
                                             : "write one value");
  return false;
}

param_value value_parser::scalar(const param_spec& spec, const node& n) {
  param_value v = empty(spec, n);
  if (!fits_alone(spec, n)) return v;
  const expanded e = expand_references(spec, n, *scope_, report_);
  if (!e.good) return v;
  if (e.whole != nullptr) return take_whole(spec, n, *e.whole);
  // A quoted number is a text; quotes around a reference are YAML's, not the value's.
  const bool strict = spec.type == param_type::boolean || spec.type == param_type::integer ||
                      spec.type == param_type::real;
  if (strict && !n.is_plain() && !e.any) {
    error(code::bad_value, n,
          fmt::format("found {}, expected {} for {}", found_in(spec, n), name_of(spec.type),
                      label(spec)),
          "remove the quotes");
    return v;
  }
  v.set = learn(spec, n, e.text, e.any) && convert(spec, n, e, v) && check(spec, n, v);
  return v;
}

// A number or time of the text; errors get the scalar's place.
bool value_parser::convert(const param_spec& spec, const node& n, const expanded& e,
                           param_value& v) {
  const auto keep = [&](const auto& r, auto& target) {
    if (r) {
      target = *r;
      return true;
    }
    const std::string why =
        spec.secret ? fmt::format("not a valid {}", name_of(spec.type)) : r.error().message;
    error(r.error().code, n, fmt::format("{}: {}", label(spec), why),
          spec.secret ? std::string() : r.error().hint);
    return false;
  };
  switch (spec.type) {
  case param_type::boolean:
    v.i = e.text == "true" ? 1 : 0;
    if (e.text == "true" || e.text == "false") return true;
    error(code::bad_value, n,
          fmt::format("{}: found {}, expected true or false", label(spec),
                      spec.secret ? "another value"
                                  : fmt::format("'{}'", text::elide(e.text.substr(0, 200), 40))),
          is_bare_word(e.text) ? "yes, no, on and off mean different things to different readers"
                               : "");
    return false;
  case param_type::integer: return keep(parse_integer(e.text), v.i);
  case param_type::real: return keep(parse_real(e.text), v.r);
  case param_type::duration: return keep(parse_duration(e.text), v.i);
  case param_type::size: return keep(parse_size(e.text), v.i);
  case param_type::date: return keep(parse_date(e.text), v.i);
  case param_type::timestamp: return keep(parse_timestamp(e.text), v.i);
  case param_type::path: v.s = e.resolved ? e.text : resolve(e.text); return true;
  case param_type::text:
  case param_type::column:
  case param_type::expression:
  case param_type::record: break;
  }
  v.s = e.text;
  return true;
}

bool value_parser::check(const param_spec& spec, const node& n, const param_value& v) {
  if (!spec.choices.empty()) {
    const std::string text = spec.type == param_type::path ? n.text : text_of(v);
    if (std::ranges::find(spec.choices, text) == spec.choices.end()) {
      const std::string shown =
          spec.secret ? "a value" : fmt::format("'{}'", text::elide(text.substr(0, 200), 40));
      const std::string near =
          spec.secret || text.size() > 200 ? std::string() : nearest(text, spec.choices);
      error(code::bad_choice, n,
            fmt::format("{}: found {}, expected one of {}", label(spec), shown,
                        text::join(spec.choices, ", ")),
            near.empty() ? "" : fmt::format("did you mean '{}'?", near));
      return false;
    }
  }
  return !is_number(spec.type) || check_range(spec, n, v);
}

std::string bound(const param_spec& spec, double limit) {
  param_value v;
  v.type = spec.type;
  v.r = limit;
  v.i = std::abs(limit) < 9.2e18 ? static_cast<std::int64_t>(limit) : 0;
  return text_of(v);
}

bool value_parser::check_range(const param_spec& spec, const node& n, const param_value& v) {
  const double number = spec.type == param_type::real ? v.r : static_cast<double>(v.i);
  if (number >= spec.min && number <= spec.max) return true;
  const bool low = number < spec.min;
  const std::string found = spec.secret ? "the value" : fmt::format("'{}'", text_of(v));
  error(code::out_of_range, n,
        fmt::format("{}: {} is {} than {}", label(spec), found, low ? "less" : "more",
                    bound(spec, low ? spec.min : spec.max)));
  return false;
}

// Conversions that lose nothing: the value keeps its type where the parameter asks for the same or
// a wider one.
bool convert_whole(param_type to, const param_value& given, param_value& v) {
  const param_type from = given.type;
  v.i = given.i;
  v.r = given.r;
  v.s = given.s;
  if (from == to) return true;
  if (from == param_type::integer && to == param_type::real)
    v.r = static_cast<double>(given.i);
  else if (from == param_type::integer && to == param_type::size && given.i >= 0)
    return true;
  else if (from == param_type::date && to == param_type::timestamp)
    v.i = given.i * 86'400'000'000;
  else if (to == param_type::text ||
           ((to == param_type::path || to == param_type::column) && from == param_type::text))
    v.s = text_of(given);
  else
    return false;
  return true;
}

param_value value_parser::take_whole(const param_spec& spec, const node& n,
                                     const scope_param& given) {
  param_value v = empty(spec, n);
  param_spec one = spec;
  one.list = false;
  bool taught = true;
  const auto take = [&](const param_value& from, param_value& to) {
    if (!convert_whole(spec.type, from, to)) return false;
    taught = learn(one, n, text_of(from), given.secret) && taught;
    if (spec.type == param_type::path && from.type == param_type::text) to.s = resolve(to.s);
    to.set = true;
    return true;
  };
  bool good = given.list == spec.list && (spec.list || take(given.value, v));
  for (const param_value& item : given.value.items) {
    v.items.push_back(empty(one, n));
    good = good && take(item, v.items.back());
  }
  if (!good) {
    error(code::bad_value, n,
          fmt::format("{} refers to '{}', {}{}; expected {}{}", label(spec), given.name,
                      given.list ? "a list of " : "", name_of(given.value.type),
                      spec.list ? "a list of " : "", name_of(spec.type)),
          spec.list && !given.list
              ? fmt::format("write [\"${{params.{}}}\"] for a list of one", given.name)
              : fmt::format("declare the parameter with `type: {}`", name_of(spec.type)));
    return v;
  }
  if (!taught) return v;
  v.set = spec.list
              ? std::ranges::all_of(v.items, [&](const param_value& i) { return check(one, n, i); })
              : check(spec, n, v);
  return v;
}

// Values of secret parameters are masked wherever they turn up. Refused is what stands in the
// pipeline itself, which is kept with every run, and what cannot be masked: too short a text stands
// in every second word. Booleans have nothing to hide.
bool value_parser::learn(const param_spec& spec, const node& n, const std::string& text,
                         bool referred) {
  if (!spec.secret || public_ || text.empty() || spec.type == param_type::boolean) return true;
  if (scope_->secrets != nullptr) scope_->secrets->add(text);
  if (!referred && !scope_->plain_secrets) {
    error(code::secret_in_pipeline, n,
          fmt::format("{} is secret, and its value stands in the pipeline", label(spec)),
          "write ${secret:NAME} and give --secret NAME=FILE, or refer to a parameter that is "
          "marked secret, too");
    return false;
  }
  if (text.size() >= redactor::shortest) return true;
  error(code::secret_unfit, n,
        fmt::format("{} is secret and has fewer than {} bytes", label(spec), redactor::shortest),
        "a text so short cannot be kept out of messages; use a longer one");
  return false;
}

// Lexical only: no folder is looked at, and `..` stays as written because links may stand before
// it.
std::string value_parser::resolve(std::string path) const {
  const std::string& base = scope_->base_dir;
  if (path.empty() || path == "-" || path.starts_with('/') || base.empty() || base == ".")
    return path;
  return base.ends_with('/') ? base + path : base + '/' + path;
}

} // namespace

std::vector<param_value> parse_values(const std::vector<param_spec>& table, const yaml::node* with,
                                      const scope& scope, diagnostics& out) {
  return value_parser(scope, out).table(table, with, scope.at);
}

param_value parse_value(const param_spec& spec, const yaml::node& value, const scope& scope,
                        diagnostics& out) {
  return value_parser(scope, out).value(spec, value);
}

} // namespace vigie
