// SPDX-License-Identifier: Apache-2.0
// What the house itself costs: the boundary between host and plugins, start-up, and what a second
// thread brings. Each figure stands behind a correctness gate: a wrong answer ends the program.
// Variants run in turn, the median of the rounds is given.
#pragma once

#include <string>
#include <vector>

namespace bench {

struct figure {
  std::string name, unit, aim;
  double value = 0;
};

[[nodiscard]] std::vector<figure> figures_of_the_house();

} // namespace bench
