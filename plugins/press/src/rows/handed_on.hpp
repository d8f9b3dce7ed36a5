// SPDX-License-Identifier: Apache-2.0
// The list columns that press steps hand to one another (columns.hpp), taken as such: a list of the
// same name whose items are made otherwise is refused when the pipeline is bound. Any thread.
#pragma once

#include <vigie/vigie.hpp>

#include <string_view>

namespace vigie::press {

// Throws error(E_SCHEMA) that points at the parameter: no such column, no list, other items.
[[nodiscard]] need handed_on(binding& b, const column_name& name, const field& wanted);

// Which child of the items of `list` has this name; there is one.
[[nodiscard]] std::size_t child_named(const field& list, std::string_view name);

} // namespace vigie::press
