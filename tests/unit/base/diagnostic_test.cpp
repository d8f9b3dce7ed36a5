// SPDX-License-Identifier: Apache-2.0
#include "base/diagnostic.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "catch.hpp"

using namespace std::string_literals;
using vigie::code;

TEST_CASE("a diagnostic shows place, code, line, caret and hint") {
  auto d = vigie::fail(code::yaml_duplicate_key, "key 'use' stands twice")
               .at({.file = "p.yaml", .line = 12, .column = 5})
               .help("delete one");
  d.excerpt = "    use: core.filter";
  CHECK(vigie::render(d) == "p.yaml:12:5: error[V0103]: key 'use' stands twice\n"
                            "   12 |     use: core.filter\n"
                            "      |     ^\n"
                            "      help: delete one");
}

TEST_CASE("the caret stands under the right character behind wide and combining ones") {
  auto d = vigie::fail(code::yaml_syntax, "x").at({.file = "p", .line = 1, .column = 8});
  d.excerpt = "\xe4\xb8\xad\xe6\x96\x87"
              "a: b"; // two characters of three bytes and two columns each
  CHECK(vigie::render(d).find("\n      |      ^") != std::string::npos);
}

TEST_CASE("a hostile excerpt cannot write to the terminal") {
  auto d =
      vigie::fail(code::yaml_syntax, "found \x1b[2J").at({.file = "a\nb", .line = 1, .column = 1});
  d.excerpt = "\x1b[31m\xe2\x80\xaexyz\xff";
  const std::string out = vigie::render(d);
  CHECK(out.find('\x1b') == std::string::npos);
  CHECK(out.find("a\\nb:1:1") == 0);
  CHECK(out.find("\\x1b[31m\\u202exyz\\xff") != std::string::npos);
}

TEST_CASE("a line of a megabyte is cut around the caret") {
  auto d = vigie::fail(code::yaml_syntax, "x").at({.file = "p", .line = 1, .column = 500'000});
  d.excerpt = std::string(1'000'000, 'a');
  CHECK(vigie::render(d).size() < 600);
}

TEST_CASE("did-you-mean finds what is near and nothing else") {
  const std::vector<std::string> known{"core.filter", "core.derive", "files"};
  CHECK(vigie::nearest("core.fliter", known) == "core.filter");
  CHECK(vigie::nearest("file", known) == "files");
  CHECK(vigie::nearest("where", known).empty());
  CHECK(vigie::nearest("", known).empty());
}

TEST_CASE("codes are found however they are written") {
  CHECK(vigie::find_code("V0103")->value == code::yaml_duplicate_key);
  CHECK(vigie::find_code("v103")->name == "V0103");
  CHECK(vigie::find_code("103")->value == code::yaml_duplicate_key);
  CHECK_FALSE(vigie::find_code("V0000"));
  CHECK_FALSE(vigie::find_code("V"));
  CHECK_FALSE(vigie::find_code("103x"));
}

TEST_CASE("UTF-8 is judged as Unicode defines it") {
  using vigie::text::invalid_utf8;
  CHECK_FALSE(invalid_utf8("été €\xf0\x9f\x98\x80"));
  CHECK(invalid_utf8("ab\xc0\xaf") == 2U);       // overlong
  CHECK(invalid_utf8("\xed\xa0\x80") == 0U);     // surrogate
  CHECK(invalid_utf8("\xf4\x90\x80\x80") == 0U); // above U+10FFFF
  CHECK(invalid_utf8("a\xe2\x82") == 1U);        // cut short
}

TEST_CASE("text is cut for a terminal by columns, not bytes") {
  CHECK(vigie::text::elide("été", 3) == "été");
  CHECK(vigie::text::elide("éclair", 4) == "écl…");
  CHECK(vigie::text::elide("中文字", 5) == "中文…");
  CHECK(vigie::text::width("e\xcc\x81") == 1);
  CHECK(vigie::text::human_bytes(1536) == "1.5 KiB");
}

TEST_CASE("JSON is valid whatever the strings hold") {
  vigie::json_writer w(0);
  w.begin_object().field("a\"b", "x\x01\xff\n"s).field("n", std::int64_t{-5}).field("d", 0.1);
  w.key("l").begin_array().value(true).null().end_array().end_object();
  CHECK(w.text() == R"({"a\"b": "x\u0001)"
                    "\xef\xbf\xbd"
                    R"(\n", "n": -5, "d": 0.1, "l": [true, null]})");
}
