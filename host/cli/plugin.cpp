// SPDX-License-Identifier: Apache-2.0
// vigie plugin list | show | check, and inspect and manifest, which the loader and the build call.
#include "base/json.hpp"
#include "base/text.hpp"
#include "io/output.hpp"
#include "io/sha256.hpp"
#include "loader/inspect.hpp"
#include "loader/library.hpp"
#include "session.hpp"

#include <fmt/format.h>

#include <cmath>

namespace vigie::cli {
namespace {

std::string type_text(const param_spec& p) {
  std::string out(name_of(p.type));
  if (p.list) out = "list of " + out;
  if (p.map) out = "map of " + out;
  return out;
}

std::string traits(const param_spec& p) {
  std::vector<std::string> out;
  if (p.required) out.emplace_back("required");
  if (p.secret) out.emplace_back("secret");
  if (p.deprecated) out.emplace_back("deprecated");
  if (!p.def.empty()) out.push_back("default " + p.def);
  if (!p.choices.empty()) out.push_back("one of " + text::join(p.choices, ", "));
  if (std::isfinite(p.min)) out.push_back(fmt::format("from {}", p.min));
  if (std::isfinite(p.max)) out.push_back(fmt::format("to {}", p.max));
  return text::join(out, "; ");
}

void print_params(const std::vector<param_spec>& params, std::string_view indent) {
  for (const param_spec& p : params) {
    const std::string more = traits(p);
    fmt::print("{}{}: {}{}\n{}    {}\n", indent, p.name, type_text(p),
               more.empty() ? "" : " (" + more + ")", indent, p.doc);
    print_params(p.fields, std::string(indent) + "    ");
  }
}

void params_json(json_writer& w, const std::vector<param_spec>& params) {
  w.begin_array();
  for (const param_spec& p : params) {
    w.begin_object()
        .field("name", p.name)
        .field("type", type_text(p))
        .field("required", p.required)
        .field("default", p.def)
        .field("doc", p.doc)
        .key("choices")
        .begin_array();
    for (const std::string& c : p.choices) w.value(c);
    w.end_array().key("fields");
    params_json(w, p.fields);
    w.end_object();
  }
  w.end_array();
}

} // namespace

int plugin_list_command(const arguments& a) {
  loader::catalog catalog(catalog_options_of(a));
  catalog.scan();
  if (a.has("json")) {
    json_writer w;
    w.begin_object().key("plugins").begin_array();
    for (const loader::found_plugin* p : catalog.plugins()) {
      w.begin_object()
          .field("id", p->info.id)
          .field("version", p->info.version)
          .field("path", p->path)
          .field("sha256", p->sha256);
      w.field("installed", p->installed)
          .field("described_by", p->described_by)
          .key("components")
          .begin_array();
      for (const loader::component_info& c : p->info.components) w.value(c.name);
      w.end_array().end_object();
    }
    w.end_array().key("refused").begin_array();
    for (const loader::refused_plugin& r : catalog.refused())
      w.begin_object()
          .field("path", r.path)
          .field("code", code_name(r.why.code))
          .field("message", r.why.message)
          .end_object();
    w.end_array().end_object();
    fmt::print("{}\n", w.text());
    return done;
  }
  for (const loader::found_plugin* p : catalog.plugins()) {
    fmt::print("{} {}  {}{}\n", p->info.id, p->info.version, p->info.summary,
               p->installed ? "" : "  (" + p->path + ")");
    for (const loader::component_info& c : p->info.components)
      fmt::print("  {:<24} {:<10} {}\n", c.name, loader::name_of(c.kind), c.summary);
  }
  for (const loader::refused_plugin& r : catalog.refused())
    fmt::print("refused {}: [{}] {}\n", text::printable(r.path), code_name(r.why.code),
               text::printable(r.why.message));
  if (catalog.plugins().empty())
    fmt::print("no plugins in {}\n", text::join(catalog.folders(), ", "));
  return done;
}

int plugin_show_command(const arguments& a) {
  loader::catalog catalog(catalog_options_of(a));
  auto found = catalog.find(a.words.front());
  if (!found) {
    print({found.error()}, a.has("json"));
    return refused;
  }
  const loader::component_info& c = *found->info;
  std::vector<param_spec> params = c.params;
  for (param_spec& p : plan::host_params(c)) params.push_back(std::move(p));
  if (a.has("json")) {
    json_writer w;
    w.begin_object()
        .field("name", c.name)
        .field("kind", loader::name_of(c.kind))
        .field("parallelism", loader::name_of(c.parallelism));
    w.field("summary", c.summary)
        .field("doc", c.doc)
        .field("plugin", found->plugin->info.id)
        .field("version", found->plugin->info.version)
        .key("params");
    params_json(w, params);
    w.end_object();
    fmt::print("{}\n", w.text());
    return done;
  }
  fmt::print("{}: {}\n{}, {}, of plugin {} {}\n", c.name, c.summary, loader::name_of(c.kind),
             loader::name_of(c.parallelism), found->plugin->info.id, found->plugin->info.version);
  if (!c.ports.empty()) fmt::print("input ports: {}\n", text::join(c.ports, ", "));
  if (!params.empty()) fmt::print("\nparameters:\n");
  print_params(params, "  ");
  if (!c.doc.empty()) fmt::print("\n{}\n", c.doc);
  return done;
}

int plugin_check_command(const arguments& a) {
  const std::string& path = a.words.front();
  auto info = loader::inspect_in_child(catalog_options_of(a).inspector, path);
  if (!info) {
    print({info.error()}, a.has("json"));
    return failed;
  }
  if (a.has("json"))
    fmt::print("{}", loader::to_json(*info, ""));
  else
    fmt::print("{}: {} {}, {} component{}, interface {}.{}\n", path, info->id, info->version,
               info->components.size(), info->components.size() == 1 ? "" : "s", info->abi_major,
               info->abi_minor);
  return done;
}

int plugin_inspect_command(const arguments& a) {
  const std::string answer = loader::inspect_here(a.words.front());
  fmt::print("{}", answer);
  return done;
}

int plugin_manifest_command(const arguments& a) {
  const std::string& path = a.words.front();
  auto info = loader::inspect_in_child(catalog_options_of(a).inspector, path);
  const auto digest = io::sha256_file(path);
  if (!info || !digest) {
    print({!info ? info.error() : digest.error()}, false);
    return failed;
  }
  if (auto ok =
          io::write_file_atomically(a.value("out"), loader::to_json(*info, io::to_hex(*digest)));
      !ok) {
    print({ok.error()}, false);
    return failed;
  }
  return done;
}

} // namespace vigie::cli
