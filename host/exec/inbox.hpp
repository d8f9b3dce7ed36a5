// SPDX-License-Identifier: Apache-2.0
// Steps that take their rows in the order of the input, or all of them at once. The schedule calls
// these under its turnstile, so each object meets one thread at a time.
#pragma once

#include "base/memory.hpp"
#include "carry.hpp"
#include "fragment.hpp"
#include "writers.hpp"

#include <cstdint>
#include <memory>

namespace vigie::exec {

// A step that takes its rows in order. What it gives out is held and becomes the splits of its own
// stage.
class inbox {
public:
  explicit inbox(memory_budget& memory) : memory_(memory) {}
  inbox(const inbox&) = delete;
  inbox& operator=(const inbox&) = delete;
  virtual ~inbox() { (void)memory_.reserve(-reserved_); }
  [[nodiscard]] virtual status open() = 0;
  [[nodiscard]] virtual status take(delivery d) = 0;
  [[nodiscard]] virtual status end() = 0; // no more rows will come
  // What left the step: rows, and rejected rows as an error port gives them.
  std::vector<data::batch> rows, errors;
  step_counts counts;
  std::vector<rejected_row> limited; // as split_result::limited

protected:
  // Keeps rows for later: each column in memory of its own, so that no chunk of the input stays
  // behind them. Error: run_memory.
  [[nodiscard]] status hold(const plan::step_plan& s, const schema& fields, data::batch& b);
  // Only the accounting of it. Error: run_memory.
  [[nodiscard]] status account(const plan::step_plan& s, const schema& fields,
                               const data::batch& b);
  [[nodiscard]] status reserve(const plan::step_plan& s, std::int64_t bytes);
  [[nodiscard]] std::int64_t reserved() const { return reserved_; }
  void give_back(std::int64_t bytes);
  // A throw-away fragment without streaming steps turns rejects into rows of the error port.
  [[nodiscard]] status take_rejects(const run_context& run, std::size_t step,
                                    const std::vector<rejected_row>& rejects);

private:
  memory_budget& memory_;
  std::int64_t reserved_ = 0; // given back with the inbox
};

// The inbox for a step of the plan. `file` or `sink` belong to writers and outlive it.
[[nodiscard]] std::unique_ptr<inbox> make_inbox(const run_context& run, std::size_t step,
                                                memory_budget& memory, output* file,
                                                sink_task* sink);

} // namespace vigie::exec
