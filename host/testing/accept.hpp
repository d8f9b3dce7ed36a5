// SPDX-License-Identifier: Apache-2.0
// New expectations written into the text of a pipeline file; every other byte stays as it is.
// Called by `vigie test --accept`. Pure functions.
#pragma once

#include "base/result.hpp"
#include "testing.hpp"

#include <string>
#include <vector>

namespace vigie::testing {

// The text of `doc` with the edits in place. Checked by reading both texts: they are the same tree
// but for the edited values. Error: test_failed, where that cannot be had, such as a comment
// between the expected rows.
[[nodiscard]] result<std::string> rewrite(const pipeline& doc, std::vector<edit> edits);

} // namespace vigie::testing
