// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "write_lines.hpp"

#include <vigie/testing.hpp>

using vigie::kind;
using vigie::core::write_lines;
using vigie::testing::cell;
using vigie::testing::harness;
using vigie::testing::table;

namespace {

std::string write(const table& t, const std::string& column = "",
                  const std::string& line_ends = "escape") {
  harness<write_lines> h;
  h.component().column.value = column;
  h.component().line_ends = line_ends;
  h.component().nulls = "-";
  return h.encode(t, 2);
}

} // namespace

TEST_CASE("a cell is a line, and nothing in a text makes two of it") {
  const table t{{{"v"}}, {{"a"}, {""}, {nullptr}, {"two\nlines\r\n"}, {"\\n"}}};
  CHECK(write(t) == "a\n\n-\ntwo\\nlines\\r\\n\n\\n\n");
  CHECK(write(t, "", "keep") == "a\n\n-\ntwo\nlines\r\n\n\\n\n");
}

TEST_CASE("cells of other types are written in their plain form") {
  CHECK(write({{{"n", kind::int64}}, {{-5}, {7}}}) == "-5\n7\n");
  CHECK(write({{{"a"}, {"b", kind::boolean}}, {{"x", true}, {"y", false}}}, "b") ==
        "true\nfalse\n");
}

TEST_CASE("without a name there must be one column") {
  CHECK_THROWS_AS(write({{{"a"}, {"b"}}, {{"x", "y"}}}), vigie::error);
  CHECK_THROWS_AS(write({{{"a"}}, {{"x"}}}, "nowhere"), vigie::error);
  harness<write_lines> h;
  h.component().nulls = "a\nb";
  CHECK_THROWS_AS(h.encode({{{"a"}}, {{"x"}}}, 1), vigie::error);
}

// Texts are looked through 16 bytes at a time.
TEST_CASE("a line end is found wherever it stands in a text of any length") {
  for (std::size_t size = 1; size < 50; ++size)
    for (std::size_t at = 0; at < size; ++at)
      for (const char end : {'\n', '\r'}) {
        std::string text(size, 'x');
        text[at] = end;
        const std::string made = write({{{"v"}}, {{text}}});
        REQUIRE(made ==
                text.substr(0, at) + (end == '\n' ? "\\n" : "\\r") + text.substr(at + 1) + "\n");
      }
}
