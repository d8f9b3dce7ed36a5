// SPDX-License-Identifier: Apache-2.0
// A regular file read by ranges of its stored bytes, for those who compare files with what a run
// saw. Called by runs. One object, one thread; it owns the descriptor.
#pragma once

#include "io/sha256.hpp"
#include "io/system.hpp"

#include <atomic>
#include <cstdint>
#include <string>

namespace vigie::io {

class ranged_file {
public:
  // Links are followed. Errors: input_not_a_file, input_is_folder, those of input_failure.
  [[nodiscard]] static result<ranged_file> open(std::string path);

  [[nodiscard]] std::uint64_t size() const { return size_; } // bytes, when it was opened

  // Fills `bytes` bytes from `at` on; fewer only where the file ends. Error: input_read_failed.
  [[nodiscard]] result<std::size_t> read(char* to, std::size_t bytes, std::uint64_t at) const;

  // SHA-256 of [offset, offset + length). Where the file ends before, the length that comes back is
  // smaller. Errors: input_read_failed, input_cancelled once `cancel` is true, digest_failed.
  [[nodiscard]] result<split_digest> sha256(std::uint64_t offset, std::uint64_t length,
                                            const std::atomic<bool>* cancel = nullptr) const;

private:
  ranged_file(std::string path, descriptor file, std::uint64_t size)
      : path_(std::move(path)), file_(std::move(file)), size_(size) {}

  std::string path_;
  descriptor file_;
  std::uint64_t size_;
};

// The error of whoever stops because `cancel` was set.
[[nodiscard]] diagnostic reading_cancelled(const std::string& path);

} // namespace vigie::io
