// SPDX-License-Identifier: Apache-2.0
// All runs below a folder, for `vigie runs`. Reads what .vigie holds, no output. Called by cli on
// [main]. Plain values.
#pragma once

#include "folder.hpp"

#include <string>
#include <vector>

namespace vigie::runs {

struct listed_run {
  std::string out;                   // path of the run folder, beginning with the folder given
  run_state seen;                    // where `problem` is empty
  std::optional<diagnostic> problem; // why it is not known; a folder that cannot be listed, too
};

inline constexpr int list_depth = 4;

// Every folder with a .vigie that a run left, `below` itself and at most `depth` levels under it,
// in byte order of the paths. Links are not followed; what is damaged or cannot be read stands in
// the list with its problem and stops nothing. Errors: input_not_found, input_unreadable,
// input_read_failed for `below` itself.
[[nodiscard]] result<std::vector<listed_run>> list_runs(const std::string& below,
                                                        int depth = list_depth);

} // namespace vigie::runs
