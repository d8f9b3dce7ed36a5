// SPDX-License-Identifier: Apache-2.0
// gzip (RFC 1952), zstd (RFC 8878), bzip2 and xz (The .xz File Format, 1.2.1), told by their magic
// bytes and read as streams; the first two are written, too, reproducibly. Each library stands in
// the one file named after its format. Objects belong to one thread.
#pragma once

#include "io/stream.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie::io {

enum class compression : std::uint8_t { automatic, none, gzip, zstd, bzip2, xz };

// "auto", "none", "gzip", "zstd", "bzip2", "xz"; nothing for other words.
[[nodiscard]] std::optional<compression> compression_named(std::string_view word);
[[nodiscard]] std::string_view name_of(compression c);

inline constexpr std::size_t magic_bytes =
    10; // as many of a file's first bytes tell its compression

// What the first bytes of a file say, of which the first four must be there, or all it has: gzip,
// zstd (a skippable frame too), bzip2, xz or none; never automatic. Of gzip one byte is enough,
// which is no character of a text.
[[nodiscard]] compression compression_of(std::string_view head);

// What all streams that decompress share: text before a fault is given first, and a fault stays.
class decompressing_stream : public byte_stream {
public:
  result<std::size_t> read(char* to, std::size_t bytes) final;

private:
  // Fills `bytes` bytes at `to`, counted in `done`, up to the end or the fault that it returns.
  [[nodiscard]] virtual status unpack(char* to, std::size_t bytes, std::size_t& done) = 0;

  std::optional<diagnostic> failed_;
};

// Streams that decompress: all members or frames to the end of the stored bytes, in bounded memory.
// `path` stands in messages. Errors: input_truncated, input_damaged, input_trailing, each with the
// offset in the decompressed bytes, and those of `stored`.
[[nodiscard]] std::unique_ptr<byte_stream> make_gunzip(std::unique_ptr<byte_stream> stored,
                                                       std::string path);
[[nodiscard]] std::unique_ptr<byte_stream> make_unzstd(std::unique_ptr<byte_stream> stored,
                                                       std::string path);
[[nodiscard]] std::unique_ptr<byte_stream> make_unbzip2(std::unique_ptr<byte_stream> stored,
                                                        std::string path);
// At most 128 MiB of memory, whatever the file asks for.
[[nodiscard]] std::unique_ptr<byte_stream> make_unxz(std::unique_ptr<byte_stream> stored,
                                                     std::string path);
// One of these; for none and automatic `stored` itself.
[[nodiscard]] std::unique_ptr<byte_stream>
make_decompressing(compression c, std::unique_ptr<byte_stream> stored, const std::string& path);

// Compresses one gzip member or zstd frame; several of them, one behind the other, are a valid file
// as well, so pieces may be compressed in parallel. The same bytes, level and library give the same
// result: no time, no name in it.
class compressor {
public:
  virtual ~compressor() = default;
  // Both append to `out`. Error: output_compress_failed.
  [[nodiscard]] virtual status add(std::string_view bytes, std::string& out) = 0;
  [[nodiscard]] virtual status finish(std::string& out) = 0; // once, last
};

// Level: gzip 1..9, zstd 1..19; 0 means 6 and 3. For `none` a compressor that copies; automatic
// counts as none. Errors: output_compress_failed for a level out of range; internal for formats
// that are only read.
[[nodiscard]] result<std::unique_ptr<compressor>> make_compressor(compression c, int level = 0);

// For make_compressor: levels are in range.
[[nodiscard]] result<std::unique_ptr<compressor>> make_gzip(int level);
[[nodiscard]] result<std::unique_ptr<compressor>> make_zstd(int level);

// The library that decompresses could get no memory: no fault of the file, so not one that its
// reader may route. Code: input_read_failed. `offset`: decompressed bytes before the fault.
[[nodiscard]] diagnostic no_memory_fault(const std::string& path, std::uint64_t offset);
// The diagnostic the decompressors share. `offset`: as above.
[[nodiscard]] diagnostic compressed_fault(code c, const std::string& path, std::string_view what,
                                          std::uint64_t offset);

// The file does not begin with the magic bytes of the compression that was named.
[[nodiscard]] diagnostic not_compressed(const std::string& path, compression wanted);

} // namespace vigie::io
