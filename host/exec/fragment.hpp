// SPDX-License-Identifier: Apache-2.0
// One split on its way through a stage: batches go depth first from the origin through every
// streaming step to encoders and inboxes; no queues on the way. What must happen in the order of
// splits is gathered in a split_result and done by the schedule. One object, one task.
#pragma once

#include "carry.hpp"
#include "io/sha256.hpp"
#include "piece_encoder.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>

namespace vigie::exec {

// What a step that takes rows in order finds in its inbox.
struct delivery {
  enum class content : std::uint8_t { rows, partial, errors };
  content what = content::rows;
  std::size_t port = 0;
  std::size_t edge = 0; // of a union: within a split, all rows of the first edge come first
  data::batch rows;
};

// What reading an input to the end of a split told about it.
struct read_fact {
  std::int32_t file = -1; // as vigie_span::file
  std::string encoding;
  std::uint64_t replaced = 0; // ill-formed characters that became U+FFFD
  std::optional<io::split_digest> digest;
};

// What a unit of work gave, or one instalment of it.
struct split_result {
  std::vector<step_counts> counts;                      // by step
  std::map<std::size_t, std::vector<delivery>> inboxes; // by step
  pieces_by_file pieces;                                // of encoders
  std::map<std::size_t, std::vector<data::batch>> collected;
  std::vector<data::batch> tapped;   // rows that reached the tapped step
  std::vector<rejected_row> limited; // rejected rows of steps with an at_most of rows
  std::vector<read_fact> read;
  std::optional<diagnostic> failed;
};

// A unit's turn to be settled, while it is at work.
struct unit_turn {
  // Gives out part of what the unit has so far, when it is its turn: waits for that, so that a unit
  // which grows large does not pile up beside others. Error: that of settling, or run_interrupted
  // where the stage ended otherwise; the unit then ends, too.
  std::function<status(split_result)> give;
  // Whether it has come: give() would not wait. Once true, true until the unit ends.
  std::function<bool()> has_come;
};

// What fragments of a run share; read-only while tasks run.
struct run_context {
  const plan::plan* plan = nullptr;
  const std::vector<std::string>* file_names = nullptr; // by vigie_span::file
  std::vector<bool> collect; // by step: rows it gives out; of a writer: rows that reach it
  const std::atomic<bool>* cancel = nullptr;
  std::uint64_t seed = 0;
  // Bytes of an input for `keep: row`, where the record is no longer at hand.
  std::function<std::string(const vigie_span&)> read_bytes;
  bool write = true; // false: writers take rows and make nothing of them
  // Of writers of many files only the rows of this one are collected.
  std::optional<std::string> only_file;
  std::optional<std::size_t> tapped; // an aggregate whose input is wanted, too
  // Rows of an aggregate carry its number and theirs as an origin: group_span.
  bool number_groups = false;
  // Takes collected rows, in order; under the schedule's turnstile.
  std::function<void(std::size_t step, data::batch rows)> collected;

  [[nodiscard]] const plan::step_plan& step(std::size_t i) const { return plan->steps[i]; }
  // Of the rows that reach a writer, those that are to be collected. Error: output_partitions.
  [[nodiscard]] result<data::batch> wanted(std::size_t step, data::batch reached) const;
  [[nodiscard]] std::string file_name(std::int32_t file) const;
};

// Reproducible mixing of the numbers a task's seed is made of (Steele et al., SplitMix64).
[[nodiscard]] std::uint64_t mix(std::uint64_t x);

// What stands for the origin of the `row`-th row of an aggregate, where groups are numbered: no
// file has such a number.
[[nodiscard]] vigie_span group_span(std::size_t step, std::int64_t row);
// The step, where the origin is such.
[[nodiscard]] std::optional<std::size_t> group_step(const vigie_span& s);

[[nodiscard]] std::uint64_t seed_of(std::string_view name);

// What a task is told that sees all rows of a step.
[[nodiscard]] vigie_task task_of(const run_context& run, std::size_t step);

class fragment {
public:
  // `stage` says which steps take part; `split` seeds tasks. Once `turn`, if there is one,
  // has come, long runs of encoded bytes leave as they are made.
  fragment(const run_context& run, const plan::stage& stage, std::uint64_t split,
           const unit_turn* turn = nullptr);
  fragment(const fragment&) = delete;
  fragment& operator=(const fragment&) = delete;
  ~fragment();

  [[nodiscard]] status open();

  // Runs one call of the origin's component; what it emits goes through the stage. After it, the
  // first rejected row of a step that stops at rejects ends the split.
  [[nodiscard]] status decode(std::size_t origin, decode_call& call,
                              const std::function<vigie_status(vigie_error*)>& component,
                              std::vector<rejected_row>& rejects);

  // Rows that leave a step, to everybody who reads them in this stage.
  [[nodiscard]] status forward(std::size_t step, data::batch b);
  [[nodiscard]] status forward_errors(std::size_t step, const data::batch& b);
  // Rejected rows of a step that were met outside this fragment, or by its origin.
  [[nodiscard]] status take_rejects(std::size_t step, std::vector<rejected_row> rejects);

  // Rejected rows as the step's error port gives them.
  [[nodiscard]] data::batch errors_of(std::size_t step,
                                      const std::vector<rejected_row>& rejects) const;

  // The records at hand, for `keep: row`.
  void at_hand(const char* data, std::size_t size, std::int64_t offset, std::int32_t file) {
    hand_ = {data, size, offset, file};
  }

  // Ends the split: the rest of unions, the tasks' own ends, partials. `offer` is called after each
  // part of what aggregates give out, for an instalment where that grows large.
  [[nodiscard]] status finish(const std::function<status()>& offer);
  [[nodiscard]] split_result take(); // moves the result out; the fragment is done

  // What came together so far and may be settled before the split ends; the fragment goes on. Rows
  // that must wait for those of another step of a union stay.
  [[nodiscard]] split_result take_instalment();
  // About the memory that take_instalment would free.
  [[nodiscard]] std::int64_t result_bytes() const { return result_bytes_; }
  [[nodiscard]] bool holds_rows() const { return !result_.inboxes.empty(); }
  void read_to_the_end(read_fact fact) { result_.read.push_back(std::move(fact)); }

  [[nodiscard]] step_counts& counts(std::size_t step) { return result_.counts[step]; }
  // Ends the batch at hand: a rejected row that stops the run is reported here, the first in input
  // order.
  [[nodiscard]] status settle();

private:
  struct bytes_at_hand {
    const char* data = nullptr;
    std::size_t size = 0;
    std::int64_t offset = 0;
    std::int32_t file = -1;
  };
  struct running; // a step's task in this fragment

  [[nodiscard]] status open_task(running& r);
  [[nodiscard]] bool in_stage(std::size_t step) const;
  [[nodiscard]] status deliver(const plan::consumer& c, const schema& from, const data::batch& b);
  [[nodiscard]] status take(running& r, std::size_t port, data::batch b);
  [[nodiscard]] status transform(running& r, data::batch b);
  [[nodiscard]] status encode(running& r, data::batch b);
  [[nodiscard]] status pass(const piece_key& of, encoded piece);
  [[nodiscard]] status update(running& r, data::batch b);
  [[nodiscard]] status finish(running& r, const std::function<status()>& offer);
  [[nodiscard]] status finish_partial(running& r, const std::function<status()>& offer);
  [[nodiscard]] status check_cancel() const;
  [[nodiscard]] std::string row_bytes(const vigie_span& s) const;

  const run_context& run_;
  const plan::stage& stage_;
  std::uint64_t split_;
  const unit_turn* turn_;
  std::vector<std::unique_ptr<running>> tasks_; // by position in stage.streaming
  split_result result_;
  std::int64_t result_bytes_ = 0;
  bytes_at_hand hand_;
  std::optional<rejected_row>
      stopping_; // the first rejected row, of the batch at hand, that ends the run
};

} // namespace vigie::exec
