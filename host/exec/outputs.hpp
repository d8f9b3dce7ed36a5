// SPDX-License-Identifier: Apache-2.0
// All outputs of a run, from the refusal to mix old and new to the commit: everything is made
// durable under OUT/.vigie/work and then renamed into place, the manifest last. Until the first
// rename a failure leaves things as they were. One run, one object; the schedule's turnstile or the
// [main] thread.
#pragma once

#include "run.hpp"
#include "writers.hpp"

#include <filesystem>
#include <map>
#include <memory>

namespace vigie::exec {

class run_outputs {
public:
  run_outputs(const run_context& run, bool force) : run_(run), force_(force) {}
  run_outputs(const run_outputs&) = delete;
  run_outputs& operator=(const run_outputs&) = delete;

  // Errors: output_exists with all of them, unless they are to be replaced; output_rename_failed
  // where a folder is in the way.
  [[nodiscard]] status refuse_existing() const;
  // Makes the work folder, the files with their heads, the sinks' tasks.
  [[nodiscard]] status open();

  // nullptr: the step writes no such thing in this run.
  [[nodiscard]] output* file_of(std::size_t step) const;
  [[nodiscard]] sink_task* sink_of(std::size_t step) const;

  // Everything durable, nothing visible; tells what was made, in the order of the steps.
  [[nodiscard]] result<std::vector<made_output>> prepare();
  // A file of OUT/.vigie, to be put in place with the outputs.
  [[nodiscard]] status record(const std::string& name, const std::string& text);
  [[nodiscard]] status commit();
  // A run that failed leaves nothing: temporary files go, and the folders this run made.
  void abandon();

private:
  [[nodiscard]] const std::string& folder() const { return run_.plan->out; }
  [[nodiscard]] std::string final_path(const std::string& file) const {
    return folder() + "/" + file;
  }
  [[nodiscard]] std::string work_folder() const { return folder() + "/.vigie/work"; }
  [[nodiscard]] result<made_output> prepare_file(output& o);
  [[nodiscard]] result<made_output> prepare_sink(sink_task& k);
  [[nodiscard]] status commit_sink(sink_task& k) const;

  const run_context& run_;
  bool force_;
  bool opened_ = false;
  std::map<std::size_t, std::unique_ptr<output>> files_;
  std::map<std::size_t, std::unique_ptr<sink_task>> sinks_;
  std::vector<std::string> records_;
  std::vector<std::filesystem::path> made_folders_; // by this run, innermost first
};

// A diagnostic that names the step, unless it does already.
[[nodiscard]] status in_step(const plan::step_plan& s, const status& failed);

} // namespace vigie::exec
