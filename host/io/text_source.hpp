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
  [[nodiscard]] std::uint64_t stored_bytes() const { return stored_->passed(); }

  // At the end: is the file still the one that was listed? Error: input_changed.
  [[nodiscard]] status check_file() const { return stored_->check_file(); }
  [[nodiscard]] result<split_digest> digest() { return stored_->digest(); } // once

private:
  text_source() = default;
  [[nodiscard]] status open_stored(const input& in, const split& part, const read_options& options);
  [[nodiscard]] status decompress(const input& in, compression c);
  [[nodiscard]] status decode(const std::string& encoding);
  [[nodiscard]] status skip_bom();
  [[nodiscard]] result<std::string> look_ahead(std::size_t bytes); // they are read again afterwards

  std::unique_ptr<byte_stream> text_; // owns the chain below
  stored_stream* stored_ = nullptr;
  decoding_stream* decoding_ = nullptr;
  std::string encoding_;
  std::uint64_t first_offset_ = 0;
  std::uint64_t ahead_ = 0; // bytes read ahead of a plain text
  bool plain_ = true;       // the text is the stored bytes
};

} // namespace vigie::io
