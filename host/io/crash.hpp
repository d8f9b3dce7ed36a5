// SPDX-License-Identifier: Apache-2.0
// Named places before and after every act that makes a run durable, where tests let the process die
// as by `kill -9`. Off, and then one relaxed load a call, unless VIGIE_CRASH_AT or VIGIE_CRASH_LOG
// was set at the start of the program. Called by io, runs and exec. Any thread.
#pragma once

#include "base/result.hpp"

#include <string_view>

namespace vigie::io {

// Dies (SIGKILL to itself) where VIGIE_CRASH_AT names this place and this many passes of it.
void crash_point(std::string_view name);

// The two places around one durable act: NAME.before and NAME.after. The second is passed only when
// `done` was called, so that an act that failed is not taken for one that was done.
class durable_act {
public:
  explicit durable_act(std::string_view name);
  void done() const;

private:
  std::string_view name_;
};

// Reads VIGIE_CRASH_AT ("output.rename.after:2": the second pass) and VIGIE_CRASH_LOG (a file that
// gets a line "point:count" for every place passed, behind what it holds, so that a test can list
// them all). Once; [main], before threads start. Errors: io_fault_syntax; for the log
// output_create_failed, output_refused, output_no_space.
[[nodiscard]] status install_crash_points_from_environment();

} // namespace vigie::io
