// SPDX-License-Identifier: Apache-2.0
#include "io/unpacking.hpp"

#include <lzma.h>

#include <utility>

namespace vigie::io {
namespace {

// What `xz -9` makes needs 65 MiB; the dictionary of a file that asks for more is its maker's whim
// or an attack.
constexpr std::uint64_t most_memory = std::uint64_t{128} << 20U;

class unxz final : public unpacking_stream {
public:
  unxz(std::unique_ptr<byte_stream> stored, std::string path)
      : unpacking_stream(std::move(stored), std::move(path), "xz") {}
  unxz(const unxz&) = delete;
  unxz& operator=(const unxz&) = delete;
  ~unxz() override { lzma_end(&z_); }

private:
  progress run(std::string_view in, char* to, std::size_t room) override;
  bool begin() override {
    fresh_ = true;
    return lzma_stream_decoder(&z_, most_memory, 0) == LZMA_OK;
  }
  // Stream padding of the .xz file format, section 2.2.
  [[nodiscard]] bool may_pad(std::uint64_t nul_bytes) const override { return nul_bytes % 4 == 0; }

  lzma_stream z_ = LZMA_STREAM_INIT;
  bool fresh_ = true; // no byte of the stream was seen
};

void explain(lzma_ret says, bool& no_stream, const char*& fault, const char*& hint) {
  switch (says) {
  case LZMA_FORMAT_ERROR:
    no_stream = true;
    fault = "no xz stream begins here";
    return;
  case LZMA_MEMLIMIT_ERROR:
    fault = "it asks for more than 128 MiB of memory";
    hint = "compress it again with `xz -9` or less, without a larger dictionary";
    return;
  case LZMA_OPTIONS_ERROR:
    fault = "it uses a filter or a feature that this liblzma does not know";
    hint = "compress it again with `xz` and no filters";
    return;
  default: fault = "a check sum or code is wrong";
  }
}

unpacking_stream::progress unxz::run(std::string_view in, char* to, std::size_t room) {
  // liblzma waits for a whole header before it says that this is none.
  if (std::exchange(fresh_, in.empty() && fresh_) && !in.empty() && in.front() != '\xfd')
    return {.fault = "no xz stream begins here", .no_stream = true};
  z_.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
  z_.avail_in = in.size();
  z_.next_out = reinterpret_cast<std::uint8_t*>(to);
  z_.avail_out = room;
  const lzma_ret says = lzma_code(&z_, LZMA_RUN);
  progress p{.taken = in.size() - z_.avail_in, .made = room - z_.avail_out};
  p.ended = says == LZMA_STREAM_END;
  const bool fine = says == LZMA_OK || says == LZMA_BUF_ERROR || p.ended;
  p.no_memory = says == LZMA_MEM_ERROR;
  if (!fine) explain(says, p.no_stream, p.fault, p.hint);
  return p;
}

} // namespace

std::unique_ptr<byte_stream> make_unxz(std::unique_ptr<byte_stream> stored, std::string path) {
  return std::make_unique<unxz>(std::move(stored), std::move(path));
}

} // namespace vigie::io
