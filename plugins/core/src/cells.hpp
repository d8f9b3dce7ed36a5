// SPDX-License-Identifier: Apache-2.0
// Copying cells of any type from an input column to a builder, lists and structs with all they
// hold. Used by the components that make columns out of columns.
// A copier belongs to one batch, borrows its arrays and is used by one thread.
#pragma once

#include <vigie/builder.hpp>

#include <vector>

namespace vigie::core {

// The same type and marks in a layout a builder can make: no dictionaries, texts as views or with
// 32-bit offsets.
[[nodiscard]] field buildable(field f);

class cell_copier {
public:
  explicit cell_copier(const column& from);
  // Appends row `row` of the column, null or not.
  void cell(builder& to, std::int64_t row) const;
  // Appends rows [first, first + n).
  void cells(builder& to, std::int64_t first, std::int64_t n) const;

private:
  template <class T> bool block(builder& to, std::int64_t first, std::int64_t n) const;
  bool fixed_block(builder& to, std::int64_t first, std::int64_t n) const;

  column from_;
  std::vector<cell_copier> parts_; // of a list its items, of a struct its fields
};

} // namespace vigie::core
