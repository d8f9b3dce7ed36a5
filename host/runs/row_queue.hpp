// SPDX-License-Identifier: Apache-2.0
// Rows that one part of a run gives and a later part takes, in order: in memory while they take at
// most half of the budget and it does not refuse, from there on packed in a scratch file. Filled
// and emptied by exec. Any thread; budget and folder are borrowed and outlive it. Batches keep
// their borders and their order.
#pragma once

#include "held_rows.hpp"
#include "spill.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

namespace vigie::runs {

class row_queue {
public:
  // `spill` nullptr: a refused reservation is an error (run_memory), worded for `owner`.
  row_queue(schema fields, memory_budget& memory, spill_folder* spill, row_owner owner);
  row_queue(const row_queue&) = delete;
  row_queue& operator=(const row_queue&) = delete;

  // One batch with the columns of `fields`; those not present stay absent. It is given memory of
  // its own (hold_alone), reserved for. Errors: run_memory, those of spill_file.
  [[nodiscard]] status push(data::batch b);
  // The same for a batch that stands in memory of its own already.
  [[nodiscard]] status push_alone(data::batch b);

  [[nodiscard]] std::size_t batches() const; // pushed so far, those taken included
  [[nodiscard]] std::int64_t rows() const;   // of these
  [[nodiscard]] bool spilled() const;

  // The batch number i, which must have been pushed; each is taken once, in ascending order: the
  // call waits until i - 1 was asked for. Its share of the budget is given back. Errors: what
  // `cancel` was given; spill_damaged, pack_damaged, those of reading; internal for a batch that is
  // not there or was taken before.
  [[nodiscard]] result<data::batch> take(std::size_t i);
  // The next n batches are not wanted; they go without being read. Before anything waits.
  void skip(std::size_t n);
  // Whoever waits, and every later take, gets this error; the first one given counts.
  void cancel(diagnostic why);

private:
  struct entry {
    data::batch rows;         // in memory
    std::int64_t bytes = 0;   // reserved for it
    std::uint64_t offset = 0; // in the file
    bool in_file = false;
  };

  [[nodiscard]] bool keep(data::batch& b);
  [[nodiscard]] status write(const data::batch& b);
  [[nodiscard]] result<entry> next(std::size_t i, std::shared_ptr<spill_file>& file);
  void leave();

  schema fields_;
  row_owner owner_;
  spill_folder* spill_;
  mutable std::mutex mutex_; // over all that follows
  std::condition_variable turn_;
  reservation held_;
  std::deque<entry> waiting_; // from batch taken_ on
  std::size_t pushed_ = 0, taken_ = 0;
  std::int64_t rows_ = 0;
  bool spilled_ = false, flushed_ = true;
  std::shared_ptr<spill_file> file_; // while batches wait in it
  std::optional<diagnostic> cancelled_;
};

} // namespace vigie::runs
