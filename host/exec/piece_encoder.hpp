// SPDX-License-Identifier: Apache-2.0
// The encoder of one writer within one split: rows become bytes that output files put together in
// the order of the splits. A writer of many files has a task for each file. Used by fragment. One
// object, one task.
#pragma once

#include "carry.hpp"
#include "partition.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace vigie::exec {

// Bytes and rows since the last place where bytes may be cut.
struct encoded_slice {
  std::uint64_t bytes = 0;
  std::int64_t rows = 0;
};

// What the rows of a split, or of an instalment of it, became.
struct encoded {
  std::string bytes;
  std::string_view lying; // behind `bytes`: the component's own memory, while it writes them
  std::int64_t rows = 0;
  std::vector<encoded_slice> slices; // of all bytes, where the output is split by size
};

// A piece belongs to a writer and one of its files (partition_rows::file; empty: its only one).
struct piece_key {
  std::size_t step = 0;
  std::string file;
  friend auto operator<=>(const piece_key&, const piece_key&) = default;
};
using pieces_by_file = std::map<piece_key, encoded>;

// Takes what a piece has so far, and bytes that lie behind it, at once: they are not copied.
using pass_function = std::function<status(const piece_key&, encoded)>;

class piece_encoder {
public:
  // `seed` is the task's, the same for all files.
  piece_encoder(const plan::step_plan& s, std::uint64_t seed);
  piece_encoder(const piece_encoder&) = delete;
  piece_encoder& operator=(const piece_encoder&) = delete;

  // Opens the task of a writer with one file.
  [[nodiscard]] status open();
  // Gives by how many bytes `pieces` grew, below 0 where they shrank. `pass` may be empty: long
  // runs of bytes go to it, but for outputs that are split by size. Errors: the component's, those
  // of `pass`, output_partitions.
  [[nodiscard]] result<std::int64_t> encode(data::batch b, pieces_by_file& pieces,
                                            const pass_function& pass);

private:
  using task = std::unique_ptr<void, void (*)(void*)>;

  [[nodiscard]] result<void*> task_of(const std::string& file);
  [[nodiscard]] status add(void* to, data::batch b, const pass_function& pass,
                           pieces_by_file::value_type& piece);
  [[nodiscard]] status add_slices(void* to, const data::batch& b, encoded& piece);
  [[nodiscard]] status add_slice(void* to, const data::batch& b, encoded& piece);

  const plan::step_plan& step_;
  const vigie_encode_0* table_;
  std::uint64_t seed_;
  partitioner partitions_;
  std::map<std::string, task> tasks_; // by file
};

// Rows as an encoder's task writes them, behind what `to` holds.
[[nodiscard]] status encode_rows(const plan::step_plan& s, void* task, data::batch b,
                                 std::string& to);

} // namespace vigie::exec
