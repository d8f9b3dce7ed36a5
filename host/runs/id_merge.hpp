// SPDX-License-Identifier: Apache-2.0
// Sorts pairs (id, position) by id outside of memory: runs of what fits, written to a scratch file,
// then merged some at a time until one pass is left, which is read pair by pair. Balanced merging
// as in Knuth, The Art of Computer Programming, vol. 3, 5.4.1. Used by arranged_rows. One thread.
#pragma once

#include "spill.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace vigie::runs {

struct id_position {
  std::uint64_t id, position;
  friend auto operator<=>(const id_position&, const id_position&) = default;
};

class id_merge {
public:
  // Holds at most `bytes` of pairs, at least 64 KiB; and a few of bookkeeping for each run.
  id_merge(spill_folder& folder, std::int64_t bytes);
  id_merge(const id_merge&) = delete;
  id_merge& operator=(const id_merge&) = delete;
  ~id_merge();

  // Errors: those of spill_file, spill_damaged.
  [[nodiscard]] status add(id_position p);
  // No more pairs will come: `next` may be called.
  [[nodiscard]] status finish_adding();
  // The pairs by ascending id, equal ids by position; nothing behind the last.
  [[nodiscard]] result<std::optional<id_position>> next();

private:
  struct run; // a sorted part of the file
  class merger;

  [[nodiscard]] status write_run();
  [[nodiscard]] status merge_pass();
  [[nodiscard]] result<std::uint64_t> merge_into(spill_file& to, merger& from) const;

  spill_folder& folder_;
  std::size_t room_, block_, fan_; // pairs in memory, pairs a block, runs merged at once
  std::vector<id_position> pairs_;
  std::shared_ptr<spill_file> file_;
  std::vector<run> runs_;
  std::unique_ptr<merger> last_;
};

} // namespace vigie::runs
