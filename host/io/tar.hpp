// SPDX-License-Identifier: Apache-2.0
// The members of a tar archive, one after the other as they stand in the stream: ustar and pax
// (IEEE Std 1003.1-2001, pax, "ustar Interchange Format" and "pax Extended Header Block"), GNU long
// names and base-256 numbers (GNU tar manual, "Basic Tar Format"). Names are words for people and
// never paths that anything opens. Used by reader.cpp. One object, one thread.
#pragma once

#include "io/stream.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::io {

inline constexpr std::size_t tar_block = 512; // bytes

// Do the first bytes of a file begin an archive? "ustar" and the check sum of the header tell.
[[nodiscard]] bool is_tar(std::string_view head);

struct tar_member {
  std::string name; // as the archive has it, without "./" before it; any bytes
  std::uint64_t size = 0;
  std::uint64_t offset = 0; // of its first byte in the archive
};

class tar_reader {
public:
  // `archive` gives the archive from its first byte on and outlives the reader; `path` stands in
  // messages.
  tar_reader(byte_stream& archive, std::string path) : archive_(archive), path_(std::move(path)) {}

  // The next regular file; what was not read of the one before is skipped. Folders, links, devices
  // and pipes are passed over. Nothing at the end, once every byte behind it was read. Archives one
  // behind the other are one. Errors: archive_damaged, archive_truncated, archive_unsupported,
  // those of `archive`.
  [[nodiscard]] result<std::optional<tar_member>> next();

  // Bytes of the member at hand; as byte_stream::read, 0 at its end. Errors: archive_truncated,
  // those of `archive`.
  [[nodiscard]] result<std::size_t> read(char* to, std::size_t bytes);

  // Did the archive break off within the member at hand?
  [[nodiscard]] bool is_broken() const { return broken_.has_value(); }
  // Bytes of the archive read.
  [[nodiscard]] std::uint64_t at() const { return at_; }

  // Links, devices and the like that were passed over, and the name of the first.
  [[nodiscard]] std::uint64_t passed_over() const { return passed_over_; }
  [[nodiscard]] const std::string& first_passed_over() const { return first_passed_over_; }

private:
  // What extended headers say about the member behind them.
  struct extension {
    std::optional<std::string> name;
    std::optional<std::uint64_t> size;
  };

  [[nodiscard]] status skip_member();
  [[nodiscard]] result<bool> read_block(); // false at the end of the stream
  [[nodiscard]] result<std::string> read_text(std::uint64_t size);
  [[nodiscard]] status take_pax(std::string_view records, bool global);
  [[nodiscard]] status take_record(std::string_view key, std::string_view value, bool global);
  [[nodiscard]] result<bool> take_extension(char type, std::uint64_t size);
  [[nodiscard]] result<std::optional<tar_member>> take_member(char type, std::uint64_t size);
  [[nodiscard]] diagnostic early_end(std::string_view what);
  [[nodiscard]] diagnostic fault(code c, std::string_view what) const;
  [[nodiscard]] std::string_view field(std::size_t at, std::size_t size) const;

  byte_stream& archive_;
  std::string path_;
  std::string block_;
  std::uint64_t at_ = 0;      // bytes of the archive read
  std::uint64_t left_ = 0;    // of the member at hand
  std::uint64_t padding_ = 0; // behind it, to the next block
  bool closed_ = false;       // the last block was one of zeros
  std::optional<diagnostic> broken_;
  extension next_;
  std::uint64_t passed_over_ = 0;
  std::string first_passed_over_;
};

} // namespace vigie::io
