// SPDX-License-Identifier: Apache-2.0
// Which inputs have been in a run before, by content and not by name: for `run --since`. Called by
// exec. Any thread.
#pragma once

#include "io/inputs.hpp"
#include "manifest.hpp"

#include <atomic>
#include <vector>

namespace vigie::runs {

// Has one of `known`, which are sorted by size, the very bytes of `in`? Only files of the same size
// as one of them are read. Standard input
// is never known. Errors: those of ranged_file.
[[nodiscard]] result<bool> is_known(const io::input& in, const std::vector<manifest_input>& known,
                                    const std::atomic<bool>* cancel);

} // namespace vigie::runs
