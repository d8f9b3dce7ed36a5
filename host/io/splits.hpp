// SPDX-License-Identifier: Apache-2.0
// Cuts inputs into splits, the unit of parallel work, resume and digests. The cuts depend on the
// bytes of the input, the split size and the record mode alone. Called by exec on one thread before
// the readers start; any thread may.
#pragma once

#include "io/inputs.hpp"
#include "io/options.hpp"

#include <cstdint>
#include <vector>

namespace vigie::io {

// The records that start in stored bytes [begin, end), which are record borders. A whole input is
// read as one stream.
struct split {
  std::uint32_t input = 0; // index in the list of inputs
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  bool whole = false; // begin is 0, and end the stored size (standard input: unknown, 0)
  // What planning found. Automatic and "auto" are left where only the stream can tell: standard
  // input, and the encoding of compressed files.
  io::compression compression = io::compression::none;
  std::string encoding = "utf-8";
  // An archive is one split. Where the stream is compressed, or standard input, only reading tells.
  enum class form : std::uint8_t { file, tar, unknown };
  form is = form::file;
};

// Cuts one input. Uncompressed UTF-8 files of lines or own borders are cut at the first record
// border at or behind each multiple of `split_bytes`; everything else is one split, and so is an
// empty file. A border stands behind a record end; borders behind the same long record fall
// together and give no empty splits. With options.uncut, one split. Reads a few KiB at each cut.
// Errors: input_options, input_encoding, input_compression, input_border, input_cancelled,
// input_changed, and those of reading.
[[nodiscard]] result<std::vector<split>> plan_splits(const input& in, std::uint32_t index,
                                                     std::uint64_t split_bytes,
                                                     const read_options& options);

// All inputs, one after the other.
[[nodiscard]] result<std::vector<split>> plan_splits(const std::vector<input>& inputs,
                                                     std::uint64_t split_bytes,
                                                     const read_options& options);

} // namespace vigie::io
