// SPDX-License-Identifier: Apache-2.0
// What the commands share that run a pipeline into an output folder: run, resume, merge, verify
// --rerun. [main] thread.
#pragma once

#include "exec/run.hpp"
#include "session.hpp"

#include <optional>
#include <string>

namespace vigie::cli {

// Options of a run as the command line gives them; nothing, with messages printed, where one is
// wrong. `s` is loaded.
[[nodiscard]] std::optional<exec::run_options> run_options_of(const session& s, const arguments& a);

// Plans and runs; prints notes, results and errors. The exit code.
int run_and_print(session& s, const arguments& a, exec::run_options o);

// --checkpoint: a duration, or none. As number_option.
struct checkpoint_choice {
  std::optional<std::chrono::milliseconds> every;
};
[[nodiscard]] std::optional<checkpoint_choice> checkpoint_option(const arguments& a);

// ---- runs that were
// ------------------------------------------------------------------------------

// The arguments with which the recorded run would be called today: its pipeline, parameters and
// plugin folders, together with those of `a`. Changes into the folder the run was called in; paths
// of `a` and `out` are made absolute before, where that is another one.
struct recalled {
  arguments as;
  std::string out;
};
[[nodiscard]] result<recalled> recall(const arguments& a, const runs::manifest& m,
                                      const std::string& out);

// Split size, digests and the like of a run that is gone on with.
void take_over(exec::run_options& o, const runs::manifest& m);

} // namespace vigie::cli
