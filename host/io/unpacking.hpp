// SPDX-License-Identifier: Apache-2.0
// What the decompressors of bzip2 and xz share: feeding a library block by block, streams one
// behind the other, and telling an early end from bytes that do not belong there. Used by their
// files alone. One object, one thread.
#pragma once

#include "io/compression.hpp"

#include <array>
#include <string>

namespace vigie::io {

class unpacking_stream : public decompressing_stream {
protected:
  unpacking_stream(std::unique_ptr<byte_stream> stored, std::string path, std::string_view format)
      : stored_(std::move(stored)), path_(std::move(path)), format_(format) {}

  struct progress {
    std::size_t taken = 0, made = 0; // bytes
    bool ended = false;              // a whole stream is unpacked
    const char* fault = nullptr;     // what is wrong with the data
    bool no_stream = false;          // the fault: what begins here is no stream at all
    bool no_memory = false;          // the fault: the library could not get what it needs
    const char* hint = nullptr;      // for faults that no other copy of the file would mend
  };
  // One call of the library. It takes or makes something where it is given both bytes and room.
  virtual progress run(std::string_view in, char* to, std::size_t room) = 0;
  // Gets ready for a stream, the first one too. False: no memory.
  virtual bool begin() = 0;
  // May so many NUL bytes stand between streams, and at the end?
  [[nodiscard]] virtual bool may_pad(std::uint64_t nul_bytes) const { return nul_bytes == 0; }

private:
  [[nodiscard]] status refill(); // sets ended_ at the end of the stored bytes
  [[nodiscard]] status skip_padding();
  [[nodiscard]] status unpack(char* to, std::size_t bytes, std::size_t& done) final;
  [[nodiscard]] status run_once(char* to, std::size_t room, std::size_t& made);
  [[nodiscard]] diagnostic fault(const progress& p) const;
  [[nodiscard]] diagnostic trailing() const;

  static constexpr std::size_t block_bytes = std::size_t{1} << 16U;
  std::unique_ptr<byte_stream> stored_;
  std::string path_;
  std::string_view format_;
  std::array<char, block_bytes> block_{};
  std::string_view left_; // of the block
  bool ended_ = false;    // no stored byte is left
  bool drained_ = true;   // the library holds back no output
  bool inside_ = false;   // a stream has begun
  std::uint64_t streams_ = 0;
  std::uint64_t padding_ = 0; // NUL bytes since the last stream
  std::uint64_t written_ = 0;
};

} // namespace vigie::io
