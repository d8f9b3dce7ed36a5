// SPDX-License-Identifier: Apache-2.0
// A chain of byte streams: stored bytes -> decompressed -> decoded to UTF-8. Each owns the one
// below it. Built by text_source; used by host/io only. One stream belongs to one thread.
#pragma once

#include "base/result.hpp"
#include "io/inputs.hpp"
#include "io/sha256.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>

namespace vigie::io {

class byte_stream {
public:
  virtual ~byte_stream() = default;
  // Fills `bytes` bytes at `to`; fewer only at the end of the stream, where later calls give 0, and
  // where the data break off, where later calls give the error (is_break in errors.hpp).
  [[nodiscard]] virtual result<std::size_t> read(char* to, std::size_t bytes) = 0;
};

// pread of 1..bytes bytes; the end of the file counts as input_changed, since only listed bytes are
// asked for. Errors: input_read_failed, input_changed, input_cancelled.
[[nodiscard]] result<std::size_t> read_at(const input& in, const descriptor& file, char* to,
                                          std::size_t bytes, std::uint64_t at,
                                          const std::atomic<bool>* cancel);

// Bytes of a file or of standard input, counted and hashed as they pass.
class stored_stream final : public byte_stream {
public:
  // Bytes [begin, end) of the file with pread; `in` is copied.
  stored_stream(const input& in, descriptor file, std::uint64_t begin, std::uint64_t end);
  // Standard input, to its end.
  explicit stored_stream(const input& in);

  void hash(bool on) { hashing_ = on; }
  void stop_on(const std::atomic<bool>* cancel) { cancel_ = cancel; }

  // Errors: input_read_failed, input_changed (the file became shorter), input_cancelled.
  [[nodiscard]] result<std::size_t> read(char* to, std::size_t bytes) override;

  [[nodiscard]] std::uint64_t passed() const { return at_ - begin_; }
  [[nodiscard]] std::uint64_t left() const {
    return end_ - at_;
  } // standard input: a number without meaning, large
  [[nodiscard]] status check_file() const;     // error: input_changed
  [[nodiscard]] result<split_digest> digest(); // once, at the end

private:
  [[nodiscard]] result<std::size_t> read_some(char* to, std::size_t bytes);

  input in_;
  descriptor file_; // not open for standard input
  std::uint64_t begin_ = 0;
  std::uint64_t at_ = 0;
  std::uint64_t end_ = std::numeric_limits<std::uint64_t>::max();
  bool ended_ = false; // standard input has: a terminal would be asked again
  bool hashing_ = true;
  const std::atomic<bool>* cancel_ = nullptr;
  sha256_hasher hasher_;
};

// What was read ahead to look at it, then the rest of the stream it was read from.
class looked_ahead_stream final : public byte_stream {
public:
  looked_ahead_stream(std::string ahead, std::unique_ptr<byte_stream> rest)
      : ahead_(std::move(ahead)), rest_(std::move(rest)) {}
  [[nodiscard]] result<std::size_t> read(char* to, std::size_t bytes) override;

private:
  std::string ahead_;
  std::size_t at_ = 0;
  std::unique_ptr<byte_stream> rest_;
};

} // namespace vigie::io
