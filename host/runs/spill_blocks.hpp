// SPDX-License-Identifier: Apache-2.0
// Blocks of bytes in a scratch file, each with its length, a link (a number of the writer's own,
// such as where the block before it begins) and a CRC-32 (ISO 3309, as zlib computes it) over all
// of it, so that what a disk returns is never taken for what was written. One thread at a time, but
// for read_block.
#pragma once

#include "spill.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::runs {

inline constexpr std::uint64_t no_block = ~std::uint64_t{0}; // a link to nowhere

// Where the block begins. Errors: those of spill_file::append.
[[nodiscard]] result<std::uint64_t> append_block(spill_file& file, std::string_view bytes,
                                                 std::uint64_t link = no_block);

struct block {
  std::string bytes;
  std::uint64_t link = no_block;
  std::uint64_t end = 0; // where the next one begins
};

// The block at `offset`, which must have been flushed. Errors: spill_damaged; those of
// spill_file::read.
[[nodiscard]] result<block> read_block(const spill_file& file, std::uint64_t offset);

// spill_damaged, for content that no block should have.
[[nodiscard]] diagnostic damaged(std::string_view what);

} // namespace vigie::runs
