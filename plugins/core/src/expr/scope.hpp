// SPDX-License-Identifier: Apache-2.0
// What an expression can name: columns and the values given beside it. Made by the components while
// they are bound, asked by the typer. Not thread-safe; borrows the schema and the values.
#pragma once

#include <vigie/params.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core::expr {

// The columns an expression can name.
class scope {
public:
  explicit scope(const schema& input) : input_(input) {}

  struct found {
    bool earlier;     // computed by an earlier expression
    std::size_t slot; // among used(), or among the earlier ones
    const field* type;
  };
  [[nodiscard]] bool has(std::string_view name) const;
  // Notes that an input column is used.
  [[nodiscard]] std::optional<found> find(std::string_view name);
  // The next expression's result; it hides a column of that name.
  void define(std::string name, field type);

  // Positions in the input of the columns used, in the order of their slots.
  [[nodiscard]] const std::vector<int>& used() const { return used_; }
  [[nodiscard]] std::vector<std::string> names() const;

private:
  const schema& input_;
  std::vector<int> used_;
  std::vector<field> earlier_;
};

// What :name stands for: texts, each typed by its use.
class named_values {
public:
  explicit named_values(const named<std::string>& given)
      : given_(given), used_(given.size(), false) {}
  // nullptr: there is none.
  [[nodiscard]] const std::string* find(std::string_view name);
  [[nodiscard]] std::vector<std::string> names() const;
  // The first that no expression named, or -1.
  [[nodiscard]] int first_unused() const;

private:
  const named<std::string>& given_;
  std::vector<bool> used_;
};

} // namespace vigie::core::expr
