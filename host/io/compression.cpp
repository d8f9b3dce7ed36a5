// SPDX-License-Identifier: Apache-2.0
#include "io/compression.hpp"

#include "io/errors.hpp"

#include <fmt/format.h>

#include <array>

namespace vigie::io {
namespace {

using namespace std::string_view_literals;
constexpr std::array<std::string_view, 4> names{"auto", "none", "gzip", "zstd"};

class copier final : public compressor {
public:
  status add(std::string_view bytes, std::string& out) override {
    out += bytes;
    return {};
  }
  status finish(std::string&) override { return {}; }
};

} // namespace

std::optional<compression> compression_named(std::string_view word) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == word) return static_cast<compression>(i);
  return std::nullopt;
}

std::string_view name_of(compression c) { return names[static_cast<std::size_t>(c)]; }

compression compression_of(std::string_view head) {
  if (head.starts_with("\x1f\x8b"sv)) return compression::gzip;
  if (head.starts_with("\x28\xb5\x2f\xfd"sv)) return compression::zstd;
  const bool skippable = head.size() >= 4 &&
                         (static_cast<unsigned char>(head[0]) & 0xf0U) == 0x50U &&
                         head.substr(1, 3) == "\x2a\x4d\x18"sv;
  return skippable ? compression::zstd : compression::none;
}

result<std::unique_ptr<compressor>> make_compressor(compression c, int level) {
  const int highest = c == compression::gzip ? 9 : 19;
  if (level < 0 || level > highest)
    return fail(code::output_compress_failed,
                fmt::format("compression level {} is out of range", level))
        .help(fmt::format("{} takes 1 to {}; 0 is its default", name_of(c), highest));
  if (c == compression::gzip) return make_gzip(level == 0 ? 6 : level);
  if (c == compression::zstd) return make_zstd(level == 0 ? 3 : level);
  return std::unique_ptr<compressor>(std::make_unique<copier>());
}

diagnostic compressed_fault(code c, const std::string& path, std::string_view what,
                            std::uint64_t offset) {
  return fail(c, fmt::format("'{}': {}, after {} decompressed bytes", path, what, offset))
      .at(in_file(path, offset))
      .help("fetch the file again; an interrupted or altered download is the usual cause");
}

diagnostic not_compressed(const std::string& path, compression wanted) {
  return fail(code::input_compression,
              fmt::format("'{}' does not begin with the magic bytes of {}", path, name_of(wanted)))
      .at(in_file(path))
      .help("write compression: auto, which looks at the bytes of each file");
}

} // namespace vigie::io
