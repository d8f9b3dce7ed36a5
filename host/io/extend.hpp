// SPDX-License-Identifier: Apache-2.0
// What append.hpp and output.hpp share: files of Vigie's own that a later run goes on with. Called
// by host/io only. Pure calls of the system, any thread.
#pragma once

#include "base/result.hpp"
#include "io/system.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::io {

inline constexpr std::size_t write_bytes = std::size_t{256} << 10U; // held back before a write

// Writes all of `bytes`, however many calls that takes; 0 or -errno.
[[nodiscard]] int write_all(int fd, std::string_view bytes);

// Exactly `bytes` from `offset` on. Errors: input_read_failed, run_file_truncated.
[[nodiscard]] status read_exactly(int fd, const std::string& shown, std::uint64_t offset, char* to,
                                  std::size_t bytes);

// Opens a regular file of at least `length` bytes, cuts off what follows them, and writes behind
// them from now on (O_APPEND). Errors: those of input_failure (errors.hpp), input_not_a_file,
// run_file_truncated, output_write_failed.
[[nodiscard]] result<descriptor> open_to_extend(const std::string& path, const std::string& shown,
                                                std::uint64_t length);

} // namespace vigie::io
