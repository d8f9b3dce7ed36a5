// SPDX-License-Identifier: Apache-2.0
// A batch on its way through the steps: columns by position of the step's schema, and each row's
// place in its input. Columns and origins are shared between batches; a selection of rows is only
// written down here and carried out when somebody reads the column. Values; a batch belongs to one
// thread at a time.
#pragma once

#include "array.hpp"

#include <cstdint>

namespace vigie::data {

using row_list = std::shared_ptr<const std::vector<std::int32_t>>;

struct batch {
  std::int64_t rows = 0;
  std::vector<shared_column> columns;
  std::shared_ptr<const std::vector<vigie_span>> origins; // nullptr: no row has one
  row_list origin_rows; // selection into `origins`; nullptr: one to one

  [[nodiscard]] vigie_span origin(std::int64_t row) const;
};

// Composes selections: the rows `parents` of each column. Columns that share a selection share the
// composed one.
class row_selector {
public:
  explicit row_selector(row_list parents) : parents_(std::move(parents)) {}
  [[nodiscard]] row_list compose(const row_list& before);
  [[nodiscard]] shared_column operator()(const shared_column& c) {
    return {c.owner, c.array, c.present() ? compose(c.rows) : nullptr};
  }

private:
  row_list parents_;
  std::vector<std::pair<const void*, row_list>> known_;
};

// The batch of the rows named, in that order.
[[nodiscard]] batch select(const batch& b, const row_list& rows);

// struct<offset: int64, length: int32, file: int32> of every row: what a task gets that asked for
// VIGIE_NEED_ORIGIN.
[[nodiscard]] shared_column origin_column(const batch& b);
[[nodiscard]] field origin_field();

} // namespace vigie::data
