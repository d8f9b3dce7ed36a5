// SPDX-License-Identifier: Apache-2.0
// What happens in the order of the input, one thing after the other: steps that need their rows in order or whole, and
// output files. The schedule calls these under its turnstile, so each object meets one thread at a time.
#pragma once

#include "base/memory.hpp"
#include "carry.hpp"
#include "fragment.hpp"
#include "io/output.hpp"

#include <cstdint>
#include <memory>

namespace vigie::exec {

// A step that takes its rows in order. What it gives out is held and becomes the splits of its own stage.
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
  // Keeps rows for later: each column in memory of its own, so that no chunk of the input stays behind them. Error:
  // run_memory.
  [[nodiscard]] status hold(const plan::step_plan& s, const schema& fields, data::batch& b);
  // Only the accounting of it. Error: run_memory.
  [[nodiscard]] status account(const plan::step_plan& s, const schema& fields, const data::batch& b);
  [[nodiscard]] status reserve(const plan::step_plan& s, std::int64_t bytes);
  [[nodiscard]] std::int64_t reserved() const { return reserved_; }
  void give_back(std::int64_t bytes);
  // A throw-away fragment without streaming steps turns rejects into rows of the error port.
  [[nodiscard]] status take_rejects(const run_context& run, std::size_t step, const std::vector<rejected_row>& rejects);

private:
  memory_budget& memory_;
  std::int64_t reserved_ = 0; // given back with the inbox
};

// An output file: the pieces of an encoder in split order, or all rows of one that is SINGLE.
class output {
public:
  output(const run_context& run, std::size_t step, std::string temporary);
  ~output();
  output(const output&) = delete;
  output& operator=(const output&) = delete;

  [[nodiscard]] status open(const io::output_options& options); // creates the file, writes the head
  [[nodiscard]] status piece(const encoded& e);
  [[nodiscard]] status write_rows(data::batch b);
  [[nodiscard]] status finish(); // foot, fsync
  [[nodiscard]] status commit(const std::string& final_path) { return file_->commit(final_path); }
  [[nodiscard]] std::int64_t rows() const { return rows_; }
  [[nodiscard]] const io::output_file& file() const { return *file_; }
  [[nodiscard]] std::size_t step() const { return step_; }

private:
  template <class F> [[nodiscard]] status call(F&& f);

  const run_context& run_;
  std::size_t step_;
  std::string temporary_;
  std::optional<io::output_file> file_;
  const vigie_encode_0* encode_ = nullptr;
  void* task_ = nullptr;
  std::int64_t rows_ = 0;
  std::string bytes_;
};

// A sink: one task, all rows in order; prepared before anything of the run is committed.
class sink_task {
public:
  sink_task(const run_context& run, std::size_t step, std::string folder);
  ~sink_task();
  sink_task(const sink_task&) = delete;
  sink_task& operator=(const sink_task&) = delete;

  [[nodiscard]] status open();
  [[nodiscard]] status write_rows(data::batch b, step_counts& counts, std::vector<rejected_row>& rejects);
  [[nodiscard]] status prepare();
  [[nodiscard]] status commit(); // of what is no file
  void abort();
  [[nodiscard]] std::size_t step() const { return step_; }
  [[nodiscard]] std::string made() const { return folder_ + "/" + run_.step(step_).file; } // the file it made
  [[nodiscard]] const std::string& folder() const { return folder_; }
  [[nodiscard]] std::int64_t rows() const { return rows_; }

private:
  const run_context& run_;
  std::size_t step_;
  std::string folder_;
  const vigie_sink_0* sink_;
  void* task_ = nullptr;
  std::string receipt_;
  std::int64_t rows_ = 0;
};

// The inbox for a step of the plan. `file` or `sink` belong to writers and outlive it.
[[nodiscard]] std::unique_ptr<inbox> make_inbox(const run_context& run, std::size_t step, memory_budget& memory, output* file, sink_task* sink);

} // namespace vigie::exec
