// SPDX-License-Identifier: Apache-2.0
// Judges arrays that came from a plugin before anything reads them: buffer counts, lengths,
// offsets, views, dictionary indexes; on request also that texts are UTF-8. A plugin that returns
// nonsense gets an error, the host no fault. Pure functions, any thread. (What cannot be seen from
// here: a buffer that is shorter than it says.)
#pragma once

#include "base/result.hpp"

#include <vigie/types.hpp>

namespace vigie::data {

enum class depth : std::uint8_t { structure, full }; // full: texts are UTF-8, too

// `rows` rows of a column of type `f`. The error says what is wrong, without naming the column.
[[nodiscard]] status check_column(const field& f, const ArrowArray& a, std::int64_t rows, depth d);

// A batch: a struct array whose children are columns of `fields`.
[[nodiscard]] status check_batch(const schema& fields, const ArrowArray& a, std::int64_t rows,
                                 depth d);

} // namespace vigie::data
