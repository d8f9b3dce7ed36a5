// SPDX-License-Identifier: Apache-2.0
#include "references.hpp"

#include "base/text.hpp"
#include "scalars.hpp"
#include "yaml/parse.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie {
namespace {

using yaml::node;

class expander {
public:
  expander(const scope& s, reporter& report) : scope_(&s), report_(report) {}

  expanded expand(const param_spec& spec, const node& n);

private:
  bool reference(const param_spec& spec, const node& n, std::size_t at, std::string_view inside,
                 bool alone, expanded& e);
  bool param_reference(const param_spec& spec, const node& n, std::size_t at, std::string_view name,
                       bool alone, expanded& e);
  bool looked_up(const param_spec& spec, const node& n, std::size_t at, std::string_view name,
                 expanded& e);
  bool secret(const node& n, std::size_t at, std::string_view name, expanded& e);

  const scope* scope_;
  reporter& report_;
};

expanded expander::expand(const param_spec& spec, const node& n) {
  expanded e;
  const std::string_view text = n.text;
  if (spec.type == param_type::expression) {
    e.text = text;
    const std::size_t at = text.find("${");
    e.good = at == std::string_view::npos;
    if (!e.good)
      report_.error(code::reference_refused, position_in(n, at, scope_->file),
                    "an expression takes no references",
                    "write :name in the expression and give the value under `values`");
    return e;
  }
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t at = std::min(text.find('$', i), text.size());
    e.text += text.substr(i, at - i);
    if (text.substr(at).starts_with("$${")) {
      e.text += "${";
      i = at + 3;
      continue;
    }
    if (!text.substr(at).starts_with("${")) {
      e.text += text.substr(at, 1);
      i = at + 1;
      continue;
    }
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) {
      report_.error(code::bad_reference, position_in(n, at, scope_->file),
                    "the reference '${' is never closed",
                    "write ${params.name}; a literal ${ is written $${");
      e.good = false;
      return e;
    }
    const bool alone = at == 0 && end + 1 == text.size();
    e.good = reference(spec, n, at, text.substr(at + 2, end - at - 2), alone, e) && e.good;
    e.any = true;
    i = end + 1;
  }
  return e;
}

bool expander::reference(const param_spec& spec, const node& n, std::size_t at,
                         std::string_view inside, bool alone, expanded& e) {
  constexpr std::string_view params = "params.", env = "env:", prefix = "secret:";
  if (inside.starts_with(params))
    return param_reference(spec, n, at, inside.substr(params.size()), alone, e);
  if (inside.starts_with(env)) return looked_up(spec, n, at, inside.substr(env.size()), e);
  if (!inside.starts_with(prefix)) {
    report_.error(
        code::bad_reference, position_in(n, at, scope_->file),
        fmt::format("'${{{}}}' is no reference", text::elide(inside.substr(0, 200), 40)),
        "write ${params.name}, ${env:NAME} or ${secret:name}; a literal ${ is written $${");
    return false;
  }
  if (spec.secret) return secret(n, at, inside.substr(prefix.size()), e);
  report_.error(code::reference_refused, position_in(n, at, scope_->file),
                fmt::format("{} is not marked secret and takes no secrets", label(spec)),
                "secrets may be given only to parameters that are kept out of logs and manifests");
  return false;
}

bool expander::param_reference(const param_spec& spec, const node& n, std::size_t at,
                               std::string_view name, bool alone, expanded& e) {
  const auto found = std::ranges::find(scope_->params, name, &scope_param::name);
  std::string message, hint;
  code c = code::bad_reference;
  if (found == scope_->params.end()) {
    std::vector<std::string> names;
    for (const scope_param& p : scope_->params) names.push_back(p.name);
    message = fmt::format("there is no parameter '{}'", text::elide(name.substr(0, 200), 40));
    hint = names.empty() ? "no parameter can be referred to here" : suggest(name, names);
  } else if (found->secret && !spec.secret) {
    c = code::reference_refused;
    message = fmt::format("parameter '{}' is secret and {} is not", name, label(spec));
    hint = "secrets may be given only to parameters that are marked secret";
  } else if (!found->value.set) {
    message = fmt::format("parameter '{}' has no value", name);
    hint = found->secret ? "give it a default such as ${secret:NAME}"
                         : fmt::format("give it by --set {}=VALUE, or give it a default", name);
  } else if (!alone && found->list) {
    message = fmt::format("parameter '{}' is a list and cannot stand inside a text", name);
  }
  if (!message.empty()) {
    report_.error(c, position_in(n, at, scope_->file), std::move(message), std::move(hint));
    return false;
  }
  if (alone) e.whole = &*found;
  e.resolved = e.resolved || (at == 0 && found->value.type == param_type::path);
  e.text += text_of(found->value);
  return true;
}

bool expander::looked_up(const param_spec& spec, const node& n, std::size_t at,
                         std::string_view name, expanded& e) {
  const auto& look_up = scope_->env;
  const std::optional<std::string> found = look_up && !name.empty() ? look_up(name) : std::nullopt;
  if (found && !text::invalid_utf8(*found)) {
    if (spec.secret && scope_->secrets != nullptr) scope_->secrets->add(*found);
    e.text += *found;
    return true;
  }
  const std::string shown = text::elide(name.substr(0, 200), 40);
  report_.error(
      code::bad_reference, position_in(n, at, scope_->file),
      found     ? fmt::format("the value of '${{env:{}}}' is not UTF-8", shown)
      : look_up ? fmt::format("'${{env:{}}}' is not set", shown)
                : fmt::format("'${{env:{}}}' cannot be looked up here", shown),
      look_up
          ? fmt::format("set the environment variable {} or use a parameter with a default", shown)
          : std::string());
  return false;
}

bool expander::secret(const node& n, std::size_t at, std::string_view name, expanded& e) {
  const auto& look_up = scope_->secret;
  auto found =
      look_up ? look_up(name)
              : fail(code::bad_reference, fmt::format("'${{secret:{}}}' cannot be looked up here",
                                                      text::elide(name.substr(0, 200), 40)));
  if (!found) {
    const diagnostic& d = found.error();
    report_.error(d.code, position_in(n, at, scope_->file), d.message, d.hint);
    return false;
  }
  e.text += *found;
  if (scope_->secrets != nullptr) scope_->secrets->add(*found);
  return true;
}

} // namespace

std::string label(const param_spec& spec) {
  return spec.name.empty() ? std::string("the value") : fmt::format("'{}'", spec.name);
}

expanded expand_references(const param_spec& spec, const node& n, const scope& scope,
                           reporter& report) {
  return expander(scope, report).expand(spec, n);
}

} // namespace vigie
