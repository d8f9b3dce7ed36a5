// SPDX-License-Identifier: Apache-2.0
#include "io/compression.hpp"
#include "scratch.hpp"

using vigie::code;
using vigie::io::compression;
using vigie::io::read_options;

namespace {

constexpr std::array all_formats{compression::gzip, compression::zstd, compression::bzip2,
                                 compression::xz};
const std::string some_text = "first line\nsecond line\nthird line\nfourth line, first line\n";

std::string noisy(std::size_t bytes) { // compresses badly and holds newlines
  std::mt19937 random(3);
  std::string out;
  while (out.size() < bytes)
    out += static_cast<char>(random() % 96 + 32 == 64 ? '\n' : random() % 95 + 32);
  return out;
}

code code_of(const vigie::result<everything>& r) { return r ? code::internal : r.error().code; }

} // namespace

TEST_CASE("the first bytes tell the compression, whatever the name") {
  using vigie::io::compression_of;
  CHECK(compression_of(compressed("x", compression::gzip)) == compression::gzip);
  CHECK(compression_of(compressed("x", compression::zstd)) == compression::zstd);
  CHECK(compression_of("\x52\x2a\x4d\x18") == compression::zstd);
  CHECK(compression_of(compressed("x", compression::bzip2)) == compression::bzip2);
  CHECK(compression_of(compressed("", compression::bzip2)) == compression::bzip2);
  CHECK(compression_of(compressed("x", compression::xz)) == compression::xz);
  CHECK(compression_of("BZh9 is no magic") == compression::none);
  CHECK(compression_of("BZh0\x31\x41\x59\x26\x53\x59") == compression::none);
  CHECK(compression_of("text") == compression::none);
  CHECK(compression_of("") == compression::none);
  CHECK(compression_of("\x1f") == compression::gzip);
  CHECK(compression_of("\x1e") == compression::none);
  CHECK(compression_of("\x1f ") == compression::none);
  CHECK(compression_of("\x28\xb5\x2f") == compression::none);
  CHECK(vigie::io::compression_named("zstd") == compression::zstd);
  CHECK_FALSE(vigie::io::compression_named("bz2"));
}

TEST_CASE("compressed files are read as their text, with digests of what is stored") {
  const scratch s;
  for (const compression c : all_formats)
    for (const std::string& text :
         {std::string(), some_text, noisy(400'000), std::string(3'000'000, '\n')})
      for (const std::size_t chunk :
           {std::size_t{100}, std::size_t{65'536}, std::size_t{524'288}}) {
        const std::string stored = compressed(text, c);
        const auto all = read_path(s.put("x.txt", stored), {.chunk_bytes = chunk}, 1000);
        REQUIRE(all);
        CHECK(all->splits.size() == 1);
        CHECK(all->splits[0].whole);
        CHECK(all->text == text);
        CHECK(digests_cover(*all, stored));
      }
}

TEST_CASE("several members and frames are read one after the other") {
  const scratch s;
  for (const compression c : all_formats) {
    const std::string stored = compressed("one\ntw", c) + compressed("", c) +
                               compressed("o\nthree\n", c) + compressed(noisy(100'000), c);
    const auto all = read_path(s.put("x", stored));
    REQUIRE(all);
    CHECK(all->text == "one\ntwo\nthree\n" + noisy(100'000));
    CHECK(digests_cover(*all, stored));
  }
  const std::string skippable("\x50\x2a\x4d\x18\x03\x00\x00\x00"
                              "abc",
                              11);
  const auto all =
      read_path(s.put("x", skippable + compressed("a\n", compression::zstd) + skippable));
  REQUIRE(all);
  CHECK(all->text == "a\n");
}

TEST_CASE("output that is due when all input is consumed is not lost") {
  // One frame by RFC 8878: single segment, size in four bytes, one run-length block, no check sum.
  const std::string frame("\x28\xb5\x2f\xfd\xa0\xa0\x86\x01\x00\x03\x35\x0c"
                          "x",
                          13);
  const scratch s;
  for (const std::size_t chunk : {std::size_t{100}, std::size_t{1} << 19U}) {
    const auto all = read_path(s.put("x", frame + frame), {.chunk_bytes = chunk});
    REQUIRE(all);
    CHECK(all->text == std::string(200'000, 'x'));
  }
}

TEST_CASE("a file cut at any length is refused, and never read as less") {
  const scratch s;
  for (const compression c : all_formats) {
    const std::string one = compressed(some_text, c), two = one + compressed(noisy(300), c);
    for (std::size_t length = 0; length < two.size(); ++length) {
      if (length == one.size()) continue; // a complete file
      CAPTURE(static_cast<int>(c), length);
      s.put("x", two.substr(0, length));
      const auto said = read_path(s.path("x"), {.compression = c});
      REQUIRE_FALSE(said);
      const code got = said.error().code;
      CHECK((got == code::input_truncated || (length < 4 && got == code::input_compression) ||
             (length == one.size() + 1 && got == code::input_trailing)));
      if (length >= 4) CHECK(code_of(read_path(s.path("x"))) == got);
      if (length > one.size() + 1)
        CHECK(said.error().place.offset >= static_cast<std::int64_t>(some_text.size()));
    }
  }
}

TEST_CASE("bytes behind the last member are refused") {
  const scratch s;
  for (const compression c : all_formats)
    for (const std::string& tail :
         {std::string("garbage that is longer"), std::string(512, '\0'), std::string("1234")}) {
      if (c == compression::xz && tail[0] == '\0') continue; // padding of its format
      const auto got = read_path(s.put("x", compressed(some_text, c) + tail));
      CHECK(code_of(got) == code::input_trailing);
      CHECK(got.error().place.offset == static_cast<std::int64_t>(some_text.size()));
    }
  CHECK(code_of(read_path(s.put("x", compressed(some_text, compression::gzip) + "\n"))) ==
        code::input_trailing);
}

TEST_CASE("one changed byte anywhere is an error or leaves the text as it was") {
  const scratch s;
  for (const compression c : all_formats) {
    const std::string whole = compressed(some_text, c);
    for (std::size_t i = 4; i < whole.size(); ++i) {
      std::string bad = whole;
      bad[i] = static_cast<char>(bad[i] ^ 0x41);
      const auto got = read_path(s.put("x", bad), {.compression = c});
      CAPTURE(static_cast<int>(c), i);
      if (got) CHECK(got->text == some_text); // time, name and system of the gzip header
    }
  }
}

TEST_CASE("a compression that was named must be there") {
  const scratch s;
  s.put("x", "plain\n");
  CHECK(code_of(read_path(s.path("x"), {.compression = compression::gzip})) ==
        code::input_compression);
  s.put("x", compressed("a", compression::gzip));
  CHECK(code_of(read_path(s.path("x"), {.compression = compression::zstd})) ==
        code::input_compression);
  const auto raw = read_path(s.path("x"), {.compression = compression::none, .encoding = "utf-8"});
  REQUIRE(raw);
  CHECK(raw->text == compressed("a", compression::gzip));
}

TEST_CASE("a small file that swells is read in bounded chunks and skipped where it is one record") {
  const scratch s;
  const std::string bomb = compressed(std::string(50'000'000, 'x'), compression::gzip, 9);
  const auto all = read_path(s.put("x", bomb), {.max_record = 1'000'000});
  REQUIRE(all);
  CHECK(all->chunks.empty());
  CHECK(all->skipped == std::vector<std::pair<std::int64_t, std::int64_t>>{{0, 50'000'000}});
}

TEST_CASE("compressing gives the same bytes each time, without clock or name") {
  for (const compression c : all_formats) {
    const std::string in_one = compressed(noisy(50'000), c);
    CHECK(in_one == compressed(noisy(50'000), c));
    if (c == compression::gzip)
      CHECK(in_one.substr(3, 5) == std::string(5, '\0')); // no flags, time 0
  }
  CHECK_FALSE(vigie::io::make_compressor(compression::gzip, 10));
  CHECK_FALSE(vigie::io::make_compressor(compression::zstd, -1));
}

TEST_CASE("xz data that ask for more memory than is allowed are refused, and say so") {
  lzma_options_lzma large{};
  REQUIRE_FALSE(lzma_lzma_preset(&large, 1));
  large.dict_size = 512U << 20U;
  const lzma_filter filters[] = {{LZMA_FILTER_LZMA2, &large}, {LZMA_VLI_UNKNOWN, nullptr}};
  // Only the header speaks of the dictionary, so nothing of its size is needed to write it.
  std::string header(LZMA_STREAM_HEADER_SIZE, '\0');
  lzma_stream_flags flags{};
  flags.check = LZMA_CHECK_CRC32;
  REQUIRE(lzma_stream_header_encode(&flags, reinterpret_cast<std::uint8_t*>(header.data())) ==
          LZMA_OK);
  lzma_block block{};
  block.check = LZMA_CHECK_CRC32;
  block.compressed_size = block.uncompressed_size = LZMA_VLI_UNKNOWN;
  block.filters = const_cast<lzma_filter*>(filters);
  REQUIRE(lzma_block_header_size(&block) == LZMA_OK);
  std::string block_header(block.header_size, '\0');
  REQUIRE(lzma_block_header_encode(&block, reinterpret_cast<std::uint8_t*>(block_header.data())) ==
          LZMA_OK);
  const scratch s;
  const auto got = read_path(s.put("x", header + block_header + std::string(1000, 'x')));
  CHECK(code_of(got) == code::input_damaged);
  CHECK(got.error().message.find("128 MiB") != std::string::npos);
  CHECK(got.error().hint.find("xz -9") != std::string::npos);
}

TEST_CASE("what stands between xz streams is padding only in fours of NUL bytes") {
  const scratch s;
  const std::string one = compressed("a\n", compression::xz),
                    two = compressed("b\n", compression::xz);
  for (const std::size_t zeros : {std::size_t{0}, std::size_t{4}, std::size_t{400'000}}) {
    const auto all =
        read_path(s.put("x", one + std::string(zeros, '\0') + two + std::string(zeros, '\0')));
    REQUIRE(all);
    CHECK(all->text == "a\nb\n");
  }
  for (const std::size_t zeros : {std::size_t{1}, std::size_t{6}, std::size_t{65'537}}) {
    CHECK(code_of(read_path(s.put("x", one + std::string(zeros, '\0') + two))) ==
          code::input_trailing);
    CHECK(code_of(read_path(s.put("x", one + std::string(zeros, '\0')))) == code::input_trailing);
  }
}

TEST_CASE("formats that are only read are never written") {
  for (const compression c : {compression::bzip2, compression::xz})
    CHECK_FALSE(vigie::io::make_compressor(c));
}
