// SPDX-License-Identifier: Apache-2.0
// The run that died, for the run that goes on with it: is it still the same run, and what did it
// leave? Used by run; part_of and the parts may be read by any task.
#pragma once

#include "run.hpp"
#include "run_log.hpp"

#include <map>
#include <optional>

namespace vigie::exec {

class past_run {
public:
  // Reads the journal and compares with what would be run now. Errors: run_changed with all that is
  // different, run_parts_damaged, those of read_past.
  [[nodiscard]] status open(const runs::folder& f, const runs::manifest& now,
                            const std::vector<used_input>& inputs);

  [[nodiscard]] const std::optional<run_past>& told() const { return told_; }
  [[nodiscard]] bool prepared() const { return told_ && told_->prepared; }
  [[nodiscard]] std::vector<runs::manifest_resource> resources() const;

  [[nodiscard]] std::optional<past_part> part_of(std::size_t stage, std::size_t unit) const;

  // Compares what a unit read then with what stands there now, for inputs that were touched since.
  // Error: run_changed.
  [[nodiscard]] status check_unchanged(const split_result& r,
                                       const std::vector<used_input>& inputs) const;

  // The manifest that is durable and may not be in its place yet.
  [[nodiscard]] result<runs::manifest> manifest_to_be(const runs::folder& f) const;

private:
  std::optional<run_past> told_;
  std::optional<part_reader> parts_;
  std::map<std::pair<std::size_t, std::size_t>, part_place> places_;
  std::vector<bool> touched_; // by input: its facts are not those of then
};

[[nodiscard]] std::vector<input_facts> facts_of(const std::vector<used_input>& inputs);

// Is there a run in the folder that did not end? Error: run_unfinished, run_in_progress.
[[nodiscard]] status refuse_unfinished(const runs::folder& f);
[[nodiscard]] diagnostic another_runs(const runs::folder& f); // run_in_progress

// Failures that may be gone the next time: of disks, memory, signals; not of data or pipelines.
[[nodiscard]] bool passes(code c);

} // namespace vigie::exec
