// SPDX-License-Identifier: Apache-2.0
// Is a run that shall be gone on with, or joined with others, still the same run? Called by exec.
// Pure functions.
#pragma once

#include "manifest.hpp"

#include <string>
#include <vector>

namespace vigie::runs {

// What would make other outputs than before, each in words: program, pipeline, parameters, plugins,
// list and sizes of inputs, split size, shard. Bytes of inputs are not looked at. Empty: nothing.
// At most ten, the last one then counts the rest.
[[nodiscard]] std::vector<std::string> what_changed(const manifest& before, const manifest& now);

} // namespace vigie::runs
