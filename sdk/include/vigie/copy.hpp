// SPDX-License-Identifier: MIT-0
// Copying cells from a column that was read to a column that is made, whatever their layouts.
#pragma once

#include "builder.hpp"

#pragma GCC visibility push(hidden)
namespace vigie {

// Appends cell i of `from` to `to`, which must be of the same type (field::same_type); layouts may
// differ.
inline void copy_cell(builder& to, const column& from, std::int64_t i) {
  if (from.is_null(i)) return to.null();
  switch (from.type().kind) {
  case kind::boolean: return to.boolean(from.boolean(i));
  case kind::float64: return to.real(from.real(i));
  case kind::text:
  case kind::binary:
  case kind::fixed_binary: return to.text(from.text(i));
  case kind::list: {
    const column items = from.items();
    const auto [begin, end] = from.list(i);
    for (std::int64_t k = begin; k < end; ++k) copy_cell(to.child(0), items, k);
    return to.end_list();
  }
  case kind::structure:
    for (std::size_t k = 0; k < from.type().children.size(); ++k)
      copy_cell(to.child(k), from.child(k), from.child_row(i));
    return to.end_struct();
  default: return to.integer(from.integer(i));
  }
}

} // namespace vigie
#pragma GCC visibility pop
