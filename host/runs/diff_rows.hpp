// SPDX-License-Identifier: Apache-2.0
// The rows of two files held against each other by digests of 128 bits: a part of diff. One call,
// one thread.
#pragma once

#include "diff.hpp"

namespace vigie::runs {

// Reads both files in `d.form` and fills rows, counts, columns and the first rows of each sort. The
// key is used where both files have its columns; otherwise a note says so. Errors: those of
// row_reader; `d` is then as it was, but for its problems.
[[nodiscard]] status compare_rows(const std::string& before, const std::string& after,
                                  const diff_options& o, file_diff& d);

} // namespace vigie::runs
