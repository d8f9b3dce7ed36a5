// SPDX-License-Identifier: Apache-2.0
// Where one row of an output comes from: the run is done again as far as that row, and its origin
// read off; for a row of an aggregate also the rows of its group. Called by `vigie trace`. [main].
#pragma once

#include "run.hpp"

#include <vigie/types.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vigie::exec {

// Makes a plan in which the named step is collected; nothing where it cannot, and has said why.
using plan_maker = std::function<std::optional<plan::plan>(const std::string& step)>;

struct traced_group {
  std::size_t step = 0;          // the aggregate
  std::int64_t row = 0;          // of what it gave out, 0-based
  std::string unknown;           // why the rows of the group cannot be told; empty: they can
  std::int64_t rows = 0;         // of the group, of those that reached the aggregate
  std::vector<vigie_span> first; // origins of the first of them, in input order
};

struct traced_row {
  schema fields;   // of the columns that the writer took
  data::batch row; // one row
  vigie_span origin{-1, -1, -1};
  std::optional<traced_group> group;
  std::vector<used_input> inputs; // by vigie_span::file, with digests of what was read
};

// Row `row` (0-based) of those that reached the writer `step`. `options` as for the run; its
// results are not looked at. Errors: any of a run; trace_row where so many rows never came.
[[nodiscard]] result<traced_row> trace(const plan_maker& make, plan::services& shared,
                                       run_options options, const std::string& step,
                                       std::int64_t row, std::size_t most_origins);

} // namespace vigie::exec
