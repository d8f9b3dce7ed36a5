// SPDX-License-Identifier: Apache-2.0
// The parts of making a plan, in the order they are done. Used inside this room only; [main]
// thread.
#pragma once

#include "plan.hpp"

namespace vigie::plan::parts {

// What the parts share while a plan is made.
struct work {
  const pipeline& doc;
  const scope& values;
  loader::catalog& catalog;
  const services& shared;
  const build_options& options;
  diagnostics& out;
  plan made;
  std::vector<bool> sound; // by step: nothing wrong so far, so that later parts may speak of it

  void wrong(std::size_t step, diagnostic d);
  [[nodiscard]] place at(yaml::mark m) const { return yaml::place_of(m, doc.file); }
};

// Finds components, reads parameters, creates instances.
void make_steps(work& w);

// A parameter of the host: its value, unset where it was not given, and where it stands.
struct host_value {
  const std::vector<param_value>& values;
  const std::vector<param_spec>& table;
  [[nodiscard]] const param_value* find(std::string_view name) const; // nullptr: no such parameter
  [[nodiscard]] std::string text(std::string_view name) const;        // empty where there is none
};

// Where a writer writes: judges `file` and what belongs to it.
void take_output(work& w, step_plan& s, const loader::component_info& info,
                 const host_value& given);

// Finds the columns that the names of a bound writer's files go by.
void bind_file_name(work& w, step_plan& s);

// Says which step's rows go to which port.
void connect(work& w);

// Calls bind on every component, in order, and works out the columns after each step.
void bind(work& w);

// Leaves out steps that this run does not need.
void choose_active(work& w);

// Which columns somebody reads; tells readers.
void push_projections(work& w);

// Cuts the steps into stages.
void cut_stages(work& w);

} // namespace vigie::plan::parts
