// SPDX-License-Identifier: Apache-2.0
// Reads one split as chunks of whole records, which go to a decoder; hashes the stored bytes as
// they pass. Created by a task of exec and used by that task alone; chunks may outlive the reader
// and be shared between threads.
#pragma once

#include "io/sha256.hpp"
#include "io/splits.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace vigie::io {

inline constexpr std::size_t chunk_padding =
    64; // readable zero bytes behind the data of a chunk, for SIMD

struct skipped_record {
  std::int64_t offset = 0;               // as chunk::offset
  std::int64_t length = 0;               // with its end, such as the newline; what could be read
  std::optional<diagnostic> broken_by{}; // the data break off in it; otherwise it is too long
};

struct chunk {
  std::shared_ptr<const std::byte[]> buffer{}; // keeps `data` alive
  const char* data = nullptr;
  std::size_t size = 0;
  std::int64_t offset =
      0; // of the first byte in the decompressed, decoded text; for plain UTF-8 that of the file
  // A record that is not given: longer than max_record, the chunk then holds no data; or the one in
  // which the data break off, of which the chunk holds what could be read.
  std::optional<skipped_record> skipped;
};

// A member of an archive: a text of its own. Its offsets count on from its place in the archive, as
// if each member before it stood there decompressed and in UTF-8.
struct member {
  std::string name; // "archive.tar!folder/file.jsonl", well-formed UTF-8
  std::string head; // the first bytes of its text, at most head_bytes
  std::uint64_t offset = 0;
};
inline constexpr std::size_t member_head_bytes = std::size_t{64} << 10U;

class split_reader {
public:
  // `in` and `options` are copied and must be those the split was planned with.
  // Errors: input_options, input_changed, input_compression, input_encoding, input_truncated,
  // input_damaged, those of opening and reading.
  [[nodiscard]] static result<std::unique_ptr<split_reader>>
  open(const input& in, const split& part, const read_options& options);
  virtual ~split_reader() = default;

  // An archive is read member by member: next() gives the chunks of the one at hand. Known once
  // open.
  [[nodiscard]] virtual bool is_archive() const { return false; }
  // Goes to the next member of an archive, whether or not the one at hand was read; nothing at the
  // end. With options.give_breaks also nothing where the archive breaks off; next() then tells, if
  // it did not do so within a member. Errors: as next, archive_damaged, archive_truncated,
  // archive_unsupported.
  [[nodiscard]] virtual result<std::optional<member>> next_member() {
    return std::optional<member>();
  }
  // What an archive holds besides files and folders: how many, and the name of the first.
  [[nodiscard]] virtual std::pair<std::uint64_t, std::string> passed_over() const { return {}; }

  // The next chunk in order; nothing at the end. Chunks hold about chunk_bytes, more where one
  // record is longer, never more than max_record + 1; which records they hold depends on the input
  // and the options alone. A skipped record comes as a chunk of its own. With record_mode::file the
  // one chunk may be empty, as the file is. With options.give_breaks data that break off end the
  // text: after its whole records one skipped record, maybe of no bytes, and no error. Errors
  // besides those of open: input_cancelled, input_border. After an error every call gives the same
  // one.
  [[nodiscard]] virtual result<std::optional<chunk>> next() = 0;

  // After the end, the stored bytes this split read; nothing with options.digest off, or before the
  // end.
  [[nodiscard]] virtual const std::optional<split_digest>& digest() const = 0;

  [[nodiscard]] virtual const std::string& encoding() const = 0; // what "auto" came to
  [[nodiscard]] virtual std::uint64_t
  replaced() const = 0; // ill-formed sequences that became U+FFFD so far
  [[nodiscard]] virtual std::uint64_t stored_bytes() const = 0; // read so far, for progress
};

// The first bytes of an input's text, without compression, byte order mark and encoding: at most
// `bytes`, fewer where the text ends. For what later splits must know of the head of a file, such
// as a header line. Not for standard input, which can be read only once (its reader sees the head):
// gives nothing there. Errors: as split_reader::open.
[[nodiscard]] result<std::string> read_head(const input& in, std::size_t bytes,
                                            const read_options& options);

} // namespace vigie::io
