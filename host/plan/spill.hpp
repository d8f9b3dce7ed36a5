// SPDX-License-Identifier: Apache-2.0
// Scratch files as components get them through "vigie.spill/0": numbered, only ever appended to,
// gone with the run. Implemented above (runs::spill_folder), called by plan::instance. Any thread;
// a file belongs to one thread at a time.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vigie::plan {

class spill {
public:
  spill() = default;
  spill(const spill&) = delete;
  spill& operator=(const spill&) = delete;
  virtual ~spill() = default;

  // A new, empty file; its number is never given again. Errors: those of io::append_file::create.
  [[nodiscard]] virtual result<std::uint64_t> create() = 0;
  // Errors: those of io::append_file::append; internal for a number that names no file.
  [[nodiscard]] virtual status append(std::uint64_t file, std::string_view bytes) = 0;
  // Exactly `bytes` from `offset` on. Errors: those of io::append_file, run_file_truncated
  // where the file is shorter.
  [[nodiscard]] virtual status read(std::uint64_t file, std::uint64_t offset, char* to,
                                    std::size_t bytes) = 0;
  // Bytes of the file; 0 for a number that names none.
  [[nodiscard]] virtual std::uint64_t size(std::uint64_t file) = 0;
  // Removes the file; a number that names none is left alone.
  virtual void drop(std::uint64_t file) = 0;
};

} // namespace vigie::plan
