// SPDX-License-Identifier: Apache-2.0
// Arrow arrays the host holds: shared, read-only, released once nobody holds them. The rest of the
// host never touches ArrowArray by hand. Sharing is thread-safe; the arrays are never changed.
#pragma once

#include <vigie/column.hpp>
#include <vigie/types.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace vigie::data {

// One column: an array kept alive by its owner, and for a selected column which of its rows are
// meant, in order.
struct shared_column {
  std::shared_ptr<const void> owner;
  const ArrowArray* array = nullptr;                     // nullptr: nobody reads this column
  std::shared_ptr<const std::vector<std::int32_t>> rows; // nullptr: all of them

  [[nodiscard]] bool present() const { return array != nullptr; }
};

// Takes a struct array apart: its children as columns that share the one release.
[[nodiscard]] std::vector<shared_column> take_children(ArrowArray* moved);

// A column of one array.
[[nodiscard]] shared_column take_array(ArrowArray* moved);

// A struct array over columns without copying; it keeps their owners alive until released. Columns
// must have no selection.
void lend(std::span<const shared_column> columns, std::int64_t rows, ArrowArray* out);

// Bytes of the buffers an array refers to, its children and dictionary included, as far as its own
// rows need them. Views count the whole chunk they point into, because they keep it alive.
[[nodiscard]] std::int64_t held_bytes(const field& f, const ArrowArray& a);

} // namespace vigie::data
