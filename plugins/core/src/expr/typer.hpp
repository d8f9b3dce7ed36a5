// SPDX-License-Identifier: Apache-2.0
// Gives every node of an expression its type, finds its columns, computes its constant parts.
// Called when a component is bound; one scope serves the expressions of one step, in order.
// Not thread-safe; what it makes is immutable.
#pragma once

#include "scope.hpp"
#include "typed.hpp"
#include "wrong.hpp"

namespace vigie::core::expr {

// Throws wrong where columns, values, functions or types do not fit. The result's type has no
// name, is sensitive where any column in it is, and keeps marks (extension, span) only where the
// value is passed on unchanged.
[[nodiscard]] typed_ptr type_expression(const syntax& s, scope& columns, named_values& values);
// The same for a condition: the result is boolean.
[[nodiscard]] typed_ptr type_condition(const syntax& s, scope& columns, named_values& values);

} // namespace vigie::core::expr
