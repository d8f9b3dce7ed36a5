// SPDX-License-Identifier: Apache-2.0
// What splits.cpp and reader.cpp share: finding record ends by the record mode.
// Pure functions, any thread.
#pragma once

#include "io/options.hpp"

#include <cstdint>
#include <string_view>

namespace vigie::io {

// The end of the first record in `bytes`, or -1. `offset` stands in the message where a component
// answers out of range. Error: input_border.
[[nodiscard]] result<std::int64_t> first_end(const read_options& options, std::string_view bytes,
                                             bool at_start, const std::string& path,
                                             std::uint64_t offset);

// The end of the last whole record in `bytes`, which begin a record; 0 where none ends. Error:
// input_border.
[[nodiscard]] result<std::size_t> last_end(const read_options& options, std::string_view bytes,
                                           const std::string& path, std::uint64_t offset);

// Memory for a search for an own border from within a record.
[[nodiscard]] std::size_t search_window(const read_options& options);

} // namespace vigie::io
