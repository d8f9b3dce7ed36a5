// SPDX-License-Identifier: Apache-2.0
// What the counts of a run must keep to: the rows that steps may reject, `at_most` and
// `at_most_percent` of `on_error`, and that each step took what those before it gave. Called by
// run, from the thread that settles units, in their order.
#pragma once

#include "counts.hpp"
#include "fragment.hpp"
#include "run.hpp"

#include <cstdint>
#include <vector>

namespace vigie::exec {

class rejection_limits {
public:
  // Both outlive it.
  rejection_limits(const plan::plan& p, const run_context& context);
  // Rejected rows of steps with `at_most: N`, in order. Error: too_many_errors at the row behind
  // the N-th, the same whatever the threads.
  [[nodiscard]] status count(const std::vector<rejected_row>& rows);

private:
  const plan::plan& plan_;
  const run_context& context_;
  std::vector<std::int64_t> counted_; // by step
};

// After the last row. Errors: too_many_errors where a step rejected more than its
// `at_most_percent` of 100 rows or more, run_not_conserved.
[[nodiscard]] status judge(const plan::plan& p, const std::vector<step_counts>& counts,
                           const run_options& options);

} // namespace vigie::exec
