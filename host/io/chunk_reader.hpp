// SPDX-License-Identifier: Apache-2.0
// The chunks of one text, of a file or of a member of an archive: whole records, those that are too
// long, and the end of data that break off. Used by reader.cpp. One object, one thread.
#pragma once

#include "io/reader.hpp"
#include "io/text_source.hpp"

#include <vector>

namespace vigie::io {

class chunk_reader final : public split_reader {
public:
  chunk_reader(const std::string& path, const read_options& options,
               std::unique_ptr<text_source> source)
      : path_(path), options_(options), source_(std::move(source)),
        offset_(source_->first_offset()) {}

  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  [[nodiscard]] bool told_break() const { return told_break_; }

  result<std::optional<chunk>> next() override;
  [[nodiscard]] const std::optional<split_digest>& digest() const override { return digest_; }
  [[nodiscard]] const std::string& encoding() const override { return source_->encoding(); }
  [[nodiscard]] std::uint64_t replaced() const override { return source_->replaced(); }
  [[nodiscard]] std::uint64_t stored_bytes() const override { return source_->stored_bytes(); }

private:
  // A buffer being filled with whole records.
  struct filling {
    std::shared_ptr<std::byte[]> bytes;
    std::size_t capacity = 0;
    std::size_t size = 0;

    [[nodiscard]] char* data() const { return reinterpret_cast<char*>(bytes.get()); }
    [[nodiscard]] std::string_view text() const { return {data(), size}; }
  };

  [[nodiscard]] result<std::optional<chunk>> step();
  [[nodiscard]] std::size_t first_capacity() const;
  static void grow(filling& f, std::size_t capacity);
  [[nodiscard]] result<std::size_t> read(char* to, std::size_t bytes);
  void unread(std::string_view last);
  [[nodiscard]] std::size_t held_back() const { return carry_.size() - carry_at_; }
  [[nodiscard]] status fill(filling& f);
  [[nodiscard]] status end_or_break();
  [[nodiscard]] result<std::optional<chunk>> break_off(const filling& f);
  [[nodiscard]] result<bool> begins_too_long(const filling& f) const;
  [[nodiscard]] chunk emit(const filling& f, std::size_t end);
  [[nodiscard]] result<std::optional<chunk>> skip(const filling& f);
  [[nodiscard]] result<std::uint64_t> length_from(std::string_view seen);
  [[nodiscard]] status finish();

  std::string path_;
  read_options options_;
  std::unique_ptr<text_source> source_;
  std::uint64_t offset_;    // of the next record
  std::vector<char> carry_; // bytes read too far; those from carry_at_ on come again
  std::size_t carry_at_ = 0;
  bool ended_ = false;                  // the source has
  std::optional<diagnostic> broken_by_; // instead of its end
  bool told_break_ = false;
  bool gave_any_ = false;
  bool finished_ = false;
  std::optional<diagnostic> failed_;
  std::optional<split_digest> digest_;
};

} // namespace vigie::io
