// SPDX-License-Identifier: Apache-2.0
// What rows that are held over calls cost, and the budget they are held under. Used by row_queue
// and arranged_rows. Pure functions; a reservation belongs to one thread at a time.
#pragma once

#include "base/memory.hpp"
#include "base/result.hpp"
#include "batch/batch.hpp"

#include <cstdint>
#include <string>

namespace vigie::runs {

class spill_folder;

// Who holds the rows, for messages: the name of the step and its component.
struct row_owner {
  std::string step, use;
};

// run_memory: the rows of `owner` do not fit into the budget.
[[nodiscard]] diagnostic over_budget(const row_owner& owner, const memory_budget& memory);

// Puts each column and the origins into memory of their own, so that no chunk of an input stays
// behind them. A batch too large for its layout throws vigie::error.
void hold_alone(const schema& fields, data::batch& b);

// Bytes of a batch whose columns stand in memory of their own, its origins included.
[[nodiscard]] std::int64_t held_bytes(const schema& fields, const data::batch& b);

// How rows are held that go to `spill` where memory ends; nullptr: they cannot.
[[nodiscard]] inline memory_use use_with(const spill_folder* spill) {
  return spill == nullptr ? memory_use::firm : memory_use::spillable;
}

// A share of the budget that is given back with the object.
class reservation {
public:
  reservation(memory_budget& memory, memory_use use) : memory_(memory), use_(use) {}
  reservation(const reservation&) = delete;
  reservation& operator=(const reservation&) = delete;
  ~reservation() { less(bytes_); }

  // False, and nothing taken, where the budget is used up.
  [[nodiscard]] bool more(std::int64_t bytes) {
    if (!memory_.reserve(bytes, use_)) return false;
    bytes_ += bytes;
    return true;
  }
  void less(std::int64_t bytes) {
    (void)memory_.reserve(-bytes);
    bytes_ -= bytes;
  }
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }
  [[nodiscard]] const memory_budget& budget() const { return memory_; }

private:
  memory_budget& memory_;
  memory_use use_;
  std::int64_t bytes_ = 0;
};

} // namespace vigie::runs
