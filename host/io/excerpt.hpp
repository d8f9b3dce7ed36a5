// SPDX-License-Identifier: Apache-2.0
// The bytes of an input that a row comes from, with what stands around them: for people who check a
// figure. Called by cli. Pure but for reading; any thread.
#pragma once

#include "io/inputs.hpp"
#include "io/options.hpp"

#include <cstdint>
#include <string>

namespace vigie::io {

struct excerpt {
  std::string before, bytes, after; // of the decompressed, decoded text, as offsets count
  std::uint64_t cut = 0;            // bytes of the span that are left out at the end of `bytes`
};

// [offset, offset + length) of the text of `in`, at most `most` bytes of it, and up to `around`
// bytes before and after. A plain file is read at that place, another one from its start. Errors:
// those of split_reader; input_truncated where the text ends before the span does.
[[nodiscard]] result<excerpt> read_excerpt(const input& in, const read_options& options,
                                           std::uint64_t offset, std::uint64_t length,
                                           std::uint64_t most, std::uint64_t around);

} // namespace vigie::io
