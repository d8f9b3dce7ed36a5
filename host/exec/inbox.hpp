// SPDX-License-Identifier: Apache-2.0
// Steps that take their rows in the order of the input, or all of them at once. The schedule calls
// these under its turnstile, so each object meets one thread at a time.
#pragma once

#include "base/memory.hpp"
#include "carry.hpp"
#include "fragment.hpp"
#include "runs/arranged_rows.hpp"
#include "runs/row_queue.hpp"
#include "writers.hpp"

#include <cstdint>
#include <memory>

namespace vigie::exec {

// What inboxes of a run share.
struct inbox_services {
  memory_budget& memory;
  runs::spill_folder* spill = nullptr; // nullptr: rows beyond the budget end the run
};

// A step that takes its rows in order. What it gives out is held, in memory or beyond it, and
// becomes the units of its own stage.
class inbox {
public:
  inbox(const run_context& run, std::size_t step, const inbox_services& services);
  inbox(const inbox&) = delete;
  inbox& operator=(const inbox&) = delete;
  virtual ~inbox();
  [[nodiscard]] virtual status open() = 0;
  [[nodiscard]] virtual status take(delivery d) = 0;
  [[nodiscard]] virtual status end() = 0; // no more rows will come
  // What left the step: rows, and rejected rows as an error port gives them.
  runs::row_queue rows, errors;
  step_counts counts;
  std::vector<rejected_row> limited; // as split_result::limited

protected:
  // A share of the budget for what a component holds itself. Error: run_memory.
  [[nodiscard]] status reserve(std::int64_t bytes);
  // A throw-away fragment without streaming steps turns rejects into rows of the error port.
  [[nodiscard]] status take_rejects(const std::vector<rejected_row>& rejects);

  const run_context& run_;
  const plan::step_plan& step_;
  const inbox_services& services_;

private:
  runs::reservation reserved_;
};

// The inbox for a step of the plan. `file` or `sink` belong to writers and outlive it.
[[nodiscard]] std::unique_ptr<inbox> make_inbox(const run_context& run, std::size_t step,
                                                const inbox_services& services, output* file,
                                                sink_task* sink);

} // namespace vigie::exec
