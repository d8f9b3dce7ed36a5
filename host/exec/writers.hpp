// SPDX-License-Identifier: Apache-2.0
// The writers of a run: an output file fed by an encoder, and a sink with its one task. The
// schedule calls them under its turnstile, so each object meets one thread at a time.
#pragma once

#include "fragment.hpp"
#include "io/output.hpp"
#include "run_log.hpp"

#include <cstdint>

namespace vigie::exec {

// An output file: the pieces of an encoder in split order, or all rows of one that is SINGLE.
class output {
public:
  output(const run_context& run, std::size_t step, std::string temporary);
  ~output();
  output(const output&) = delete;
  output& operator=(const output&) = delete;

  // Creates the file and writes the head; or goes on with the file of a run that died, as far as
  // its last checkpoint says.
  [[nodiscard]] status open(const io::output_options& options,
                            const std::optional<output_state>& past);
  // Pieces come in the order of the splits and stand in the file as they are: a file cut off behind
  // any of them can be gone on with.
  [[nodiscard]] bool keeps_pieces() const { return keeps_pieces_; }
  [[nodiscard]] status checkpoint() { return file_->checkpoint(); }
  [[nodiscard]] output_state state() const { return {step_, file_->bytes_in(), rows_}; }
  // The temporary file outlives the object; also where it could not be opened.
  void keep() {
    if (file_) file_->keep();
  }
  [[nodiscard]] status piece(const encoded& e);
  [[nodiscard]] status write_rows(data::batch b);
  [[nodiscard]] status finish(); // foot, fsync
  [[nodiscard]] const std::string& temporary() const { return temporary_; }
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
  bool keeps_pieces_ = false;
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
  [[nodiscard]] status write_rows(data::batch b, step_counts& counts,
                                  std::vector<rejected_row>& rejects);
  [[nodiscard]] status prepare();
  void abort();
  [[nodiscard]] const std::string& receipt() const { return receipt_; } // after prepare
  [[nodiscard]] std::size_t step() const { return step_; }
  [[nodiscard]] std::string made() const {
    return folder_ + "/" + run_.step(step_).file;
  } // the file it made
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

// The second phase of a sink, for what is no file. May be done twice.
[[nodiscard]] status commit_sink(const plan::step_plan& s, const std::string& receipt);

} // namespace vigie::exec
