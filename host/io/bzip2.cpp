// SPDX-License-Identifier: Apache-2.0
#include "io/unpacking.hpp"

#include <bzlib.h>

#include <algorithm>

namespace vigie::io {
namespace {

constexpr std::size_t most_at_once = std::size_t{1} << 30U; // libbz2 counts in 32 bits

class unbzip2 final : public unpacking_stream {
public:
  unbzip2(std::unique_ptr<byte_stream> stored, std::string path)
      : unpacking_stream(std::move(stored), std::move(path), "bzip2") {}
  unbzip2(const unbzip2&) = delete;
  unbzip2& operator=(const unbzip2&) = delete;
  ~unbzip2() override { end(); }

private:
  progress run(std::string_view in, char* to, std::size_t room) override;
  bool begin() override {
    end();
    z_ = {};
    ready_ = BZ2_bzDecompressInit(&z_, 0, 0) == BZ_OK;
    return ready_;
  }
  void end() {
    if (ready_) BZ2_bzDecompressEnd(&z_);
    ready_ = false;
  }

  bz_stream z_{};
  bool ready_ = false;
};

unpacking_stream::progress unbzip2::run(std::string_view in, char* to, std::size_t room) {
  const auto given = static_cast<unsigned>(std::min(in.size(), most_at_once));
  const auto wanted = static_cast<unsigned>(std::min(room, most_at_once));
  z_.next_in = const_cast<char*>(in.data()); // libbz2 takes it so and never writes to it
  z_.avail_in = given;
  z_.next_out = to;
  z_.avail_out = wanted;
  const int says = BZ2_bzDecompress(&z_);
  progress p{.taken = given - z_.avail_in, .made = wanted - z_.avail_out};
  p.ended = says == BZ_STREAM_END;
  if (says == BZ_OK || p.ended) return p;
  p.no_stream = says == BZ_DATA_ERROR_MAGIC;
  p.no_memory = says == BZ_MEM_ERROR;
  p.fault = p.no_stream ? "no bzip2 stream begins here" : "a check sum or code is wrong";
  return p;
}

} // namespace

std::unique_ptr<byte_stream> make_unbzip2(std::unique_ptr<byte_stream> stored, std::string path) {
  return std::make_unique<unbzip2>(std::move(stored), std::move(path));
}

} // namespace vigie::io
