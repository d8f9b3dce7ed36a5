// SPDX-License-Identifier: Apache-2.0
#include "manifest.hpp"

#include "base/text.hpp"
#include "canonical.hpp"
#include "io/files.hpp"

#include <fmt/format.h>

namespace vigie::runs {
namespace {

constexpr int format_version = 1;

void write_text(json_writer& w, std::string_view text) {
  if (!text::invalid_utf8(text)) {
    w.value(text);
    return;
  }
  std::string hex;
  for (const char c : text) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
  w.begin_object().field("hex", hex).end_object();
}

json_writer& text_field(json_writer& w, std::string_view name, std::string_view text) {
  write_text(w.key(name), text);
  return w;
}

void write_texts(json_writer& w, std::string_view name, const std::vector<std::string>& texts) {
  w.key(name).begin_array();
  for (const std::string& t : texts) write_text(w, t);
  w.end_array();
}

// A value that is no JSON is kept as a text of it.
void write_values(json_writer& w, std::string_view name, const std::vector<named_value>& values) {
  w.key(name).begin_object();
  simdjson::dom::parser parser;
  for (const named_value& v : values) {
    w.key(v.name);
    simdjson::dom::element e;
    if (parser.parse(v.json.data(), v.json.size()).get(e) == simdjson::SUCCESS)
      write_canonical(w, e);
    else
      w.value(v.json);
  }
  w.end_object();
}

void write_called(json_writer& w, const invocation& c) {
  w.key("called").begin_object();
  text_field(w, "folder", c.folder);
  write_texts(w, "set", c.set);
  write_texts(w, "plugin_dirs", c.plugin_dirs);
  w.end_object();
}

void write_shard(json_writer& w, const manifest& m) {
  w.key("shard");
  if (!m.shard || !m.shards) {
    w.null();
    return;
  }
  w.begin_object().field("index", *m.shard).field("of", *m.shards).end_object();
}

void write_step(json_writer& w, const manifest_step& s) {
  w.begin_object();
  text_field(w, "step", s.name);
  text_field(w, "use", s.use);
  text_field(w, "plugin", s.plugin);
  text_field(w, "version", s.version);
  write_texts(w, "from", s.from);
  write_values(w, "params", s.params);
  w.end_object();
}

void write_plugin(json_writer& w, const manifest_plugin& p) {
  w.begin_object();
  text_field(w, "id", p.id);
  text_field(w, "version", p.version).field("sha256", p.sha256);
  text_field(w, "path", p.path).field("installed", p.installed).end_object();
}

void write_resource(json_writer& w, const manifest_resource& r) {
  w.begin_object();
  text_field(w, "step", r.step);
  text_field(w, "name", r.name);
  text_field(w, "path", r.path).field("size", r.size).field("sha256", r.sha256).end_object();
}

void write_input(json_writer& w, const manifest_input& i) {
  w.begin_object();
  text_field(w, "step", i.step);
  text_field(w, "name", i.name);
  text_field(w, "path", i.path);
  w.field("size", i.size).field("standard_input", i.standard_input);
  text_field(w, "encoding", i.encoding).field("replaced_characters", i.replaced);
  w.key("sha256_of_splits");
  if (i.sha256)
    w.value(io::to_hex(*i.sha256));
  else
    w.null();
  w.key("splits").begin_array();
  for (const io::split_digest& s : i.splits)
    w.begin_object()
        .field("offset", s.offset)
        .field("length", s.length)
        .field("sha256", io::to_hex(s.sha256))
        .end_object();
  w.end_array().end_object();
}

void write_output(json_writer& w, const manifest_output& o) {
  w.begin_object();
  text_field(w, "step", o.step);
  text_field(w, "file", o.file).field("rows", o.rows).field("bytes", o.bytes);
  w.field("sha256", o.sha256).end_object();
}

template <class T>
void write_list(json_writer& w, std::string_view name, const std::vector<T>& list,
                void (*one)(json_writer&, const T&)) {
  w.key(name).begin_array();
  for (const T& item : list) one(w, item);
  w.end_array();
}

} // namespace

void write(json_writer& w, const manifest& m) {
  w.begin_object().field("vigie_manifest", format_version);
  text_field(w, "vigie", m.vigie);
  text_field(w, "started", m.started);
  text_field(w, "host", m.host);
  w.key("pipeline").begin_object();
  text_field(w, "name", m.pipeline_name);
  text_field(w, "file", m.pipeline_file).field("sha256", m.pipeline_sha256);
  text_field(w, "source", m.pipeline_source).end_object();
  write_called(w, m.called);
  write_values(w, "params", m.params);
  w.field("split_bytes", m.split_bytes)
      .field("digests", m.digests)
      .field("sensitive_shown", m.sensitive_shown);
  write_shard(w, m);
  w.key("since");
  if (m.since.empty())
    w.null();
  else
    write_text(w, m.since);
  write_list(w, "steps", m.steps, write_step);
  write_list(w, "plugins", m.plugins, write_plugin);
  write_list(w, "resources", m.resources, write_resource);
  write_list(w, "inputs", m.inputs, write_input);
  write_list(w, "outputs", m.outputs, write_output);
  w.end_object();
}

std::string manifest_text(const manifest& m) {
  json_writer w;
  write(w, m);
  return w.text() + "\n";
}

result<stored_manifest> load_manifest(const std::string& path) {
  const auto bytes = io::read_small_file(path, most_manifest_bytes);
  if (!bytes) return bytes.error();
  auto m = read_manifest(*bytes, path);
  if (!m) return std::move(m).error();
  const auto digest = io::sha256(*bytes);
  if (!digest) return digest.error();
  return stored_manifest{*std::move(m), *digest};
}

} // namespace vigie::runs
