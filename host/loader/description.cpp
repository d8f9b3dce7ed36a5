// SPDX-License-Identifier: Apache-2.0
#include "description.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace vigie::loader {
namespace {

constexpr std::uint32_t most_components = 1000, most_params = 1000;
constexpr int deepest_record = 8;

diagnostic bad(std::string what) {
  return fail(code::plugin_bad_description, std::move(what))
      .help("this is a fault of the plugin; tell its author");
}

std::string text_of(const char* s) { return s == nullptr ? std::string() : std::string(s); }

bool good_word(std::string_view s) {
  return !s.empty() && s.front() >= 'a' && s.front() <= 'z' && std::ranges::all_of(s, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

result<param_spec> read_param(const vigie_param* p, const std::string& component, int depth);

result<std::vector<param_spec>> read_params(const vigie_param* const* from, std::uint32_t n,
                                            const std::string& component, int depth) {
  std::vector<param_spec> out;
  if (n > most_params || (n > 0 && from == nullptr))
    return bad(fmt::format("{}: an impossible table of parameters", component));
  if (depth > deepest_record)
    return bad(fmt::format("{}: records nest deeper than {} levels", component, deepest_record));
  for (std::uint32_t i = 0; i < n; ++i) {
    auto one = read_param(from[i], component, depth);
    if (!one) return std::move(one).error();
    if (std::ranges::find(out, one->name, &param_spec::name) != out.end())
      return bad(fmt::format("{}: parameter '{}' stands twice", component, one->name));
    out.push_back(*std::move(one));
  }
  return out;
}

result<param_spec> read_param(const vigie_param* p, const std::string& component, int depth) {
  if (p == nullptr || p->struct_size < sizeof(vigie_param))
    return bad(fmt::format("{}: a parameter has no table row", component));
  param_spec out;
  out.name = text_of(p->name);
  if (!good_word(out.name))
    return bad(fmt::format("{}: parameter name '{}' is not in snake_case", component, out.name));
  if (p->type < VIGIE_T_BOOL || p->type > VIGIE_T_RECORD)
    return bad(
        fmt::format("{}: parameter '{}' is of unknown type {}", component, out.name, p->type));
  out.type = static_cast<param_type>(p->type);
  out.required = (p->flags & VIGIE_P_REQUIRED) != 0;
  out.secret = (p->flags & VIGIE_P_SECRET) != 0;
  out.list = (p->flags & VIGIE_P_LIST) != 0;
  out.map = (p->flags & VIGIE_P_MAP) != 0;
  out.deprecated = (p->flags & VIGIE_P_DEPRECATED) != 0;
  out.def = text_of(p->def);
  out.doc = text_of(p->doc);
  if (out.doc.empty())
    return bad(fmt::format("{}: parameter '{}' has no doc", component, out.name));
  for (const char* const* c = p->choices; c != nullptr && *c != nullptr; ++c)
    out.choices.emplace_back(*c);
  if (p->min <= p->max) {
    out.min = p->min;
    out.max = p->max;
  }
  auto fields = read_params(p->fields, p->n_fields, component, depth + 1);
  if (!fields) return std::move(fields).error();
  out.fields = *std::move(fields);
  if ((out.type == param_type::record) == out.fields.empty())
    return bad(fmt::format(
        "{}: parameter '{}' is a record without fields, or has fields without being one", component,
        out.name));
  return out;
}

result<component_info> read_component(const vigie_component* c, const std::string& id) {
  if (c == nullptr || c->struct_size < sizeof(vigie_component))
    return bad("a component has no descriptor");
  component_info out;
  out.name = text_of(c->name);
  const std::size_t dot = out.name.find('.');
  if (dot == std::string::npos || out.name.substr(0, dot) != id ||
      !good_word(std::string_view(out.name).substr(dot + 1)))
    return bad(fmt::format("component '{}' is not named '{}.some_word'", out.name, id));
  if (c->kind < VIGIE_DECODE || c->kind > VIGIE_SINK)
    return bad(fmt::format("{}: unknown kind {}", out.name, c->kind));
  if (c->parallelism < VIGIE_STATELESS || c->parallelism > VIGIE_SINGLE)
    return bad(fmt::format("{}: unknown parallelism {}", out.name, c->parallelism));
  if (c->create == nullptr || c->destroy == nullptr || c->iface == nullptr)
    return bad(fmt::format("{}: a function is missing", out.name));
  out.kind = static_cast<component_kind>(c->kind);
  out.parallelism = static_cast<loader::parallelism>(c->parallelism);
  out.deterministic = (c->flags & VIGIE_F_DETERMINISTIC) != 0;
  out.reads_files = (c->flags & VIGIE_F_READS_FILES) != 0;
  out.writes_files = (c->flags & VIGIE_F_WRITES_FILES) != 0;
  out.network = (c->flags & VIGIE_F_NETWORK) != 0;
  out.fills = (c->flags & VIGIE_F_FILLS) != 0;
  out.summary = text_of(c->summary);
  out.doc = text_of(c->doc);
  if (out.summary.empty()) return bad(fmt::format("{}: no summary", out.name));
  for (const char* const* port = c->ports; port != nullptr && *port != nullptr; ++port)
    out.ports.emplace_back(*port);
  auto params = read_params(c->params, c->n_params, out.name, 0);
  if (!params) return std::move(params).error();
  out.params = *std::move(params);
  return out;
}

} // namespace

std::string_view name_of(component_kind k) {
  constexpr std::array<std::string_view, 8> names{"",        "decode",    "encode", "transform",
                                                  "arrange", "aggregate", "source", "sink"};
  return names[static_cast<std::size_t>(k)];
}

std::string_view name_of(parallelism p) {
  constexpr std::array<std::string_view, 5> names{"", "stateless", "ordered", "partitioned",
                                                  "single"};
  return names[static_cast<std::size_t>(p)];
}

result<plugin_info> describe(const vigie_plugin* p, const std::string& file_id) {
  if (p == nullptr) return bad("the entry returned no plugin");
  if (p->struct_size < sizeof(vigie_plugin)) return bad("the plugin's descriptor is too small");
  if (p->abi_major != VIGIE_ABI_MAJOR || p->abi_minor != VIGIE_ABI_MINOR)
    return fail(code::plugin_wrong_abi,
                fmt::format("the plugin speaks interface {}.{}, this host {}.{}", p->abi_major,
                            p->abi_minor, VIGIE_ABI_MAJOR, VIGIE_ABI_MINOR))
        .help("rebuild the plugin with the SDK of this host");
  plugin_info out{
      text_of(p->id),       text_of(p->version), text_of(p->summary), text_of(p->license),
      text_of(p->homepage), p->abi_major,        p->abi_minor,        {}};
  if (out.id != file_id || !good_word(out.id))
    return bad(fmt::format(
        "the plugin calls itself '{}', its file '{}.so'; both must be the same snake_case word",
        out.id, file_id));
  if (out.version.empty() || out.license.empty())
    return bad("the plugin has no version or no license");
  if (p->n_components == 0 || p->n_components > most_components || p->components == nullptr)
    return bad("the plugin offers no component");
  for (std::uint32_t i = 0; i < p->n_components; ++i) {
    auto c = read_component(p->components[i], out.id);
    if (!c) return std::move(c).error();
    if (std::ranges::find(out.components, c->name, &component_info::name) != out.components.end())
      return bad(fmt::format("component '{}' stands twice", c->name));
    out.components.push_back(*std::move(c));
  }
  return out;
}

} // namespace vigie::loader
