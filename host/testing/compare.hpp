// SPDX-License-Identifier: Apache-2.0
// Holds the rows a step gave against the rows a test expects of it, and writes down what --accept
// would put in their place. Used inside this room only. Pure functions.
#pragma once

#include "cells.hpp"
#include "spec.hpp"
#include "testing.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vigie::testing {

// The rows of a step, in input order, with every column dense.
class table {
public:
  // `sensitive`: messages show sensitive cells.
  table(const schema& fields, const std::vector<data::batch>& batches, bool sensitive = false);

  [[nodiscard]] std::int64_t rows() const { return rows_; }
  [[nodiscard]] const schema& fields() const { return *fields_; }
  [[nodiscard]] bool sensitive() const { return sensitive_; }
  // Calls f(column, row inside the column).
  template <class F> auto cell(std::int64_t row, std::size_t column, F&& f) const {
    const piece& p = piece_of(row);
    return f(vigie::column((*fields_)[column], *p.columns[column].array), row - p.first);
  }

private:
  struct piece {
    std::int64_t first = 0;
    std::vector<data::shared_column> columns;
  };
  [[nodiscard]] const piece& piece_of(std::int64_t row) const;

  const schema* fields_;
  bool sensitive_;
  std::vector<piece> pieces_;
  std::int64_t rows_ = 0;
};

// What is expected of one step, with its cells read.
struct expectation {
  const expected_step* written = nullptr;
  std::optional<std::vector<row>> rows, contains, errors;
};

// Number, order and the listed columns; `at` is the place of the whole list.
void compare_rows(const std::string& step, const std::vector<row>& expected, yaml::mark at,
                  const table& found, std::vector<difference>& out);

// Each expected row is like at least one row.
void compare_contains(const std::string& step, const std::vector<row>& expected, const table& found,
                      std::vector<difference>& out);

void compare_count(const expected_step& expected, const table& found, std::vector<difference>& out);

// The rows as they are, in the columns the expected rows list: row by row where both have a row,
// the last expected row's for those behind, all columns where nothing was listed. Empty `why` and
// an edit; or no edit and why not.
[[nodiscard]] std::optional<edit> accept_rows(const yaml::node& old,
                                              const std::vector<row>& expected, const table& found,
                                              std::string& why);

} // namespace vigie::testing
