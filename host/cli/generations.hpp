// SPDX-License-Identifier: Apache-2.0
// A job that takes only what is new appends generations: the first run stands in OUT itself, those
// behind it in OUT/g0002, OUT/g0003, ..., each a run of its own. Used by run --since and resume.
#pragma once

#include "command.hpp"
#include "runs/manifest.hpp"

#include <string>
#include <vector>

namespace vigie::cli {

struct generation {
  std::string of;  // the folder all generations are of
  std::string out; // where the next one goes
  std::vector<runs::manifest_input> known;
};

// By --since. Errors: run_unfinished, run_in_progress where an earlier generation is not done;
// run_since where one has no digests, or --out is given, too; those of looking at runs.
[[nodiscard]] result<generation> next_generation(const arguments& a);

// Inputs of all generations of `of` but the one in `except`, sorted by size.
[[nodiscard]] result<std::vector<runs::manifest_input>> known_inputs(const std::string& of,
                                                                     const std::string& except);

} // namespace vigie::cli
