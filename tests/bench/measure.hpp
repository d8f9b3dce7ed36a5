// SPDX-License-Identifier: Apache-2.0
// Runs the contenders of a workload: first the gate, where each has to give the right answer, then
// the rounds, in which they run in turn. Called once a workload; one child at a time.
#pragma once

#include "contenders.hpp"

#include <string>
#include <vector>

namespace bench {

struct settings {
  int runs = 5;
  std::vector<int> threads{1, 2};
  double patience_s = 20; // who takes longer at the gate runs once instead of `runs` times
};

struct measured {
  workload what;
  double input_mb = 0; // 1e6 bytes
  std::vector<contender> all;
  std::uint64_t rows = 0; // of the right answer
  bool sibling_judged = false;
  std::string wrong{}; // why our own answer is not believed; empty where it is
};

[[nodiscard]] measured measure(const workload& w, const inputs& all, const places& p,
                               const settings& s);

} // namespace bench
