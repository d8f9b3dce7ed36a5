// SPDX-License-Identifier: Apache-2.0
// Between the components and the expression language: parameters in, errors that point at the byte
// of the parameter out, results into builders. Called while binding and by the tasks.
#pragma once

#include "expr/evaluator.hpp"
#include "expr/typer.hpp"

#include <vigie/component.hpp>

namespace vigie::core {

// Throws vigie::error at the expression's parameter and byte.
[[nodiscard]] expr::typed_ptr typed_expression(const expression& e, expr::scope& columns,
                                               expr::named_values& values);
[[nodiscard]] expr::typed_ptr typed_condition(const expression& e, expr::scope& columns,
                                              expr::named_values& values);
// Throws where a value is given that no expression names; `param` is the index of `values`.
void refuse_unused(const expr::named_values& values, int param);
// Asks the host for the columns in the order of their slots.
void need_columns(binding& b, const expr::scope& columns);

// The field a derived column has: the type, without dictionaries, texts as views.
[[nodiscard]] field made_field(field type, std::string name);
// Appends `rows` results of a program whose type is `type`; rows that failed become null.
void append_results(builder& to, const field& type, const expr::vec& from, std::size_t rows);

} // namespace vigie::core
