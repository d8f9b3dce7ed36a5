// SPDX-License-Identifier: Apache-2.0
// The journal of a run: records that are only ever added, each checked and durable before the call
// returns. A record is one line: CRC-32 (ISO 3309, as zlib computes it) of the rest in eight
// lower-case hexadecimal digits, a space, the number of the record from 0 on, a space, one line of
// JSON. Used by exec while a run goes on, and by whoever looks at what a run left. One object, one
// thread.
#pragma once

#include "base/result.hpp"
#include "io/append.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::runs {

class journal {
public:
  // A new journal with its first record, which appears whole or not at all (by rename), in the
  // place of what was there; makes its folders. Crash points journal.create.*. Errors: those of
  // write_file_atomically and open.
  [[nodiscard]] static result<journal> create(const std::string& path, std::string_view first);
  // Goes on behind the records of `read`; a torn tail is cut off. What was read is durable when
  // it returns, so that it may be acted upon. Errors: those of append_file::open and sync.
  struct content;
  [[nodiscard]] static result<journal> open(const std::string& path, const content& read);

  // `json` without newlines, not empty, of at most 64 MiB; else internal, and nothing is written.
  // Durable when it returns. Crash points journal.append.*. Errors: those of append_file; after one
  // of these the journal takes no more, since what it holds is unknown.
  [[nodiscard]] status append(std::string_view json);

  struct content {
    std::vector<std::string> records; // the JSON of each
    std::uint64_t length = 0;         // bytes of the whole records
    bool torn = false;                // something followed them that is no whole record
  };
  // Nothing but a last record that was not written to its end may be wrong. A record is bad where
  // its check sum or its number does not fit or its newline is missing. Time grows with the size
  // of the file alone, whatever it holds. Errors: run_journal_damaged (with the byte of the bad
  // record) where sound records follow a bad one or the first is bad; those of read_small_file,
  // input_too_large above 4 GiB.
  [[nodiscard]] static result<content> read(const std::string& path);

private:
  journal(io::append_file file, std::uint64_t next) : file_(std::move(file)), next_(next) {}
  io::append_file file_;
  std::uint64_t next_;
};

} // namespace vigie::runs
