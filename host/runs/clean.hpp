// SPDX-License-Identifier: Apache-2.0
// Takes away what a run that died, or was given up, left of its work: for `vigie clean`. Called by
// cli on [main].
#pragma once

#include "folder.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace vigie::runs {

struct removed {
  std::string path;
  std::uint64_t files = 0, bytes = 0;
};

// Removes journal, work/ and unfinished files beside them; outputs, manifest.json and report.json
// stay in any case. Holds the lock meanwhile. Gives what is gone, nothing where nothing was left
// over. A journal that is damaged goes as well. Dying on the way leaves less to clean, never a run
// that seems sound. Errors: run_none where the folder is not there; run_in_progress; run_unfinished
// where outputs are complete and only wait to be put in place or merged, unless these are
// `given_up` as well; those of look_inside but for damage; those of io::remove_tree and
// io::file_lock.
[[nodiscard]] result<std::vector<removed>> clean(const folder& f, bool given_up = false);

} // namespace vigie::runs
