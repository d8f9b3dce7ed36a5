// SPDX-License-Identifier: Apache-2.0
// The text of one split: opens the input, takes compression, byte order mark and encoding away,
// counts and hashes the stored bytes. Used by reader.cpp. One object, one thread; it owns the file.
#pragma once

#include "io/charset.hpp"
#include "io/splits.hpp"

#include <cstdint>

namespace vigie::io {

class text_source {
public:
  // `options` are those of planning. Errors: those of reading, input_compression, input_encoding.
  [[nodiscard]] static result<std::unique_ptr<text_source>> open(const input& in, const split& part,
                                                                 const read_options& options);

  // The text of a member of an archive: its bytes, decompressed where their magic says so, and
  // decoded. Offsets start at `first_offset`. Errors: as open, archive_unsupported for an archive
  // within the archive. `shown` stands in messages.
  [[nodiscard]] static result<std::unique_ptr<text_source>>
  open_member(std::unique_ptr<byte_stream> bytes, const std::string& shown,
              std::uint64_t first_offset, const read_options& options);

  // The stream is a tar archive: neither decoded nor read, but for its first bytes, which come
  // again.
  [[nodiscard]] bool is_archive() const { return archive_; }
  [[nodiscard]] byte_stream& stream() { return *text_; }

  // The next bytes of the text, which come again; fewer than `bytes` where it ends or breaks off.
  [[nodiscard]] result<std::string> look_ahead(std::size_t bytes);

  // As byte_stream::read.
  [[nodiscard]] result<std::size_t> read(char* to, std::size_t bytes) {
    return text_->read(to, bytes);
  }

  // Offset of the first byte that read gives: of the stored file, or of the decompressed and
  // decoded text; a UTF-8 byte order mark is left out and counted, one of another encoding is no
  // part of the text.
  [[nodiscard]] std::uint64_t first_offset() const { return first_offset_; }

  // Bytes still to come, where that is known; otherwise a number above all sizes.
  [[nodiscard]] std::uint64_t expected() const;

  [[nodiscard]] const std::string& encoding() const { return encoding_; }
  [[nodiscard]] std::uint64_t replaced() const {
    return decoding_ == nullptr ? 0 : decoding_->replaced();
  }
  // Of a file, not of a member.
  [[nodiscard]] std::uint64_t stored_bytes() const { return stored_->passed(); }

  // At the end: is the file still the one that was listed? Error: input_changed.
  [[nodiscard]] status check_file() const {
    return stored_ == nullptr ? status() : stored_->check_file();
  }
  // Of all stored bytes, those behind a break too, which are read now. Once.
  [[nodiscard]] result<split_digest> digest();

private:
  text_source() = default;
  [[nodiscard]] status open_stored(const input& in, const split& part, const read_options& options);
  [[nodiscard]] status decompress(const input& in, compression c);
  [[nodiscard]] status find_archive(split::form known);
  [[nodiscard]] status decode(const std::string& encoding);
  [[nodiscard]] status skip_bom();

  std::unique_ptr<byte_stream> text_; // owns the chain below
  stored_stream* stored_ = nullptr;
  decoding_stream* decoding_ = nullptr;
  std::string encoding_;
  std::uint64_t first_offset_ = 0;
  std::uint64_t ahead_ = 0; // bytes read ahead of a plain text
  bool plain_ = true;       // the text is the stored bytes
  bool archive_ = false;
};

} // namespace vigie::io
