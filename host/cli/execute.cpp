// SPDX-License-Identifier: Apache-2.0
#include "execute.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "config/scalars.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace vigie::cli {
namespace {

constexpr std::int64_t largest_split = std::int64_t{8} << 20U;
constexpr std::int64_t smallest_split = std::int64_t{64} << 10U;

// Splits are the unit of work and of memory: many threads hold several of them.
std::int64_t split_for(std::int64_t memory) {
  return std::clamp(memory / 16, smallest_split, largest_split);
}

void note_strangers(const plan::plan& p, diagnostics& out) {
  std::vector<std::string> names;
  for (const plan::step_plan& s : p.steps)
    if (s.active && s.made->stranger() && std::ranges::find(names, s.doc->use) == names.end())
      names.push_back(s.doc->use);
  if (names.empty()) return;
  diagnostic d =
      fail(code::plan_stranger,
           fmt::format("{} come{} from outside the installation and run{} with your rights",
                       text::join(names, ", "), names.size() == 1 ? "s" : "",
                       names.size() == 1 ? "s" : ""));
  d.severity = severity::note;
  out.push_back(std::move(d));
}

void note_stdin(const plan::plan& p, diagnostics& out) {
  for (const plan::step_plan& s : p.steps) {
    if (!s.active || std::ranges::find(s.files, "-") == s.files.end()) continue;
    diagnostic d =
        fail(code::plan_stdin, "standard input is read by one thread and cannot be read again");
    d.severity = severity::note;
    d.place.step = s.name;
    out.push_back(std::move(d));
  }
}

observe::progress::style progress_style(const arguments& a) {
  if (a.has("quiet") || a.has("json")) return observe::progress::style::none;
  return ::isatty(STDERR_FILENO) == 1 ? observe::progress::style::terminal
                                      : observe::progress::style::plain;
}

void print_rejected(const plan::plan& p, const exec::run_result& r) {
  for (const plan::step_plan& s : p.steps) {
    const exec::step_counts& c = r.counts[s.index];
    if (s.active && c.rejected > 0)
      fmt::print(stderr, "step '{}': {} of {} rows rejected ({})\n", s.name, c.rejected, c.rows_in,
                 s.doc->errors.action == error_action::route ? "routed" : "dropped");
  }
}

// One line a file, or one for all of a step that wrote very many.
void print_outputs(const plan::plan& p, const exec::run_result& r) {
  constexpr std::ptrdiff_t most_lines = 20;
  if (r.nothing_new) fmt::print("nothing new\n");
  const auto line = [&](const std::string& file, std::int64_t rows, std::uint64_t bytes) {
    fmt::print("{}/{} {} row{}, {}\n", p.out, file, rows, rows == 1 ? "" : "s",
               text::human_bytes(bytes));
  };
  for (auto first = r.outputs.begin(); first != r.outputs.end();) {
    const auto last = std::find_if(
        first, r.outputs.end(), [&](const exec::made_output& o) { return o.step != first->step; });
    exec::made_output all{.step = first->step, .file = {}, .sha256 = {}};
    for (auto o = first; o != last; ++o) {
      all.rows += o->rows;
      all.bytes += o->bytes;
      if (last - first <= most_lines) line(o->file + " ", o->rows, o->bytes);
    }
    const auto s = std::ranges::find(p.steps, all.step, &plan::step_plan::name);
    if (last - first > most_lines)
      line(fmt::format("{}  {} files,", s->file, last - first), all.rows, all.bytes);
    first = last;
  }
}

void print_json(const session& session, const plan::plan& p, const exec::run_result& r) {
  json_writer w;
  w.begin_object()
      .field("seconds", r.seconds)
      .field("splits", r.splits)
      .key("outputs")
      .begin_array();
  for (const exec::made_output& o : r.outputs)
    w.begin_object()
        .field("step", o.step)
        .field("file", p.out + "/" + o.file)
        .field("rows", o.rows)
        .field("bytes", o.bytes)
        .field("sha256", o.sha256)
        .end_object();
  w.end_array().key("steps").begin_array();
  for (const plan::step_plan& s : p.steps) {
    const exec::step_counts& c = r.counts[s.index];
    if (s.active)
      w.begin_object()
          .field("step", s.name)
          .field("rows_in", c.rows_in)
          .field("rows_out", c.rows_out)
          .field("dropped", c.dropped)
          .field("rejected", c.rejected)
          .end_object();
  }
  w.end_array().end_object();
  fmt::print("{}\n", session.masked(w.text()));
}

bool rejected_any(const exec::run_result& r) {
  for (const exec::step_counts& c : r.counts)
    if (c.rejected > 0) return true;
  return false;
}

void note_taken_over(const exec::run_result& r, const exec::run_options& o) {
  if (o.resume)
    fmt::print(stderr, "went on with the run: {} of {} units of work were done already\n",
               r.taken_over, r.splits);
  if (!o.since.empty())
    fmt::print(stderr, "{} input{} new, {} known from '{}'\n", r.inputs.size(),
               r.inputs.size() == 1 ? " is" : "s are", r.left_out.size(), o.since);
}

bool refused_before_work(code c) {
  return c == code::output_exists || c == code::run_unfinished || c == code::run_in_progress ||
         c == code::run_changed || c == code::run_shard;
}

std::string absolute(const std::string& path) { return std::filesystem::absolute(path).string(); }

} // namespace

std::optional<checkpoint_choice> checkpoint_option(const arguments& a) {
  if (!a.has("checkpoint")) return checkpoint_choice{std::chrono::milliseconds(2000)};
  const std::string text = a.value("checkpoint");
  if (text == "none") return checkpoint_choice{};
  const auto microseconds = text == "0" ? result<std::int64_t>(0) : parse_duration(text);
  if (microseconds && *microseconds >= 0)
    return checkpoint_choice{std::chrono::milliseconds(*microseconds / 1000)};
  print({fail(code::command_line,
              fmt::format("--checkpoint takes a duration such as 2s, 0 or none, not '{}'", text))},
        a.has("json"));
  return std::nullopt;
}

std::optional<exec::run_options> run_options_of(const session& s, const arguments& a) {
  const auto split = size_option(a, "split", split_for(s.services().memory->limit()));
  const auto threads = number_option(a, "threads", 1);
  const auto checkpoint = checkpoint_option(a);
  if (!split || !threads || !checkpoint) return std::nullopt;
  exec::run_options o;
  o.threads = s.threads();
  o.split_bytes = static_cast<std::uint64_t>(*split);
  o.digest = s.doc().run.digest == digest_mode::splits;
  o.force = a.has("force");
  o.progress = progress_style(a);
  o.checkpoint = checkpoint->every;
  o.sensitive_shown = s.services().show_sensitive;
  o.called = s.called();
  return o;
}

int run_and_print(session& s, const arguments& a, exec::run_options o) {
  const auto p = s.make_plan();
  if (!p) return s.refuse();
  note_strangers(*p, s.problems());
  note_stdin(*p, s.problems());
  if (!a.has("quiet") && !a.has("json")) s.print(s.problems());
  auto r = exec::execute(*p, s.services(), o);
  if (!r) {
    s.print({r.error()});
    return refused_before_work(r.error().code) ? refused : failed;
  }
  if (a.has("json")) {
    print_json(s, *p, *r);
  } else {
    if (!a.has("quiet")) note_taken_over(*r, o);
    print_rejected(*p, *r);
    if (!a.has("quiet")) print_outputs(*p, *r);
  }
  return a.has("strict") && rejected_any(*r) ? done_with_errors : done;
}

result<recalled> recall(const arguments& a, const runs::manifest& m, const std::string& out) {
  recalled r{a, out};
  std::error_code error;
  if (std::filesystem::current_path(error).string() != m.called.folder) {
    r.out = absolute(out);
    for (auto& [name, values] : r.as.options) {
      if (name != "secret" && name != "plugin-dir") continue;
      for (std::string& v : values) {
        const std::size_t path = name == "secret" ? v.find('=') + 1 : 0;
        v = v.substr(0, path) + absolute(v.substr(path));
      }
    }
    std::filesystem::current_path(m.called.folder, error);
    if (error)
      return fail(code::input_not_found,
                  fmt::format("the run was called in '{}', and that folder cannot be entered",
                              m.called.folder))
          .help("its relative paths start there; put the folder back");
  }
  r.as.words = {m.pipeline_file};
  r.as.options["set"] = m.called.set;
  r.as.options["out"] = {r.out};
  std::vector<std::string>& folders = r.as.options["plugin-dir"];
  folders.insert(folders.end(), m.called.plugin_dirs.begin(), m.called.plugin_dirs.end());
  return r;
}

void take_over(exec::run_options& o, const runs::manifest& m) {
  o.split_bytes = m.split_bytes;
  o.digest = m.digests;
  o.called = m.called;
  o.since = m.since;
  if (m.shard && m.shards) o.shard = exec::shard_of{*m.shard, *m.shards};
}

} // namespace vigie::cli
