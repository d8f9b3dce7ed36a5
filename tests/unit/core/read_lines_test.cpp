// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "read_lines.hpp"

#include <vigie/testing.hpp>

using vigie::core::read_lines;
using vigie::testing::cell;
using vigie::testing::harness;

namespace {

vigie::testing::outcome read(std::string_view bytes, const std::string& blank = "keep") {
  harness<read_lines> h;
  h.component().blank = blank;
  return h.decode(bytes, {"line"}, "a.log");
}

std::vector<std::string> lines(std::string_view bytes, const std::string& blank = "keep") {
  const auto out = read(bytes, blank);
  CHECK(out.rejects.empty());
  std::vector<std::string> all;
  for (const auto& row : out.rows) all.push_back(std::get<std::string>(row[0].value));
  return all;
}

} // namespace

TEST_CASE("each line is a row without its end, and the last needs none") {
  using texts = std::vector<std::string>;
  CHECK(lines("a\nb\r\nc") == texts{"a", "b", "c"});
  CHECK(lines("a\n") == texts{"a"});
  CHECK(lines("\n\r\n \n") == texts{"", "", " "});
  CHECK(lines("a\rb\n\r\r\n") == texts{"a\rb", "\r"});
  CHECK(lines("").empty());
  CHECK(lines(std::string_view("a\0b\n", 4)) == texts{std::string("a\0b", 3)});
}

TEST_CASE("blank lines are left out where that is wanted") {
  CHECK(lines("a\n\n \t\nb\n", "skip") == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a row's place is its line without the end") {
  const auto out = read("first\r\nsecond\n");
  REQUIRE(out.spans.size() == 2);
  CHECK(out.spans[0].offset == 0);
  CHECK(out.spans[0].length == 5);
  CHECK(out.spans[1].offset == 7);
  CHECK(out.spans[1].length == 6);
}

TEST_CASE("a line that is not UTF-8 costs that line alone") {
  const auto out = read("good\nb\xE9"
                        "d\nfine \xC3\xA9\n");
  REQUIRE(out.rows.size() == 2);
  REQUIRE(out.rejects.size() == 1);
  CHECK(out.rejects[0].column == "line");
  CHECK(out.rejects[0].where.offset == 5);
  CHECK(out.rejects[0].where.length == 3);
  CHECK(out.rejects[0].why.find("byte 0xE9 at offset 1 of the line") != std::string::npos);
}
