// SPDX-License-Identifier: Apache-2.0
// A file that only grows: journals, parts, spilled rows. Called by runs and exec. One object, one
// thread, but for read_at, which any thread may call for bytes before the last flush or sync.
#pragma once

#include "base/result.hpp"
#include "io/system.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::io {

class append_file {
public:
  // A new, empty file with rights 0600; what stood there is removed. `shown` is how messages call
  // it. Error: output_create_failed, output_no_space, output_refused.
  [[nodiscard]] static result<append_file> create(std::string path, std::string shown);
  // Goes on behind the first `length` bytes of a file that exists; what follows them is cut off.
  // Errors: those of input_failure (errors.hpp), input_not_a_file, run_file_truncated where the
  // file is shorter, output_write_failed.
  [[nodiscard]] static result<append_file> open(std::string path, std::string shown,
                                                std::uint64_t length);

  // Held back until 256 KiB are together. Errors: output_write_failed, output_no_space; after the
  // first every call but read_at gives the same.
  [[nodiscard]] status append(std::string_view bytes);
  [[nodiscard]] status flush(); // to the system
  // Flush, then fsync, the first time of the folder, too: what was appended and the name survive a
  // power failure. Error besides those of append: output_sync_failed.
  [[nodiscard]] status sync();
  // Exactly `bytes` from `offset` on, which must have been flushed. Errors: input_read_failed,
  // run_file_truncated.
  [[nodiscard]] status read_at(std::uint64_t offset, char* to, std::size_t bytes) const;

  [[nodiscard]] std::uint64_t length() const { return length_; } // with what is held back

private:
  append_file() = default;
  [[nodiscard]] status failed(diagnostic d);

  std::string path_, shown_, held_;
  descriptor file_;
  std::uint64_t length_ = 0;
  bool named_ = false; // the name is durable
  status first_failure_;
};

} // namespace vigie::io
