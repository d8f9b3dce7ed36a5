// SPDX-License-Identifier: Apache-2.0
#include "io/compression.hpp"
#include "scratch.hpp"

using vigie::code;
using vigie::io::compression;
using vigie::io::read_options;

namespace {

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
  CHECK(compression_of("text") == compression::none);
  CHECK(compression_of("") == compression::none);
  CHECK(compression_of("\x28\xb5\x2f") == compression::none);
  CHECK(vigie::io::compression_named("zstd") == compression::zstd);
  CHECK_FALSE(vigie::io::compression_named("bz2"));
}

TEST_CASE("compressed files are read as their text, with digests of what is stored") {
  const scratch s;
  for (const compression c : {compression::gzip, compression::zstd})
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
  for (const compression c : {compression::gzip, compression::zstd}) {
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
  for (const compression c : {compression::gzip, compression::zstd}) {
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
  for (const compression c : {compression::gzip, compression::zstd})
    for (const std::string& tail :
         {std::string("garbage that is longer"), std::string(512, '\0'), std::string("1234")}) {
      const auto got = read_path(s.put("x", compressed(some_text, c) + tail));
      CHECK(code_of(got) == code::input_trailing);
      CHECK(got.error().place.offset == static_cast<std::int64_t>(some_text.size()));
    }
  CHECK(code_of(read_path(s.put("x", compressed(some_text, compression::gzip) + "\n"))) ==
        code::input_trailing);
}

TEST_CASE("one changed byte anywhere is an error or leaves the text as it was") {
  const scratch s;
  for (const compression c : {compression::gzip, compression::zstd}) {
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
  for (const compression c : {compression::gzip, compression::zstd}) {
    const std::string in_one = compressed(noisy(50'000), c);
    CHECK(in_one == compressed(noisy(50'000), c));
    if (c == compression::gzip)
      CHECK(in_one.substr(3, 5) == std::string(5, '\0')); // no flags, time 0
  }
  CHECK_FALSE(vigie::io::make_compressor(compression::gzip, 10));
  CHECK_FALSE(vigie::io::make_compressor(compression::zstd, -1));
}
