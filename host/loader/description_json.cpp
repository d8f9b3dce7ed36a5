// SPDX-License-Identifier: Apache-2.0
// Plugin descriptions as JSON and back.
#include "base/json.hpp"
#include "description.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cmath>

namespace vigie::loader {
namespace {

constexpr int format_version = 1;

void write_param(json_writer& w, const param_spec& p) {
  w.begin_object().field("name", p.name).field("type", static_cast<int>(p.type));
  w.field("required", p.required)
      .field("secret", p.secret)
      .field("list", p.list)
      .field("map", p.map);
  w.field("deprecated", p.deprecated).field("default", p.def).field("doc", p.doc);
  if (std::isfinite(p.min)) w.field("min", p.min);
  if (std::isfinite(p.max)) w.field("max", p.max);
  w.key("choices").begin_array();
  for (const std::string& c : p.choices) w.value(c);
  w.end_array().key("fields").begin_array();
  for (const param_spec& f : p.fields) write_param(w, f);
  w.end_array().end_object();
}

using element = simdjson::dom::element;

// Fields of a description that someone may have edited: what is missing or of the wrong type stays
// as it is.
template <class T> void take(const element& from, std::string_view key, T& to) {
  T found{};
  if (from[key].get(found) == simdjson::SUCCESS) to = found;
}
void take(const element& from, std::string_view key, std::string& to) {
  std::string_view found;
  if (from[key].get(found) == simdjson::SUCCESS) to = found;
}
template <class T> void take_number(const element& from, std::string_view key, T& to) {
  std::int64_t found = 0;
  if (from[key].get(found) == simdjson::SUCCESS &&
      static_cast<std::int64_t>(static_cast<T>(found)) == found)
    to = static_cast<T>(found);
}

template <class F> void each(const element& from, std::string_view key, F&& f) {
  simdjson::dom::array items;
  if (from[key].get(items) != simdjson::SUCCESS) return;
  for (const element item : items) f(item);
}

void take_texts(const element& from, std::string_view key, std::vector<std::string>& to) {
  each(from, key, [&](const element& e) {
    std::string_view text;
    if (e.get(text) == simdjson::SUCCESS) to.emplace_back(text);
  });
}

param_spec read_param(const element& e, int depth) {
  param_spec p;
  take(e, "name", p.name);
  take_number(e, "type", p.type);
  take(e, "required", p.required);
  take(e, "secret", p.secret);
  take(e, "list", p.list);
  take(e, "map", p.map);
  take(e, "deprecated", p.deprecated);
  take(e, "default", p.def);
  take(e, "doc", p.doc);
  take(e, "min", p.min);
  take(e, "max", p.max);
  take_texts(e, "choices", p.choices);
  if (depth < 8)
    each(e, "fields", [&](const element& f) { p.fields.push_back(read_param(f, depth + 1)); });
  return p;
}

component_info read_component(const element& e) {
  component_info c;
  take(e, "name", c.name);
  take_number(e, "kind", c.kind);
  take_number(e, "parallelism", c.parallelism);
  take(e, "deterministic", c.deterministic);
  take(e, "reads_files", c.reads_files);
  take(e, "writes_files", c.writes_files);
  take(e, "network", c.network);
  take(e, "fills", c.fills);
  take(e, "summary", c.summary);
  take(e, "doc", c.doc);
  take_texts(e, "ports", c.ports);
  each(e, "params", [&](const element& p) { c.params.push_back(read_param(p, 0)); });
  return c;
}

// Numbers that stand for words, which nobody looks at again.
bool sound(const param_spec& p) {
  return p.type >= param_type::boolean && p.type <= param_type::record &&
         std::ranges::all_of(p.fields, [](const param_spec& f) { return sound(f); });
}
bool sound(const component_info& c) {
  return c.kind >= component_kind::decode && c.kind <= component_kind::sink &&
         c.parallelism >= parallelism::stateless && c.parallelism <= parallelism::single &&
         std::ranges::all_of(c.params, [](const param_spec& p) { return sound(p); });
}

} // namespace

std::string to_json(const plugin_info& p, std::string_view sha256) {
  json_writer w;
  w.begin_object()
      .field("vigie_plugin", format_version)
      .field("id", p.id)
      .field("version", p.version);
  w.field("summary", p.summary)
      .field("license", p.license)
      .field("homepage", p.homepage)
      .field("sha256", sha256);
  w.field("abi_major", p.abi_major).field("abi_minor", p.abi_minor).key("components").begin_array();
  for (const component_info& c : p.components) {
    w.begin_object()
        .field("name", c.name)
        .field("kind", static_cast<int>(c.kind))
        .field("parallelism", static_cast<int>(c.parallelism));
    w.field("deterministic", c.deterministic)
        .field("reads_files", c.reads_files)
        .field("writes_files", c.writes_files);
    w.field("network", c.network)
        .field("fills", c.fills)
        .field("summary", c.summary)
        .field("doc", c.doc)
        .key("ports")
        .begin_array();
    for (const std::string& port : c.ports) w.value(port);
    w.end_array().key("params").begin_array();
    for (const param_spec& one : c.params) write_param(w, one);
    w.end_array().end_object();
  }
  w.end_array().end_object();
  return w.text() + "\n";
}

result<stored_description> from_json(std::string_view json) {
  simdjson::dom::parser parser;
  element root;
  if (const auto error = parser.parse(json.data(), json.size()).get(root))
    return fail(code::plugin_bad_description, fmt::format("the plugin's manifest is not JSON: {}",
                                                          simdjson::error_message(error)));
  std::int64_t version = 0;
  if (root["vigie_plugin"].get(version) != simdjson::SUCCESS || version != format_version)
    return fail(code::plugin_bad_description, "the plugin's manifest is of another format");
  stored_description out;
  take(root, "id", out.plugin.id);
  take(root, "version", out.plugin.version);
  take(root, "summary", out.plugin.summary);
  take(root, "license", out.plugin.license);
  take(root, "homepage", out.plugin.homepage);
  take(root, "sha256", out.sha256);
  take_number(root, "abi_major", out.plugin.abi_major);
  take_number(root, "abi_minor", out.plugin.abi_minor);
  each(root, "components",
       [&](const element& c) { out.plugin.components.push_back(read_component(c)); });
  if (!std::ranges::all_of(out.plugin.components, [](const component_info& c) { return sound(c); }))
    return fail(code::plugin_bad_description,
                "the plugin's manifest names a kind or type that does not exist");
  return out;
}

} // namespace vigie::loader
