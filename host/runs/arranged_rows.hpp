// SPDX-License-Identifier: Apache-2.0
// The payload of a step that puts rows into another order (sort, dedup, head): rows come in, get
// the ids 0, 1, 2, ..., are named in their new order and leave by a row_queue. Called by exec; one
// thread at a time. Budget and folder are borrowed and outlive it.
//
// While the rows take at most half of the budget they stay in memory (the same rows stand twice
// while they are put in order) and are gathered. Beyond that they go to a scratch file in the
// order they came, and the permutation is made outside of memory, by sorting and distributing
// (Aggarwal and Vitter, "The Input/Output Complexity of Sorting and Related Problems", CACM 31(9),
// 1988; Knuth, The Art of Computer Programming, vol. 3, 5.4):
//   A. pairs (id, position) are sorted by id: runs as they come, then k-way merges (id_merge.hpp);
//   B. with the pairs in order of id, the rows are read once, in the order they came, and
//      distributed to buckets, each a range of positions;
//   C. a bucket that fits is put in order and handed on; one that does not is distributed again.
// Working memory is max(limit / 8, 256 KiB), reserved from the budget as far as it reaches, and
// what one batch of output takes where that is more; few files are open, as all runs and buckets
// of a pass share one. The batches are the same with and without the file.
#pragma once

#include "held_rows.hpp"
#include "row_queue.hpp"
#include "spill.hpp"

#include <cstdint>
#include <memory>
#include <span>

namespace vigie::runs {

// What is wrong with the order that was given, for the caller to word: it knows who gave it.
enum class id_fault : std::uint8_t {
  none,
  unknown, // no row has this id
  twice,   // the row was named before
};
struct order_check {
  id_fault fault = id_fault::none;
  std::uint64_t id = 0;
};

class arranged_rows {
public:
  static constexpr std::int64_t rows_a_batch = 16 * 1024;

  // Columns of all batches are `fields`; those absent in the first are absent in all. `spill`
  // nullptr: a refused reservation is an error (run_memory), worded for `owner`. `repeats`: an id
  // may be named more than once.
  arranged_rows(schema fields, memory_budget& memory, spill_folder* spill, row_owner owner,
                bool repeats);
  arranged_rows(const arranged_rows&) = delete;
  arranged_rows& operator=(const arranged_rows&) = delete;
  ~arranged_rows();

  // The next rows; their ids follow on. To be called before the component that orders them sees
  // the rows, since it may name them at once. Errors: run_memory, those of spill_file.
  [[nodiscard]] status add(data::batch b);
  [[nodiscard]] std::uint64_t rows() const;    // added: the next id
  [[nodiscard]] std::uint64_t ordered() const; // named

  // The ids that come next in the output; rows not named by `finish` are left out. After a fault
  // the ids before the faulty one count and the object is of no further use. Errors: run_memory,
  // those of spill_file.
  [[nodiscard]] result<order_check> order(std::span<const std::uint64_t> ids);

  // Pushes the rows in their new order, in batches of rows_a_batch, the last one smaller, and
  // gives back everything held. Each has origins, {-1, -1, -1} where a row has none. Once. Errors:
  // those of row_queue::push, spill_damaged, pack_damaged, those of reading.
  [[nodiscard]] status finish(row_queue& to);

  [[nodiscard]] bool spilled() const;

private:
  class held;
  std::unique_ptr<held> held_;
};

} // namespace vigie::runs
