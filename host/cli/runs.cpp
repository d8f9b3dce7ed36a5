// SPDX-License-Identifier: Apache-2.0
// vigie runs: the runs below a folder.
#include "base/text.hpp"
#include "io/files.hpp"
#include "runs/list.hpp"
#include "session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace vigie::cli {
namespace {

constexpr std::size_t columns = 6;
using line = std::array<std::string, columns>;

std::int64_t rows_of(const runs::manifest& m) {
  std::int64_t rows = 0;
  for (const runs::manifest_output& o : m.outputs) rows += o.rows;
  return rows;
}

// What there is to tell of the work: rows where the run is over, else units that are done.
std::string progress_text(const runs::run_state& s) {
  if (s.is != runs::state::finished) return fmt::format("{} settled", s.settled);
  return s.of ? fmt::format("{} row{}", rows_of(*s.of), rows_of(*s.of) == 1 ? "" : "s") : "";
}

std::string outputs_text(const runs::run_state& s) {
  if (s.is != runs::state::finished || !s.of) return {};
  const std::size_t n = s.of->outputs.size();
  return fmt::format("{} output{}", n, n == 1 ? "" : "s");
}

line line_of(const runs::listed_run& r) {
  if (r.problem) return {"damaged", "", "", "", "", text::printable(r.out)};
  const runs::manifest none;
  const runs::manifest& m = r.seen.of ? *r.seen.of : none;
  std::string state(runs::name_of(r.seen.is));
  if (r.seen.leftovers) state += "+leftovers";
  return {state,
          text::printable(m.pipeline_name),
          text::printable(m.started),
          progress_text(r.seen),
          outputs_text(r.seen),
          text::printable(r.out)};
}

void print_table(const std::vector<runs::listed_run>& list) {
  std::vector<line> lines{{"state", "pipeline", "started", "work", "outputs", "folder"}};
  for (const runs::listed_run& r : list) lines.push_back(line_of(r));
  std::array<std::size_t, columns> widths{};
  for (const line& l : lines)
    for (std::size_t k = 0; k < columns; ++k) widths[k] = std::max(widths[k], text::width(l[k]));
  for (const line& l : lines) {
    std::string out;
    for (std::size_t k = 0; k < columns; ++k) {
      out += l[k];
      if (k + 1 < columns) out.append(widths[k] - text::width(l[k]) + 2, ' ');
    }
    fmt::print("{}\n", out);
  }
}

void write_run(json_writer& w, const runs::listed_run& r) {
  w.begin_object().field("folder", r.out);
  w.field("state", r.problem ? "damaged" : runs::name_of(r.seen.is));
  if (r.problem) write_json(w.key("problem"), *r.problem);
  if (!r.problem) {
    w.field("leftovers", r.seen.leftovers).field("settled", r.seen.settled);
    if (r.seen.of)
      w.field("pipeline", r.seen.of->pipeline_name)
          .field("started", r.seen.of->started)
          .field("vigie", r.seen.of->vigie)
          .field("rows", rows_of(*r.seen.of))
          .field("outputs", r.seen.of->outputs.size());
  }
  w.end_object();
}

void print_json(const std::vector<runs::listed_run>& list) {
  json_writer w;
  w.begin_object().key("runs").begin_array();
  for (const runs::listed_run& r : list) write_run(w, r);
  w.end_array().end_object();
  fmt::print("{}\n", w.text());
}

// "out", where runs go unless told otherwise, or else the folder one stands in.
std::string default_folder() {
  const auto there = io::exists("out");
  return there && *there ? "out" : ".";
}

} // namespace

int runs_command(const arguments& a) {
  const std::string below = a.words.empty() ? default_folder() : a.words.front();
  const auto list = runs::list_runs(below);
  if (!list) {
    print({list.error()}, a.has("json"));
    return refused;
  }
  bool damaged = false;
  for (const runs::listed_run& r : *list) {
    damaged = damaged || r.problem;
    if (r.problem && !a.has("json")) print({*r.problem}, false);
  }
  if (a.has("json"))
    print_json(*list);
  else if (list->empty())
    fmt::print("no runs below '{}'\n", text::printable(below));
  else
    print_table(*list);
  return damaged ? failed : done;
}

} // namespace vigie::cli
