// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "write_text.hpp"

#include <vigie/testing.hpp>

#include <algorithm>

using vigie::kind;
using vigie::core::write_text;
using vigie::testing::cell;
using vigie::testing::harness;
using vigie::testing::table;

namespace {

std::string write(const table& t, int max_width = 60, std::size_t rows_a_batch = 3) {
  harness<write_text> h;
  h.component().max_width = max_width;
  return h.encode(t, rows_a_batch);
}

// One text as the table shows it.
std::string shown(const std::string& text, int max_width = 60) {
  const std::string page = write({{{"v"}}, {{text}}}, max_width);
  REQUIRE(std::count(page.begin(), page.end(), '\n') == 3);
  const std::size_t end = page.size() - 1, start = page.rfind('\n', end - 1) + 1;
  return page.substr(start, end - start);
}

} // namespace

TEST_CASE("columns are aligned below their names, numbers to the right") {
  CHECK(write({{{"country"}, {"hosts", kind::int64}, {"note"}},
               {{"France", 312, "x"}, {"DR", -5, "yy"}, {nullptr, nullptr, nullptr}}}) ==
        "country  hosts  note\n"
        "-------  -----  ----\n"
        "France     312  x\n"
        "DR          -5  yy\n"
        "\n");
}

TEST_CASE("wide and combining characters take the cells a terminal gives them") {
  CHECK(write({{{"a"}, {"b"}},
               {{"日本", "x"},
                {"e\xCC\x81t\xC3\xA9", "y"},
                {"\xF0\x9F\x98\x80", "z"},
                {"abcde", "w"}}}) == "a      b\n"
                                     "-----  -\n"
                                     "日本   x\n"
                                     "e\xCC\x81t\xC3\xA9    y\n"
                                     "\xF0\x9F\x98\x80     z\n"
                                     "abcde  w\n");
}

TEST_CASE("a table without rows shows its names, one without columns nothing") {
  CHECK(write({{{"a"}, {"bc"}}, {}}) == "a  bc\n-  --\n");
  CHECK(write({{}, {}}).empty());
}

TEST_CASE("the chosen columns and the word for nulls are as asked") {
  harness<write_text> h;
  h.component().columns = {"b", "a"};
  h.component().nulls = "(none)";
  CHECK(h.encode({{{"a", kind::int64}, {"b"}}, {{nullptr, nullptr}}}) ==
        "b            a\n------  ------\n(none)  (none)\n");
}

TEST_CASE("long texts are cut with an ellipsis at the width, numbers and dates are not") {
  CHECK(shown("1234567890", 10) == "1234567890");
  CHECK(shown("12345678901", 10) == "123456789…");
  CHECK(shown("日本日本日本", 10) == "日本日本…");
  CHECK(shown("日本日本日", 10) == "日本日本日");
  CHECK(shown("x日本日本日", 10) == "x日本日本…");
  CHECK(write({{{"n", kind::int64}, {"t", kind::timestamp}}, {{1234567890123LL, 0}}}, 4) ==
        "            n  t\n-------------  --------------------\n1234567890123  "
        "1970-01-01T00:00:00Z\n");
  CHECK(write({{{"a_long_name"}}, {{"x"}}}, 6) == "a_lon…\n------\nx\n");
}

TEST_CASE("nothing that steers a terminal leaves a cell") {
  CHECK(shown("\x1b[31mred\x1b[0m") == "<U+001B>[31mred<U+001B>[0m");
  CHECK(shown("a\nb\r\nc\td\re") == "a⏎b⏎c d<U+000D>e");
  CHECK(shown(std::string("nul\0bell\a del\x7f", 14)) == "nul<U+0000>bell<U+0007> del<U+007F>");
  CHECK(shown("c1 \xC2\x9B"
              "31m") == "c1 <U+009B>31m");
  CHECK(shown("\xE2\x80\xAE"
              "txt.exe") == "<U+202E>txt.exe");                     // right-to-left override
  CHECK(shown("\xE2\x81\xA6x\xE2\x81\xA9") == "<U+2066>x<U+2069>"); // isolates
  CHECK(shown("line\xE2\x80\xA8sep") == "line<U+2028>sep");
  CHECK(shown("\xF3\xA0\x81\x81tag") == "<U+E0041>tag");
  CHECK(shown("bad \xFF\xC3 utf8") == "bad \xEF\xBF\xBD\xEF\xBF\xBD utf8");
  CHECK(write({{{"na\x1bme"}}, {}}).find('\x1b') == std::string::npos);
  const table nested{{vigie::list_of("l", {"", kind::text})},
                     {{std::vector<cell>{"\x1b[2J\xC2\x9B"}}}};
  const std::string page = write(nested);
  CHECK(page.find('\x1b') == std::string::npos);
  CHECK(page.find("\xC2\x9B") == std::string::npos);
}

TEST_CASE("a heap of combining marks cannot flood the page") {
  std::string text = "a";
  for (int i = 0; i < 100'000; ++i) text += "\xCC\x81";
  CHECK(shown(text, 10).size() <= 160);
}

TEST_CASE("sensitive columns are masked, nulls in them are seen as nulls") {
  CHECK(write({{{.name = "phone", .sensitive = true},
                {.name = "n", .kind = kind::int64, .sensitive = true}},
               {{"123", 5}, {nullptr, nullptr}}}) == "phone  n\n-----  ---\n•••    •••\n\n");
}

TEST_CASE("widths come from the first hundred thousand rows; wider texts behind them are cut") {
  table t{{{"a"}, {"n", kind::int64}}, {}};
  for (int i = 0; i < 100'000; ++i) t.rows.push_back({"12345", 1});
  t.rows.push_back({"1234567", 22});
  t.rows.push_back({"x", 3});
  const std::string page = write(t, 60, 1000);
  CHECK(std::count(page.begin(), page.end(), '\n') == 100'004);
  CHECK(page.starts_with("a      n\n-----  -\n12345  1\n"));
  CHECK(page.ends_with("12345  1\n1234…  22\nx      3\n"));
}

TEST_CASE("the page does not depend on how rows come in batches") {
  table t{{{"a"}, {"b"}}, {}};
  for (std::size_t i = 0; i < 500; ++i)
    t.rows.push_back({std::string(i % 70, 'x'), std::string(i % 13, 'y')});
  CHECK(write(t, 60, 1) == write(t, 60, 500));
}
