// SPDX-License-Identifier: Apache-2.0
// What the units of a stage are and what feeds them: input files cut into splits, the pieces of
// sources, batches that an earlier step gave out. Made by run for one run; `units_of` on its one
// thread and in the order of the stages, `feed` by any task.
#pragma once

#include "fragment.hpp"
#include "io/inputs.hpp"
#include "io/reader.hpp"
#include "observe/log.hpp"
#include "run.hpp"
#include "runs/row_queue.hpp"

#include <cstdint>
#include <map>

namespace vigie::exec {

// What one unit of a stage reads.
struct unit {
  enum class content : std::uint8_t { file, source, rows, errors, given };
  content what = content::rows;
  std::size_t origin = 0;
  std::int32_t file = -1;
  io::split split;       // file
  std::string source_id; // source
  std::size_t batch = 0; // rows, errors: which of the origin's queue
  data::batch rows;      // given
};

// Called after each piece of work with what came together since the last call; takes from the
// fragment what may be settled early.
using offer_function = std::function<status(fragment&, std::size_t bytes_read)>;

class feeder {
public:
  feeder(const run_context& run, const plan::services& shared, const run_options& options,
         run_result& result);

  // Lists the files of every reader into run_result::inputs, leaving out those that `options` says
  // are known. Errors: those of list_inputs, with the step.
  [[nodiscard]] status list_files();

  // Inputs were left out, and of the readers that leave some out none has any left.
  [[nodiscard]] bool nothing_new() const { return !result_.left_out.empty() && fresh_ == 0; }

  // Rows of steps that gave them out before: their queues, by step. Outlive the units.
  void queues_of(std::size_t step, runs::row_queue* rows, runs::row_queue* errors);

  [[nodiscard]] result<std::vector<unit>> units_of(const plan::stage& st);

  // The rows of a unit that has some already; an empty batch for others. Every unit of a stage asks
  // for them, first thing and once, because queues give out in order.
  [[nodiscard]] result<data::batch> rows_of(const unit& u);
  [[nodiscard]] status feed(fragment& f, const unit& u, data::batch rows,
                            const offer_function& offer);

  [[nodiscard]] std::uint64_t total_bytes() const { return total_bytes_; }
  [[nodiscard]] const std::vector<std::string>& file_names() const { return file_names_; }
  // The very bytes of a record, read anew; empty where its text is not the file's bytes.
  [[nodiscard]] std::string read_bytes(const vigie_span& s) const;

private:
  struct queues {
    runs::row_queue *rows = nullptr, *errors = nullptr;
  };

  [[nodiscard]] status list_files(const plan::step_plan& s);
  [[nodiscard]] io::read_options read_options(const plan::step_plan& s) const;
  [[nodiscard]] std::uint64_t split_bytes_of(const plan::stage& st) const;
  [[nodiscard]] status add_units(std::size_t origin, std::uint64_t split_bytes,
                                 std::vector<unit>& to);
  [[nodiscard]] status add_file_units(const plan::step_plan& s, std::uint64_t split_bytes,
                                      std::vector<unit>& to);
  [[nodiscard]] status add_source_units(const plan::step_plan& s, std::vector<unit>& to) const;
  [[nodiscard]] status feed_file(fragment& f, const unit& u, const offer_function& offer);
  [[nodiscard]] status feed_whole(fragment& f, const unit& u, io::split_reader& reader,
                                  const io::read_options& o, const offer_function& offer) const;
  [[nodiscard]] status feed_archive(fragment& f, const unit& u, io::split_reader& reader,
                                    const offer_function& offer) const;
  [[nodiscard]] status feed_text(fragment& f, const unit& u, io::split_reader& reader,
                                 const io::member& text, bool begins,
                                 const offer_function& offer) const;
  [[nodiscard]] status open_decoder(const plan::step_plan& s, const unit& u, const io::member& text,
                                    bool begins, void** task) const;
  [[nodiscard]] status feed_chunk(fragment& f, const unit& u, const io::chunk& c, void* task) const;
  [[nodiscard]] status feed_source(fragment& f, const unit& u, const offer_function& offer) const;

  const run_context& run_;
  const plan::services& shared_;
  const run_options& options_;
  run_result& result_;
  std::size_t fresh_ = 0;                         // inputs of readers that leave known ones out
  std::vector<std::string> file_names_;           // by vigie_span::file
  std::map<std::size_t, std::size_t> first_file_; // by step: its first input
  std::map<std::size_t, queues> queues_;
  std::uint64_t total_bytes_ = 0;
};

} // namespace vigie::exec
