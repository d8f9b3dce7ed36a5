// SPDX-License-Identifier: Apache-2.0
// What is measured: the workloads, their inputs, the form of their answers and what they aim at.
// A table, read by everything else in the benchmark.
#pragma once

#include "gate.hpp"
#include "generate.hpp"

#include <string>
#include <vector>

namespace bench {

struct workload {
  std::string id;  // as people name it: W6a
  std::string key; // names the pipeline, the limit and the peers' files: w6_copy
  std::string title;
  form answer;
  bool flows;       // reads flows and indicators instead of measurements
  double aim;       // at least so many times the best peer's MB per CPU second; W5: milliseconds
  bool two_threads; // has an aim for the wall time of two threads
};

[[nodiscard]] const std::vector<workload>& workloads();

// The start of the program, judged by its wall time: W1 on one record.
[[nodiscard]] inline bool is_start(const workload& w) { return w.id == "W5"; }

[[nodiscard]] std::filesystem::path input_of(const workload& w, const inputs& all);

inline constexpr double aim_two_threads = 0.55; // of the wall time of one
inline constexpr double aim_sibling = 0.85;     // of the workload's MB per CPU second

} // namespace bench
