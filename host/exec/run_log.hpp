// SPDX-License-Identifier: Apache-2.0
// What a run writes down while it goes on, so that it can die at any moment and be continued: the
// parts of settled units, and in the journal, at checkpoints, which units are settled and how long
// the files are that hold what they gave. Nothing before a checkpoint counts until that checkpoint
// is durable; a checkpoint first makes durable what it speaks of. Used by run, under its turnstile.
#pragma once

#include "parts.hpp"
#include "runs/folder.hpp"
#include "runs/journal.hpp"
#include "runs/manifest.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace vigie::exec {

// A unit of work whose part is in the parts file.
struct receipt {
  std::size_t stage = 0, unit = 0; // position in plan::stages, and in the stage
  part_place part;
};

// How far an output file was written that keeps its encoder's pieces itself.
struct output_state {
  std::size_t step = 0;
  std::uint64_t bytes = 0;
  std::int64_t rows = 0;
};

// What is to be done once everything is durable, in this order; each may be done twice.
struct commit_list {
  struct rename {
    std::string from, to; // relative to work/ and to OUT
    std::uint64_t bytes = 0;
    std::string sha256;
  };
  struct sink {
    std::size_t step = 0;
    std::string receipt; // file in work/ with what the sink gave at prepare; it may hold cells
  };
  std::vector<rename> outputs;
  std::vector<std::string> stale; // relative to OUT: files of a replaced run that go
  std::vector<sink> sinks;
  std::vector<rename> records; // manifest.json last
};

// The facts of an input by which an unchanged file is known without reading it.
struct input_facts {
  std::uint64_t size = 0, device = 0, inode = 0;
  std::int64_t mtime_ns = 0;
  friend bool operator==(const input_facts&, const input_facts&) = default;
};

// What a journal tells of a run that did not end.
struct run_past {
  runs::manifest of; // as it began
  std::vector<input_facts> inputs;
  std::vector<receipt> receipts;     // in the order they were settled
  std::vector<output_state> outputs; // at the last checkpoint
  std::uint64_t parts_length = 0;
  std::vector<runs::manifest_resource> resources; // that tasks had read by then
  std::optional<commit_list> prepared;
  bool shard_done = false;
  runs::journal::content journal;
};

// Errors: run_journal_damaged, run_manifest_damaged, input_not_found where there is no journal.
[[nodiscard]] result<run_past> read_past(const runs::folder& f);

class run_log {
public:
  // `every`: how much time may pass between checkpoints; 0: after each unit.
  using milliseconds = std::chrono::milliseconds;
  [[nodiscard]] static result<run_log> start(const runs::folder& f, const runs::manifest& of,
                                             const std::vector<input_facts>& inputs,
                                             milliseconds every);
  // Goes on behind the last checkpoint of `past`.
  [[nodiscard]] static result<run_log> go_on(const runs::folder& f, const run_past& past,
                                             milliseconds every);

  // One instalment of what a unit gave; `last`: the unit is settled with it.
  [[nodiscard]] status add(const run_context& run, std::size_t stage, std::size_t unit,
                           const split_result& r, const std::vector<bool>& elsewhere, bool last);
  [[nodiscard]] bool due() const;
  [[nodiscard]] bool nothing_new() const { return pending_.empty(); }
  // The output files must be durable as far as `outputs` says.
  [[nodiscard]] status checkpoint(const std::vector<output_state>& outputs,
                                  const std::vector<runs::manifest_resource>& resources);
  [[nodiscard]] status prepared(const commit_list& list);
  [[nodiscard]] status shard_done();

private:
  run_log(runs::journal j, part_writer p, std::uint64_t settled, milliseconds every)
      : journal_(std::move(j)), parts_(std::move(p)), settled_(settled),
        unit_begins_(parts_.length()), every_(every), last_(std::chrono::steady_clock::now()) {}

  runs::journal journal_;
  part_writer parts_;
  std::vector<receipt> pending_; // since the last checkpoint
  std::uint64_t settled_;
  std::uint64_t unit_begins_; // in the parts file, of the unit at work
  std::set<std::pair<std::string, std::string>> known_resources_; // step, name
  milliseconds every_;
  std::chrono::steady_clock::time_point last_;
};

} // namespace vigie::exec
