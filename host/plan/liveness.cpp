// SPDX-License-Identifier: Apache-2.0
// Which steps and which columns a run needs: from what is wanted at the end backward to the
// readers.
#include "build.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::plan::parts {
namespace {

bool wanted(const work& w, const step_plan& s) {
  if (w.options.collect.contains(s.name)) return true;
  return s.is_writer() && (w.options.collect.empty() || w.options.whole);
}

// Columns of a port that are read: by the component, or carried to somebody below.
std::vector<bool> read_columns(const step_plan& s, std::size_t p) {
  const input_port& port = s.ports[p];
  std::vector<bool> out(port.fields.size(), false);
  for (const int n : port.needs)
    if (n >= 0) out[static_cast<std::size_t>(n)] = true;
  if (p != 0) return out;
  for (const name_piece& n : s.file_name)
    if (n.column >= 0) out[static_cast<std::size_t>(n.column)] = true;
  for (std::size_t k = 0; k < s.columns.size(); ++k)
    if (s.live[k] && s.columns[k].carried >= 0)
      out[static_cast<std::size_t>(s.columns[k].carried)] = true;
  return out;
}

void mark_live(work& w, step_plan& s) {
  s.live.assign(s.fields.size(), w.options.collect.contains(s.name));
  for (const consumer& c : s.consumers) {
    const step_plan& to = w.made.steps[c.step];
    if (!to.active) continue;
    const std::vector<bool> read = read_columns(to, c.port);
    const edge& e = to.ports[c.port].edges[c.edge];
    for (std::size_t k = 0; k < read.size(); ++k)
      if (read[k] && e.map[k] >= 0) s.live[static_cast<std::size_t>(e.map[k])] = true;
  }
}

// Columns that an input of a union lacks are made for those who read them.
void mark_filled(step_plan& s) {
  for (std::size_t p = 0; p < s.ports.size(); ++p) {
    const std::vector<bool> read = read_columns(s, p);
    for (edge& e : s.ports[p].edges) {
      e.fill.assign(read.size(), false);
      for (std::size_t k = 0; k < read.size(); ++k) e.fill[k] = read[k] && e.map[k] < 0;
    }
  }
}

template <class T> void project(work& w, step_plan& s, const T* table) {
  for (std::size_t k = 0; k < s.fields.size(); ++k)
    if (s.live[k]) s.projection.push_back(static_cast<int>(k));
  vigie_error e = fresh_error();
  const vigie_status code = table->project(s.made->self(), s.projection.data(),
                                           static_cast<std::uint32_t>(s.projection.size()), &e);
  if (code < 0) w.wrong(s.index, s.made->error_of(e, code));
}

} // namespace

void choose_active(work& w) {
  for (step_plan& s : w.made.steps) {
    s.active = wanted(w, s);
    const bool read = !s.consumers.empty();
    if (!s.is_writer() && !read && w.options.collect.empty()) {
      diagnostic d =
          fail(code::plan_unread_step, fmt::format("nobody reads the rows of step '{}'", s.name))
              .at(w.at(s.doc->at))
              .help("add a writer such as core.write_jsonl, or remove the step");
      d.severity = severity::warning;
      w.out.push_back(std::move(d));
    }
  }
  for (std::size_t i = w.made.steps.size(); i-- > 0;) {
    step_plan& s = w.made.steps[i];
    if (!s.active || w.options.given.contains(s.name)) continue;
    for (const input_port& p : s.ports)
      for (const edge& e : p.edges) w.made.steps[e.from].active = true;
  }
}

void push_projections(work& w) {
  for (std::size_t i = w.made.steps.size(); i-- > 0;) mark_live(w, w.made.steps[i]);
  for (step_plan& s : w.made.steps) {
    if (!s.active || w.options.given.contains(s.name)) continue;
    mark_filled(s);
    if (s.kind == loader::component_kind::decode)
      project(w, s, s.made->iface<vigie_decode_0>("vigie.decode/0"));
    if (s.kind == loader::component_kind::source)
      project(w, s, s.made->iface<vigie_source_0>("vigie.source/0"));
  }
}

} // namespace vigie::plan::parts
