// SPDX-License-Identifier: Apache-2.0
// vigie trace: from a row of an output to the bytes it was made of, and the steps between.
#include "exec/trace.hpp"

#include "base/text.hpp"
#include "batch/cell.hpp"
#include "config/scalars.hpp"
#include "execute.hpp"
#include "generations.hpp"
#include "io/excerpt.hpp"
#include "plan/sensitive.hpp"
#include "runs/verify.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace vigie::cli {
namespace {

constexpr std::size_t most_origins = 20;
constexpr std::uint64_t most_bytes = 2000, around = 60, bytes_of_many = 200;

struct wanted_row {
  std::string file;
  std::int64_t row = 0; // from 1 on
};

result<wanted_row> wanted(const std::string& word) {
  const std::size_t colon = word.rfind(':');
  const auto row =
      colon == std::string::npos ? result<std::int64_t>(0) : parse_integer(word.substr(colon + 1));
  if (colon == std::string::npos || colon == 0 || !row || *row < 1)
    return fail(code::command_line, fmt::format("'{}' names no row of an output", word))
        .help("write FILE:ROW, such as timeline.jsonl:7; rows are counted from 1 on");
  return wanted_row{word.substr(0, colon), *row};
}

result<runs::manifest_output> output_of(const runs::manifest& m, const wanted_row& w) {
  std::vector<std::string> names;
  for (const runs::manifest_output& o : m.outputs) {
    names.push_back(o.file);
    if (o.file != w.file) continue;
    if (w.row <= o.rows) return o;
    return fail(code::trace_row,
                fmt::format("'{}' has {} rows, so none is number {}", o.file, o.rows, w.row));
  }
  return fail(code::trace_row, fmt::format("the run wrote no '{}'", w.file))
      .help("its outputs are " + text::join(names, ", "));
}

// Which of the rows that reach the writer, from 0 on, is row `row` of the file: those of the parts
// before it come before. A file that is named by columns has its rows alone, as `o` then says.
std::int64_t row_of_writer(const runs::manifest& m, const plan::plan& p,
                           const runs::manifest_output& file, std::int64_t row,
                           exec::run_options& o) {
  const plan::step_plan& s = *std::ranges::find(p.steps, file.step, &plan::step_plan::name);
  const auto name_of = [&](const runs::manifest_output& f) {
    return s.split_size > 0 ? plan::without_part(f.file) : f.file;
  };
  const std::string name = name_of(file);
  if (s.is_partitioned()) o.only_file = name;
  for (const runs::manifest_output& before : m.outputs) {
    if (before.file == file.file) break;
    if (before.step == file.step && name_of(before) == name) row += before.rows;
  }
  return row;
}

// The steps on the way to a writer, in the order of the pipeline.
std::vector<const runs::manifest_step*> way_to(const runs::manifest& m, const std::string& writer) {
  std::set<std::string> on_it{writer};
  std::vector<const runs::manifest_step*> out;
  for (auto s = m.steps.rbegin(); s != m.steps.rend(); ++s) {
    if (!on_it.contains(s->name)) continue;
    out.insert(out.begin(), &*s);
    for (const std::string& from : s->from) on_it.insert(from.substr(0, from.find(".errors")));
  }
  return out;
}

// Is what was read the same as in the run, and are the plugins?
status same_as_then(const runs::manifest& m, const plan::plan& p, const exec::traced_row& t) {
  for (const plan::step_plan& s : p.steps) {
    const auto then =
        std::ranges::find(m.plugins, s.made->ref().plugin->info.id, &runs::manifest_plugin::id);
    if (s.active && (then == m.plugins.end() || then->sha256 != s.made->ref().plugin->sha256))
      return fail(code::run_changed, fmt::format("plugin '{}' is not the one of the run",
                                                 s.made->ref().plugin->info.id))
          .help("`vigie verify` lists all that changed");
  }
  for (const exec::used_input& i : t.inputs) {
    const auto then = std::ranges::find_if(m.inputs, [&](const runs::manifest_input& k) {
      return k.step == i.step && k.name == i.file.name;
    });
    bool same = then != m.inputs.end() && then->size == i.file.facts.size;
    for (const io::split_digest& d : i.splits)
      same = same &&
             (then->splits.empty() || std::ranges::find(then->splits, d) != then->splits.end());
    if (!same)
      return fail(code::run_changed,
                  fmt::format("input '{}' is not the one of the run", i.file.path))
          .help("`vigie verify` lists all that changed");
  }
  return {};
}

// Sensitive cells begin as columns that some step adds; the rows that an error port keeps are no
// such mark of the user's.
bool any_sensitive(const plan::plan& p) {
  return std::ranges::any_of(p.steps, [](const plan::step_plan& s) {
    return s.active && std::ranges::any_of(s.adds, plan::is_sensitive);
  });
}

io::read_options reading_of(const plan::plan& p, const exec::used_input& in) {
  io::read_options o;
  const auto s = std::ranges::find(p.steps, in.step, &plan::step_plan::name);
  if (s != p.steps.end()) {
    o.compression = io::compression_named(s->compression).value_or(io::compression::automatic);
    if (s->archive == "none") o.archives = io::archives::none;
    o.encoding = s->encoding;
  }
  return o;
}

// A place in the inputs, with its bytes; shown or, where sensitive cells may be in it, not.
struct shown_place {
  std::string name, path;
  std::int64_t offset = 0, length = 0;
  bool withheld = false;
  io::excerpt text;
};

class traced {
public:
  traced(const session& s, const plan::plan& p, const runs::manifest& m, const wanted_row& w,
         const std::string& writer, const exec::traced_row& row)
      : session_(s), plan_(p), manifest_(m), wanted_(w), writer_(writer), row_(row),
        withheld_(any_sensitive(p) && !s.services().show_sensitive) {}

  // Reads the excerpts. Error: those of reading.
  status look() {
    const auto spans = row_.group ? row_.group->first : std::vector{row_.origin};
    for (const vigie_span& s : spans) {
      if (s.file < 0) continue;
      auto place = look_at(s, row_.group ? bytes_of_many : most_bytes);
      if (!place) return std::move(place).error();
      places_.push_back(*std::move(place));
    }
    return {};
  }

  void print_text() const;
  void print_json() const;

private:
  result<shown_place> look_at(const vigie_span& s, std::uint64_t most) const {
    const exec::used_input& in = row_.inputs[static_cast<std::size_t>(s.file)];
    shown_place out{in.file.name, in.file.path, s.offset, s.length, withheld_, {}};
    if (withheld_ || in.file.standard_input) return out;
    auto text =
        io::read_excerpt(in.file, reading_of(plan_, in), static_cast<std::uint64_t>(s.offset),
                         static_cast<std::uint64_t>(s.length), most, around);
    if (!text) return std::move(text).error();
    out.text = *std::move(text);
    return out;
  }

  [[nodiscard]] std::string cell(std::size_t k, bool json) const {
    const data::cell_options o{session_.services().show_sensitive};
    const column c(row_.fields[k], *row_.row.columns[k].array);
    if (!json) return session_.masked(data::display(c, 0, o));
    std::string out;
    data::append_json(out, c, 0, o);
    return session_.masked(out);
  }

  void print_place(const shown_place& p) const;
  void print_group() const;

  const session& session_;
  const plan::plan& plan_;
  const runs::manifest& manifest_;
  const wanted_row& wanted_;
  const std::string& writer_;
  const exec::traced_row& row_;
  bool withheld_;
  std::vector<shown_place> places_;
};

void traced::print_place(const shown_place& p) const {
  fmt::print("{}, bytes {} to {} ({})\n", text::printable(p.path), p.offset, p.offset + p.length,
             text::human_bytes(static_cast<std::uint64_t>(p.length)));
  if (p.withheld) {
    fmt::print("    withheld: the pipeline has sensitive columns; see --show-sensitive\n");
    return;
  }
  const bool tty = ::isatty(STDOUT_FILENO) == 1;
  const auto shown = [&](const std::string& t) { return session_.masked(text::printable(t)); };
  fmt::print("    {}{}{}{}{}", shown(p.text.before), tty ? "\x1b[7m" : "»", shown(p.text.bytes),
             tty ? "\x1b[0m" : "«", shown(p.text.after));
  if (p.text.cut > 0) fmt::print(" ... {} more bytes", p.text.cut);
  fmt::print("\n");
}

void traced::print_group() const {
  const exec::traced_group& g = *row_.group;
  const std::string& step = plan_.steps[g.step].name;
  if (!g.unknown.empty()) {
    fmt::print("made by step '{}' of a group of rows that cannot be told: {}\n", step, g.unknown);
    return;
  }
  fmt::print("made by step '{}' of {} row{}{}\n", step, g.rows, g.rows == 1 ? "" : "s",
             static_cast<std::size_t>(g.rows) > places_.size()
                 ? fmt::format("; those of the first {} are", places_.size())
                 : std::string());
}

void traced::print_text() const {
  fmt::print("{}:{}\n", wanted_.file, wanted_.row);
  for (std::size_t k = 0; k < row_.fields.size(); ++k)
    fmt::print("    {}: {}\n", session_.masked(row_.fields[k].name),
               text::elide(text::printable(cell(k, false)), 200));
  fmt::print("\nfrom\n");
  if (row_.group) print_group();
  for (const shown_place& p : places_) print_place(p);
  if (places_.empty() && !row_.group) fmt::print("no bytes of an input\n");
  fmt::print("\nby\n");
  for (const runs::manifest_step* s : way_to(manifest_, writer_)) {
    fmt::print("    {}: {} ({} {})\n", s->name, s->use, s->plugin, s->version);
    for (const runs::named_value& v : s->params)
      if (v.json != "null") fmt::print("        {}: {}\n", v.name, session_.masked(v.json));
  }
}

void traced::print_json() const {
  std::string row = "{";
  for (std::size_t k = 0; k < row_.fields.size(); ++k) {
    if (k > 0) row += ", ";
    append_json_string(row, row_.fields[k].name);
    row += ": " + cell(k, true);
  }
  json_writer w(0);
  w.begin_object().field("file", wanted_.file).field("row", wanted_.row).key("from").begin_array();
  for (const shown_place& p : places_) {
    w.begin_object().field("name", p.name).field("path", p.path);
    w.field("offset", p.offset).field("length", p.length).field("withheld", p.withheld);
    w.field("bytes", session_.masked(p.text.bytes)).field("cut", p.text.cut).end_object();
  }
  w.end_array();
  if (row_.group)
    w.key("group")
        .begin_object()
        .field("step", plan_.steps[row_.group->step].name)
        .field("rows", row_.group->rows)
        .field("unknown", row_.group->unknown)
        .end_object();
  w.key("steps").begin_array();
  for (const runs::manifest_step* s : way_to(manifest_, writer_))
    w.begin_object()
        .field("step", s->name)
        .field("use", s->use)
        .field("plugin", s->plugin)
        .field("version", s->version)
        .end_object();
  w.end_array().end_object();
  std::string text = w.text();
  text.insert(text.size() - 1, ",\"cells\":" + row + "}");
  fmt::print("{}\n", text);
}

int stop(const arguments& a, const diagnostic& d, int exit) {
  print({d}, a.has("json"));
  return exit;
}

} // namespace

int trace_command(const arguments& a) {
  const auto w = wanted(a.words[1]);
  if (!w) return stop(a, w.error(), refused);
  const auto stored = runs::finished_run({a.words[0]});
  if (!stored) return stop(a, stored.error(), refused);
  const runs::manifest& m = stored->of;
  const auto output = output_of(m, *w);
  if (!output) return stop(a, output.error(), refused);
  auto r = recall(a, m, a.words[0]);
  if (!r) return stop(a, r.error(), refused);
  session s(r->as);
  s.use_source(m.pipeline_source);
  if (!s.load()) return s.refuse();
  auto o = run_options_of(s, r->as);
  if (!o) return refused;
  take_over(*o, m);
  o->progress = observe::progress::style::none;
  o->scratch =
      (std::filesystem::temp_directory_path() / fmt::format("vigie-{}", ::getpid())).string();
  if (!m.since.empty()) {
    auto known = known_inputs(m.since, r->out);
    if (!known) return stop(a, known.error(), refused);
    o->known = *std::move(known);
  }
  const exec::plan_maker make = [&](const std::string& step) {
    return s.make_plan({.given = {}, .collect = {step}, .whole = true});
  };
  const auto p = make(output->step);
  if (!p) return s.refuse();
  const auto row = exec::trace(make, s.services(), *o, output->step,
                               row_of_writer(m, *p, *output, w->row - 1, *o), most_origins);
  if (!row) {
    s.print({row.error()});
    return failed;
  }
  if (auto ok = same_as_then(m, *p, *row); !ok) return stop(a, ok.error(), failed);
  traced t(s, *p, m, *w, output->step, *row);
  if (auto ok = t.look(); !ok) return stop(a, ok.error(), failed);
  a.has("json") ? t.print_json() : t.print_text();
  return done;
}

} // namespace vigie::cli
