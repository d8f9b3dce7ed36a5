// SPDX-License-Identifier: Apache-2.0
// Which step's rows go where: `from` and the step above.
#include "base/text.hpp"
#include "build.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::plan::parts {
namespace {

// The nearest step above that gives rows.
std::optional<std::size_t> above(const work& w, std::size_t i) {
  while (i-- > 0)
    if (!w.made.steps[i].is_writer()) return i;
  return std::nullopt;
}

void connect_reader(work& w, std::size_t i) {
  const step& doc = w.doc.steps[i];
  if (doc.from == from_kind::implicit) return;
  w.wrong(i, fail(code::plan_reader_with_from,
                  fmt::format("'{}' reads files; it takes no rows from other steps", doc.use))
                 .at(w.at(doc.inputs.empty() ? doc.at : doc.inputs.front().at))
                 .help("remove `from`"));
}

bool gives_rows(work& w, std::size_t i, const step_ref& r) {
  if (r.errors || !w.made.steps[r.index].is_writer()) return true;
  w.wrong(i, fail(code::plan_reads_writer,
                  fmt::format("'{}' is a writer; no rows come out of it", r.step))
                 .at(w.at(r.at)));
  return false;
}

void connect_ports(work& w, std::size_t i, const std::vector<std::string>& names) {
  const step& doc = w.doc.steps[i];
  std::vector<input_port> ports(names.size());
  for (std::size_t p = 0; p < names.size(); ++p) {
    ports[p].name = names[p];
    for (const step_ref& r : doc.inputs)
      if (r.port == names[p] && gives_rows(w, i, r))
        ports[p].edges.push_back({r.index, r.errors, {}, {}});
    if (ports[p].edges.empty() && w.sound[i])
      w.wrong(i,
              fail(code::plan_ports, fmt::format("'{}' has the input ports {}; '{}' gets no rows",
                                                 doc.use, text::join(names, ", "), names[p]))
                  .at(w.at(doc.inputs.empty() ? doc.at : doc.inputs.front().at))
                  .help(fmt::format("write from: {{{}: STEP, ...}}", names[p])));
  }
  for (const step_ref& r : doc.inputs)
    if (std::ranges::find(names, r.port) == names.end())
      w.wrong(i, fail(code::plan_ports, fmt::format("'{}' has no input port '{}'; it has {}",
                                                    doc.use, r.port, text::join(names, ", ")))
                     .at(w.at(r.at)));
  w.made.steps[i].ports = std::move(ports);
}

void connect_one(work& w, std::size_t i) {
  const step& doc = w.doc.steps[i];
  input_port port;
  for (const step_ref& r : doc.inputs) {
    if (!r.port.empty())
      return w.wrong(
          i, fail(code::plan_ports,
                  fmt::format("'{}' has one input without a name, not '{}'", doc.use, r.port))
                 .at(w.at(r.at))
                 .help("write from: STEP"));
    if (gives_rows(w, i, r)) port.edges.push_back({r.index, r.errors, {}, {}});
  }
  if (doc.from == from_kind::implicit) {
    const auto from = above(w, i);
    if (!from)
      return w.wrong(i, fail(code::plan_no_input,
                             fmt::format("'{}' takes rows, and no step above gives any", doc.use))
                            .help("begin with a reader such as core.read_jsonl"));
    port.edges.push_back({*from, false, {}, {}});
  }
  w.made.steps[i].ports = {std::move(port)};
}

void check_on_error(work& w, std::size_t i) {
  const step_plan& s = w.made.steps[i];
  if (s.doc->errors.at.line == 0) return;
  if (s.kind == loader::component_kind::encode || s.kind == loader::component_kind::arrange)
    w.wrong(i, fail(code::plan_on_error,
                    fmt::format("{} steps reject no rows", loader::name_of(s.kind)))
                   .at(w.at(s.doc->errors.at)));
}

} // namespace

void connect(work& w) {
  for (std::size_t i = 0; i < w.made.steps.size(); ++i) {
    step_plan& s = w.made.steps[i];
    if (!s.made) continue; // no component, so nobody knows what it takes
    check_on_error(w, i);
    if (s.is_reader())
      connect_reader(w, i);
    else if (const auto& names = s.made->ref().info->ports; !names.empty())
      connect_ports(w, i, names);
    else
      connect_one(w, i);
  }
  for (step_plan& s : w.made.steps)
    for (std::size_t p = 0; p < s.ports.size(); ++p)
      for (std::size_t e = 0; e < s.ports[p].edges.size(); ++e) {
        const edge& from = s.ports[p].edges[e];
        auto& to = from.errors ? w.made.steps[from.from].error_consumers
                               : w.made.steps[from.from].consumers;
        to.push_back({s.index, p, e});
      }
}

} // namespace vigie::plan::parts
