// SPDX-License-Identifier: Apache-2.0
// Sorted runs of keys in a scratch file, merged into one order: what is done with rows to be
// ordered that do not fit into memory. Called by core.sort, core.dedup, core.aggregate and, through
// record_sort, by the press family. Balanced merging (Knuth, The Art of Computer Programming, vol.
// 3, 5.4.1). All runs of a pass share one file. One task.
#pragma once

#include "key_store.hpp"

#include <vigie/component.hpp>
#include <vigie/step_memory.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace vigie::sorted {

class sort_runs {
public:
  // `host` is asked for the memory of merging, and whether to stop; it outlives the object.
  sort_runs(const host_services& host, vigie::spill files);
  sort_runs(const sort_runs&) = delete;
  sort_runs& operator=(const sort_runs&) = delete;
  ~sort_runs();

  // A further run: the first `most` rows of `sorted`. Throws E_IO, E_CANCELLED.
  void add(const key_store& sorted, std::uint64_t most);
  // Gives each of the first `most` ids in the order of all runs. Once. Throws E_IO, also where the
  // file holds other bytes than were written; E_CANCELLED; what `each` throws.
  void merge(std::uint64_t most, const std::function<void(std::uint64_t)>& each);

  // The same, row by row: after start_merge() each call gives the next row of all runs, valid until
  // the one after it; nullptr behind the last. What add() was given is read back whole.
  void start_merge();
  [[nodiscard]] const keyed_row* next();

private:
  struct run {
    std::uint64_t begin, end; // bytes of the file
  };
  class writer;
  class merger;

  [[nodiscard]] std::size_t runs_at_once();
  void merge_pass(std::size_t at_once);

  const host_services& host_;
  vigie::spill files_;
  vigie::spill_file file_;
  std::vector<run> runs_;
  std::size_t longest_ = 0; // bytes of a block
  step_memory memory_;
  std::unique_ptr<merger> merged_;
  std::uint64_t given_ = 0; // rows
};

} // namespace vigie::sorted
