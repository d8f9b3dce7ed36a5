// SPDX-License-Identifier: Apache-2.0
// Copying rows between arrays: through a selection, into memory of their own, from many batches
// into one, or into another text layout. Only copy_out takes dictionaries; nothing else in the host
// ever sees one. Pure functions, any thread; a batch too large for its layout throws vigie::error
// (caught by exec).
#pragma once

#include "array.hpp"

#include <cstdint>

namespace vigie::data {

// The column's selected rows as an array of the same format. Views keep pointing where they
// pointed.
[[nodiscard]] shared_column gather(const field& f, const shared_column& c);

// A copy that shares nothing with the original: no chunk is kept alive by it, and no plugin can see
// or scribble beyond its own cells. `format` is the wanted text layout, empty: that of `f`.
[[nodiscard]] shared_column copy_out(const field& f, const shared_column& c, std::int64_t rows,
                                     const std::string& format = {});

// As copy_out, into the layout of `to`, which is of the same type (field::same_type), down to its
// innermost children; or both are whole numbers, and `to` holds every value of `f`.
[[nodiscard]] shared_column copy_as(const field& to, const field& f, const shared_column& c,
                                    std::int64_t rows);

// A column without values.
[[nodiscard]] shared_column nulls(const field& f, std::int64_t rows);

// A row of one of several pieces of the same column.
struct piece_row {
  std::uint32_t piece;
  std::int32_t row;
};

// The rows named, in that order, out of pieces without selections.
[[nodiscard]] shared_column collect(const field& f, std::span<const shared_column> pieces,
                                    std::span<const piece_row> rows);

} // namespace vigie::data
