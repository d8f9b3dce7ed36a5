// SPDX-License-Identifier: Apache-2.0
// Typed values of parameters: what a table asks for, read from a part of the YAML tree. Called by
// the plan for each step's `with`, and here for `params` and `run`. References (${params.x},
// ${env:X}, ${secret:x}) are replaced on the way. Pure but for the two look-ups the caller gives;
// any thread.
#pragma once

#include "scope.hpp"

#include <vector>

namespace vigie {

// One value a row of `table`, in its order; those neither given nor with a default have `set`
// false. A value with a problem has `set` false too and a diagnostic in `out`. `with` may be null
// or a null node: nothing is given. Paths come out relative to the current folder (or absolute, or
// "-"); the empty path stays empty. What a parameter marked secret is given
// (true, false and nothing apart) comes from a reference and has at least redactor::shortest bytes,
// and no diagnostic quotes it or shows its line.
[[nodiscard]] std::vector<param_value> parse_values(const std::vector<param_spec>& table,
                                                    const yaml::node* with, const scope& scope,
                                                    diagnostics& out);

// One value of one row; `set` is false, with diagnostics, where it is refused.
[[nodiscard]] param_value parse_value(const param_spec& spec, const yaml::node& value,
                                      const scope& scope, diagnostics& out);

} // namespace vigie
