// SPDX-License-Identifier: Apache-2.0
// Columns that are lists of structs (columns.hpp), read by the names of their fields: `item_fields`
// finds these when a component is bound, `list_items` reads a batch. Called by press.claims. The
// batch outlives its list_items; reading is thread-safe.
#pragma once

#include <vigie/component.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

class item_fields {
public:
  // A field of the items; whole numbers of any width serve for each other.
  struct wanted {
    const char* name;
    vigie::kind kind;
    bool list = false; // a list of that kind
  };
  item_fields() = default;
  // Throws error(E_SCHEMA) where the column is not there or is no list of structs with these
  // fields; `maker` is the component that adds such a column.
  item_fields(binding& b, const char* column, std::initializer_list<wanted> fields,
              const char* maker);

  [[nodiscard]] need column() const { return column_; }
  [[nodiscard]] const std::vector<std::size_t>& places() const { return places_; }

private:
  need column_;
  std::vector<std::size_t> places_; // of the fields, in the struct
};

// The lists of a batch. Fields are numbered as in item_fields.
class list_items {
public:
  list_items(const batch& in, const item_fields& fields);

  [[nodiscard]] bool is_null(std::int64_t row) const { return list_.is_null(row); }
  // The items of a row; their numbers are those that the functions below want.
  [[nodiscard]] index_range of(std::int64_t row) const { return list_.list(row); }
  [[nodiscard]] static std::int64_t count(index_range r) { return r.end - r.begin; }

  [[nodiscard]] std::string text(std::int64_t item, std::size_t field) const; // null: empty
  [[nodiscard]] std::optional<std::int64_t> number(std::int64_t item, std::size_t field) const;
  [[nodiscard]] std::optional<double> real(std::int64_t item, std::size_t field) const;
  [[nodiscard]] bool flag(std::int64_t item, std::size_t field) const; // null: false
  [[nodiscard]] std::vector<std::int64_t> numbers(std::int64_t item, std::size_t field) const;

private:
  [[nodiscard]] const vigie::column* cell(std::int64_t item, std::size_t field,
                                          std::int64_t& at) const;

  vigie::column list_, items_;
  std::vector<vigie::column> fields_;
};

} // namespace vigie::press
