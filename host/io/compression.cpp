// SPDX-License-Identifier: Apache-2.0
#include "io/compression.hpp"

#include "io/errors.hpp"

#include <fmt/format.h>

#include <array>

namespace vigie::io {
namespace {

using namespace std::string_view_literals;
constexpr std::array<std::string_view, 6> names{"auto", "none", "gzip", "zstd", "bzip2", "xz"};

// Does `head` begin with `magic`, as far as it goes?
bool agrees(std::string_view head, std::string_view magic) {
  return magic.starts_with(head.substr(0, magic.size()));
}

// Behind "BZh" and the size of a block stands the first block, or the end of an empty stream.
bool is_bzip2(std::string_view head) {
  if (!head.starts_with("BZh"sv) || head[3] < '1' || head[3] > '9') return false;
  const std::string_view rest = head.substr(4);
  return agrees(rest, "\x31\x41\x59\x26\x53\x59"sv) || agrees(rest, "\x17\x72\x45\x38\x50\x90"sv);
}

class copier final : public compressor {
public:
  status add(std::string_view bytes, std::string& out) override {
    out += bytes;
    return {};
  }
  status finish(std::string&) override { return {}; }
};

} // namespace

result<std::size_t> decompressing_stream::read(char* to, std::size_t bytes) {
  if (failed_) return *failed_;
  std::size_t done = 0;
  if (status unpacked = unpack(to, bytes, done); !unpacked) failed_ = std::move(unpacked).error();
  if (failed_ && (done == 0 || !is_break(*failed_))) return *failed_;
  return done;
}

std::optional<compression> compression_named(std::string_view word) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == word) return static_cast<compression>(i);
  return std::nullopt;
}

std::string_view name_of(compression c) { return names[static_cast<std::size_t>(c)]; }

compression compression_of(std::string_view head) {
  // A download that broke off at once: one byte of gzip, which is no character of a text.
  if (head == "\x1f"sv || head.starts_with("\x1f\x8b"sv)) return compression::gzip;
  if (head.size() < 4) return compression::none;
  if (head.starts_with("\x28\xb5\x2f\xfd"sv)) return compression::zstd;
  if (is_bzip2(head)) return compression::bzip2;
  if (agrees(head, "\xfd\x37\x7a\x58\x5a\0"sv)) return compression::xz;
  const bool skippable = (static_cast<unsigned char>(head[0]) & 0xf0U) == 0x50U &&
                         head.substr(1, 3) == "\x2a\x4d\x18"sv;
  return skippable ? compression::zstd : compression::none;
}

std::unique_ptr<byte_stream> make_decompressing(compression c, std::unique_ptr<byte_stream> stored,
                                                const std::string& path) {
  switch (c) {
  case compression::gzip: return make_gunzip(std::move(stored), path);
  case compression::zstd: return make_unzstd(std::move(stored), path);
  case compression::bzip2: return make_unbzip2(std::move(stored), path);
  case compression::xz: return make_unxz(std::move(stored), path);
  default: return stored;
  }
}

result<std::unique_ptr<compressor>> make_compressor(compression c, int level) {
  if (c == compression::bzip2 || c == compression::xz)
    return fail(code::internal, fmt::format("{} is read, and never written", name_of(c)));
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
  return fail(c, fmt::format("{}, after {} decompressed bytes", what, offset))
      .at(in_file(path, offset))
      .help("fetch the file again; an interrupted or altered download is the usual cause");
}

diagnostic no_memory_fault(const std::string& path, std::uint64_t offset) {
  return fail(
             code::input_read_failed,
             fmt::format("no memory to decompress '{}', after {} decompressed bytes", path, offset))
      .at(in_file(path, offset))
      .help("nothing is wrong with the file; give the program more memory, or fewer threads");
}

diagnostic not_compressed(const std::string& path, compression wanted) {
  return fail(code::input_compression,
              fmt::format("'{}' does not begin with the magic bytes of {}", path, name_of(wanted)))
      .at(in_file(path))
      .help("write compression: auto, which looks at the bytes of each file");
}

} // namespace vigie::io
