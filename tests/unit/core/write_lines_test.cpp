// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "write_lines.hpp"

#include <vigie/testing.hpp>

#include <random>

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

// What is written of cells that are views into `input`.
std::string written(const std::string& input, const std::vector<std::string_view>& cells) {
  const vigie::schema fields{{.name = "v", .format = "vu"}};
  harness<write_lines> h;
  h.encode({fields, {}});
  vigie::builder rows(vigie::struct_of("rows", fields));
  rows.child(0).view_into(input.data(), input.size());
  for (const std::string_view cell : cells) {
    rows.child(0).text(cell);
    rows.end_struct();
  }
  ArrowArray made{};
  rows.finish(&made);
  std::string out;
  const vigie_writer to{sizeof to, &out, [](void* text, const void* bytes, std::uint64_t size) {
                          static_cast<std::string*>(text)->append(static_cast<const char*>(bytes),
                                                                  size);
                          return vigie_status{VIGIE_OK};
                        }};
  vigie::writer into(&to);
  h.component().write(vigie::batch(fields, &made), into);
  return out;
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

// Lines of one input lie one behind the other and leave in one piece. What must not be taken along:
// a line that was left out, what stands between two cells where it is no LF, and a line that only
// seems to be next because it lies in another buffer.
TEST_CASE("lines that lie next to each other leave as they are, and nothing between others does") {
  const std::string input = "the first line, long\n"
                            "the second line, long\n"
                            "left out by some filter\n"
                            "behind the one left out\r\n"
                            "behind a CR and an LF\n"
                            "short\n"
                            "behind a short one, long\n"
                            "a\rb: one that is escaped\n"
                            "the last line has no end";
  const auto begins = [&](std::string_view text) {
    return std::string_view(input).substr(input.find(text), text.size());
  };
  const std::vector<std::string_view> cells{begins("the first line, long"),
                                            begins("the second line, long"),
                                            begins("behind the one left out"),
                                            begins("behind a CR and an LF"),
                                            begins("short"),
                                            begins("behind a short one, long"),
                                            begins("a\rb: one that is escaped"),
                                            begins("the last line has no end"),
                                            begins("line has no end"),
                                            begins("the first line, long")};
  CHECK(written(input, cells) == "the first line, long\nthe second line, long\n"
                                 "behind the one left out\nbehind a CR and an LF\n"
                                 "short\nbehind a short one, long\n"
                                 "a\\rb: one that is escaped\nthe last line has no end\n"
                                 "line has no end\nthe first line, long\n");
}

TEST_CASE("runs of lines of any length, and what is gathered between them, keep their order") {
  std::string input, expected;
  std::vector<std::pair<std::size_t, std::size_t>> places;
  std::mt19937 draw(7);
  for (int line = 0; line < 20000; ++line) {
    const std::size_t size = 13 + draw() % 60;
    if (draw() % (line < 10000 ? 2 : 500) != 0) places.emplace_back(input.size(), size);
    input.append(size, static_cast<char>('a' + line % 26));
    input += '\n';
  }
  std::vector<std::string_view> cells;
  for (const auto& [at, size] : places) {
    cells.push_back(std::string_view(input).substr(at, size));
    expected.append(cells.back()) += '\n';
  }
  CHECK(written(input, cells) == expected);
}
