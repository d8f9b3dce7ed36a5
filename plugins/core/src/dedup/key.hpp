// SPDX-License-Identifier: Apache-2.0
// A cell of any type as bytes that are equal exactly where the cells are: nulls equal each other,
// NaN equals NaN, 0 equals -0. Called by core.dedup. Stateless; any thread.
#pragma once

#include <vigie/column.hpp>

#include <cstdint>
#include <string>

namespace vigie::core {

// Appends the cell. No encoding of a type is a prefix of another, so that cells may be put one
// behind the other.
void append_dedup_key(const column& c, std::int64_t row, std::string& to);

} // namespace vigie::core
