// SPDX-License-Identifier: Apache-2.0
// What the measurements come to: the figures of each contender, the verdict on each workload, as
// Markdown for the docs and as JSON for programs. Pure functions.
#pragma once

#include "figures.hpp"
#include "machine.hpp"
#include "measure.hpp"

#include <string>
#include <vector>

namespace bench {

struct report {
  machine where;
  std::string size; // S, M, L
  double load = 0;  // cores that others held before the first run
  std::vector<measured> workloads{};
  std::vector<figure> house{};
};

[[nodiscard]] std::string markdown(const report& r);
[[nodiscard]] std::string json(const report& r);

inline constexpr double busy = 0.3; // cores taken away; a run that lost more is marked

} // namespace bench
