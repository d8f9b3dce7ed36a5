// SPDX-License-Identifier: Apache-2.0
// Runs a plan: inputs listed and cut into splits, stages one after the other, outputs prepared and
// then committed by rename. Outputs appear complete or not at all. Called by cli and testing.
// [main] thread; starts threads of its own.
#pragma once

#include "batch/batch.hpp"
#include "counts.hpp"
#include "io/inputs.hpp"
#include "io/sha256.hpp"
#include "observe/log.hpp"
#include "plan/plan.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>

namespace vigie::exec {

struct run_options {
  int threads = 1;
  std::uint64_t split_bytes = std::uint64_t{16} << 20U;
  bool digest = true; // SHA-256 of inputs
  bool force = false; // replace outputs
  observe::progress::style progress = observe::progress::style::none;
  std::optional<std::uint64_t> delay_seed = {};               // tests: random waits in tasks
  std::map<std::string, std::vector<data::batch>> given = {}; // rows of steps from outside (tests)
  std::optional<std::int64_t> first_rows = {}; // stop once a collected step has this many rows
  bool write = true;                           // false: only collect, touch no output folder
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

struct made_output {
  std::string step, file;
  std::int64_t rows = 0;
  std::uint64_t bytes = 0;
  std::string sha256;
};

struct run_result {
  std::vector<step_counts> counts;                           // by step of the plan
  std::map<std::size_t, std::vector<data::batch>> collected; // by step, in input order
  std::vector<used_input> inputs;                            // by vigie_span::file
  std::vector<made_output> outputs;
  std::size_t splits = 0;
  double seconds = 0;
  std::int64_t peak_memory = 0; // of what steps hold

  [[nodiscard]] std::vector<std::string> file_names() const;
};

// Errors: any; the first in input order. Outputs are then as they were before.
[[nodiscard]] result<run_result> execute(const plan::plan& p, const plan::services& shared,
                                         const run_options& options);

} // namespace vigie::exec
