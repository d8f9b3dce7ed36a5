// SPDX-License-Identifier: Apache-2.0
// Computes typed expressions over batches, a chunk of rows at a time, node by node. What is not
// needed is not computed: the right side of and/or, the branches of case and the later arguments of
// coalesce see only the rows that reach them, so an error there concerns no other row.
// One evaluator belongs to one task; it keeps its memory from batch to batch.
#pragma once

#include "functions.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>

namespace vigie::core::expr {

class evaluator {
public:
  // `programs` live longer than the evaluator; program i may use the results of those before it.
  explicit evaluator(std::vector<const typed*> programs) : programs_(std::move(programs)) {}

  // Computes all programs over rows [0, rows) and calls each(first, n) chunk by chunk, when
  // result() holds rows [first, first + n). `columns` stand in the order of scope::used().
  template <class Each>
  void run(const std::vector<column>& columns, std::size_t rows, Each&& each) {
    columns_ = &columns;
    for (std::size_t first = 0; first < rows;) {
      const std::size_t n = compute(first, std::min(chunk_rows, rows - first));
      each(first, n);
      first += n;
    }
  }
  // Row i of the chunk at hand is row first + i. Valid until the next chunk.
  [[nodiscard]] const vec& result(std::size_t program) const { return results_[program]; }

  // Why `program` failed on this row of the batch that run() was last given: one line that quotes
  // no sensitive value.
  [[nodiscard]] std::string reason(std::size_t program, std::size_t row);

private:
  friend bool compute_constant(typed& node);

  // Rows actually computed, fewer than wanted where they make too much text; at least one.
  std::size_t compute(std::size_t first, std::size_t rows);
  void compute_all();

  // `active`: rows whose value is needed, null: all. The value and status of others mean nothing.
  vec evaluate(const typed& n, const std::uint8_t* active);

  // leaves and parts (evaluator.cpp)
  vec constant(const typed& n) const;
  vec load(const column& c, const typed& n);
  void load_states(const column& c, vec& out);
  vec load_values(const column& c, rep form);
  vec call(const typed& n, const std::uint8_t* active);
  vec arithmetic(const typed& n, const std::uint8_t* active);
  vec negate(const typed& n, const std::uint8_t* active);
  vec member(const typed& n, const std::uint8_t* active);
  vec element(const typed& n, const std::uint8_t* active);
  template <class T> T cell(const column& c, std::int64_t row);

  // true, false and null (logic.cpp)
  vec flat(const typed& n, const std::uint8_t* active);
  vec invert(const typed& n, const std::uint8_t* active);
  vec is_null(const typed& n, const std::uint8_t* active);
  vec is_truth(const typed& n, const std::uint8_t* active);
  vec compare(const typed& n, const std::uint8_t* active);
  vec equal_text(const typed& n);
  [[nodiscard]] bool is_equal_text(const typed& n) const;
  vec compared(comparison cmp, const typed& a, const vec& x, const typed& b, const vec& y);
  vec distinct(const typed& n, const std::uint8_t* active);
  vec in_list(const typed& n, const std::uint8_t* active);
  vec between(const typed& n, const std::uint8_t* active);
  vec like(const typed& n, const std::uint8_t* active);

  // one of several values (choice.cpp)
  vec choose(const typed& n, const std::uint8_t* active);
  vec coalesce(const typed& n, const std::uint8_t* active);
  vec nullif(const typed& n, const std::uint8_t* active);
  vec extreme(const typed& n, const std::uint8_t* active);
  vec concat(const typed& n, const std::uint8_t* active);
  std::string_view joined(std::span<const vec> values, std::string_view border, std::size_t i);
  std::uint8_t* remaining_rows(block& memory, const std::uint8_t* active);

  // casts (cast.cpp)
  vec cast(const typed& n, const std::uint8_t* active);

  // A vec with memory of its own for `rows_` values.
  vec fresh();
  std::uint8_t* states_of(vec& v);
  // The worst status of the arguments a row; no states where all are present.
  void merge_states(vec& out, std::span<const vec> args);
  // One row where every argument is one value, else all; sets out.step.
  std::size_t shape(vec& out, std::span<const vec> args) const;
  std::vector<vec> arguments(const typed& n, const std::uint8_t* active);
  call_frame frame(const typed& n, std::size_t rows, const std::uint8_t* active,
                   std::span<const vec> args, vec& out);
  [[nodiscard]] bool any(const std::uint8_t* rows) const;

  std::vector<const typed*> programs_;
  const std::vector<column>* columns_ = nullptr;
  std::size_t first_ = 0, rows_ = 0;
  // Before what uses them, so that they go last.
  block_pool values_{chunk_rows * sizeof(std::string_view)};
  block_pool bytes_{chunk_rows};
  text_arena texts_;
  std::deque<column> parts_; // lists and structs inside others
  fault_log log_;
  std::vector<vec> results_;
  std::unique_ptr<evaluator> explainer_;
};

// Computes a node whose arguments are constants and makes it one. false: it fails, or is nested;
// it then stays as it is and is computed, and fails, where a row needs it.
bool compute_constant(typed& node);

} // namespace vigie::core::expr
