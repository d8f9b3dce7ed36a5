// SPDX-License-Identifier: Apache-2.0
#include "base/diagnostic.hpp"
#include "catch.hpp"
#include "config/yaml/parse.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

using namespace std::string_literals;
using vigie::code;
using vigie::yaml::kind;
using vigie::yaml::node;
using vigie::yaml::parse;
using vigie::yaml::style;

namespace {

std::string repeat(std::string_view part, std::size_t n) {
  std::string out;
  out.reserve(part.size() * n);
  for (std::size_t i = 0; i < n; ++i) out += part;
  return out;
}

// "V0103 7:5" of every problem, joined by "; ".
std::string found(std::string_view bytes) {
  std::string out;
  for (const auto& d : parse(bytes, "f.yaml").problems) {
    CHECK(d.place.file == "f.yaml");
    if (!out.empty()) out += "; ";
    out += fmt::format("{} {}:{}", vigie::code_name(d.code), d.place.line, d.place.column);
  }
  return out;
}

node good(std::string_view bytes) {
  auto p = parse(bytes, "f.yaml");
  for (const auto& d : p.problems) FAIL(vigie::render(d));
  REQUIRE(p.root);
  return std::move(*p.root);
}

std::string where(const node& n, std::string_view part) {
  const auto p = vigie::yaml::position_in(n, n.text.find(part));
  return fmt::format("{}:{}", p.line, p.column);
}

} // namespace

TEST_CASE("a tree keeps kinds, styles, texts and places of keys and values") {
  const node n =
      good("a: 1\nb: 'x''y'\nc: \"q\"\nd: [~, {k: v}]\ne:\nf: |\n  l1\n  l2\ng: >\n  f1\n  f2\n");
  REQUIRE(n.entries.size() == 7);
  CHECK(n.kind == kind::mapping);
  CHECK(n.find("a")->value.style == style::plain);
  CHECK(n.find("b")->value.text == "x'y");
  CHECK(n.find("b")->value.style == style::single_quoted);
  CHECK(n.find("b")->at == vigie::yaml::mark{2, 1});
  CHECK(n.find("b")->value.at == vigie::yaml::mark{2, 4});
  CHECK(n.find("c")->value.style == style::double_quoted);
  const node& list = n.find("d")->value;
  CHECK(list.items[0].is_null());
  CHECK(list.items[0].text == "~");
  CHECK(list.items[1].find("k")->at == vigie::yaml::mark{4, 9});
  CHECK(n.find("e")->value.is_null());
  CHECK(n.find("e")->value.at == vigie::yaml::mark{5, 1}); // not that of the next line
  CHECK(n.find("f")->value.style == style::literal);
  CHECK(n.find("f")->value.text == "l1\nl2\n");
  CHECK(n.find("g")->value.text == "f1 f2\n");
  CHECK(n.find("nope") == nullptr);
  CHECK(list.find("d") == nullptr);
}

TEST_CASE("a byte order mark and Windows line ends change neither values nor places") {
  const node n = good("\xef\xbb\xbf"
                      "a: 1\r\nb:\r\n  c: |\r\n    x\r\n    y\r\n");
  CHECK(n.find("a")->at == vigie::yaml::mark{1, 1});
  CHECK(n.find("b")->value.find("c")->value.text == "x\ny\n");
  CHECK(n.find("b")->value.find("c")->at == vigie::yaml::mark{3, 3});
}

TEST_CASE("columns count bytes") {
  CHECK(good("k: {été: 1, b: 2}").find("k")->value.find("b")->at == vigie::yaml::mark{1, 15});
}

TEST_CASE("each thing refused has its own code and its place") {
  CHECK(found("a: 1\nb: 2\na: 3\n") == "V0103 3:1");
  CHECK(found("a: 1\n'a': 2\n\"a\": 3") == "V0103 2:1; V0103 3:1");
  CHECK(found("<<: {a: 1}") == "V0105 1:1");
  CHECK(found("a: &x 1\nb: *x\n") == "V0104 1:4; V0104 2:4");
  CHECK(found("a: *x\n") == "V0104 1:4");
  CHECK(found("*x : 1\n").starts_with("V0104 1:1"));
  CHECK(found("a: 1\n---\nb: 2\n") == "V0106 2:1");
  CHECK(found("a: 1\n...\nb: 2\n") == "V0106 3:1");
  CHECK(found("a: 1\n---\n") == "V0106 2:1");
  CHECK(found("- a\nb: c\n") == "V0114 2:1");
  CHECK(found("a: !!str 1\nb: !x [1]\nc: ! y\nd: !<t> z") ==
        "V0107 1:4; V0107 2:4; V0107 3:4; V0107 4:4");
  CHECK(found("a: 012\nb: -007\n") == "V0108 1:4; V0108 2:4");
  CHECK(found("? [a]\n: b\n") == "V0115 1:3");
  CHECK(found("~: x\n") == "V0115 1:1");
  CHECK(found(": x\n") == "V0115 1:1");
  CHECK(found("'': x\n") == "V0115 1:1");
  CHECK(found("a:\n\tb: 1\n  \tc: 2\n") == "V0102 2:1; V0102 3:3");
}

TEST_CASE("an open quote is found however the file ends") {
  CHECK(found("a: 'x") == "V0116 1:4");
  CHECK(found("a: 'x\n") == "V0116 1:4");
  CHECK(found("a: \"x\nb: c\n") == "V0116 1:4");
  CHECK(found("a: \"x\\\"\n") == "V0116 1:4");
  CHECK(found("'a: 1\nb: 2\n") == "V0116 1:1");
  CHECK(found("a: {b: 'x}") == "V0116 1:8");
  CHECK(found("a: ['ok', 'x, y\nb: 1\n") == "V0116 1:11");
  CHECK(found("a: 'x\n---\nb: 'y'\n") == "V0116 1:4");
  CHECK(found("# it's\na: it's # isn't\nb: 'x\n") == "V0116 3:4");
}

TEST_CASE("a quote that swallows lines is named where the reading fails") {
  const auto p = parse("a: 'x\nb: 2\nc: 'y'\n", "f");
  REQUIRE(p.problems.size() == 1);
  CHECK(p.problems[0].place.line == 3);
  CHECK(p.problems[0].hint.find("from line 1") != std::string::npos);
}

TEST_CASE("what yaml-cpp lets pass or loops over is an error") {
  CHECK(found(",") == "V0114 1:1");
  CHECK(found("[a], b") == "V0114 1:4");
  CHECK(found("a: 1\n---\n, x") == "V0106 2:1");
  CHECK(found("[a, , b]") == "V0101 1:5");
  CHECK(found("{a: 1,, b: 2}") == "V0115 1:7");
  CHECK(found("a: 1\nb\n") == "V0101 2:1");
  CHECK(found("{a}") == "V0101 1:2");
  CHECK(found("{a:1}") == "V0101 1:2");
  CHECK(found("a: [1") == "V0101 1:6");
  CHECK(found("a: [1]]") == "V0101 1:7");
  CHECK(found("a: {b: [1}\n") == "V0101 1:10");
  CHECK(found("a: \"x\" y") == "V0101 1:8");
  CHECK(found("a:\n    b: 1\n  c: 2\n") == "V0101 3:3");
  CHECK(found("a: b: c") == "V0101 1:5");
  CHECK(found("a: @x") == "V0101 1:4");
  CHECK(found("a: \"\\q\"").starts_with("V0101 1:"));
}

TEST_CASE("a comma within a call is told from a key without a value") {
  const auto help = [](std::string_view bytes) {
    const auto p = parse(bytes, "f.yaml");
    REQUIRE(p.problems.size() == 1);
    return vigie::render(p.problems[0]);
  };
  CHECK(help("{p: quantile(x, 0.9)}").find("quote a function") != std::string::npos);
  CHECK(help("{p: f(x), y}").find("with a space behind") != std::string::npos);
  CHECK(help("{p: \"f(x\", y}").find("with a space behind") != std::string::npos);
  CHECK(help("p: f(x\ny").find("with a space behind") != std::string::npos);
}

TEST_CASE("what is no document is empty, not a crash") {
  CHECK(found("") == "V0112 1:1");
  CHECK(found("# only a comment\n") == "V0112 1:1");
  CHECK(found("---\n...\n") == "V0112 1:1");
  CHECK(found("\n\n   \n") == "V0112 1:1");
}

TEST_CASE("zeros, fractions and quoted digits are no leading zeros") {
  CHECK(found("a: 0\nb: 0.5\nc: '012'\nd: 0.0.0.0\ne: 2014-01-02\nf: 0s\ng: -0\n").empty());
}

TEST_CASE("ends of documents, comments and directives without content are taken") {
  CHECK(found("%YAML 1.2\n---\na: 1\n...\n# end\n").empty());
  CHECK(found("a: 1 # x\n\t\n# y\n").empty());
  CHECK(found("a: b\t# c\n").empty());
}

TEST_CASE("other encodings and control characters are refused with their places") {
  CHECK(found("\xff\xfe"
              "a\0:\0"s) == "V0113 1:1");
  CHECK(found("\xfe\xff\0a"s) == "V0113 1:1");
  CHECK(found("a: 1\nb: \xe9t\xe9\n") == "V0113 2:4");
  CHECK(found("a: \0x\nb: \x1b[m\n"s) == "V0113 1:4; V0113 2:4");
  CHECK(found("a: x\ry\n") == "V0113 1:5");
  CHECK(found("a: x\xc2\x85y\n") == "V0113 1:5");
  CHECK(found("a: x\x7f\n") == "V0113 1:5");
}

TEST_CASE("sixty-four levels are taken and sixty-five are not") {
  CHECK(found(repeat("[", 64) + repeat("]", 64)).empty());
  CHECK(found(repeat("[", 65) + repeat("]", 65)) == "V0110 1:65");
  CHECK(found(repeat("- ", 64) + "a").empty());
  CHECK(found(repeat("- ", 65) + "a") == "V0110 1:129");
}

TEST_CASE("ten thousand and a million levels are refused, whatever they are made of") {
  for (const std::size_t n : {std::size_t{10'000}, std::size_t{1'000'000}})
    for (const char* part : {"[", "{", "- ", "? ", "[\n", "{a: ", "[? ", "{\"a\":"})
      CHECK(found(repeat(part, n)).starts_with("V0110 "));
}

TEST_CASE("sizes have a limit: of the file, of a value, of the number of values") {
  CHECK(found("a: " + repeat("x", vigie::yaml::largest_file)) == "V0111 1:1");
  CHECK(found("a: 1\nb: " + repeat("x", vigie::yaml::largest_scalar + 1)) == "V0111 2:4");
  CHECK(found("a: " + repeat("x", vigie::yaml::largest_scalar)).empty());
  CHECK(found("a: 1\nb: " + repeat("x", 3 * vigie::yaml::largest_scalar)) == "V0111 2:4");
  CHECK(found("a: 1\nb: [" + repeat("a,", vigie::yaml::most_values) + "]").starts_with("V0111 2:"));
  CHECK(found("a: 1\n" + repeat("# comment\n", 200'000) + "b: 2\n").starts_with("V0111 "));
  CHECK(found(repeat("- a\n", vigie::yaml::most_values - 1)).empty());
  CHECK(found(repeat("- a\n", vigie::yaml::most_values)).starts_with("V0111 "));
}

TEST_CASE("a hundred thousand keys are checked for duplicates") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += fmt::format("k{}: 1\n", i);
  CHECK(found(text).empty());
  CHECK(found(text + "k500: 2\n") == "V0103 100001:1");
}

TEST_CASE("a file full of errors gives a hundred of them and says that there are more") {
  const auto p = parse(repeat("a: 012\n", 5'000), "f");
  REQUIRE(p.problems.size() == 101);
  CHECK(p.problems.back().severity == vigie::severity::note);
  CHECK(p.problems.back().message.find("more problems") != std::string::npos);
}

TEST_CASE("a diagnostic carries the line it speaks of") {
  const auto p = parse("a: 1\r\nb: *x # here\r\n", "f");
  REQUIRE(p.problems.size() == 1);
  CHECK(p.problems[0].excerpt == "b: *x # here");
}

TEST_CASE("a byte of a scalar is found in the file, whatever its style") {
  const node n = good("p: a + nope\n"
                      "s: 'it''s nope'\n"
                      "d: \"\\u00e9\\n\\x41 nope\"\n"
                      "f: one\n  two\n\n  three nope\n"
                      "q: \"one\n    two \\\n    three nope\"\n"
                      "l: |\n    one\n      two\n\n    three nope\n"
                      "g: >-\n  one\n  two\n\n    three\n\n  four nope\n"
                      "i: |2\n    one\n  nope\n");
  CHECK(where(n.find("p")->value, "nope") == "1:8");
  CHECK(where(n.find("s")->value, "nope") == "2:11");
  CHECK(where(n.find("d")->value, "nope") == "3:18");
  CHECK(where(n.find("f")->value, "nope") == "7:9");
  CHECK(where(n.find("f")->value, "two") == "5:3");
  CHECK(where(n.find("q")->value, "nope") == "10:11");
  CHECK(where(n.find("l")->value, "nope") == "15:11");
  CHECK(where(n.find("l")->value, "two") == "13:7");
  CHECK(where(n.find("g")->value, "two") == "18:3");
  CHECK(where(n.find("g")->value, "three") == "20:5");
  CHECK(where(n.find("g")->value, "nope") == "22:8");
  CHECK(where(n.find("i")->value, "nope") == "25:3");
  CHECK(vigie::yaml::position_in(n.find("p")->value, 1000).column == 12);
}

TEST_CASE("a block scalar ends where its indent ends") {
  const node n = good("a:\n  - |\n    x\n\n    y\n  - z\n");
  CHECK(n.find("a")->value.items[0].text == "x\n\ny\n");
  CHECK(n.find("a")->value.items[0].raw == "|\n    x\n\n    y");
}
