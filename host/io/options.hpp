// SPDX-License-Identifier: Apache-2.0
// How a step's inputs are read: what splits.hpp and reader.hpp are told by exec, from the component
// and the pipeline. Plain values; borrowed pointers must outlive the readers.
#pragma once

#include "io/compression.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace vigie::io {

enum class record_mode : std::uint8_t {
  lines, // a record ends behind \n; the last may lack it
  file,  // the whole text is one record
  own,   // the component knows its borders
};

enum class archives : std::uint8_t {
  automatic, // the members of a tar archive are read, told by its first bytes
  none,      // an archive is a file as any other
};

// The end of the first record in `bytes`: 1..size, or -1 where none is seen. `at_start`: the bytes
// begin a record; otherwise they begin anywhere, and the first border behind their first byte is
// wanted. An answer must not depend on what follows the end it names. Nothing behind `bytes` may be
// read. Called from several threads at once.
using border_function = std::function<std::int64_t(std::string_view bytes, bool at_start)>;

// Where the last whole record of bytes that begin a record ends: 0 where none does, at most their
// size.
using last_border_function = std::function<std::int64_t(std::string_view bytes)>;

struct read_options {
  io::compression compression = io::compression::automatic;
  io::archives archives = io::archives::automatic;
  std::string encoding = "auto"; // charset.hpp
  record_mode records = record_mode::lines;
  border_function border{};                          // for record_mode::own
  last_border_function last_border{};                // may be empty: then `border` is asked
  bool uncut = false;                                // an input is one split, whatever its size
  std::size_t chunk_bytes = std::size_t{512} << 10U; // nominal size of a chunk, at least 1
  std::uint64_t max_record = std::uint64_t{64}
                             << 20U; // longer records are skipped and reported, at least 1
  bool give_breaks = false;          // data that break off are told as a chunk, not as an error
  bool digest = true;                // SHA-256 of the stored bytes
  const std::atomic<bool>* cancel = nullptr; // true: reading ends with input_cancelled
};

// Errors: input_options, input_encoding.
[[nodiscard]] status check_options(const read_options& options);

} // namespace vigie::io
