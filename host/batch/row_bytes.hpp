// SPDX-License-Identifier: Apache-2.0
// Single rows as bytes and back, for rows that are dealt out one by one (arranged_rows); whole
// batches go through pack.hpp. Byte order is this machine's. Pure functions, any thread. Columns
// have no dictionaries.
#pragma once

#include <vigie/builder.hpp>

#include <string>
#include <string_view>

namespace vigie::data {

// Appends cell i: a byte that is 0 for a null, else 1 and the value: fixed widths as they stand,
// texts with their size before them, lists with the count of their items, structs field by field.
void append_cell_bytes(const column& c, std::int64_t i, std::string& out);

// Takes one cell of type `f` from the front of `bytes` and appends it to `to`. False where the
// bytes hold none; nothing is read beyond them, and `to` is of no further use.
[[nodiscard]] bool read_cell_bytes(const field& f, std::string_view& bytes, builder& to);

} // namespace vigie::data
