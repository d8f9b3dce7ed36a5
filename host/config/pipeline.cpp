// SPDX-License-Identifier: Apache-2.0
#include "pipeline.hpp"

#include "base/text.hpp"
#include "read.hpp"
#include "scalars.hpp"
#include "yaml/parse.hpp"
#include "yaml/source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace vigie {
namespace {

using yaml::entry;
using yaml::node;

constexpr const char* set_place = "--set";

const std::vector<std::string> top_keys{"vigie", "name",  "about", "params",
                                        "run",   "steps", "tests"};
const std::vector<std::string> param_keys{"type",     "default", "doc", "choices",
                                          "required", "secret",  "list"};
const std::vector<std::string> test_keys{"name", "given", "expect", "error", "property", "set"};
const std::vector<std::string> type_names{"path",     "text", "int",  "real",     "bool",
                                          "duration", "size", "date", "timestamp"};

bool holds_reference(const node& n) {
  return n.text.find("${") != std::string::npos || std::ranges::any_of(n.items, holds_reference) ||
         std::ranges::any_of(n.entries, [](const entry& e) { return holds_reference(e.value); });
}

std::string folder_of(std::string_view file) {
  const std::size_t slash = file.rfind('/');
  if (slash == std::string_view::npos) return {};
  return std::string(file.substr(0, slash == 0 ? 1 : slash));
}

// A default as it reads in help.
std::string as_written(const node& n) {
  if (n.is_scalar()) return n.text;
  std::vector<std::string> parts;
  for (const node& i : n.items) parts.push_back(i.text);
  return n.is_sequence() ? "[" + text::join(parts, ", ") + "]" : n.text;
}

class document_reader {
public:
  document_reader(pipeline& p, reporter& report) : p_(&p), report_(&report) {}

  void read(const node& root) {
    if (!read::mapping(root, "a pipeline with the keys vigie, name and steps", *report_)) return;
    check_top(root);
    read_version(root);
    if (const entry* e = read::required(root, "name", "the pipeline", *report_))
      p_->name = read::name(*e, "a pipeline", *report_).value_or("");
    if (const entry* e = root.find("about")) p_->about = read::text(*e, *report_).value_or("");
    if (const entry* e = root.find("params")) read_params(e->value);
    add_out();
    if (const entry* e = root.find("run")) read_run(e->value);
    if (const entry* e = read::required(root, "steps", "the pipeline", *report_))
      p_->steps = read::steps(e->value, *report_);
    if (const entry* e = root.find("tests")) read_tests(e->value);
  }

private:
  void check_top(const node& root);
  void read_version(const node& root);
  void read_params(const node& n);
  void read_param(const entry& e);
  void read_type(pipeline_param& param, const node& n);
  void read_choices(pipeline_param& param, const entry& e);
  void read_default(pipeline_param& param, const entry& e);
  void add_out();
  void read_run(const node& n);
  void read_tests(const node& n);
  void read_test(const node& n);
  [[nodiscard]] scope bare_scope() const {
    scope s;
    s.file = report_->file();
    return s;
  }
  void pass_on(diagnostics&& found) {
    for (diagnostic& d : found) report_->take(std::move(d));
  }

  pipeline* p_;
  reporter* report_;
};

void document_reader::check_top(const node& root) {
  read::keys(root, top_keys, "the pipeline", *report_);
  std::size_t last = 0;
  for (const entry& e : root.entries) {
    const auto known = std::ranges::find(top_keys, e.key);
    if (known == top_keys.end()) continue;
    const auto rank = static_cast<std::size_t>(known - top_keys.begin());
    if (rank < last)
      return report_->warning(code::key_order, e.at,
                              fmt::format("'{}' stands behind '{}'", e.key, top_keys[last]),
                              "the order is " + text::join(top_keys, ", "));
    last = rank;
  }
}

void document_reader::read_version(const node& root) {
  const entry* e = read::required(root, "vigie", "the pipeline", *report_);
  if (e == nullptr || (e->value.is_scalar() && e->value.is_plain() && e->value.text == "1")) return;
  report_->error(
      code::language_version, e->value.at, fmt::format("found {}, expected 1", describe(e->value)),
      "write `vigie: 1`; a later version of the language needs a later version of the program");
}

void document_reader::read_params(const node& n) {
  if (n.is_null() && n.text.empty()) return;
  if (!read::mapping(n, "parameters such as {pages: {type: path}}", *report_)) return;
  for (const entry& e : n.entries) read_param(e);
}

void document_reader::read_param(const entry& e) {
  pipeline_param param;
  param.spec.name = e.key;
  param.at = e.at;
  if (!read::is_name(e.key))
    report_->error(code::bad_name, e.at,
                   fmt::format("'{}' cannot be the name of a parameter",
                               text::elide(e.key.substr(0, 200), 60)),
                   "names are small letters, digits, '_' and '-', and start with a letter");
  const node& n = e.value;
  if (!read::mapping(n, "a declaration such as {type: path}", *report_)) return;
  read::keys(n, param_keys, "this parameter", *report_);
  read_type(param, n);
  if (const entry* doc = n.find("doc")) param.spec.doc = read::text(*doc, *report_).value_or("");
  if (const entry* b = n.find("required"))
    param.spec.required = read::boolean(*b, *report_).value_or(false);
  if (const entry* b = n.find("secret"))
    param.spec.secret = read::boolean(*b, *report_).value_or(false);
  if (const entry* b = n.find("list"))
    param.spec.list = read::boolean(*b, *report_).value_or(false);
  if (const entry* c = n.find("choices")) read_choices(param, *c);
  if (const entry* d = n.find("default")) read_default(param, *d);
  if (e.key == "out" &&
      (param.spec.type != param_type::text || param.spec.list || param.spec.secret))
    report_->error(code::bad_declaration, e.at,
                   "the parameter 'out' is a text that people see: a folder below the current one",
                   "declare it with `type: text`");
  p_->params.push_back(std::move(param));
}

void document_reader::read_type(pipeline_param& param, const node& n) {
  constexpr param_type types[] = {param_type::path, param_type::text,    param_type::integer,
                                  param_type::real, param_type::boolean, param_type::duration,
                                  param_type::size, param_type::date,    param_type::timestamp};
  const entry* type = read::required(n, "type", "this parameter", *report_);
  if (type == nullptr) return;
  if (type->value.is_sequence())
    return report_->error(code::bad_declaration, type->value.at, "found a list as the type",
                          "write the type of the items, and `list: true` beside it");
  if (const auto i = read::word(*type, type_names, code::bad_declaration, *report_))
    param.spec.type = types[*i];
}

void document_reader::read_choices(pipeline_param& param, const entry& e) {
  param_spec list;
  list.name = e.key;
  list.list = true;
  diagnostics found;
  const param_value v = parse_value(list, e.value, bare_scope(), found);
  for (const param_value& i : v.items) param.spec.choices.push_back(i.s);
  if (v.set && v.items.empty())
    report_->error(code::bad_declaration, e.value.at, "`choices` lists no choice",
                   "name some, or delete the key");
  pass_on(std::move(found));
}

void document_reader::read_default(pipeline_param& param, const entry& e) {
  param.def = e.value;
  param.spec.def = as_written(e.value);
  if (param.spec.required)
    report_->error(code::bad_declaration, e.at, "a parameter with a default is never missing",
                   "delete `required` or `default`");
  if (holds_reference(e.value)) return; // judged when the values are bound
  diagnostics found;
  const param_value v = parse_value(param.spec, e.value, bare_scope(), found);
  static_cast<void>(v); // bound again with the folder known
  pass_on(std::move(found));
}

void document_reader::add_out() {
  const auto is_out = [](const pipeline_param& p) { return p.spec.name == "out"; };
  if (std::ranges::any_of(p_->params, is_out)) return;
  pipeline_param out;
  out.spec.name = "out";
  out.spec.doc = "Folder of the outputs, below the current one.";
  out.spec.def = "out/" + p_->name;
  node def;
  def.kind = yaml::kind::scalar;
  def.text = out.spec.def;
  out.def = std::move(def);
  p_->params.push_back(std::move(out));
}

void document_reader::read_run(const node& n) {
  p_->run.at = n.at;
  if (n.is_null() && n.text.empty()) return;
  if (!read::mapping(n, "settings such as {memory: 1GiB}", *report_)) return;
  read::keys(n, {"memory", "threads", "digest"}, "`run`", *report_);
  const auto number = [&](const char* key, param_type type, double min,
                          double max) -> std::optional<std::int64_t> {
    const entry* e = n.find(key);
    if (e == nullptr) return std::nullopt;
    param_spec spec;
    spec.name = key;
    spec.type = type;
    spec.min = min;
    spec.max = max;
    diagnostics found;
    const param_value v = parse_value(spec, e->value, bare_scope(), found);
    pass_on(std::move(found));
    if (!v.set) return std::nullopt;
    return v.i;
  };
  p_->run.memory = number("memory", param_type::size, 1 << 20, 1e18);
  p_->run.threads = number("threads", param_type::integer, 1, 1024);
  if (const entry* e = n.find("digest"))
    if (const auto i = read::word(*e, {"splits", "none"}, code::bad_choice, *report_))
      p_->run.digest = *i == 0 ? digest_mode::splits : digest_mode::none;
}

void document_reader::read_tests(const node& n) {
  if (n.is_null() && n.text.empty()) return;
  if (!n.is_sequence())
    return report_->error(code::wrong_kind, n.at,
                          fmt::format("found {}, expected a list of tests", describe(n)),
                          "each test starts with '- name: ...'");
  for (const node& t : n.items) read_test(t);
}

void document_reader::read_test(const node& n) {
  if (!read::mapping(n, "a test with a name", *report_)) return;
  read::keys(n, test_keys, "this test", *report_);
  pipeline_test t;
  t.at = n.at;
  if (const entry* e = read::required(n, "name", "this test", *report_))
    t.name = read::text(*e, *report_).value_or("");
  const auto asks = [&](const char* key) { return n.find(key) != nullptr; };
  if (!asks("expect") && !asks("error") && !asks("property"))
    report_->error(code::bad_test, n.at, "the test expects nothing",
                   "add `expect`, `error` or `property`");
  for (const char* key : {"given", "expect", "set"})
    if (const entry* e = n.find(key); e != nullptr && !e->value.is_mapping())
      report_->error(code::wrong_kind, e->value.at,
                     fmt::format("found {}, expected a mapping for '{}'", describe(e->value), key));
  t.body = n;
  p_->tests.push_back(std::move(t));
}

void sort_by_place(diagnostics& problems) {
  std::ranges::stable_sort(problems, {}, [](const diagnostic& d) {
    return std::tuple(d.severity == severity::note, d.place.line, d.place.column);
  });
}

// The value of --set as a tree: a list in brackets is YAML, everything else is the text itself. One
// value for a list parameter is a list of that one.
std::optional<node> set_node(const pipeline_param& param, std::string_view value,
                             diagnostics& out) {
  if (param.spec.list && value.starts_with('[')) {
    yaml::parsed parsed = yaml::parse(value, set_place);
    out.insert(out.end(), parsed.problems.begin(), parsed.problems.end());
    return std::move(parsed.root);
  }
  if (param.spec.list) {
    pipeline_param one = param;
    one.spec.list = false;
    node list;
    list.kind = yaml::kind::sequence;
    list.at = {1, 1};
    list.items.push_back(*set_node(one, value, out));
    return list;
  }
  node n;
  n.kind = yaml::kind::scalar;
  n.text = value;
  n.at = {1, 1};
  // A text is taken as it is: the shell has had its word about quoting.
  if (param.spec.type == param_type::text || param.spec.type == param_type::path)
    n.style = yaml::style::literal;
  return n;
}

// References in --set are text: what the shell passed is what the parameter gets.
void make_literal(node& n) {
  for (std::size_t at = n.text.find("${"); at != std::string::npos; at = n.text.find("${", at + 3))
    n.text.insert(at, 1, '$');
  for (node& i : n.items) make_literal(i);
}

// Other problems may stand in the line of a default that is secret.
void hide_defaults(const pipeline& p, diagnostics& problems) {
  redactor secrets;
  const auto add = [&](const auto& self, const node& n) -> void {
    secrets.add(n.text);
    for (const node& i : n.items) self(self, i);
  };
  for (const pipeline_param& param : p.params)
    if (param.spec.secret && param.def) add(add, *param.def);
  if (secrets.empty()) return;
  for (diagnostic& d : problems) d = secrets.apply(std::move(d));
}

} // namespace

loaded load_pipeline(std::string_view bytes, std::string file) {
  loaded out;
  yaml::parsed parsed = yaml::parse(bytes, file);
  out.problems = std::move(parsed.problems);
  if (!parsed.root) return out;
  pipeline p;
  p.file = file;
  p.source = bytes;
  reporter report(out.problems, std::move(file));
  document_reader(p, report).read(*parsed.root);
  sort_by_place(out.problems);
  yaml::add_excerpts(bytes, p.file, out.problems);
  hide_defaults(p, out.problems);
  if (!report.failed()) out.doc = std::move(p);
  return out;
}

bool set_param(pipeline& p, std::string_view assignment, diagnostics& out) {
  reporter report(out, set_place);
  const std::size_t equals = assignment.find('=');
  const std::string name(assignment.substr(0, equals));
  if (equals == std::string_view::npos || name.empty()) {
    report.error(
        code::bad_set, yaml::mark{},
        fmt::format("found '{}', expected NAME=VALUE", text::elide(assignment.substr(0, 200), 60)),
        "write --set NAME=VALUE");
    return false;
  }
  std::vector<std::string> names;
  for (const pipeline_param& param : p.params) names.push_back(param.spec.name);
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    report.error(
        code::unknown_param, yaml::mark{},
        fmt::format("the pipeline has no parameter '{}'", text::elide(name.substr(0, 200), 60)),
        suggest(name, names));
    return false;
  }
  pipeline_param& param = p.params[static_cast<std::size_t>(found - names.begin())];
  if (param.spec.secret) {
    report.error(code::secret_on_command_line, yaml::mark{},
                 fmt::format("parameter '{}' is secret and cannot be set here", name),
                 fmt::format("everybody on the machine can read a command line; write `default: "
                             "${{secret:{0}}}` and give --secret {0}=FILE",
                             name));
    return false;
  }
  if (text::invalid_utf8(assignment)) {
    report.error(code::bad_set, yaml::mark{}, fmt::format("the value of '{}' is not UTF-8", name));
    return false;
  }
  std::optional<node> n = set_node(param, assignment.substr(equals + 1), out);
  if (!n) return false;
  make_literal(*n);
  scope s;
  s.file = set_place;
  param_value v = parse_value(param.spec, *n, s, out);
  if (!v.set) return false;
  param.given = std::move(v);
  return true;
}

scope bind_params(const pipeline& p, scope base, diagnostics& out) {
  base.file = p.file;
  base.base_dir = folder_of(p.file);
  base.params.clear();
  reporter report(out, p.file);
  for (const pipeline_param& param : p.params) {
    scope_param bound;
    bound.name = param.spec.name;
    bound.secret = param.spec.secret;
    bound.list = param.spec.list;
    if (param.given)
      bound.value = *param.given;
    else if (param.def)
      bound.value = parse_value(param.spec, *param.def, base, out);
    else if (param.spec.required)
      report.error(code::missing_param, param.at,
                   fmt::format("parameter '{}' is required and not given", bound.name),
                   bound.secret ? "write `default: ${secret:NAME}` and give --secret NAME=FILE"
                                : fmt::format("give it by --set {}=VALUE", bound.name));
    base.params.push_back(std::move(bound));
  }
  yaml::add_excerpts(p.source, p.file, out);
  return base;
}

} // namespace vigie
