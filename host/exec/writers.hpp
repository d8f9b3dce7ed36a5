// SPDX-License-Identifier: Apache-2.0
// The writers of a run: the files of an encoder, and a sink with its one task. The schedule calls
// them under its turnstile, so each object meets one thread at a time.
#pragma once

#include "fragment.hpp"
#include "io/output.hpp"
#include "run_log.hpp"

#include <cstdint>
#include <map>

namespace vigie::exec {

// One file of an encoder: its head, pieces or rows, its foot.
class written_file {
public:
  // `temporary` is where it is written, `shown` what messages call it.
  written_file(const run_context& run, std::size_t step, std::string temporary, std::string shown);
  ~written_file();
  written_file(const written_file&) = delete;
  written_file& operator=(const written_file&) = delete;

  // Creates the file and writes the head; or goes on with the file of a run that died, as far as
  // its last checkpoint says.
  [[nodiscard]] status open(const io::output_options& options,
                            const std::optional<output_state>& past);
  [[nodiscard]] status checkpoint() { return file_->checkpoint(); }
  [[nodiscard]] output_state state() const { return {step_, file_->bytes_in(), rows_}; }
  // The temporary file outlives the object; also where it could not be opened.
  void keep() {
    if (file_) file_->keep();
  }
  [[nodiscard]] status add(std::string_view bytes, std::int64_t rows);
  // What the file's own task makes of rows, behind what `to` holds; nothing is written.
  [[nodiscard]] status encode(data::batch b, std::string& to);
  [[nodiscard]] status finish(); // foot, fsync
  [[nodiscard]] const std::string& temporary() const { return temporary_; }
  [[nodiscard]] std::int64_t rows() const { return rows_; }
  [[nodiscard]] std::uint64_t bytes() const { return file_->bytes_in(); } // before compression
  [[nodiscard]] const io::output_file& file() const { return *file_; }

private:
  template <class F> [[nodiscard]] status call(F&& f);

  const run_context& run_;
  std::size_t step_;
  std::string temporary_, shown_;
  std::optional<io::output_file> file_;
  const vigie_encode_0* encode_ = nullptr;
  void* task_ = nullptr;
  std::int64_t rows_ = 0;
};

// A file that is complete and durable under its temporary name.
struct finished_file {
  std::string file; // relative to the output folder
  std::string temporary;
  std::int64_t rows = 0;
  std::uint64_t bytes = 0; // as stored
  std::string sha256;
};

// All that one encoder writes: one file, or one for each value of the columns that name files, each
// in parts where it is split by size. Takes pieces in the order of the splits, or all rows where
// the encoder is SINGLE. Which rows go to which file depends on the pieces, or rows, alone.
class output {
public:
  output(const run_context& run, std::size_t step, std::string temporary);
  output(const output&) = delete;
  output& operator=(const output&) = delete;

  [[nodiscard]] status open(const io::output_options& options,
                            const std::optional<output_state>& past);
  // Pieces come in the order of the splits and stand in the file as they are: a file cut off behind
  // any of them can be gone on with. Never where there are many files: their pieces come again.
  [[nodiscard]] bool keeps_pieces() const { return keeps_pieces_; }
  [[nodiscard]] status checkpoint() { return only().checkpoint(); } // keeps_pieces() alone
  [[nodiscard]] output_state state() { return only().state(); }     // the same
  void keep();
  // `file` as piece_key::file. Errors: the component's, those of io::output_file,
  // output_partitions.
  [[nodiscard]] status piece(const std::string& file, const encoded& e);
  [[nodiscard]] status write_rows(const data::batch& b); // errors: as piece
  [[nodiscard]] status finish();
  [[nodiscard]] std::size_t step() const { return step_; }
  // After finish: by name, and parts by number.
  [[nodiscard]] const std::vector<finished_file>& files() const { return finished_; }

private:
  // What is written below one name: the part at work, and those before it.
  struct target {
    std::unique_ptr<written_file> part;
    std::vector<finished_file> finished;
  };

  [[nodiscard]] written_file& only() { return *targets_.begin()->second.part; }
  [[nodiscard]] result<target*> target_of(const std::string& file);
  [[nodiscard]] status start_part(const std::string& file, target& t,
                                  const std::optional<output_state>& past);
  [[nodiscard]] status end_part(const std::string& file, target& t);
  [[nodiscard]] status next_part(const std::string& file, target& t);
  [[nodiscard]] bool has_room(const target& t, std::uint64_t bytes) const;
  [[nodiscard]] status add_slices(const std::string& file, target& t, const encoded& e);
  [[nodiscard]] std::string name_of_part(const std::string& file, const target& t) const;

  const run_context& run_;
  std::size_t step_;
  std::string temporary_;
  io::output_options options_;
  bool keeps_pieces_ = false;
  partitioner partitions_;
  std::map<std::string, target> targets_; // by name without the number of a part
  std::uint64_t made_ = 0;                // temporary files
  std::vector<finished_file> finished_;
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
