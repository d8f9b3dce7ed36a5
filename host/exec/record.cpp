// SPDX-License-Identifier: Apache-2.0
#include "record.hpp"

#include "base/json.hpp"
#include "config/scalars.hpp"

#include <vigie/abi.h>

#include <sys/utsname.h>

#include <algorithm>
#include <set>
#include <thread>

namespace vigie::exec {
namespace {

void write_value(json_writer& w, const param_value& v, bool secret) {
  if (secret) {
    w.value("***");
    return;
  }
  if (!v.set) {
    w.null();
    return;
  }
  if (v.items.empty()) {
    w.value(text_of(v));
    return;
  }
  w.begin_array();
  for (const param_value& i : v.items) write_value(w, i, false);
  w.end_array();
}

void write_plugins(json_writer& w, const plan::plan& p) {
  std::set<const loader::found_plugin*> seen;
  w.key("plugins").begin_array();
  for (const plan::step_plan& s : p.steps) {
    const loader::found_plugin* plugin = s.made->ref().plugin;
    if (!s.active || !seen.insert(plugin).second) continue;
    w.begin_object()
        .field("id", plugin->info.id)
        .field("version", plugin->info.version)
        .field("sha256", plugin->sha256);
    w.field("path", plugin->path).field("installed", plugin->installed).end_object();
  }
  w.end_array();
}

void write_resources(json_writer& w, const plan::plan& p) {
  w.key("resources").begin_array();
  for (const plan::step_plan& s : p.steps)
    for (const plan::resource_file* r : s.made->resources())
      w.begin_object()
          .field("step", s.name)
          .field("name", r->name)
          .field("size", r->bytes.size())
          .field("sha256", r->sha256)
          .end_object();
  w.end_array();
}

void write_inputs(json_writer& w, const run_result& r) {
  w.key("inputs").begin_array();
  for (const used_input& i : r.inputs) {
    w.begin_object().field("step", i.step).field("name", i.file.name).field("path", i.file.path);
    w.field("size", i.file.facts.size)
        .field("encoding", i.encoding)
        .field("replaced_characters", i.replaced);
    if (i.sha256) w.field("sha256_of_splits", io::to_hex(*i.sha256));
    w.key("splits").begin_array();
    for (const io::split_digest& s : i.splits)
      w.begin_object()
          .field("offset", s.offset)
          .field("length", s.length)
          .field("sha256", io::to_hex(s.sha256))
          .end_object();
    w.end_array().end_object();
  }
  w.end_array();
}

void write_outputs(json_writer& w, const run_result& r) {
  w.key("outputs").begin_array();
  for (const made_output& o : r.outputs)
    w.begin_object()
        .field("step", o.step)
        .field("file", o.file)
        .field("rows", o.rows)
        .field("bytes", o.bytes)
        .field("sha256", o.sha256)
        .end_object();
  w.end_array();
}

std::string host_name() {
  utsname u{};
  return ::uname(&u) == 0 ? std::string(u.nodename) : std::string();
}

} // namespace

result<std::string> manifest_json(const record_context& c) {
  const pipeline& doc = *c.plan.doc;
  const auto digest = io::sha256(doc.source);
  if (!digest) return digest.error();
  json_writer w;
  w.begin_object()
      .field("vigie_manifest", 1)
      .field("vigie", VIGIE_VERSION)
      .field("started", c.started)
      .field("host", host_name());
  w.key("pipeline")
      .begin_object()
      .field("name", doc.name)
      .field("file", doc.file)
      .field("sha256", io::to_hex(*digest))
      .end_object();
  w.key("params").begin_object();
  for (const pipeline_param& p : doc.params) {
    w.key(p.spec.name);
    const auto at = std::ranges::find(c.plan.params, p.spec.name, &scope_param::name);
    if (at == c.plan.params.end())
      w.null();
    else
      write_value(w, at->value, p.spec.secret || at->secret);
  }
  w.end_object();
  w.field("split_bytes", c.options.split_bytes);
  write_plugins(w, c.plan);
  write_resources(w, c.plan);
  write_inputs(w, c.result);
  write_outputs(w, c.result);
  w.end_object();
  return w.text() + "\n";
}

std::string report_json(const record_context& c) {
  json_writer w;
  w.begin_object()
      .field("vigie_report", 1)
      .field("vigie", VIGIE_VERSION)
      .field("pipeline", c.plan.doc->name)
      .field("started", c.started);
  w.field("seconds", c.result.seconds)
      .field("threads", c.options.threads)
      .field("splits", c.result.splits)
      .field("peak_held_bytes", c.result.peak_memory);
  w.key("steps").begin_array();
  for (const plan::step_plan& s : c.plan.steps) {
    if (!s.active) continue;
    const step_counts& n = c.result.counts[s.index];
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
  w.end_array();
  write_outputs(w, c.result);
  w.end_object();
  return w.text() + "\n";
}

} // namespace vigie::exec
