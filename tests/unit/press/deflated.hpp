// SPDX-License-Identifier: Apache-2.0
// Bytes compressed by zlib for tests of the press family, which know nothing of the host's writers.
#pragma once

#include "catch.hpp"

#include <zlib.h>

#include <string>

namespace vigie::press::test {

inline constexpr int zlib_window = 15, raw_window = -15, gzip_window = 15 + 16;

// `window`: what deflateInit2 is given; it also chooses the format.
inline std::string deflated(const std::string& text, int window) {
  std::string out(compressBound(text.size()) + 64, '\0');
  z_stream z{};
  REQUIRE(deflateInit2(&z, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&z, Z_FINISH) == Z_STREAM_END);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

inline std::string gzipped(const std::string& text) { return deflated(text, gzip_window); }

} // namespace vigie::press::test
