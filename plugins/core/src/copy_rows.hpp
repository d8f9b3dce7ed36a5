// SPDX-License-Identifier: Apache-2.0
// Appends many cells of a column to a builder at once. Called by core.join and core.explode. Any
// thread.
#pragma once

#include <vigie/copy.hpp>

#include <cstdint>
#include <span>

namespace vigie::core {

// Values without nulls, all of them there: a loop without a branch.
template <class T>
void copy_fixed(const column& from, std::span<const std::int32_t> rows, builder& to) {
  const std::span<const T> values = from.values<T>();
  const std::span<T> room = to.fixed<T>(static_cast<std::int64_t>(rows.size()));
  for (std::size_t i = 0; i < room.size(); ++i) room[i] = values[static_cast<std::size_t>(rows[i])];
}

// The cells of these rows; a row of -1 is null. `some_missing`: whether there is one. `to` is of
// the same type as `from`.
inline void copy_rows(const column& from, std::span<const std::int32_t> rows, bool some_missing,
                      builder& to) {
  if (!some_missing && !from.has_nulls() && from.type().index.empty()) {
    switch (from.type().kind) {
    case kind::int32:
    case kind::date: return copy_fixed<std::int32_t>(from, rows, to);
    case kind::uint32: return copy_fixed<std::uint32_t>(from, rows, to);
    case kind::int64:
    case kind::timestamp: return copy_fixed<std::int64_t>(from, rows, to);
    case kind::uint64: return copy_fixed<std::uint64_t>(from, rows, to);
    case kind::float64: return copy_fixed<double>(from, rows, to);
    default: break;
    }
  }
  for (const std::int32_t row : rows) row < 0 ? to.null() : copy_cell(to, from, row);
}

} // namespace vigie::core
