// SPDX-License-Identifier: Apache-2.0
// Which output file each row goes to, by the cells of the columns that name files. Used by
// whoever feeds an encoder. One object, one task.
#pragma once

#include "batch/batch.hpp"
#include "plan/plan.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace vigie::exec {

// Rows of one file, in their order.
struct partition_rows {
  std::string file; // relative to the output folder; without the number of a part
  data::batch rows;
};

class partitioner {
public:
  explicit partitioner(const plan::step_plan& s);

  // By the first row of each. A writer whose name goes by no column has one: all rows. Error:
  // output_partitions.
  [[nodiscard]] result<std::vector<partition_rows>> split(const data::batch& b);

private:
  [[nodiscard]] std::size_t group_of(const std::vector<column>& cells, std::int64_t row);
  [[nodiscard]] std::string name_of(const std::vector<column>& cells, std::int64_t row) const;

  const plan::step_plan& step_;
  std::unordered_map<std::string, std::size_t> known_;   // cells -> file; looked up only
  std::unordered_map<std::string, std::size_t> by_name_; // looked up only
  std::vector<std::string> files_;
  std::string key_;
};

[[nodiscard]] diagnostic too_many_partitions(const plan::step_plan& s);

// Rows [first, first + count).
[[nodiscard]] data::batch rows_between(const data::batch& b, std::int64_t first,
                                       std::int64_t count);

} // namespace vigie::exec
