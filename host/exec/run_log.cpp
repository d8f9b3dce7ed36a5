// SPDX-License-Identifier: Apache-2.0
#include "run_log.hpp"

#include "base/json.hpp"
#include "io/crash.hpp"
#include "io/files.hpp"

#include <fmt/format.h>
#include <simdjson.h>

namespace vigie::exec {
namespace {

using element = simdjson::dom::element;

// ---- to JSON
// -------------------------------------------------------------------------------------

void write(json_writer& w, const commit_list::rename& r) {
  w.begin_object().field("from", r.from).field("to", r.to);
  w.field("bytes", r.bytes).field("sha256", r.sha256).end_object();
}

std::string first_record(const runs::manifest& of, const std::vector<input_facts>& inputs) {
  json_writer w(0);
  w.begin_object().field("vigie_journal", 1).key("run");
  runs::write(w, of);
  w.key("facts").begin_array();
  for (const input_facts& f : inputs)
    w.begin_array().value(f.size).value(f.device).value(f.inode).value(f.mtime_ns).end_array();
  w.end_array().end_object();
  return w.text();
}

// ---- from JSON
// -----------------------------------------------------------------------------------

// What a sound journal holds is what this program wrote, so a field that is not there is one of
// another version.
struct unreadable {};

element at(const element& from, std::string_view key) {
  element out;
  if (from[key].get(out) != simdjson::SUCCESS) throw unreadable();
  return out;
}
template <class T> T as(const element& e) {
  T out{};
  if (e.get(out) != simdjson::SUCCESS) throw unreadable();
  return out;
}
template <class T> T get(const element& from, std::string_view key) { return as<T>(at(from, key)); }
std::string text(const element& from, std::string_view key) {
  return std::string(get<std::string_view>(from, key));
}
template <class F> void each(const element& list, F&& f) {
  for (const element e : as<simdjson::dom::array>(list)) f(e);
}
std::vector<std::int64_t> numbers(const element& list) {
  std::vector<std::int64_t> out;
  each(list, [&](const element& e) {
    std::uint64_t large = 0;
    out.push_back(e.get(large) == simdjson::SUCCESS ? static_cast<std::int64_t>(large)
                                                    : as<std::int64_t>(e));
  });
  return out;
}
std::vector<std::int64_t> numbers(const element& list, std::size_t count) {
  std::vector<std::int64_t> out = numbers(list);
  if (out.size() != count) throw unreadable();
  return out;
}

commit_list::rename rename_of(const element& e) {
  return {text(e, "from"), text(e, "to"), get<std::uint64_t>(e, "bytes"), text(e, "sha256")};
}

void take_settled(const element& e, run_past& to) {
  each(at(e, "receipts"), [&](const element& r) {
    const auto n = numbers(r, 4);
    to.receipts.push_back({static_cast<std::size_t>(n[0]),
                           static_cast<std::size_t>(n[1]),
                           {static_cast<std::uint64_t>(n[2]), static_cast<std::uint64_t>(n[3])}});
  });
  to.outputs.clear();
  each(at(e, "outputs"), [&](const element& o) {
    const auto n = numbers(o, 3);
    to.outputs.push_back({static_cast<std::size_t>(n[0]), static_cast<std::uint64_t>(n[1]), n[2]});
  });
  to.parts_length = get<std::uint64_t>(e, "parts");
  each(at(e, "resources"), [&](const element& r) {
    to.resources.push_back({text(r, "step"), text(r, "name"), text(r, "path"),
                            get<std::uint64_t>(r, "size"), text(r, "sha256")});
  });
}

commit_list commit_of(const element& e) {
  commit_list out;
  each(at(e, "outputs"), [&](const element& r) { out.outputs.push_back(rename_of(r)); });
  each(at(e, "stale"), [&](const element& s) { out.stale.emplace_back(as<std::string_view>(s)); });
  each(at(e, "sinks"), [&](const element& s) {
    out.sinks.push_back(
        {static_cast<std::size_t>(get<std::uint64_t>(s, "step")), text(s, "receipt")});
  });
  each(at(e, "records"), [&](const element& r) { out.records.push_back(rename_of(r)); });
  return out;
}

void take_first(const element& e, const std::string& path, run_past& to) {
  auto of = runs::read_manifest(simdjson::to_string(at(e, "run")), path);
  if (!of) throw std::move(of).error();
  to.of = *std::move(of);
  each(at(e, "facts"), [&](const element& f) {
    const auto n = numbers(f, 4);
    to.inputs.push_back({static_cast<std::uint64_t>(n[0]), static_cast<std::uint64_t>(n[1]),
                         static_cast<std::uint64_t>(n[2]), n[3]});
  });
}

void take_record(const element& e, run_past& to) {
  element found;
  if (e["settled"].get(found) == simdjson::SUCCESS)
    take_settled(e, to);
  else if (e["prepared"].get(found) == simdjson::SUCCESS)
    to.prepared = commit_of(found);
  else if (e["shard_done"].get(found) == simdjson::SUCCESS)
    to.shard_done = true;
  else
    throw unreadable();
}

diagnostic other_version(const std::string& path, std::size_t record) {
  place p;
  p.file = path;
  return fail(code::run_journal_damaged,
              fmt::format("record {} of '{}' is none that this version writes", record, path))
      .at(p)
      .help("continue the run with the version of vigie that began it, or remove it with `vigie "
            "clean`");
}

} // namespace

result<run_past> read_past(const runs::folder& f) {
  auto content = runs::journal::read(f.journal());
  if (!content) return std::move(content).error();
  run_past out;
  simdjson::dom::parser parser;
  std::size_t i = 0;
  try {
    for (; i < content->records.size(); ++i) {
      element e;
      if (parser.parse(content->records[i]).get(e) != simdjson::SUCCESS) throw unreadable();
      i == 0 ? take_first(e, f.journal(), out) : take_record(e, out);
    }
  } catch (const unreadable&) {
    return other_version(f.journal(), i);
  } catch (diagnostic& d) {
    return std::move(d);
  }
  out.journal = *std::move(content);
  return out;
}

result<run_log> run_log::start(const runs::folder& f, const runs::manifest& of,
                               const std::vector<input_facts>& inputs, milliseconds every) {
  auto parts = part_writer::create(f.parts());
  if (!parts) return std::move(parts).error();
  if (auto ok = parts->sync(); !ok) return std::move(ok).error();
  if (auto ok = io::sync_folder(f.work()); !ok) return std::move(ok).error();
  auto j = runs::journal::create(f.journal(), first_record(of, inputs));
  if (!j) return std::move(j).error();
  return run_log(*std::move(j), *std::move(parts), 0, every);
}

result<run_log> run_log::go_on(const runs::folder& f, const run_past& past, milliseconds every) {
  auto parts = part_writer::open(f.parts(), past.parts_length);
  if (!parts) return std::move(parts).error();
  auto j = runs::journal::open(f.journal(), past.journal);
  if (!j) return std::move(j).error();
  run_log log(*std::move(j), *std::move(parts), past.receipts.size(), every);
  for (const runs::manifest_resource& r : past.resources)
    log.known_resources_.emplace(r.step, r.name);
  return log;
}

status run_log::add(const run_context& run, std::size_t stage, std::size_t unit,
                    const split_result& r, const std::vector<bool>& elsewhere, bool last) {
  if (auto ok = parts_.add(run, r, elsewhere); !ok) return ok;
  if (!last) return {};
  pending_.push_back({stage, unit, {unit_begins_, parts_.length() - unit_begins_}});
  unit_begins_ = parts_.length();
  return {};
}

bool run_log::due() const {
  return !pending_.empty() && std::chrono::steady_clock::now() - last_ >= every_;
}

status run_log::checkpoint(const std::vector<output_state>& outputs,
                           const std::vector<runs::manifest_resource>& resources) {
  const io::durable_act act("parts.sync");
  if (auto ok = parts_.sync(); !ok) return ok;
  act.done();
  json_writer w(0);
  settled_ += pending_.size();
  w.begin_object().field("settled", settled_).key("receipts").begin_array();
  for (const receipt& r : pending_)
    w.begin_array()
        .value(r.stage)
        .value(r.unit)
        .value(r.part.offset)
        .value(r.part.length)
        .end_array();
  w.end_array().key("outputs").begin_array();
  for (const output_state& o : outputs)
    w.begin_array().value(o.step).value(o.bytes).value(o.rows).end_array();
  w.end_array().field("parts", unit_begins_).key("resources").begin_array();
  for (const runs::manifest_resource& r : resources) {
    if (!known_resources_.emplace(r.step, r.name).second) continue;
    w.begin_object().field("step", r.step).field("name", r.name).field("path", r.path);
    w.field("size", r.size).field("sha256", r.sha256).end_object();
  }
  w.end_array().end_object();
  if (auto ok = journal_.append(w.text()); !ok) return ok;
  pending_.clear();
  last_ = std::chrono::steady_clock::now();
  return {};
}

status run_log::prepared(const commit_list& list) {
  json_writer w(0);
  w.begin_object().key("prepared").begin_object().key("outputs").begin_array();
  for (const auto& r : list.outputs) write(w, r);
  w.end_array().key("stale").begin_array();
  for (const std::string& file : list.stale) w.value(file);
  w.end_array().key("sinks").begin_array();
  for (const auto& s : list.sinks)
    w.begin_object().field("step", s.step).field("receipt", s.receipt).end_object();
  w.end_array().key("records").begin_array();
  for (const auto& r : list.records) write(w, r);
  w.end_array().end_object().end_object();
  return journal_.append(w.text());
}

status run_log::shard_done() { return journal_.append(R"({"shard_done":true})"); }

} // namespace vigie::exec
