// SPDX-License-Identifier: Apache-2.0
#include "build.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace vigie::plan {
namespace {

param_spec spec(const char* name, param_type type, const char* def, const char* doc) {
  param_spec s;
  s.name = name;
  s.type = type;
  s.def = def;
  s.doc = doc;
  return s;
}

// `files` may be one path or a list; the table says which of the two is written here.
bool is_list(const yaml::node& with, const scope& values) {
  const yaml::entry* files = with.find("files");
  if (files == nullptr || !files->value.is_scalar()) return true;
  const std::string& text = files->value.text;
  if (!text.starts_with("${params.") || !text.ends_with('}')) return false;
  const auto p =
      std::ranges::find(values.params, text.substr(9, text.size() - 10), &scope_param::name);
  return p != values.params.end() && !p->value.items.empty();
}

void take_host_values(parts::work& w, step_plan& s, const loader::component_info& info,
                      const parts::host_value& given) {
  if (!s.is_reader() && !s.is_writer()) return; // what it calls by these names is its own
  if (const param_value* files = given.find("files"); files != nullptr && files->set) {
    if (files->items.empty())
      s.files = {files->s};
    else
      for (const param_value& f : files->items) s.files.push_back(f.s);
  }
  s.compression = given.text("compression");
  s.archive = given.text("archive");
  s.encoding = given.text("encoding");
  if (const param_value* most = given.find("max_record"); most != nullptr) s.max_record = most->i;
  if (s.is_writer()) parts::take_output(w, s, info, given);
}

void make_step(parts::work& w, std::size_t i) {
  const step& doc = w.doc.steps[i];
  step_plan& s = w.made.steps[i];
  s.name = doc.name;
  s.index = i;
  s.doc = &doc;
  auto found = w.catalog.find(doc.use);
  if (!found) {
    diagnostic d = std::move(found).error();
    if (d.code != code::plugin_not_found)
      d.message = fmt::format("{}: {}", render(d.place), d.message);
    return w.wrong(i, std::move(d).at(w.at(doc.use_at)));
  }
  const loader::component_info& info = *found->info;
  s.kind = info.kind;
  std::vector<param_spec> table = info.params;
  for (param_spec& p : host_params(info)) table.push_back(std::move(p));
  if (const auto files = std::ranges::find(table, "files", &param_spec::name);
      files != table.end() && s.is_reader())
    files->list = is_list(doc.with, w.values);
  const std::size_t problems = w.out.size();
  scope values = w.values;
  values.at = doc.use_at;
  std::vector<param_value> given = parse_values(table, &doc.with, values, w.out);
  if (std::ranges::any_of(w.out.begin() + static_cast<std::ptrdiff_t>(problems), w.out.end(),
                          [](const diagnostic& d) { return d.severity == severity::error; })) {
    w.sound[i] = false;
    return;
  }
  take_host_values(w, s, info, {given, table});
  given.resize(info.params.size());
  const auto component = w.catalog.open(*found);
  if (!component) return w.wrong(i, diagnostic(component.error()).at(w.at(doc.use_at)));
  s.made = std::make_shared<instance>(doc.name, *found, *component, std::move(given), doc.with,
                                      w.shared);
  if (auto made = s.made->create(); !made) w.wrong(i, std::move(made).error());
}

} // namespace

namespace parts {

void work::wrong(std::size_t step, diagnostic d) {
  sound[step] = false;
  if (d.place.line == 0) {
    const vigie::place known = d.place;
    d.place = at(doc.steps[step].use_at);
    d.place.row = known.row;
    d.place.field = known.field;
  }
  if (d.place.step.empty()) d.place.step = doc.steps[step].name;
  out.push_back(std::move(d));
}

void make_steps(work& w) {
  w.made.steps.resize(w.doc.steps.size());
  w.sound.assign(w.doc.steps.size(), true);
  for (std::size_t i = 0; i < w.doc.steps.size(); ++i) make_step(w, i);
}

} // namespace parts

std::vector<param_spec> host_params(const loader::component_info& c) {
  std::vector<param_spec> out;
  if (c.kind == loader::component_kind::decode) {
    param_spec files = spec("files", param_type::path, "",
                            "Input files: a path, a glob (`*`, `?`, `[a-z]`, `**`), `-` for "
                            "standard input, or a list of these.");
    files.required = files.list = true;
    param_spec compression =
        spec("compression", param_type::text, "auto",
             "How the files are compressed; `auto` looks at their first bytes.");
    compression.choices = {"auto", "none", "gzip", "zstd", "bzip2", "xz"};
    param_spec archive = spec("archive", param_type::text, "auto",
                              "`auto` reads the members of a tar archive, each as a file of its "
                              "own; `none` takes it as a file like any other.");
    archive.choices = {"auto", "none"};
    out = {
        files, compression, archive,
        spec("encoding", param_type::text, "utf-8",
             "Character encoding: a name such as `windows-1252`, or `auto`: byte order mark, else "
             "UTF-8 where it is valid, else windows-1252."),
        spec("max_record", param_type::size, "64MiB", "A longer record is rejected and skipped.")};
  }
  if (loader::is_writer(c.kind)) {
    param_spec file = spec(
        "file", param_type::text, "",
        "Output file, relative to the pipeline's parameter `out`. An encoder puts the cell of a "
        "column where its name stands in braces: `{country}/part.jsonl`.");
    file.required = c.kind == loader::component_kind::encode || c.writes_files;
    out = {file};
  }
  if (c.kind == loader::component_kind::encode) {
    param_spec compression = spec("compression", param_type::text, "auto",
                                  "`auto` goes by the file's name: .gz or .zst.");
    compression.choices = {"auto", "none", "gzip", "zstd"};
    out.push_back(compression);
    out.push_back(
        spec("split_size", param_type::size, "",
             "The output becomes parts NAME-0001.ENDING, NAME-0002.ENDING, ... of at most "
             "so many bytes before compression, each complete; one row is never cut."));
    out.push_back(spec("max_partitions", param_type::integer, "500",
                       "With columns in `file`: so many different files are written at most."));
  }
  return out;
}

schema error_schema(bool keep_row) {
  schema s{{.name = "step"},
           {.name = "code"},
           {.name = "column"},
           {.name = "message"},
           {.name = "file"},
           {.name = "offset", .kind = kind::int64},
           {.name = "length", .kind = kind::int64}};
  // Whatever stands in a record may stand in its bytes.
  if (keep_row) s.push_back({.name = "row", .kind = kind::binary, .sensitive = true});
  for (field& f : s) f.format = format_of(f);
  return s;
}

field host_field(field f) {
  f.index.clear();
  f.format = format_of(f);
  for (field& c : f.children) c = host_field(std::move(c));
  return f;
}

std::optional<plan> build(const pipeline& doc, const scope& values, loader::catalog& catalog,
                          const services& shared, const build_options& options, diagnostics& out) {
  parts::work w{doc, values, catalog, shared, options, out, {}, {}};
  w.made.doc = &doc;
  w.made.params = values.params;
  w.made.collect = options.collect;
  const auto folder = std::ranges::find(values.params, "out", &scope_param::name);
  if (folder != values.params.end() && folder->value.set) w.made.out = folder->value.s;
  parts::make_steps(w);
  parts::connect(w);
  parts::bind(w);
  if (std::ranges::any_of(out, [](const diagnostic& d) { return d.severity == severity::error; }))
    return std::nullopt;
  parts::choose_active(w);
  parts::push_projections(w);
  if (std::ranges::any_of(out, [](const diagnostic& d) { return d.severity == severity::error; }))
    return std::nullopt;
  parts::cut_stages(w);
  if (std::ranges::any_of(out, [](const diagnostic& d) { return d.severity == severity::error; }))
    return std::nullopt;
  return std::move(w.made);
}

} // namespace vigie::plan
