// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "io/charset.hpp"
#include "scratch.hpp"

using namespace std::string_literals;
using vigie::code;
using vigie::io::read_options;

namespace {

std::string utf16(const std::string& utf8, bool big, bool mark) {
  std::string out;
  const auto put = [&](std::uint32_t u) {
    const char low = static_cast<char>(u & 0xffU), high = static_cast<char>(u >> 8U);
    out += big ? high : low;
    out += big ? low : high;
  };
  if (mark) put(0xfeff);
  for (std::size_t at = 0; at < utf8.size();) {
    const std::uint32_t c = vigie::text::next_char(utf8, at);
    if (c < 0x10000)
      put(c);
    else
      put(0xd800 + ((c - 0x10000) >> 10U)), put(0xdc00 + ((c - 0x10000) & 0x3ffU));
  }
  return out;
}

everything read_as(const scratch& s, const std::string& stored,
                   const std::string& encoding = "auto", std::size_t chunk = 1U << 19U) {
  const auto all = read_path(s.put("x", stored), {.encoding = encoding, .chunk_bytes = chunk}, 4);
  if (!all) UNSCOPED_INFO(vigie::render(all.error()));
  REQUIRE(all);
  CHECK(digests_cover(*all, stored));
  return *all;
}

} // namespace

TEST_CASE("a byte order mark decides, is no text, and counts in the offsets of UTF-8 alone") {
  const scratch s;
  const auto utf8 = read_as(s, "\xef\xbb\xbf"
                               "a\nb\n");
  CHECK(utf8.text == "a\nb\n");
  CHECK(utf8.chunks.at(0).first == 3);
  CHECK(utf8.splits.size() == 2);
  for (const bool big : {false, true}) {
    const auto all = read_as(s, utf16("été\n€\n", big, true));
    CHECK(all.text == "été\n€\n");
    CHECK(all.encoding == (big ? "utf-16be" : "utf-16le"));
    CHECK(all.chunks.at(0).first == 0);
    CHECK(all.splits.size() == 1);
  }
  CHECK(read_as(s, "\xff\xfe\0\0a\0\0\0\n\0\0\0"s).text == "a\n");
  CHECK(read_as(s, "\0\0\xfe\xff\0\0\0a"s).text == "a");
}

TEST_CASE("a file that is nothing but a mark has no records") {
  const scratch s;
  for (const std::string mark : {"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"}) {
    const auto all = read_as(s, mark);
    CHECK(all.text.empty());
    CHECK(all.chunks.empty());
  }
}

TEST_CASE("a mark is found in every split size and under compression") {
  const scratch s;
  const std::string stored = "\xef\xbb\xbf\nab\n\nc";
  for (std::uint64_t split = 1; split < 12; ++split) {
    const auto all = read_path(s.put("x", stored), {}, split);
    REQUIRE(all);
    CHECK(all->text == "\nab\n\nc");
    CHECK(digests_cover(*all, stored));
  }
  const auto packed = read_path(s.put("x", compressed(stored, vigie::io::compression::gzip)));
  REQUIRE(packed);
  CHECK(packed->text == "\nab\n\nc");
  CHECK(packed->chunks.at(0).first == 3);
}

TEST_CASE("text without a mark is UTF-8 where it is well-formed and windows-1252 where it is not") {
  const scratch s;
  CHECK(read_as(s, "été\n").encoding == "utf-8");
  const auto western = read_as(s, "\xe9t\xe9 \x80 \x93quoted\x94\n");
  CHECK(western.encoding == "windows-1252");
  CHECK(western.text == "été € “quoted”\n");
  CHECK(western.replaced == 0);
  CHECK(read_as(s, compressed("\xe9t\xe9\n", vigie::io::compression::zstd)).text == "été\n");
  CHECK(read_as(s, "cut \xe2\x82").encoding == "windows-1252");
}

TEST_CASE("a sample that ends inside a character is still UTF-8") {
  const std::string sample(vigie::io::encoding_sample, 'a');
  for (std::size_t cut = 1; cut < 4; ++cut) {
    std::string text = sample.substr(cut) + std::string("\xf0\x9f\x98\x80").substr(0, cut);
    CHECK(vigie::io::encoding_of(text) == "utf-8");
    text.back() = '\xff';
    CHECK(vigie::io::encoding_of(text) == "windows-1252");
  }
}

TEST_CASE("said to be UTF-8, a text passes as it is, for its decoder to judge") {
  const scratch s;
  CHECK(read_as(s,
                "a\xff"
                "b\n",
                "UTF8")
            .text == "a\xff"
                     "b\n");
}

TEST_CASE("windows-1252 has a character for every byte, and Latin-1 keeps the controls") {
  const scratch s;
  std::string bytes;
  for (int b = 0x80; b < 0x100; ++b) bytes += static_cast<char>(b);
  const auto w = read_as(s, bytes, "windows-1252");
  CHECK(w.replaced == 0);
  CHECK(w.text.find("\xef\xbf\xbd") == std::string::npos);
  CHECK(w.text.starts_with("€\xc2\x81‚"));
  CHECK(read_as(s, "\x85\xe9", "iso-8859-1").text == "\xc2\x85é");
}

TEST_CASE("characters outside the basic plane survive every border of every buffer") {
  const scratch s;
  std::string text;
  for (int i = 0; i < 60'000; ++i) text += i % 7 == 3 ? "\n" : "\xf0\x9f\x98\x80";
  for (const std::string& lead : {std::string(), std::string("a")}) {
    CHECK(read_as(s, utf16(lead + text, false, true), "auto", 7).text == lead + text);
    CHECK(read_as(s, utf16(lead + text, true, false), "utf-16be", 4096).text == lead + text);
  }
}

TEST_CASE("ill-formed sequences become replacement characters and are counted") {
  const scratch s;
  const auto lone = read_as(s,
                            "a\0\x3d\xd8"
                            "b\0\n\0"s,
                            "utf-16le"); // a lead surrogate without its other half
  CHECK(lone.text == "a\xef\xbf\xbd"
                     "b\n");
  CHECK(lone.replaced == 1);
  const auto odd = read_as(s, "a\0b"s, "utf-16le"); // half a character at the end
  CHECK(odd.text == "a\xef\xbf\xbd");
  CHECK(odd.replaced == 1);
  const auto east = read_as(s, "ok \xff\xff.\n", "gb18030");
  CHECK(east.replaced > 0);
  CHECK(east.text.starts_with("ok \xef\xbf\xbd"));
}

TEST_CASE("offsets count the decoded text") {
  const scratch s;
  const auto all = read_as(s, "\xe9\n\xe9\n\xe9\n", "windows-1252", 3);
  std::vector<std::int64_t> offsets;
  for (const auto& c : all.chunks) offsets.push_back(c.first);
  CHECK(offsets == std::vector<std::int64_t>{0, 3, 6});
}

TEST_CASE("eastern encodings are known by name") {
  const scratch s;
  CHECK(read_as(s, "\xd6\xd0\xce\xc4\n", "GB18030").text == "中文\n");
  CHECK(read_as(s, "\xd0\xc1\n", "koi8-r").text == "па\n");
}

TEST_CASE("an unknown encoding is refused with a name that is near") {
  const scratch s;
  s.put("x", "a\n");
  for (const std::string bad :
       {"utf-9", "", "windows-1252,swaplfnl", "../x", "klingon", "utf-16le\n"}) {
    const auto all = read_path(s.path("x"), {.encoding = bad});
    CAPTURE(bad);
    REQUIRE_FALSE(all);
    CHECK(all.error().code == code::input_encoding);
    CHECK_FALSE(all.error().hint.empty());
  }
  CHECK(read_path(s.path("x"), {.encoding = "widows-1252"}).error().hint ==
        "did you mean 'windows-1252'?");
}
