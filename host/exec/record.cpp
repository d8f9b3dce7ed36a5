// SPDX-License-Identifier: Apache-2.0
#include "record.hpp"

#include "base/json.hpp"
#include "config/scalars.hpp"

#include <vigie/abi.h>

#include <sys/utsname.h>

#include <algorithm>
#include <set>

namespace vigie::exec {
namespace {

void write_value(json_writer& w, const param_spec& spec, const param_value& v);

void write_fields(json_writer& w, const param_spec& spec, const param_value& v) {
  w.begin_object();
  for (std::size_t i = 0; i < v.items.size() && i < spec.fields.size(); ++i)
    write_value(w.key(spec.fields[i].name), spec.fields[i], v.items[i]);
  w.end_object();
}

void write_one(json_writer& w, const param_spec& spec, const param_value& v) {
  if (spec.secret)
    w.value("***");
  else if (!v.set)
    w.null();
  else if (spec.type == param_type::record)
    write_fields(w, spec, v);
  else
    w.value(text_of(v));
}

void write_value(json_writer& w, const param_spec& spec, const param_value& v) {
  if (spec.secret || !v.set || !(spec.list || spec.map)) return write_one(w, spec, v);
  param_spec one = spec;
  one.list = one.map = false;
  spec.map ? w.begin_object() : w.begin_array();
  for (const param_value& i : v.items) {
    if (spec.map) w.key(i.key);
    write_one(w, one, i);
  }
  spec.map ? w.end_object() : w.end_array();
}

runs::named_value named(const param_spec& spec, const param_value& v) {
  json_writer w(0);
  write_value(w, spec, v);
  return {spec.name, w.text()};
}

runs::manifest_step describe(const plan::plan& p, const plan::step_plan& s) {
  const loader::component_ref& ref = s.made->ref();
  runs::manifest_step out;
  out.name = s.name;
  out.use = s.doc->use;
  out.plugin = ref.plugin->info.id;
  out.version = ref.plugin->info.version;
  for (const plan::input_port& port : s.ports)
    for (const plan::edge& e : port.edges)
      out.from.push_back(p.steps[e.from].name + (e.errors ? ".errors" : ""));
  const std::vector<param_spec>& table = ref.info->params;
  const std::vector<param_value>& values = s.made->params();
  for (std::size_t i = 0; i < table.size() && i < values.size(); ++i)
    out.params.push_back(named(table[i], values[i]));
  return out;
}

std::vector<runs::manifest_plugin> plugins_of(const plan::plan& p) {
  std::vector<runs::manifest_plugin> out;
  std::set<const loader::found_plugin*> seen;
  for (const plan::step_plan& s : p.steps) {
    const loader::found_plugin* plugin = s.made->ref().plugin;
    if (s.active && seen.insert(plugin).second)
      out.push_back(
          {plugin->info.id, plugin->info.version, plugin->sha256, plugin->path, plugin->installed});
  }
  return out;
}

runs::manifest_input describe(const used_input& i) {
  return {i.step,     i.file.name, i.file.path, i.file.facts.size, i.file.standard_input,
          i.encoding, i.replaced,  i.splits,    i.sha256};
}

std::string host_name() {
  utsname u{};
  return ::uname(&u) == 0 ? std::string(u.nodename) : std::string();
}

void describe_pipeline(const plan::plan& p, runs::manifest& m) {
  const pipeline& doc = *p.doc;
  m.pipeline_name = doc.name;
  m.pipeline_file = doc.file;
  m.pipeline_source = doc.source;
  for (const pipeline_param& param : doc.params) {
    const auto at = std::ranges::find(p.params, param.spec.name, &scope_param::name);
    param_spec spec = param.spec;
    spec.secret = spec.secret || (at != p.params.end() && at->secret);
    m.params.push_back(at == p.params.end() ? runs::named_value{spec.name, "null"}
                                            : named(spec, at->value));
  }
}

} // namespace

std::vector<runs::manifest_resource>
resources_of(const plan::plan& p, const std::vector<runs::manifest_resource>& before) {
  std::vector<runs::manifest_resource> out = before;
  for (const plan::step_plan& s : p.steps)
    for (const plan::resource_file* r : s.made->resources()) {
      const auto known = std::ranges::any_of(before, [&](const runs::manifest_resource& b) {
        return b.step == s.name && b.name == r->name;
      });
      if (!known) out.push_back({s.name, r->name, r->path, r->bytes.size(), r->sha256});
    }
  std::ranges::sort(out, [](const auto& a, const auto& b) {
    return std::tie(a.step, a.name) < std::tie(b.step, b.name);
  });
  return out;
}

result<runs::manifest> describe(const plan::plan& p, const run_options& options,
                                const run_result& result,
                                const std::vector<runs::manifest_resource>& read_before,
                                std::string started) {
  const auto digest = io::sha256(p.doc->source);
  if (!digest) return digest.error();
  runs::manifest m;
  m.vigie = VIGIE_VERSION;
  m.started = std::move(started);
  m.host = host_name();
  describe_pipeline(p, m);
  m.pipeline_sha256 = io::to_hex(*digest);
  m.called = options.called;
  m.split_bytes = options.split_bytes;
  m.digests = options.digest;
  m.sensitive_shown = options.sensitive_shown;
  if (options.shard) {
    m.shard = options.shard->index;
    m.shards = options.shard->of;
  }
  m.since = options.since;
  for (const plan::step_plan& s : p.steps)
    if (s.active) m.steps.push_back(describe(p, s));
  m.plugins = plugins_of(p);
  m.resources = resources_of(p, read_before);
  for (const used_input& i : result.inputs) m.inputs.push_back(describe(i));
  m.outputs = result.outputs;
  return m;
}

std::string manifest_json(const runs::manifest& m) {
  json_writer w;
  runs::write(w, m);
  return w.text() + "\n";
}

std::string report_json(const plan::plan& p, const run_options& options, const run_result& result,
                        const std::string& started) {
  json_writer w;
  w.begin_object()
      .field("vigie_report", 1)
      .field("vigie", VIGIE_VERSION)
      .field("pipeline", p.doc->name)
      .field("started", started);
  w.field("seconds", result.seconds)
      .field("threads", options.threads)
      .field("splits", result.splits)
      .field("splits_taken_over", result.taken_over)
      .field("peak_held_bytes", result.peak_memory)
      .field("peak_spilled_bytes", result.spilled);
  w.key("steps").begin_array();
  for (const plan::step_plan& s : p.steps) {
    if (!s.active) continue;
    const step_counts& n = result.counts[s.index];
    w.begin_object()
        .field("step", s.name)
        .field("use", s.doc->use)
        .field("rows_in", n.rows_in)
        .field("rows_out", n.rows_out);
    w.field("dropped", n.dropped)
        .field("rejected", n.rejected)
        .field("batches", n.batches)
        .field("cells_parsed", n.cells);
    w.field("busy_s", static_cast<double>(n.busy_ns) / 1e9).end_object();
  }
  w.end_array().key("inputs_left_out").begin_array();
  for (const std::string& name : result.left_out) w.value(name);
  w.end_array().key("outputs").begin_array();
  for (const made_output& o : result.outputs)
    w.begin_object()
        .field("step", o.step)
        .field("file", o.file)
        .field("rows", o.rows)
        .field("bytes", o.bytes)
        .field("sha256", o.sha256)
        .end_object();
  w.end_array().end_object();
  return w.text() + "\n";
}

} // namespace vigie::exec
