// SPDX-License-Identifier: Apache-2.0
// The steps of a pipeline: names first, so that `from` can say what is wrong with a name it knows.
#include "base/text.hpp"
#include "read.hpp"
#include "scalars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace vigie::read {
namespace {

const std::vector<std::string> step_keys{"name", "use", "with", "from", "on_error"};
const std::vector<std::string> on_error_keys{"do", "at_most", "keep"};

std::string shown(std::string_view text) { return vigie::text::elide(text.substr(0, 200), 60); }

bool is_component(std::string_view use) {
  const auto words = vigie::text::split(use, '.');
  return words.size() >= 2 && std::ranges::all_of(words, is_name);
}

class step_reader {
public:
  step_reader(const yaml::node& list, reporter& report) : list_(&list), report_(&report) {}

  std::vector<step> read() {
    steps_.resize(list_->items.size());
    for (std::size_t i = 0; i < steps_.size(); ++i) read_names(i);
    for (std::size_t i = 0; i < steps_.size(); ++i) read_rest(i);
    check_errors_read();
    return std::move(steps_);
  }

private:
  void read_names(std::size_t i);
  void take_name(std::size_t i);
  void read_rest(std::size_t i);
  void check_keys(const yaml::node& n);
  void read_from(std::size_t i, const yaml::entry& from);
  void add_input(std::size_t i, const yaml::node& n, std::string port);
  bool resolve(std::size_t i, const yaml::node& n, step_ref& ref);
  void unknown(const yaml::node& n, std::string_view name);
  void read_on_error(step& s, const yaml::node& n);
  void read_at_most(step& s, const yaml::node& n);
  void check_errors_read();

  const yaml::node* list_;
  reporter* report_;
  std::vector<step> steps_;
  std::unordered_map<std::string, std::size_t> by_name_; // the first step of a name; looked up only
};

void step_reader::read_names(std::size_t i) {
  const yaml::node& n = list_->items[i];
  step& s = steps_[i];
  s.at = n.at;
  if (!mapping(n, "a step such as {use: core.filter}", *report_)) return;
  check_keys(n);
  if (const yaml::entry* use = required(n, "use", "this step", *report_)) {
    s.use_at = use->value.at;
    const auto component = text(*use, *report_);
    if (component && is_component(*component))
      s.use = *component;
    else if (component)
      report_->error(code::bad_name, use->value.at,
                     fmt::format("'{}' is no name of a component", shown(*component)),
                     "components are written family.name, such as core.filter");
  }
  if (const yaml::entry* e = n.find("name")) {
    s.named = true;
    s.name_at = e->value.at;
    s.name = name(*e, "a step", *report_).value_or("");
  } else if (!s.use.empty()) {
    s.name_at = s.use_at;
    s.name = s.use.substr(s.use.rfind('.') + 1);
  }
  take_name(i);
}

void step_reader::take_name(std::size_t i) {
  const step& s = steps_[i];
  if (s.name.empty()) return;
  const auto [first, fresh] = by_name_.try_emplace(s.name, i);
  if (fresh) return;
  const step& other = steps_[first->second];
  report_->error(
      code::duplicate_step, s.name_at,
      fmt::format("a step named '{}' stands already in line {}", s.name, other.name_at.line),
      s.named ? "give one of the two another name"
              : "a step without `name` is called after the last word of `use`; give one of the two "
                "a `name`");
}

void step_reader::check_keys(const yaml::node& n) {
  for (const yaml::entry& e : n.entries) {
    if (report_->full()) return;
    if (std::ranges::find(step_keys, e.key) != step_keys.end()) continue;
    if (e.key == "sandbox" || e.key == "limits")
      report_->error(code::later_version, e.at,
                     fmt::format("this version does not offer '{}'", e.key),
                     "remove it; the step runs inside the host, with the rights of the user");
    else
      report_->error(code::unknown_key, e.at,
                     fmt::format("unknown key '{}' in this step", shown(e.key)),
                     nearest(e.key.substr(0, 100), step_keys).empty()
                         ? "parameters of the component stand under `with`; the keys of a step are "
                           "name, use, with, from and on_error"
                         : suggest(e.key, step_keys));
  }
}

void step_reader::read_rest(std::size_t i) {
  const yaml::node& n = list_->items[i];
  step& s = steps_[i];
  if (const yaml::entry* with = n.find("with")) {
    if (with->value.is_null() && with->value.text.empty())
      s.with = with->value;
    else if (mapping(with->value, "the parameters of the component", *report_))
      s.with = with->value;
  }
  if (const yaml::entry* e = n.find("on_error")) read_on_error(s, e->value);
  if (const yaml::entry* from = n.find("from")) read_from(i, *from);
}

void step_reader::read_from(std::size_t i, const yaml::entry& from) {
  const yaml::node& n = from.value;
  const char* const forms = "write a step, [a, b] for a union, {left: a, right: b} for ports, or "
                            "leave `from` out to read "
                            "the nearest step above";
  const bool nothing =
      n.is_null() || (n.is_sequence() && n.items.empty()) || (n.is_mapping() && n.entries.empty());
  if (nothing) return report_->error(code::bad_from, n.at, "`from` names no step", forms);
  steps_[i].from = n.is_mapping() ? from_kind::ports : from_kind::steps;
  if (n.is_scalar()) add_input(i, n, {});
  for (const yaml::node& item : n.items) add_input(i, item, {});
  for (const yaml::entry& e : n.entries) {
    if (!is_name(e.key))
      report_->error(code::bad_name, e.at,
                     fmt::format("'{}' cannot be the name of a port", shown(e.key)),
                     "names are small letters, digits, '_' and '-', and start with a letter");
    add_input(i, e.value, e.key);
  }
}

void step_reader::add_input(std::size_t i, const yaml::node& n, std::string port) {
  if (!n.is_scalar())
    return report_->error(code::bad_from, n.at,
                          fmt::format("found {}, expected a step", describe(n)),
                          "write the name of a step above");
  step_ref ref;
  ref.at = n.at;
  ref.port = std::move(port);
  if (!resolve(i, n, ref)) return;
  const auto same = [&](const step_ref& r) {
    return r.index == ref.index && r.errors == ref.errors && r.port == ref.port;
  };
  // A union of very many steps is no pipeline but an attack on this search.
  if (steps_[i].inputs.size() >= 1000)
    return report_->error(code::bad_from, n.at, "a step reads at most 1000 others");
  if (std::ranges::any_of(steps_[i].inputs, same))
    return report_->error(
        code::bad_from, n.at,
        fmt::format("'{}' is named twice; its rows would be read twice", shown(n.text)),
        "delete one of the two");
  steps_[i].inputs.push_back(std::move(ref));
}

bool step_reader::resolve(std::size_t i, const yaml::node& n, step_ref& ref) {
  const std::size_t dot = n.text.find('.');
  const std::string name = n.text.substr(0, dot);
  const std::string port = dot == std::string::npos ? "" : n.text.substr(dot + 1);
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return unknown(n, name), false;
  ref.step = name;
  ref.index = found->second;
  ref.errors = port == "errors";
  const step& target = steps_[ref.index];
  if (ref.index >= i) {
    const std::string how =
        ref.index == i ? "the step reads from itself"
                       : fmt::format("step '{}' stands below, in line {}", name, target.at.line);
    report_->error(code::step_not_above, n.at, how,
                   "`from` names steps above; move one of the two");
    return false;
  }
  if (dot != std::string::npos && !ref.errors) {
    report_->error(code::bad_from, n.at,
                   fmt::format("found '{}', expected a step or its errors", shown(n.text)),
                   fmt::format("write {} or {}.errors", name, name));
    return false;
  }
  if (!ref.errors || target.errors.action == error_action::route) return true;
  report_->error(
      code::errors_not_routed, n.at, fmt::format("step '{}' does not route its errors", name),
      fmt::format("add `on_error: {{do: route}}` to the step in line {}", target.at.line));
  return false;
}

void step_reader::unknown(const yaml::node& n, std::string_view name) {
  if (report_->full()) return;
  std::vector<std::string> names;
  for (const step& s : steps_)
    if (!s.name.empty() && names.size() < 1000) names.push_back(s.name);
  report_->error(code::unknown_step, n.at, fmt::format("there is no step '{}'", shown(name)),
                 suggest(name, names));
}

void step_reader::read_on_error(step& s, const yaml::node& n) {
  s.errors.at = n.at;
  if (!n.is_mapping())
    return report_->error(code::bad_on_error, n.at,
                          fmt::format("found {}, expected a mapping", describe(n)),
                          "write {do: stop}, {do: route} or {do: drop}");
  keys(n, on_error_keys, "`on_error`", *report_);
  if (const yaml::entry* action = required(n, "do", "`on_error`", *report_)) {
    constexpr error_action actions[] = {error_action::stop, error_action::route,
                                        error_action::drop};
    if (const auto i = word(*action, {"stop", "route", "drop"}, code::bad_on_error, *report_))
      s.errors.action = actions[*i];
  }
  if (const yaml::entry* at_most = n.find("at_most")) read_at_most(s, at_most->value);
  if (const yaml::entry* keep = n.find("keep")) {
    s.errors.keep_row = word(*keep, {"row"}, code::bad_on_error, *report_).has_value();
    if (s.errors.keep_row && s.errors.action != error_action::route)
      report_->error(code::bad_on_error, keep->at, "`keep: row` goes with `do: route` alone",
                     "nobody could read the rows it keeps");
  }
}

void step_reader::read_at_most(step& s, const yaml::node& n) {
  if (s.errors.action == error_action::stop)
    report_->error(code::bad_on_error, n.at, "`at_most` has no effect with `do: stop`",
                   "the first error stops; write `do: route` or `do: drop` to go on");
  const std::string_view form = "expected a number of rows or a percentage, such as 100 or 5%";
  std::string_view text = n.text;
  const bool percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  if (percent && n.is_scalar()) {
    if (const auto p = parse_real(text); p && *p >= 0 && *p <= 100) s.errors.at_most_percent = *p;
  } else if (n.is_scalar() && n.is_plain()) {
    if (const auto rows = parse_integer(text); rows && *rows >= 0) s.errors.at_most = *rows;
  }
  if (!s.errors.at_most && !s.errors.at_most_percent)
    report_->error(code::bad_on_error, n.at, fmt::format("found {}, {}", describe(n), form));
}

void step_reader::check_errors_read() {
  std::vector<bool> read(steps_.size(), false);
  for (const step& s : steps_)
    for (const step_ref& r : s.inputs)
      if (r.errors) read[r.index] = true;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const step& s = steps_[i];
    if (s.errors.action != error_action::route || read[i] || s.name.empty()) continue;
    report_->error(
        code::errors_not_read, s.errors.at,
        fmt::format("nobody reads the errors of step '{}'", s.name),
        fmt::format("add a step below with `from: {}.errors`, or write `do: drop`", s.name));
  }
}

} // namespace

std::vector<step> steps(const yaml::node& list, reporter& report) {
  if (!list.is_sequence() || list.items.empty()) {
    report.error(code::wrong_kind, list.at,
                 fmt::format("found {}, expected a list of steps",
                             list.is_sequence() ? "an empty list" : describe(list)),
                 "each step starts with '- ', such as `- use: core.read_text`");
    return {};
  }
  return step_reader(list, report).read();
}

} // namespace vigie::read
