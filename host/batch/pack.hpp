// SPDX-License-Identifier: Apache-2.0
// Batches as bytes and back, for files of Vigie's own that live no longer than a run: spilled rows,
// parts of a run that may be continued, parts of shards. Not an interchange format: byte order and
// layout are this machine's. Pure functions, any thread. Columns are of the layouts the host works
// with: no dictionaries.
#pragma once

#include "base/result.hpp"
#include "batch.hpp"

#include <string>
#include <string_view>

namespace vigie::data {

// Appends one batch with columns `fields`: rows, columns (those not present stay absent), origins.
// Selections are carried out; views and slices are compacted: only bytes of the rows themselves are
// written, so that nothing of a chunk, of a neighbouring cell or from under a null comes along.
// Equal rows in equal layouts give equal bytes. A batch too large for its layout throws
// vigie::error (as gather.hpp; caught by exec).
void pack(const schema& fields, const batch& b, std::string& out);

// Bytes `pack` would append, without the copy; for budgets and buffers.
[[nodiscard]] std::int64_t packed_bytes(const schema& fields, const batch& b);

// The one batch that `bytes` hold, in memory of its own, in the layouts of `fields`. Whatever the
// bytes hold, nothing is read beyond them, and what comes back passes check_batch in full. Error:
// pack_damaged.
[[nodiscard]] result<batch> unpack(const schema& fields, std::string_view bytes);

} // namespace vigie::data
