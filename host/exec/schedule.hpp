// SPDX-License-Identifier: Apache-2.0
// Which split next, and on which thread: units of work run in parallel, their results are settled
// one after the other in the order of the units. A unit may start only a window ahead of the one to
// be settled next, so that results do not pile up. Called by run; starts threads and joins them.
#pragma once

#include "fragment.hpp"

#include <cstdint>
#include <functional>
#include <optional>

namespace vigie::exec {

struct schedule_options {
  int threads = 1;
  std::optional<std::uint64_t>
      delay_seed; // tests: waits of up to 2 ms before work and settling, drawn from this seed
};

struct schedule_calls {
  std::function<split_result(std::size_t, const unit_turn&)> work; // any thread
  // One at a time, in order; `last` but for instalments.
  std::function<status(std::size_t, split_result, bool last)> settle;
  std::function<bool()> enough; // after a settle: nothing more is wanted
};

// A unit that gave nothing but an error.
[[nodiscard]] split_result failed_unit(diagnostic d);

// The first failure in the order of the units, whatever thread met it. After a failure, or once it
// is enough, no further unit starts.
[[nodiscard]] status run_in_order(std::size_t units, const schedule_options& options,
                                  const schedule_calls& calls);

} // namespace vigie::exec
