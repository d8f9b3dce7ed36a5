// SPDX-License-Identifier: Apache-2.0
#include "folder.hpp"

#include "canonical.hpp"
#include "io/errors.hpp"
#include "io/files.hpp"
#include "io/lock.hpp"
#include "journal.hpp"

#include <fmt/format.h>

namespace vigie::runs {
namespace {

using simdjson::dom::element;

constexpr std::int64_t journal_version = 1;

// What the records of a journal come to.
struct story {
  manifest of;
  std::uint64_t settled = 0;
  bool prepared = false, committed = false, shard_done = false;
};

diagnostic damaged(const folder& f, std::size_t record, std::string_view what) {
  return fail(code::run_journal_damaged, fmt::format("record {} {}", record, what))
      .at(io::in_file(f.journal()))
      .help("restore the file from a backup, or `vigie clean` the folder and run again");
}

result<manifest> head_of(const folder& f, const std::string& record,
                         simdjson::dom::parser& parser) {
  element e, run;
  std::int64_t version = 0;
  if (parser.parse(record).get(e) != simdjson::SUCCESS) return damaged(f, 0, "is no JSON");
  if (e["vigie_journal"].get(version) != simdjson::SUCCESS || version != journal_version)
    return damaged(f, 0, "is not the head of a journal of this version");
  if (e["run"].get(run) != simdjson::SUCCESS) return damaged(f, 0, "says nothing of its run");
  return read_manifest(canonical(run), f.journal());
}

status add_record(const folder& f, std::size_t number, const std::string& record,
                  simdjson::dom::parser& parser, story& s) {
  element e, found;
  if (parser.parse(record).get(e) != simdjson::SUCCESS || !e.is_object())
    return damaged(f, number, "is no JSON object");
  const auto has = [&](std::string_view key) { return e[key].get(found) == simdjson::SUCCESS; };
  if (has("settled")) {
    std::uint64_t units = 0;
    if (found.get(units) != simdjson::SUCCESS || units < s.settled)
      return damaged(f, number,
                     fmt::format("has {} units settled; expected a number from {} on",
                                 shown_value(found), s.settled));
    s.settled = units;
  }
  s.prepared = s.prepared || has("prepared");
  s.committed = s.committed || has("committed");
  s.shard_done = s.shard_done || has("shard_done");
  return {};
}

// Nothing where there is no journal.
result<std::optional<story>> read_story(const folder& f) {
  const auto content = journal::read(f.journal());
  if (!content && content.error().code == code::input_not_found) return std::optional<story>();
  if (!content) return content.error();
  if (content->records.empty()) return damaged(f, 0, "is missing");
  simdjson::dom::parser parser;
  auto head = head_of(f, content->records.front(), parser);
  if (!head) return std::move(head).error();
  story s;
  s.of = *std::move(head);
  for (std::size_t i = 1; i < content->records.size(); ++i)
    if (auto ok = add_record(f, i, content->records[i], parser, s); !ok) return ok.error();
  return std::optional<story>(std::move(s));
}

state state_of(const story& s) {
  if (s.committed) return state::finished;
  if (s.shard_done) return state::shard;
  return s.prepared ? state::committing : state::unfinished;
}

result<std::optional<manifest>> read_finished(const folder& f) {
  auto m = load_manifest(f.manifest());
  if (!m && m.error().code == code::input_not_found) return std::optional<manifest>();
  if (!m) return std::move(m).error();
  return std::optional<manifest>(std::move(m->of));
}

} // namespace

result<run_state> look_inside(const folder& f) {
  run_state r;
  auto told = read_story(f);
  if (!told) return std::move(told).error();
  if (*told) {
    r.is = state_of(**told);
    r.settled = (*told)->settled;
    r.of = std::move((*told)->of);
  }
  if (!*told || r.is == state::finished) {
    auto done = read_finished(f);
    if (!done) return std::move(done).error();
    if (*done) r.of = std::move(*done);
    if (*done) r.is = state::finished;
  }
  const auto work = io::exists(f.work());
  if (!work) return work.error();
  r.leftovers = *told ? r.is == state::finished : *work;
  return r;
}

result<run_state> look_at(const folder& f) {
  // Before anything else: a run that ends meanwhile then shows as running or as finished.
  const auto held = io::file_lock::held_by_another(f.lock());
  if (!held) return held.error();
  auto r = look_inside(f);
  if (r && *held) r->is = state::running;
  return r;
}

std::string_view name_of(state s) {
  switch (s) {
  case state::none: return "none";
  case state::running: return "running";
  case state::unfinished: return "unfinished";
  case state::committing: return "committing";
  case state::shard: return "shard";
  case state::finished: return "finished";
  }
  return "none";
}

} // namespace vigie::runs
