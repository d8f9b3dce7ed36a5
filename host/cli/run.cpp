// SPDX-License-Identifier: Apache-2.0
// vigie run: the pipeline from inputs to outputs.
#include "exec/run.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "session.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace vigie::cli {
namespace {

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

void print_result(const plan::plan& p, const exec::run_result& r, bool json) {
  if (!json) {
    for (const plan::step_plan& s : p.steps) {
      const exec::step_counts& c = r.counts[s.index];
      if (s.active && c.rejected > 0)
        fmt::print(stderr, "step '{}': {} of {} rows rejected ({})\n", s.name, c.rejected,
                   c.rows_in, s.doc->errors.action == error_action::route ? "routed" : "dropped");
    }
    for (const exec::made_output& o : r.outputs)
      fmt::print("{}/{}  {} row{}, {}\n", p.out, o.file, o.rows, o.rows == 1 ? "" : "s",
                 text::human_bytes(o.bytes));
    return;
  }
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
  fmt::print("{}\n", w.text());
}

bool rejected_any(const exec::run_result& r) {
  for (const exec::step_counts& c : r.counts)
    if (c.rejected > 0) return true;
  return false;
}

} // namespace

int run_command(const arguments& a) {
  session s(a);
  if (!s.load()) return s.refuse();
  const auto p = s.make_plan();
  if (!p) return s.refuse();
  const auto split = size_option(a, "split", std::int64_t{16} << 20U);
  const auto threads = number_option(a, "threads", 1);
  if (!split || !threads) return refused;
  note_strangers(*p, s.problems());
  note_stdin(*p, s.problems());
  if (!a.has("quiet") && !a.has("json")) print(s.problems(), false);
  exec::run_options o;
  o.threads = s.threads();
  o.split_bytes = static_cast<std::uint64_t>(*split);
  o.digest = s.doc().run.digest == digest_mode::splits;
  o.force = a.has("force");
  o.progress = progress_style(a);
  auto r = exec::execute(*p, s.services(), o);
  if (!r) {
    print({r.error()}, a.has("json"));
    return r.error().code == code::output_exists ? refused : failed;
  }
  print_result(*p, *r, a.has("json"));
  return a.has("strict") && rejected_any(*r) ? done_with_errors : done;
}

} // namespace vigie::cli
