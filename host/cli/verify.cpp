// SPDX-License-Identifier: Apache-2.0
// vigie verify: are the files of a run still those of the run?
#include "runs/verify.hpp"

#include "execute.hpp"
#include "generations.hpp"
#include "testing/temporary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace vigie::cli {
namespace {

std::string counted(std::uint64_t n, std::string_view noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

void write_checked(json_writer& w, std::string_view name, const runs::checked& c) {
  w.key(name).begin_object().field("files", c.files).field("bytes", c.bytes).end_object();
}

void print_json(const std::string& out, const runs::verification& v) {
  json_writer w;
  w.begin_object().field("run", out).field("sound", v.sound());
  w.field("manifest_sha256", io::to_hex(v.manifest_sha256));
  write_checked(w, "pipeline", v.pipeline);
  write_checked(w, "plugins", v.plugins);
  write_checked(w, "resources", v.resources);
  write_checked(w, "inputs", v.inputs);
  write_checked(w, "outputs", v.outputs);
  w.key("findings").begin_array();
  for (const diagnostic& d : v.findings) write_json(w, d);
  w.end_array().end_object();
  fmt::print("{}\n", w.text());
}

void print_text(const runs::verification& v) {
  print(v.findings, false);
  fmt::print("{} ({}), {} ({}), {}, {} checked; manifest sha256 {}\n",
             counted(v.inputs.files, "input"), counted(v.inputs.bytes, "byte"),
             counted(v.outputs.files, "output"), counted(v.outputs.bytes, "byte"),
             counted(v.plugins.files, "plugin"), counted(v.resources.files, "resource"),
             io::to_hex(v.manifest_sha256));
}

// The digests that a run left out.
status digest(const std::string& out, std::vector<runs::manifest_output>& outputs) {
  for (runs::manifest_output& o : outputs) {
    if (o.file.empty() || !o.sha256.empty()) continue;
    const auto sum = io::sha256_file(out + "/" + o.file);
    if (!sum) return sum.error();
    o.sha256 = io::to_hex(*sum);
  }
  return {};
}

diagnostics differences(const std::string& out, const std::vector<runs::manifest_output>& then,
                        const std::vector<runs::manifest_output>& now) {
  diagnostics found;
  for (const runs::manifest_output& o : then) {
    const auto at = std::ranges::find(now, o.file, &runs::manifest_output::file);
    if (at != now.end() && at->sha256 == o.sha256 && at->rows == o.rows) continue;
    place p;
    p.file = out + "/" + o.file;
    found.push_back(fail(code::rerun_differs,
                         at == now.end()
                             ? fmt::format("'{}' was not made again", o.file)
                             : fmt::format("'{}' has {} rows in {} bytes, and done again {} in {}",
                                           o.file, o.rows, o.bytes, at->rows, at->bytes))
                        .at(p)
                        .help("run the pipeline with --threads 1 and --threads 4 and compare with "
                              "`vigie diff`"));
  }
  for (const runs::manifest_output& o : now) {
    if (std::ranges::find(then, o.file, &runs::manifest_output::file) != then.end()) continue;
    found.push_back(fail(code::rerun_differs,
                         fmt::format("'{}', which the run did not make, is made now", o.file))
                        .help("run the pipeline with --threads 1 and --threads 4 and compare with "
                              "`vigie diff`"));
  }
  return found;
}

// The run done again in a folder that goes with the command; a finding for each output that comes
// out different.
result<diagnostics> rerun(const arguments& a, const runs::manifest& m, const std::string& out) {
  auto r = recall(a, m, out);
  if (!r) return std::move(r).error();
  const auto elsewhere = testing::temporary_folder::make();
  if (!elsewhere) return elsewhere.error();
  r->as.options["out"] = {(*elsewhere)->path()};
  session s(r->as);
  s.use_source(m.pipeline_source);
  if (!s.load()) return std::move(s.problems().front());
  auto o = run_options_of(s, r->as);
  if (!o) return fail(code::command_line, "the options are not those of a run");
  take_over(*o, m);
  o->checkpoint.reset();
  o->digest = true; // outputs are compared by them
  if (!m.since.empty()) {
    auto known = known_inputs(m.since, r->out);
    if (!known) return std::move(known).error();
    o->known = *std::move(known);
  }
  const auto p = s.make_plan();
  if (!p) return std::move(s.problems().front());
  auto again = exec::execute(*p, s.services(), *o);
  if (!again) return std::move(again).error();
  std::vector<runs::manifest_output> then = m.outputs;
  if (auto ok = digest(out, then); !ok) return std::move(ok).error();
  return differences(out, then, again->outputs);
}

} // namespace

int verify_command(const arguments& a) {
  const std::string& out = a.words.front();
  auto v = runs::verify({out}, &interrupted());
  if (!v) {
    print({v.error()}, a.has("json"));
    return v.error().code == code::run_manifest_damaged ? failed : refused;
  }
  if (a.has("rerun") && v->sound()) {
    auto found = rerun(a, v->of, out);
    if (!found) {
      print({found.error()}, a.has("json"));
      return failed;
    }
    std::ranges::move(*found, std::back_inserter(v->findings));
  }
  if (a.has("json"))
    print_json(out, *v);
  else
    print_text(*v);
  return v->sound() ? done : failed;
}

} // namespace vigie::cli
