// SPDX-License-Identifier: Apache-2.0
// vigie show: the first rows of a step, as a table for people or as JSON lines. Reads no more input
// than it needs.
#include "base/json.hpp"
#include "base/text.hpp"
#include "batch/cell.hpp"
#include "batch/gather.hpp"
#include "exec/run.hpp"
#include "session.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::cli {
namespace {

struct shown {
  schema fields;
  std::vector<std::vector<std::string>> cells; // by row; JSON texts with --json, else for people
  std::vector<std::string> places;             // by row: where in the input it comes from
};

// The last step that gives rows.
std::string last_step(const pipeline& doc, const plan::plan& p) {
  for (std::size_t i = doc.steps.size(); i-- > 0;)
    if (!p.steps[i].is_writer()) return doc.steps[i].name;
  return {};
}

std::vector<std::size_t> chosen_columns(const schema& fields, const std::string& list,
                                        diagnostics& out) {
  std::vector<std::size_t> all;
  if (list.empty()) {
    for (std::size_t k = 0; k < fields.size(); ++k) all.push_back(k);
    return all;
  }
  for (const std::string_view name : text::split(list, ',')) {
    const int at = find_field(fields, name);
    if (at >= 0)
      all.push_back(static_cast<std::size_t>(at));
    else
      out.push_back(fail(code::plan_schema, fmt::format("the step has no column '{}'", name)));
  }
  return all;
}

std::string place_text(const vigie_span& s, const std::vector<std::string>& files) {
  if (s.file < 0 || static_cast<std::size_t>(s.file) >= files.size()) return {};
  return fmt::format("{}:{}-{}", files[static_cast<std::size_t>(s.file)], s.offset,
                     s.offset + s.length);
}

shown collect(const plan::step_plan& step, const std::vector<data::batch>& batches,
              const std::vector<std::size_t>& columns, std::int64_t rows,
              const std::vector<std::string>& files, const session& session, bool json) {
  const bool sensitive = session.services().show_sensitive;
  shown out;
  for (const std::size_t k : columns) {
    out.fields.push_back(step.fields[k]);
    out.fields.back().name = session.masked(step.fields[k].name);
  }
  for (const data::batch& b : batches) {
    std::vector<data::shared_column> dense;
    for (const std::size_t k : columns) dense.push_back(data::gather(step.fields[k], b.columns[k]));
    for (std::int64_t i = 0; i < b.rows && static_cast<std::int64_t>(out.cells.size()) < rows;
         ++i) {
      auto& row = out.cells.emplace_back();
      for (std::size_t k = 0; k < columns.size(); ++k) {
        const column c(out.fields[k], *dense[k].array);
        std::string text;
        if (json)
          data::append_json(text, c, i, {sensitive});
        else
          text = data::display(c, i, {sensitive});
        row.push_back(session.masked(std::move(text)));
      }
      out.places.push_back(place_text(b.origin(i), files));
    }
  }
  return out;
}

bool is_number(const field& f) { return is_integer(f.kind) || f.kind == kind::float64; }

void print_table(const shown& s, std::size_t widest) {
  std::vector<std::string> names;
  for (const field& f : s.fields) names.push_back(f.name);
  names.emplace_back("input bytes");
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < s.cells.size(); ++i) {
    auto& row = rows.emplace_back();
    for (const std::string& cell : s.cells[i])
      row.push_back(text::elide(text::printable(cell), widest));
    row.push_back(s.places[i]);
  }
  std::vector<std::size_t> widths;
  for (std::size_t k = 0; k < names.size(); ++k) {
    std::size_t w = text::width(names[k]);
    for (const auto& row : rows) w = std::max(w, text::width(row[k]));
    widths.push_back(w);
  }
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string out;
    for (std::size_t k = 0; k < cells.size(); ++k) {
      const std::string pad(widths[k] - text::width(cells[k]), ' ');
      const bool right = k < s.fields.size() && is_number(s.fields[k]);
      out += (k > 0 ? "  " : "") + (right ? pad + cells[k] : cells[k] + pad);
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    fmt::print("{}\n", out);
  };
  line(names);
  std::vector<std::string> rule;
  for (const std::size_t w : widths) rule.emplace_back(w, '-');
  line(rule);
  for (const auto& row : rows) line(row);
}

void print_json(const shown& s) {
  for (std::size_t i = 0; i < s.cells.size(); ++i) {
    std::string out = "{";
    for (std::size_t k = 0; k < s.fields.size(); ++k) {
      append_json_string(out, s.fields[k].name);
      out += ": " + s.cells[i][k] + ", ";
    }
    out += "\"input_bytes\": ";
    append_json_string(out, s.places[i]);
    fmt::print("{}}}\n", out);
  }
}

} // namespace

int show_command(const arguments& a) {
  session s(a);
  if (!s.load()) return s.refuse();
  const auto rows = number_option(a, "rows", 10);
  const auto width = number_option(a, "width", 40);
  const auto split = size_option(a, "split", std::int64_t{16} << 20U);
  if (!rows || !width || !split) return refused;
  const auto whole = s.make_plan();
  if (!whole) return s.refuse();
  const std::string name = a.value("step", last_step(s.doc(), *whole));
  const auto step = std::ranges::find(whole->steps, name, &plan::step_plan::name);
  if (step == whole->steps.end() || step->is_writer()) {
    std::vector<std::string> names;
    for (const plan::step_plan& p : whole->steps)
      if (!p.is_writer()) names.push_back(p.name);
    const std::string near = nearest(name, names);
    s.problems().push_back(
        fail(code::no_such_step,
             step == whole->steps.end()
                 ? fmt::format("there is no step '{}'", name)
                 : fmt::format("step '{}' is a writer; no rows come out of it", name))
            .help(near.empty() ? "steps with rows: " + text::join(names, ", ")
                               : fmt::format("did you mean '{}'?", near)));
    return s.refuse();
  }
  const std::vector<std::size_t> columns =
      chosen_columns(step->fields, a.value("columns"), s.problems());
  if (any_error(s.problems())) return s.refuse();
  s.problems().clear();
  const auto p = s.make_plan({.given = {}, .collect = {name}});
  if (!p) return s.refuse();
  exec::run_options o;
  o.threads = s.threads();
  o.split_bytes = static_cast<std::uint64_t>(*split);
  o.digest = false;
  o.write = false;
  o.first_rows = *rows;
  auto r = exec::execute(*p, s.services(), o);
  if (!r) {
    s.print({r.error()});
    return failed;
  }
  const shown table = collect(p->steps[step->index], r->collected[step->index], columns, *rows,
                              r->file_names(), s, a.has("json"));
  if (a.has("json"))
    print_json(table);
  else
    print_table(table, static_cast<std::size_t>(*width));
  return done;
}

} // namespace vigie::cli
