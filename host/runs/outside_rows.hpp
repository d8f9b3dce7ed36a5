// SPDX-License-Identifier: Apache-2.0
// The part of arranged_rows that works outside of memory: rows in a scratch file in the order they
// came, named by id in the order they shall leave, permuted by sorting the names and distributing
// the rows. The algorithm and its source stand in arranged_rows.hpp. One thread at a time.
#pragma once

#include "held_rows.hpp"
#include "id_merge.hpp"
#include "row_buckets.hpp"
#include "row_queue.hpp"
#include "spill.hpp"

#include <vigie/column.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::runs {

class outside_rows {
public:
  // `present`: which of the columns come at all.
  outside_rows(schema fields, std::vector<bool> present, memory_budget& memory,
               spill_folder& folder);
  outside_rows(const outside_rows&) = delete;
  outside_rows& operator=(const outside_rows&) = delete;

  // Errors: those of spill_file.
  [[nodiscard]] status add(const data::batch& b);
  // Takes the working memory from the budget: all of it, a part, or none where nothing is left.
  // Before the first name.
  void start_naming();
  // The row that leaves next. Errors: those of spill_file.
  [[nodiscard]] status name(std::uint64_t id);
  // Once. Errors: those of arranged_rows::finish.
  [[nodiscard]] status finish(row_queue& to);

private:
  [[nodiscard]] row_buckets::shape shape_for(std::uint64_t first, std::uint64_t last,
                                             double bytes) const;
  [[nodiscard]] status add_part(const data::batch& b, std::int64_t first, std::int64_t rows);
  [[nodiscard]] status distribute(row_buckets& to);
  [[nodiscard]] status deal(row_buckets& to, const data::batch& b, std::uint64_t first_id);
  void append_row(const std::vector<column>& columns, const data::batch& b, std::int64_t row,
                  std::string& to) const;
  [[nodiscard]] status emit(const row_buckets& from, row_queue& to);
  [[nodiscard]] status split(const row_buckets& from, const row_buckets::bucket& b, row_queue& to);
  [[nodiscard]] status put_in_order(const row_buckets& from, const row_buckets::bucket& b,
                                    row_queue& to);
  [[nodiscard]] result<data::batch> make_batch(std::span<const std::string_view> rows) const;

  schema fields_;
  std::vector<bool> present_;
  spill_folder& folder_;
  reservation work_;
  std::int64_t work_bytes_;
  std::unique_ptr<spill_file> rows_;
  std::uint64_t added_ = 0, named_ = 0;
  std::unique_ptr<id_merge> names_;
  std::optional<id_position> next_; // the name at hand
};

} // namespace vigie::runs
