// SPDX-License-Identifier: Apache-2.0
// Runs a plan: inputs listed and cut into splits, stages one after the other, outputs prepared and
// then committed by rename. Outputs appear complete or not at all, and a run that dies can be
// continued with the same bytes. Called by cli and testing. [main] thread; starts threads of its
// own.
#pragma once

#include "batch/batch.hpp"
#include "counts.hpp"
#include "io/inputs.hpp"
#include "io/sha256.hpp"
#include "observe/log.hpp"
#include "plan/plan.hpp"
#include "runs/manifest.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>

namespace vigie::exec {

// One of several runs that share the splits of a pipeline: 1 <= index <= of.
struct shard_of {
  std::uint64_t index = 1, of = 1;
};

struct run_options {
  int threads = 1;
  std::uint64_t split_bytes = std::uint64_t{8} << 20U;
  bool digest = true; // SHA-256 of inputs
  bool force = false; // replace outputs, and a run that did not end
  observe::progress::style progress = observe::progress::style::none;
  std::optional<std::uint64_t> delay_seed = {};               // tests: random waits in tasks
  std::map<std::string, std::vector<data::batch>> given = {}; // rows of steps from outside (tests)
  std::optional<std::int64_t> first_rows = {}; // stop once a collected step has this many rows
  std::optional<std::int64_t> only_row = {}; // collect this row alone, 0-based, and stop behind it
  // With only_row, of a writer of many files: rows of this one alone count (partition_rows::file).
  std::optional<std::string> only_file = {};
  bool number_groups = false;               // rows of aggregates carry a group_span
  std::optional<std::size_t> tap_step = {}; // an aggregate whose input `tap` gets, in order
  std::function<status(const data::batch&)> tap = {}; // under the schedule's turnstile
  bool write = true;                                  // false: only collect, touch no output folder
  std::string scratch = {}; // where rows beyond the budget go if not to OUT; empty: nowhere
  // How much work may be lost where the run dies; 0: nothing behind a settled unit; nothing: a run
  // that cannot be continued.
  std::optional<std::chrono::milliseconds> checkpoint = std::chrono::milliseconds(2000);
  bool resume = false;                  // go on with the run that OUT tells of
  std::optional<shard_of> shard = {};   // only this part of the splits, for a merge
  std::vector<std::string> shards = {}; // run folders whose parts are joined
  std::string since = {};               // a run folder, for the manifest
  std::vector<runs::manifest_input> known =
      {};                       // sorted by size: inputs of this content are left out
  runs::invocation called = {}; // for the manifest
  bool sensitive_shown = false; // for the manifest
};

struct used_input {
  std::string step;
  io::input file;
  std::string encoding;
  bool plain = false;         // its text is the file's very bytes, so far as is known
  std::uint64_t replaced = 0; // ill-formed characters that became U+FFFD
  std::vector<io::split_digest> splits;
  std::optional<io::sha256_value> sha256; // root digest over the splits
};

using made_output = runs::manifest_output;

struct run_result {
  std::vector<step_counts> counts;                           // by step of the plan
  std::map<std::size_t, std::vector<data::batch>> collected; // by step, in input order
  std::vector<used_input> inputs;                            // by vigie_span::file
  std::vector<std::string> left_out;                         // names of inputs that were known
  bool nothing_new = false;                                  // all were, so nothing was done
  std::vector<made_output> outputs;
  std::size_t splits = 0;     // units of work
  std::size_t taken_over = 0; // of these, settled by the run that died or by shards
  double seconds = 0;
  std::int64_t peak_memory = 0; // of what steps hold
  std::int64_t spilled = 0;     // bytes on disk beyond the budget, at the most

  [[nodiscard]] std::vector<std::string> file_names() const;
};

// Errors: any; the first in input order. Outputs are then as they were before. Where the failure is
// none of the data (disk full, interrupted, ...) what is done so far stays in OUT/.vigie and the
// hint says that `vigie resume` goes on. `shared` gets the run's scratch folder while the run goes
// on.
[[nodiscard]] result<run_result> execute(const plan::plan& p, plan::services& shared,
                                         const run_options& options);

} // namespace vigie::exec
