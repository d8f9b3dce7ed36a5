// SPDX-License-Identifier: Apache-2.0
#include "workbench.hpp"

#include "config/yaml/source.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::testing {
namespace {

yaml::node scalar(std::string text, yaml::mark at) {
  yaml::node n;
  n.kind = yaml::kind::scalar;
  n.style = yaml::style::literal; // taken as it is
  n.at = at;
  n.text = std::move(text);
  return n;
}

// A text in which nothing is a reference.
std::string literal(std::string text) {
  for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 3))
    text.insert(at, 1, '$');
  return text;
}

void put_entry(yaml::node& mapping, const std::string& key, yaml::node value) {
  const auto at = std::ranges::find(mapping.entries, key, &yaml::entry::key);
  if (at != mapping.entries.end())
    at->value = std::move(value);
  else
    mapping.entries.push_back({key, value.at, std::move(value)});
}

} // namespace

void workbench::set_params(const yaml::node& set, complaints& out, diagnostics& problems) {
  std::vector<std::string> names;
  for (const pipeline_param& p : doc_.params) names.push_back(p.spec.name);
  scope s = setting_.base;
  s.file = doc_.file;
  s.plain_secrets = true;
  const std::size_t slash = doc_.file.rfind('/');
  s.base_dir = slash == std::string::npos ? "" : doc_.file.substr(0, slash == 0 ? 1 : slash);
  s.params.clear();
  for (const yaml::entry& e : set.entries) {
    const auto at = std::ranges::find(names, e.key);
    if (at == names.end()) {
      out.unknown(e.at, "parameter", e.key, names);
      continue;
    }
    pipeline_param& p = doc_.params[static_cast<std::size_t>(at - names.begin())];
    param_value v = parse_value(p.spec, e.value, s, problems);
    if (v.set) p.given = std::move(v);
  }
}

void workbench::replace_files(const given_step& g, complaints& out) {
  const std::size_t i = index_of(doc_, g.step);
  step& s = doc_.steps[i];
  const auto found = setting_.catalog->find(s.use);
  if (!found) return; // the plan will say so
  const auto params = plan::host_params(*found->info);
  const auto files = std::ranges::find(params, "files", &param_spec::name);
  if (!loader::is_reader(found->info->kind) || files == params.end())
    return out.error(code::test_unknown, g.file->at,
                     fmt::format("step '{}' ({}) reads no files", g.step, s.use),
                     "give its rows: {rows: [...]}");
  if (!s.with.is_mapping()) {
    s.with = {};
    s.with.kind = yaml::kind::mapping;
    s.with.at = s.use_at;
  }
  put_entry(s.with, "files", scalar(literal(g.file->text), g.file->at));
}

void workbench::show_errors(const std::string& name) {
  const std::size_t i = index_of(doc_, name);
  if (doc_.steps[i].errors.action != error_action::route) {
    doc_.steps[i].errors.action = error_action::route;
    doc_.steps[i].errors.at = {}; // not written by the user
  }
  const yaml::mark at = doc_.steps[i].at;
  step show;
  show.name = errors_name(name);
  show.use = "core.select";
  show.at = show.name_at = show.use_at = at;
  show.with.kind = yaml::kind::mapping;
  show.with.at = at;
  yaml::node columns;
  columns.kind = yaml::kind::sequence;
  columns.at = at;
  for (const field& f : plan::error_schema(false)) columns.items.push_back(scalar(f.name, at));
  put_entry(show.with, "columns", std::move(columns));
  show.from = from_kind::steps;
  show.inputs.push_back({name, true, {}, i, at});
  doc_.steps.push_back(std::move(show));
}

void workbench::set_out(const std::string& folder) {
  const auto out = std::ranges::find(doc_.params, std::string("out"),
                                     [](const pipeline_param& p) { return p.spec.name; });
  param_value v;
  v.set = true;
  v.s = folder;
  out->given = std::move(v);
}

std::optional<plan::plan> workbench::build(const plan::build_options& options,
                                           diagnostics& problems) {
  diagnostics found;
  values_ = bind_params(doc_, setting_.base, found);
  auto made = plan::build(doc_, values_, *setting_.catalog, services_, options, found);
  yaml::add_excerpts(doc_.source, doc_.file, found);
  bool wrong = false;
  for (diagnostic& d : found) {
    if (d.severity != severity::error) continue;
    wrong = true;
    problems.push_back(std::move(d));
  }
  if (wrong) return std::nullopt;
  return made;
}

result<exec::run_result> workbench::run(const plan::plan& p, const exec::run_options& o) {
  for (const plan::step_plan& s : p.steps) {
    const bool reads = s.active && !o.given.contains(s.name);
    if (!reads || std::ranges::find(s.files, "-") == s.files.end()) continue;
    return fail(code::test_unknown,
                fmt::format("step '{}' reads standard input, which no test has", s.name))
        .at(yaml::place_of(s.doc->at, doc_.file))
        .help("give its rows or a file under `given`, or set its parameter");
  }
  return exec::execute(p, services_, o);
}

} // namespace vigie::testing
