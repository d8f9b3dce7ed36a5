// SPDX-License-Identifier: Apache-2.0
// All outputs of a run, from the refusal to mix old and new to the commit. Everything is made
// durable under OUT/.vigie/work first; then the journal says what is to be renamed; then it is
// renamed, in the order of the steps, the manifest last. Whoever dies on the way is taken up by
// `resume`, which renames the rest. One run, one object; the schedule's turnstile or the [main]
// thread.
#pragma once

#include "run.hpp"
#include "writers.hpp"

#include <map>
#include <memory>

namespace vigie::exec {

class run_outputs {
public:
  // `force`: what is there is replaced. Who goes on with a run was allowed to before. `digest`: the
  // manifest gets a SHA-256 of each file.
  run_outputs(const run_context& run, std::string out, bool force, bool digest)
      : run_(run), folder_{std::move(out)}, force_(force), digest_(digest) {}
  run_outputs(const run_outputs&) = delete;
  run_outputs& operator=(const run_outputs&) = delete;

  // Errors: output_exists with all of them, unless they are to be replaced; output_rename_failed
  // where a folder is in the way. Names that only cells will tell are those that would fit.
  [[nodiscard]] status refuse_existing() const;
  // Makes OUT and OUT/.vigie.
  [[nodiscard]] status make_folders();
  // Makes the files with their heads, the sinks' tasks; `past` where a run is continued.
  [[nodiscard]] status open(const std::optional<run_past>& past);

  // nullptr: the step writes no such thing in this run.
  [[nodiscard]] output* file_of(std::size_t step) const;
  [[nodiscard]] sink_task* sink_of(std::size_t step) const;
  // By step: its output file keeps the encoder's pieces itself.
  [[nodiscard]] std::vector<bool> keep_pieces() const;

  // What the files hold is durable; tells how far.
  [[nodiscard]] result<std::vector<output_state>> checkpoint();

  // Everything durable, nothing visible; tells what was made, in the order of the steps.
  [[nodiscard]] result<std::vector<made_output>> prepare();
  // A file of OUT/.vigie, to be put in place behind the outputs.
  [[nodiscard]] status record(const std::string& name, const std::string& text);
  [[nodiscard]] const commit_list& to_commit() const { return commit_; }

  // A run that can be continued leaves its files where they are.
  void leave();
  // Any other run that fails leaves nothing. Only for who holds the lock.
  void abandon();
  void remove_made_folders(); // by this run, as far as they are empty

private:
  [[nodiscard]] std::string final_path(const std::string& file) const {
    return folder_.out + "/" + file;
  }
  [[nodiscard]] std::string below_work(const std::string& path) const;
  [[nodiscard]] status prepare_files(output& o, std::vector<made_output>& to);
  [[nodiscard]] result<std::vector<std::string>> existing(const plan::step_plan& s) const;
  [[nodiscard]] status refuse_folder(const plan::step_plan& s, const std::string& path) const;
  [[nodiscard]] status check_places(const std::vector<made_output>& made) const;
  // Adds to `there` what exists already.
  [[nodiscard]] status check_place(const plan::step_plan& s, const std::string& file,
                                   std::vector<std::string>& there) const;
  [[nodiscard]] status list_stale(const std::vector<made_output>& made);
  [[nodiscard]] result<made_output> prepare_sink(sink_task& k);
  [[nodiscard]] status keep_receipt(const sink_task& k);

  const run_context& run_;
  runs::folder folder_;
  bool force_;
  bool digest_ = true;
  std::map<std::size_t, std::unique_ptr<output>> files_;
  std::map<std::size_t, std::unique_ptr<sink_task>> sinks_;
  commit_list commit_;
  std::vector<std::string> made_folders_; // by this run, innermost first
};

// Does what `list` says, as far as it is not done yet, and cleans up: work folder and journal go.
// Errors: run_commit_lost where a file is neither in the work folder nor in its place; those of
// move_into_place, of sinks and of remove_tree.
[[nodiscard]] status commit(const plan::plan& p, const commit_list& list);

// A diagnostic that names the step, unless it does already.
[[nodiscard]] status in_step(const plan::step_plan& s, const status& failed);

} // namespace vigie::exec
