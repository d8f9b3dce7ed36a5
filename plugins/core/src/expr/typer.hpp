// SPDX-License-Identifier: Apache-2.0
// Gives every node of an expression its type, finds its columns, computes its constant parts.
// Called when a component is bound; one scope serves the expressions of one step, in order.
// Not thread-safe; what it makes is immutable.
#pragma once

#include "typed.hpp"
#include "wrong.hpp"

#include <vigie/params.hpp>

#include <optional>

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

// Throws wrong where columns, values, functions or types do not fit. The result's type has no
// name, is sensitive where any column in it is, and keeps marks (extension, span) only where the
// value is passed on unchanged.
[[nodiscard]] typed_ptr type_expression(const syntax& s, scope& columns, named_values& values);
// The same for a condition: the result is boolean.
[[nodiscard]] typed_ptr type_condition(const syntax& s, scope& columns, named_values& values);

} // namespace vigie::core::expr
