// SPDX-License-Identifier: Apache-2.0
// The properties: a pipeline gives the same rows and the same bytes in its files whatever the
// number of threads, the size of splits and the timing of tasks. Runs the pipeline under many
// conditions and holds each run against the first. Used inside this room only. [main] thread.
#pragma once

#include "cells.hpp"
#include "testing.hpp"
#include "workbench.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace vigie::testing {

struct property_input {
  std::map<std::string, std::vector<row>> given; // rows of steps, cut into batches by the runs
  std::set<std::string> collect; // steps whose rows are compared; empty: the files of all writers
};

// The runs' first disagreement, or what stopped the first run, in `out`. False where a run could
// not be made at all.
[[nodiscard]] bool check_property(const setting& s, workbench& bench, property p,
                                  const property_input& in, yaml::mark at, outcome& out);

} // namespace vigie::testing
