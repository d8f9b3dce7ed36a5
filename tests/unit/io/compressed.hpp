// SPDX-License-Identifier: Apache-2.0
// Compressed bytes for tests: by the host's own writers, or by the libraries where it has none.
#pragma once

#include "io/compression.hpp"

#include <bzlib.h>
#include <lzma.h>

#include <cstdint>
#include <stdexcept>
#include <string>

inline std::string bzipped(std::string bytes) {
  std::string out(bytes.size() + bytes.size() / 100 + 700, '\0');
  auto size = static_cast<unsigned>(out.size());
  if (BZ2_bzBuffToBuffCompress(out.data(), &size, bytes.data(), static_cast<unsigned>(bytes.size()),
                               1, 0, 0) != BZ_OK)
    throw std::runtime_error("cannot compress");
  out.resize(size);
  return out;
}

inline std::string xzipped(const std::string& bytes, std::uint32_t preset = 1) {
  std::string out(lzma_stream_buffer_bound(bytes.size()), '\0');
  std::size_t size = 0;
  if (lzma_easy_buffer_encode(
          preset, LZMA_CHECK_CRC32, nullptr, reinterpret_cast<const std::uint8_t*>(bytes.data()),
          bytes.size(), reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size()) != LZMA_OK)
    throw std::runtime_error("cannot compress");
  out.resize(size);
  return out;
}

inline std::string compressed(const std::string& bytes, vigie::io::compression c, int level = 0) {
  if (c == vigie::io::compression::bzip2) return bzipped(bytes);
  if (c == vigie::io::compression::xz) return xzipped(bytes);
  std::string out;
  auto z = vigie::io::make_compressor(c, level);
  if (!z || !(*z)->add(bytes, out) || !(*z)->finish(out))
    throw std::runtime_error("cannot compress");
  return out;
}
