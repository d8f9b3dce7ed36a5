// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "read_text.hpp"

#include <vigie/testing.hpp>

using vigie::core::read_text;
using vigie::testing::cell;
using vigie::testing::harness;

namespace {

vigie::testing::outcome read(std::string_view bytes, const std::vector<std::string>& wanted = {}) {
  harness<read_text> h;
  return h.decode(bytes, wanted, "pages/a.txt");
}

std::string why_rejected(std::string_view bytes) {
  const auto out = read(bytes);
  REQUIRE(out.rows.empty());
  REQUIRE(out.rejects.size() == 1);
  CHECK(out.rejects[0].column == "text");
  CHECK(out.rejects[0].where.offset == 0);
  CHECK(out.rejects[0].where.length == static_cast<std::int32_t>(bytes.size()));
  return out.rejects[0].why;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a text file is one row with its name, text, size and span") {
  const std::string text = "première ligne\r\n\tdeuxième \xF0\x9F\x98\x80\n\f";
  const auto out = read(text);
  REQUIRE(out.rows.size() == 1);
  CHECK(out.rows[0] == vigie::testing::row{"pages/a.txt", text, text.size()});
  CHECK(out.spans[0].offset == 0);
  CHECK(out.spans[0].length == static_cast<std::int32_t>(text.size()));
  CHECK(out.rejects.empty());
}

TEST_CASE("an empty file is a row with an empty text, not a null") {
  const auto out = read("");
  REQUIRE(out.rows.size() == 1);
  CHECK(out.rows[0] == vigie::testing::row{"pages/a.txt", "", 0});
}

TEST_CASE("a file gives only the columns that are wanted, in the order asked") {
  const auto out = read("abc", {"size_bytes", "file"});
  REQUIRE(out.rows.size() == 1);
  CHECK(out.rows[0] == vigie::testing::row{3, "pages/a.txt"});
}

TEST_CASE("text that is not UTF-8 is rejected at its first wrong byte") {
  struct bad {
    std::string_view bytes, place;
  };
  const std::vector<bad> cases{
      {"caf\xE9 noir", "0xE9 at offset 3"},             // Latin-1
      {"\x80 starts", "0x80 at offset 0"},              // a continuation byte alone
      {"ab\xC0\xAF", "0xC0 at offset 2"},               // overlong
      {"ab\xE0\x80\xAF", "0xE0 at offset 2"},           // overlong
      {"\xED\xA0\x80", "0xED at offset 0"},             // a surrogate
      {"abc\xF4\x90\x80\x80", "0xF4 at offset 3"},      // above U+10FFFF
      {"abc\xF5", "0xF5 at offset 3"},                  // never in UTF-8
      {"12345\xE2\x82", "0xE2 at offset 5"},            // cut at the end
      {"\xE2\x82\xAC\xE2\x28\xA1", "0xE2 at offset 3"}, // a good one first
  };
  for (const bad& c : cases) {
    const std::string why = why_rejected(c.bytes);
    INFO(why);
    CHECK(has(why, c.place));
    CHECK(has(why, "encoding: auto"));
  }
}

TEST_CASE("the first wrong byte is found far into a file") {
  std::string text(100'003, 'x');
  text[77'777] = '\xFF';
  CHECK(has(why_rejected(text), "0xFF at offset 77777"));
}

TEST_CASE("a NUL byte makes a file binary") {
  using namespace std::string_view_literals;
  const std::string why = why_rejected("text\0more"sv);
  CHECK(has(why, "binary data"));
  CHECK(has(why, "offset 4"));
}

TEST_CASE("five percent of control characters are text, more are binary data") {
  std::string text(100, 'x');
  for (std::size_t i = 0; i < 5; ++i) text[i * 10] = '\x1b';
  CHECK(read(text).rows.size() == 1);
  text[99] = '\x7f';
  CHECK(has(why_rejected(text), "6 % of the bytes"));
}

TEST_CASE("tabs, line ends and form feeds are no binary data") {
  CHECK(read("\t\r\n\f\n\n").rows.size() == 1);
}

TEST_CASE("offsets count from the start of the stored file") {
  harness<read_text> h;
  const read_text::task task(h.component(), vigie::input{}, {});
  std::vector<std::int32_t> all{0, 1, 2};
  vigie::decoded out(h.component().columns(), all);
  std::string why;
  const vigie_decoded to{sizeof to, &why, nullptr,
                         [](void* ctx, vigie_span where, vigie_status, vigie_str, vigie_str text) {
                           CHECK(where.offset == 3);
                           static_cast<std::string*>(ctx)->assign(text.data, text.size);
                         }};
  out.start(&to, 0);
  task.chunk({"ab\xFF", 3}, out); // behind a byte order mark
  CHECK(has(why, "at offset 5"));
}
