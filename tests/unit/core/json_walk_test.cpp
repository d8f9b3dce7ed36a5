// SPDX-License-Identifier: Apache-2.0
// The fast walk against the scanner: whatever the lines, both give the same rows and the same
// faults. Seeds are fixed.
#include "catch.hpp"
#include "json/check.hpp"
#include "json/number.hpp"
#include "jsonl_task.hpp"

#include <vigie/testing.hpp>

#include <cmath>
#include <random>

using vigie::core::json_column;
using vigie::core::read_jsonl;
using vigie::testing::cell;
using vigie::testing::harness;
using vigie::testing::outcome;

namespace {

using list = std::vector<cell>;

std::vector<json_column> many_columns() {
  json_column who{"who", "", "text"};
  who.fields = {{"name"}, {"age", "", "uint"}, {"first", "tags[0]"}, {"tags", "", "text", true}};
  json_column hops{.name = "hops", .list = true};
  hops.fields = {{"ip"}, {"ms", "rtt.ms", "real"}};
  return {{"id", "", "text", false, true},
          {"n", "", "int"},
          {"x", "", "real"},
          {"u", "", "uint"},
          {"ok", "", "bool"},
          {"day", "", "date"},
          {"at", "", "timestamp"},
          {"who_json", "who", "json"},
          {"second", "list[1]", "int"},
          {"list", "", "int", true},
          {"same", "n", "int"},
          who,
          hops};
}

outcome read(const std::string& bytes, std::vector<json_column> columns, bool walks,
             const std::string& raw = "line") {
  harness<read_jsonl> h;
  h.component().fields = std::move(columns);
  h.component().raw = raw;
  h.component().walks = walks;
  return h.decode(bytes);
}

// "" or what differs first.
std::string difference(const outcome& a, const outcome& b) {
  const auto same = [](const vigie_span& x, const vigie_span& y) {
    return x.offset == y.offset && x.length == y.length;
  };
  if (a.rows.size() != b.rows.size())
    return std::to_string(a.rows.size()) + " and " + std::to_string(b.rows.size()) + " rows";
  for (std::size_t i = 0; i < a.rows.size(); ++i)
    if (a.rows[i] != b.rows[i] || !same(a.spans[i], b.spans[i])) return "row " + std::to_string(i);
  if (a.rejects.size() != b.rejects.size()) return "how many lines were rejected";
  for (std::size_t i = 0; i < a.rejects.size(); ++i) {
    const auto &x = a.rejects[i], &y = b.rejects[i];
    if (x.why != y.why || x.column != y.column || !same(x.where, y.where))
      return x.why + " | " + y.why;
  }
  return {};
}

const std::vector<std::string>& good_lines() {
  static const std::vector<std::string> lines{
      R"({"id":"a","n":1,"x":1.5,"u":18446744073709551615,"ok":true,"day":"2014-05-20","at":"2014-05-20T13:43:00Z","who":{"name":"x","age":3,"tags":["p","q\n"]},"list":[1,2,null],"hops":[{"ip":"192.0.2.1","rtt":{"ms":0.25}},{"ip":null}]})",
      R"({"id":"a long text that a view does not hold inline","n":-42,"x":1e-7,"ok":null,"who":null,"list":[],"hops":[]})",
      R"({"id": "spaced", "n": 123456789012345678, "x": 0.30000000000000004, "extra": {"deep": [[{"k": [{}]}]]}, "list": [7, 8]})",
      R"({"n":7,"id":"other order","hops":[null,{"rtt":{}}],"who":{"tags":[],"name":"\u00e9\ud83d\ude00"}})",
      R"({"id":"é日本😀","u":0,"who":{"age":1,"other":[1,2,{"a":"b"}]}})",
      R"({"id":""})",
  };
  return lines;
}

} // namespace

TEST_CASE("lines damaged at random give the same by the walk and by the scanner") {
  const std::string alphabet = "{}[]\",:\\ \t\r0123-+.eEtfnulrasd/u\x01\x7f\x80\xC3\xFF";
  std::mt19937_64 random(20140520);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  std::size_t rows = 0, rejects = 0;
  for (int round = 0; round < 400; ++round) {
    std::string bytes;
    for (int k = 0; k < 60; ++k) {
      std::string line = good_lines()[below(good_lines().size())];
      for (std::size_t changes = below(3); changes > 0 && !line.empty(); --changes) {
        const std::size_t at = below(line.size());
        const char c = alphabet[below(alphabet.size() - (round % 2 == 0 ? 3 : 0))];
        switch (below(4)) {
        case 0: line[at] = c; break;
        case 1: line.insert(at, 1, c); break;
        case 2: line.erase(at, 1 + below(3)); break;
        default: { // a piece of it once more: keys twice, deeper lists
          const std::string piece = line.substr(at, 1 + below(30));
          line.insert(below(line.size()), piece);
        }
        }
      }
      bytes += line + (below(10) == 0 ? "\r\n" : "\n");
    }
    if (below(3) == 0) bytes.pop_back();
    const outcome fast = read(bytes, many_columns(), true);
    INFO(bytes);
    REQUIRE(difference(fast, read(bytes, many_columns(), false)).empty());
    rows += fast.rows.size();
    rejects += fast.rejects.size();
  }
  CHECK(rows > 5'000);
  CHECK(rejects > 5'000);
}

TEST_CASE("every line cut at every byte gives the same by the walk and by the scanner") {
  for (const std::string& line : good_lines())
    for (std::size_t size = 0; size <= line.size(); ++size) {
      const std::string bytes = line + "\n" + line.substr(0, size);
      INFO(bytes);
      CHECK(difference(read(bytes, many_columns(), true), read(bytes, many_columns(), false))
                .empty());
    }
}

TEST_CASE("more rows than a block and than a batch keep their cells, their nulls and their order") {
  std::string bytes;
  for (int i = 0; i < 40'000; ++i) {
    bytes += R"({"id":"row )" + std::to_string(i) + "\"";
    if (i % 3 != 0) bytes += ",\"n\":" + std::to_string(i);
    if (i % 5 == 0) bytes += R"(,"who":{"name":"\u0041 name that is long enough"},"list":[1])";
    bytes += i % 1000 == 999 ? ",}\n" : "}\n";
  }
  const outcome fast = read(bytes, many_columns(), true);
  CHECK(fast.rows.size() == 39'960);
  CHECK(fast.rejects.size() == 40);
  CHECK(difference(fast, read(bytes, many_columns(), false)).empty());
  CHECK(fast.rows[1024][0] == cell("row 1025"));
  CHECK(fast.rows[3][1] == cell());
  CHECK(fast.rows[4][1] == cell(4));
}

TEST_CASE("objects whose keys never come twice are read as others are") {
  std::string bytes;
  for (int i = 0; i < 2'000; ++i) {
    const std::string k = std::to_string(i);
    bytes += "{\"k" + k + "\":" + k + R"(,"by":{"x)" + k + R"(":{"y":1}},"n":)" + k + "}\n";
    if (i % 7 == 0)
      bytes += R"({"by":{"x":1,"x":2},"id":"twice"})"
               "\n";
  }
  std::vector<json_column> columns{{"n", "", "int"}, {"y", "by.x5.y", "int"}};
  const outcome fast = read(bytes, columns, true);
  CHECK(fast.rows.size() == 2'000);
  CHECK(fast.rows[1999][0] == cell(1999));
  CHECK(fast.rows[5][1] == cell(1));
  CHECK(fast.rejects.size() == 286);
  CHECK(difference(fast, read(bytes, columns, false)).empty());
}

TEST_CASE("thousands of columns are read, whether the lines have all of them or few") {
  std::vector<json_column> columns;
  std::string wide = "{", narrow;
  for (int i = 0; i < 3'000; ++i) {
    const std::string n = std::to_string(i);
    columns.push_back({"c" + n, "", "int"});
    wide += (i > 0 ? ",\"c" : "\"c") + n + "\":" + n;
  }
  wide += "}\n";
  for (int i = 0; i < 100; ++i) narrow += "{\"c" + std::to_string(i) + "\":7}\n";
  const outcome out = read(narrow + wide + narrow + wide, columns, true);
  REQUIRE(out.rows.size() == 202);
  CHECK(out.rows[99][99] == cell(7));
  CHECK(out.rows[99][98] == cell());
  CHECK(out.rows[100][2999] == cell(2999));
  CHECK(out.rows[201][1500] == cell(1500));
}

TEST_CASE("a bad line leaves no cell in the row behind it") {
  const std::string bytes =
      "{\"n\":1,\"id\":\"x\",}\n{\"id\":\"y\"}\n{\"n\":2,\"id\":3}\n{\"id\":\"z\"}\n";
  const outcome out = read(bytes, {{"n", "", "int"}, {"id"}}, true, "");
  REQUIRE(out.rows.size() == 2);
  CHECK(out.rows[0] == vigie::testing::row{nullptr, "y"});
  CHECK(out.rows[1] == vigie::testing::row{nullptr, "z"});
}

TEST_CASE("structs and lists of structs take what their fields name, and say which one is wrong") {
  const std::string bytes =
      R"({"id":"a","who":{"name":"x","age":7,"tags":["p","q"],"more":1},"hops":[{"ip":"i","rtt":{"ms":2}},null,{}]})"
      "\n"
      R"({"id":"b","who":{},"hops":null})"
      "\n"
      R"({"id":"c","who":[]})"
      "\n"
      R"({"id":"d","who":{"age":-1}})"
      "\n"
      R"({"id":"e","hops":[{"ip":"x"},{"rtt":{"ms":"1"}}]})"
      "\n"
      R"({"id":"f","who":{"tags":["x",1]}})"
      "\n";
  for (const bool walks : {true, false}) {
    const outcome out = read(bytes, many_columns(), walks);
    REQUIRE(out.rows.size() == 2);
    CHECK(out.rows[0][11] == cell(list{"x", 7, "p", list{"p", "q"}}));
    CHECK(out.rows[0][12] == cell(list{list{"i", 2.0}, nullptr, list{nullptr, nullptr}}));
    CHECK(out.rows[1][11] == cell(list{nullptr, nullptr, nullptr, nullptr}));
    CHECK(out.rows[1][12] == cell());
    REQUIRE(out.rejects.size() == 4);
    CHECK(out.rejects[0].why == "found a list; expected an object");
    CHECK(out.rejects[0].column == "who");
    CHECK(out.rejects[1].why.starts_with("field age: found a whole number; expected a whole"));
    CHECK(out.rejects[2].why.starts_with("item 1: field ms: found text; expected a number"));
    CHECK(
        out.rejects[3].why.starts_with("field tags: item 1: found a whole number; expected text"));
  }
}

TEST_CASE("the fields of a struct are named once, of a known type and with a good path") {
  const auto refused = [](vigie::core::json_member member) {
    json_column c{"s"};
    c.fields = {{"x"}, std::move(member)};
    try {
      static_cast<void>(read("", {{"first"}, c}, true));
    } catch (const vigie::error& e) {
      CHECK(e.item == 1);
      return e.message;
    }
    return std::string();
  };
  CHECK(refused({"x"}).find("stands twice") != std::string::npos);
  CHECK(refused({""}).find("needs a name") != std::string::npos);
  CHECK(refused({"y", "", "float"}).find("there is no type 'float'") != std::string::npos);
  CHECK(refused({"y", "a..b"}).find("a key is missing") != std::string::npos);
}

TEST_CASE("reals read by one division are those that from_chars gives") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 200'000; ++i) {
    std::string text = std::to_string(random() >> (random() % 64));
    if (random() % 4 != 0 && text.size() < 17)
      text.insert(random() % text.size() + (text.size() > 1 ? 0 : 1), ".");
    if (text.front() == '.') text.insert(0, "0");
    if (text.back() == '.') text += '0';
    if (random() % 2 == 0) text.insert(0, "-");
    double ours = 0, theirs = 0;
    REQUIRE(vigie::core::read_real(text, ours));
    std::from_chars(text.data(), text.data() + text.size(), theirs);
    INFO(text);
    REQUIRE(std::bit_cast<std::uint64_t>(ours) == std::bit_cast<std::uint64_t>(theirs));
  }
}
