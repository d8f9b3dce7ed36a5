// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "jsonl_task.hpp"

#include <vigie/testing.hpp>

#include <simdjson.h>

#include <random>

using vigie::core::json_column;
using vigie::core::read_jsonl;
using vigie::testing::cell;
using vigie::testing::harness;
using vigie::testing::outcome;
using vigie::testing::row;

namespace {

using list = std::vector<cell>;

outcome read(std::string_view bytes, std::vector<json_column> fields, std::string raw = {},
             const std::vector<std::string>& wanted = {}) {
  harness<read_jsonl> h;
  h.component().fields = std::move(fields);
  h.component().raw = std::move(raw);
  return h.decode(bytes, wanted);
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

cell one(std::string_view line, json_column column) {
  const outcome out = read(line, {std::move(column)});
  INFO(line);
  for (const auto& r : out.rejects) UNSCOPED_INFO(r.why);
  REQUIRE(out.rows.size() == 1);
  return out.rows[0][0];
}

std::string why(std::string_view line, json_column column) {
  const outcome out = read(line, {std::move(column)});
  INFO(line);
  REQUIRE(out.rows.empty());
  REQUIRE(out.rejects.size() == 1);
  CHECK(out.rejects[0].where.offset == 0);
  CHECK(out.rejects[0].where.length == static_cast<std::int32_t>(line.size()));
  return out.rejects[0].column + ": " + out.rejects[0].why;
}

vigie::error config_error(std::vector<json_column> fields, std::string raw = {}) {
  try {
    static_cast<void>(read("", std::move(fields), std::move(raw)));
  } catch (vigie::error& e) {
    return e;
  }
  FAIL("nothing was thrown");
  return {0, ""};
}

std::string nested(int levels) {
  const auto n = static_cast<std::size_t>(levels - 1);
  return R"({"k":)" + std::string(n, '[') + std::string(n, ']') + "}";
}

std::string many_keys(int count, const std::string& last) {
  std::string out = "{";
  for (int i = 0; i < count; ++i) out += "\"key_number_" + std::to_string(i) + "\":0,";
  return out + "\"" + last + "\":1}";
}

} // namespace

TEST_CASE("well-formed lines are rows whatever they hold") {
  const std::vector<std::string> good{
      R"({})",
      R"( { } )",
      "\t{\t\"a\"\t:\t1\t}\t",
      "{\"a\":\r1}",
      R"({"":0})",
      R"({"a":null,"b":true,"c":false})",
      R"({"a":[]})",
      R"({"a":[[],{},[{}]]})",
      R"({"a":[1,2,3],"b":{"c":{"d":[null]}}})",
      R"({"a":0})",
      R"({"a":-0})",
      R"({"a":0.0})",
      R"({"a":-0.5e-7})",
      R"({"a":1E+9})",
      R"({"a":1e400})",
      R"({"a":-1e-400})",
      R"({"a":123456789012345678901234567890123456789012345678901234567890})",
      R"({"a":0.1234567890123456789012345678901234567890})",
      R"({"a":"\" \\ \/ \b \f \n \r \t"})",
      R"({"a":"\u0000"})",
      R"({"a":"\u00e9\uFFFF"})",
      R"({"a":"\ud83d\ude00"})",
      R"({"a":"\uD83D\uDE00"})",
      "{\"a\":\"\x7f\"}",
      "{\"a\":\"\xC3\xA9\xF0\x9F\x98\x80\"}",
      "{\"\xC3\xA9\":1}",
      R"({"a":"}{][,:"})",
      R"({"a":"//"})",
      R"({"a":{"x":1},"b":{"x":1}})",
      R"({"x":{"x":{"x":1}}})",
      R"({"a":1,"A":2})",
      R"({"abcdefgh1abcdefgh":1,"abcdefgh2abcdefgh":2})",
      many_keys(200, "another"),
      nested(64),
      "{\"a\":\"" + std::string(100'000, 'x') + "\"}",
  };
  for (const std::string& line : good) {
    INFO(line.substr(0, 100));
    const outcome out = read(line, {}, "line");
    for (const auto& r : out.rejects) UNSCOPED_INFO(r.why);
    REQUIRE(out.rows.size() == 1);
    CHECK(out.rows[0][0] == cell(line));
  }
}

TEST_CASE(
    "malformed lines are rejected at the byte that is wrong, though no value of them is read") {
  struct bad {
    std::string line;
    std::size_t offset;
    std::string expected;
  };
  using namespace std::string_literals;
  const std::vector<bad> cases{
      {"[]", 0, "an object"},
      {"1", 0, "an object"},
      {R"("a")", 0, "an object"},
      {"null", 0, "an object"},
      {"\xEF\xBB\xBF{}", 0, "an object"}, // a mark in the middle of a file
      {"{", 1, "a key"},
      {"}", 0, "an object"},
      {"{]", 1, "a key"},
      {"{,}", 1, "a key"},
      {"{1:2}", 1, "a key"},
      {"{a:1}", 1, "a key"},
      {"{'a':1}", 1, "a key"},
      {R"({"a"})", 4, "':'"},
      {R"({"a" 1})", 5, "':'"},
      {R"({"a":})", 5, "a value"},
      {R"({"a":,"b":1})", 5, "a value"},
      {R"({"a":1,})", 7, "a key"},
      {R"({"a":1,,"b":2})", 7, "a key"},
      {R"({"a":1 "b":2})", 7, "',' or '}'"},
      {R"({"a":1)", 6, "',' or '}'"},
      {R"({"a":1]})", 6, "',' or '}'"},
      {R"({"a":[1,]})", 8, "a value"},
      {R"({"a":[1 2]})", 8, "',' or ']'"},
      {R"({"a":[1})", 7, "',' or ']'"},
      {R"({"a":[)", 6, "a value"},
      {R"({"a":[,1]})", 6, "a value"},
      {R"({"a":1}})", 7, "nothing behind"},
      {R"({"a":1}{"b":2})", 7, "nothing behind"},
      {R"({"a":1} x)", 8, "nothing behind"},
      {R"({"a":1},)", 7, "nothing behind"},
      {R"({"a":1}#)", 7, "nothing behind"},
      {R"({/**/"a":1})", 1, "a key"},
      {R"({"a":tru})", 5, "true"},
      {R"({"a":tr)", 5, "true"},
      {R"({"a":True})", 5, "a value"},
      {R"({"a":truee})", 9, "',' or '}'"},
      {R"({"a":nul)", 5, "null"},
      {R"({"a":falsy})", 5, "false"},
      {R"({"a":NaN})", 5, "a value"},
      {R"({"a":Infinity})", 5, "a value"},
      {R"({"a":undefined})", 5, "a value"},
      {R"({"a":01})", 6, "',' or '}'"},
      {R"({"a":-01})", 7, "',' or '}'"},
      {R"({"a":-})", 6, "a digit"},
      {R"({"a":-a})", 6, "a digit"},
      {R"({"a":+1})", 5, "a value"},
      {R"({"a":.5})", 5, "a value"},
      {R"({"a":1.})", 7, "a digit"},
      {R"({"a":1.e5})", 7, "a digit"},
      {R"({"a":1e})", 7, "a digit"},
      {R"({"a":1e+})", 8, "a digit"},
      {R"({"a":1e5.5})", 8, "',' or '}'"},
      {R"({"a":0x1F})", 6, "',' or '}'"},
      {R"({"a":1_000})", 6, "',' or '}'"},
      {R"({"a":"x)", 7, "closed by"},
      {R"({"a":"x\)", 8, "behind a backslash"},
      {R"({"a":"x\"})", 10, "closed by"},
      {R"({"a)", 3, "closed by"},
      {"{\"a\":\"x\ty\"}", 7, "control characters"},
      {"{\"a\":\"x\x01y\"}", 7, "control characters"},
      {"{\"a\":\"x\0y\"}"s, 7, "control characters"},
      {"{\"a\":\"x\ry\"}", 7, "control characters"},
      {"{\"a\0\":1}"s, 3, "control characters"},
      {"{\"a\":1\0}"s, 6, "',' or '}'"},
      {"{\"a\":1}\0"s, 7, "nothing behind"},
      {"{\"a\":\v1}", 5, "a value"},
      {"{\"a\":\xC2\xA0"
       "1}",
       5, "a value"},
      {R"({"a":"\x41"})", 7, "behind a backslash"},
      {R"({"a":"\'"})", 7, "behind a backslash"},
      {R"({"a":"\U0041"})", 7, "behind a backslash"},
      {R"({"a":"\u"})", 8, "hexadecimal"},
      {R"({"a":"\u12"})", 8, "hexadecimal"},
      {R"({"a":"\u12g4"})", 8, "hexadecimal"},
      {R"({"a":"\u12)", 8, "hexadecimal"},
      {R"({"a":"\ud83d"})", 12, "second half"},
      {R"({"a":"\ud83dxx"})", 12, "second half"},
      {R"({"a":"\ud83d\n"})", 12, "second half"},
      {R"({"a":"\ud83d\u0041"})", 12, "second half"},
      {R"({"a":"\ud83d\ud83d"})", 12, "second half"},
      {R"({"a":"\ud83d\)", 12, "second half"},
      {R"({"a":"\ude00"})", 8, "first half"},
      {R"({"\ud83d":1})", 8, "second half"},
      {R"({"a":1,"a":1})", 7, "each key once"},
      {R"({"a":1,"b":2,"a":null})", 13, "each key once"},
      {R"({"":1,"":1})", 6, "each key once"},
      {R"({"a":1,"\u0061":2})", 7, "each key once"},
      {R"({"\u0061bcdefghij":1,"abcdefghi\u006a":2})", 21, "each key once"},
      {R"({"x":{"b":{"k":1,"k":2}}})", 17, "each key once"},
      {R"({"x":[{"k":1,"l":0,"k":2}]})", 19, "each key once"},
      {nested(65), 68, "64 levels"},
      {nested(100'000), 68, "64 levels"},
  };
  CHECK(cases.size() >= 60);
  for (const bad& c : cases) {
    INFO(c.line.substr(0, 100));
    const outcome out = read(c.line + "\n{}\n", {}, "line");
    REQUIRE(out.rows.size() == 1); // the line behind is not lost
    REQUIRE(out.rejects.size() == 1);
    const auto& r = out.rejects[0];
    CHECK(r.where.offset == 0);
    CHECK(r.where.length == static_cast<std::int32_t>(c.line.size()));
    CHECK(r.column.empty());
    INFO(r.why);
    CHECK(has(r.why, "offset " + std::to_string(c.offset) + " "));
    CHECK(has(r.why, c.expected));
    // The same without a line behind: nothing is read past the end.
    CHECK(read(c.line, {}, "line").rejects.size() == 1);
  }
}

TEST_CASE("a key that stands twice is found in objects of any size") {
  for (const int count : {2, 62, 63, 64, 65, 66, 200}) {
    INFO(count);
    const std::string line = many_keys(count, "key_number_0");
    CHECK(has(why(line, {"x"}), "stands twice"));
    CHECK(read(many_keys(count, "key_number_x"), {{"x"}}).rows.size() == 1);
  }
  CHECK(has(why(many_keys(100, "key_number_\\u0039\\u0039"), {"x"}), "stands twice"));
  CHECK(has(why(many_keys(100, "key_number_99"), {"x"}), "stands twice"));
}

TEST_CASE("the message about a doubled key does not quote it") {
  CHECK_FALSE(has(why(R"({"secret":1,"secret":2})", {"x"}), "secret"));
}

TEST_CASE("bytes that are not UTF-8 reject their line alone") {
  const outcome out =
      read("{\"a\":\"x\"}\n{\"a\":\"caf\xE9\"}\n{\"a\":\"\xC3\"}\n{\"a\":\"\xC3\xA9\"}\n", {{"a"}});
  REQUIRE(out.rows.size() == 2);
  CHECK(out.rows[1][0] == cell("\xC3\xA9"));
  REQUIRE(out.rejects.size() == 2);
  CHECK(has(out.rejects[0].why, "0xE9 at offset 9"));
  CHECK(has(out.rejects[1].why, "0xC3 at offset 6"));
  CHECK(out.rejects[1].where.offset == 23);
}

TEST_CASE("spans hold the line without its end, also with CR LF and without a last line end") {
  const outcome out = read("{}\r\n\r\n  \n{\"a\":1} \r\n\t\r\n{}", {{"a", "", "int"}}, "line");
  REQUIRE(out.rows.size() == 3);
  CHECK(out.rows[1] == row{1, "{\"a\":1} "});
  CHECK(out.spans[0].offset == 0);
  CHECK(out.spans[0].length == 2);
  CHECK(out.spans[1].offset == 9);
  CHECK(out.spans[1].length == 8);
  CHECK(out.spans[2].offset == 22);
  CHECK(out.spans[2].length == 2);
  CHECK(out.rejects.empty());
}

TEST_CASE("nothing comes of an empty file") {
  CHECK(read("", {{"a"}}).rows.empty());
  CHECK(read("\n\r\n   ", {{"a"}}).rejects.empty());
}

TEST_CASE("texts are read with their escapes resolved") {
  const json_column a{"a"};
  CHECK(one(R"({"a":"plain"})", a) == cell("plain"));
  CHECK(one(R"({"a":""})", a) == cell(""));
  CHECK(one(R"({"a":"\"\\\/\b\f\n\r\t"})", a) == cell("\"\\/\b\f\n\r\t"));
  CHECK(one(R"({"a":"\u0041\u00e9\u20AC\ud83d\ude00z"})", a) ==
        cell("A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z"));
  CHECK(one(R"({"a":"x\u0000y"})", a) == cell(std::string("x\0y", 3)));
  CHECK(one(R"({"\u0061":"by an escaped key"})", a) == cell("by an escaped key"));
  CHECK(one(R"({"a":"longer than a view holds inline"})", a) ==
        cell("longer than a view holds inline"));
}

TEST_CASE("whole numbers are exact or refused") {
  const json_column n{"n", "", "int"};
  CHECK(one(R"({"n":9223372036854775807})", n) == cell(INT64_MAX));
  CHECK(one(R"({"n":-9223372036854775808})", n) == cell(INT64_MIN));
  CHECK(one(R"({"n":-0})", n) == cell(0));
  for (const char* bad : {"9223372036854775808", "-9223372036854775809", "1e3", "1.0", "\"1\"",
                          "true", "[1]", "99999999999999999999999999"}) {
    const std::string text = why(R"({"n":)" + std::string(bad) + "}", n);
    INFO(text);
    CHECK(text.starts_with("n: found "));
    CHECK(has(text, "expected a whole number"));
  }
}

TEST_CASE("reals take every number in the range of a double") {
  const json_column x{"x", "", "real"};
  CHECK(one(R"({"x":0.1})", x) == cell(0.1));
  CHECK(one(R"({"x":7})", x) == cell(7.0));
  CHECK(one(R"({"x":1E2})", x) == cell(100.0));
  CHECK(one(R"({"x":5e-324})", x) == cell(5e-324));
  CHECK(one(R"({"x":1.7976931348623157e308})", x) == cell(1.7976931348623157e308));
  CHECK(has(why(R"({"x":1e400})", x), "range of a double"));
  CHECK(has(why(R"({"x":"1"})", x), "found text"));
}

TEST_CASE("booleans, dates and timestamps are typed, and what does not exist is refused") {
  const json_column b{"v", "", "bool"}, d{"v", "", "date"}, t{"v", "", "timestamp"};
  CHECK(one(R"({"v":true})", b) == cell(true));
  CHECK(one(R"({"v":false})", b) == cell(false));
  CHECK(has(why(R"({"v":0})", b), "expected true or false"));
  CHECK(one(R"({"v":"1970-01-01"})", d) == cell(0));
  CHECK(one(R"({"v":"2014-05-20"})", d) == cell(16'210));
  CHECK(one(R"({"v":"2016-02-29"})", d) == cell(16'860));
  CHECK(one(R"({"v":"0000-01-01"})", d) == cell(-719'528));
  CHECK(one(R"({"v":"9999-12-31"})", d) == cell(2'932'896));
  CHECK(one(R"({"v":"\u0032014-05-20"})", d) == cell(16'210));
  for (const char* bad :
       {"2015-02-29", "1900-02-29", "2014-13-01", "2014-00-01", "2014-04-31", "2014-05-00",
        "2014-5-2", "20140520", "2014/05/20", "2014-05-20 ", "2014-05-20T00:00:00Z", ""})
    CHECK(has(why(R"({"v":")" + std::string(bad) + "\"}", d), "v: found text; expected a date"));
  CHECK(has(why(R"({"v":16210})", d), "found a whole number"));

  const std::int64_t at = 1'400'593'380'000'000; // 2014-05-20T13:43:00Z
  CHECK(one(R"({"v":"2014-05-20T13:43:00Z"})", t) == cell(at));
  CHECK(one(R"({"v":"2014-05-20t13:43:00z"})", t) == cell(at));
  CHECK(one(R"({"v":"2014-05-20 15:43:00+02:00"})", t) == cell(at));
  CHECK(one(R"({"v":"2014-05-20T08:13:00-05:30"})", t) == cell(at));
  CHECK(one(R"({"v":"2014-05-20T13:43:00.5Z"})", t) == cell(at + 500'000));
  CHECK(one(R"({"v":"2014-05-20T13:43:00.000001999Z"})", t) == cell(at + 1));
  CHECK(one(R"({"v":"1969-12-31T23:59:59.999999Z"})", t) == cell(-1));
  CHECK(one(R"({"v":"2016-12-31T23:59:60Z"})", t) == cell(1'483'228'800'000'000));
  CHECK(one(R"({"v":"2017-01-01T01:59:60+02:00"})", t) == cell(1'483'228'800'000'000));
  for (const char* bad :
       {"2014-05-20T13:43:00", "2014-05-20T24:00:00Z", "2014-05-20T13:60:00Z",
        "2014-05-20T13:43:60Z", "2014-05-20T13:43Z", "2014-05-20T13:43:00.Z",
        "2014-05-20T13:43:00+0200", "2014-05-20T13:43:00+24:00", "2014-05-20T13:43:00Zx",
        "2014-05-20", "2014-02-30T13:43:00Z", "2014-05-20T13:43:61Z"})
    CHECK(has(why(R"({"v":")" + std::string(bad) + "\"}", t), "expected a time"));
}

TEST_CASE("json keeps any value as it is written") {
  const json_column v{"v", "", "json"};
  CHECK(one(R"({"v": {"b" : [1, 2.50, "x\u0041"]} })", v) ==
        cell(R"({"b" : [1, 2.50, "x\u0041"]})"));
  CHECK(one(R"({"v":"text"})", v) == cell(R"("text")"));
  CHECK(one(R"({"v":1e400})", v) == cell("1e400"));
  CHECK(one(R"({"v":null})", v) == cell(nullptr));
}

TEST_CASE("lists are read item by item, with nulls kept") {
  const json_column n{"v", "", "int", true}, s{"v", "", "text", true}, j{"v", "", "json", true};
  CHECK(one(R"({"v":[]})", n) == cell(list{}));
  CHECK(one(R"({"v":[1, null ,-2]})", n) == cell(list{1, nullptr, -2}));
  CHECK(one(R"({"v":["a","b\n",""]})", s) == cell(list{"a", "b\n", ""}));
  CHECK(one(R"({"v":[{"a": 1},[2, 3],"x",4]})", j) ==
        cell(list{R"({"a": 1})", "[2, 3]", R"("x")", "4"}));
  CHECK(one(R"({"v":null})", n) == cell(nullptr));
  CHECK(one(R"({})", n) == cell(nullptr));
  CHECK(one(R"({"v":["2014-05-20"]})", {"v", "", "date", true}) == cell(list{16'210}));
  CHECK(one(R"({"v":[true,false]})", {"v", "", "bool", true}) == cell(list{true, false}));
  CHECK(has(why(R"({"v":1})", n), "v: found a whole number; expected a list"));
  CHECK(has(why(R"({"v":[1,2,"x"]})", n), "v: item 2: found text"));
}

TEST_CASE("a list that was rejected leaves nothing in the rows behind it") {
  const outcome out =
      read("{\"v\":[1,2],\"w\":[3]}\n{\"v\":[4,5],\"w\":[\"x\"]}\n{\"v\":[6],\"w\":[7,8]}\n",
           {{"v", "", "int", true}, {"w", "", "int", true}});
  REQUIRE(out.rows.size() == 2);
  CHECK(out.rows[0] == row{list{1, 2}, list{3}});
  CHECK(out.rows[1] == row{list{6}, list{7, 8}});
}

TEST_CASE("paths reach into objects and lists") {
  const std::string line = R"({"a":{"b":[{"c":1},{"c":2,"d.e":3,"q\"":4}]},"a.b":5,"$x":6})";
  const auto at = [&](const char* path) { return one(line, {"v", path, "int"}); };
  CHECK(at("a.b[0].c") == cell(1));
  CHECK(at("a.b[1].c") == cell(2));
  CHECK(at("a.b[1].\"d.e\"") == cell(3));
  CHECK(at("a.b[1].\"q\\\"\"") == cell(4));
  CHECK(at("\"a.b\"") == cell(5));
  CHECK(at("$x") == cell(6));
  CHECK(at("a.b[2].c") == cell(nullptr));
  CHECK(at("a.b.c") == cell(nullptr));
  CHECK(at("a[0]") == cell(nullptr));
  CHECK(at("x.y.z") == cell(nullptr));
  CHECK(one(line, {"a.b", "", "int"}) == cell(5)); // without a path, the name is one key
}

TEST_CASE("several columns may read one place or places inside each other") {
  const outcome out = read(R"({"a":{"b":[10,20]}})", {{"j", "a", "json"},
                                                      {"l", "a.b", "int", true},
                                                      {"x", "a.b[1]", "int"},
                                                      {"y", "a.b[1]", "real"}});
  REQUIRE(out.rows.size() == 1);
  CHECK(out.rows[0] == row{R"({"b":[10,20]})", list{10, 20}, 20, 20.0});
}

TEST_CASE("a column is sensitive where it is marked, and where it holds what a marked one holds") {
  const auto marked = [](std::vector<json_column> fields, std::string raw = {}) {
    read_jsonl r;
    r.fields = std::move(fields);
    r.raw = std::move(raw);
    std::string out;
    for (const vigie::field& f : r.columns()) out += f.sensitive ? '*' : '-';
    return out;
  };
  const json_column open{.name = "a"}, hidden{.name = "b", .sensitive = true};
  CHECK(marked({open}, "line") == "--");
  CHECK(marked({open, hidden}) == "-*");
  CHECK(marked({open, hidden}, "line") == "-**");
  CHECK(marked({{.name = "l", .list = true, .sensitive = true}}) == "*");
  CHECK(marked({{.name = "n", .type = "int", .sensitive = true}, {.name = "other"}}) == "*-");
  // The same place, one around it, one inside it, one beside it.
  CHECK(marked({{.name = "x", .path = "b"}, hidden}) == "**");
  CHECK(marked({{.name = "p", .type = "json"},
                {.name = "in", .path = "p.q[0]", .sensitive = true},
                {.name = "beside", .path = "p.q[1]"}}) == "**-");
  CHECK(marked({{.name = "p", .type = "json", .sensitive = true},
                {.name = "in", .path = "p.q[0]"}}) == "**");
}

TEST_CASE("missing and null values are null, unless the column is required") {
  CHECK(one(R"({"b":1})", {"a", "", "int"}) == cell(nullptr));
  CHECK(one(R"({"a":null})", {"a", "", "int"}) == cell(nullptr));
  const json_column needed{"a", "", "int", false, true};
  CHECK(has(why(R"({"b":1})", needed), "a: found nothing; expected a value"));
  CHECK(has(why(R"({"a":null})", needed), "a: found null; expected a value"));
  CHECK(one(R"({"a":1})", needed) == cell(1));
}

TEST_CASE("a value does not stay for the next line") {
  const outcome out = read("{\"a\":1}\n{}\n{\"a\":2}\n", {{"a", "", "int"}});
  CHECK(out.rows == std::vector<row>{{1}, {nullptr}, {2}});
}

TEST_CASE("a wrong type counts only in columns that somebody wants, wrong form always") {
  const std::vector<json_column> fields{{"a", "", "int"}, {"b", "", "int", false, true}, {"c"}};
  const std::string_view lines =
      "{\"a\":\"x\",\"c\":\"1\"}\n{\"a\":tru,\"b\":1,\"c\":\"2\"}\n{\"a\":1,\"b\":1,\"c\":3}\n";
  const outcome all = read(lines, fields);
  CHECK(all.rows.empty());
  REQUIRE(all.rejects.size() == 3);
  CHECK(all.rejects[0].column == "a");
  CHECK(all.rejects[2].column == "c");
  const outcome few = read(lines, fields, "", {"c"});
  CHECK(few.rows == std::vector<row>{{"1"}});
  REQUIRE(few.rejects.size() == 2);
  CHECK(few.rejects[0].column.empty());
  const outcome other = read(lines, fields, "line", {"line", "b"});
  CHECK(other.rows.size() == 1);
  CHECK(other.rows[0][1] == cell(1));
}

TEST_CASE("columns and paths that make no sense are refused with their place") {
  CHECK(config_error({}).param == 0);
  CHECK(config_error({{"a"}, {"a"}}).item == 1);
  CHECK(config_error({{""}}).item == 0);
  CHECK(config_error({{"a"}}, "a").param == 1);
  CHECK(config_error({{"a", "", "float"}}).item == 0);
  struct bad {
    const char* path;
    int offset;
  };
  for (const bad& c : std::vector<bad>{{".a", 0},
                                       {"a.", 2},
                                       {"a..b", 2},
                                       {"a[", 1},
                                       {"a[x]", 1},
                                       {"a[-1]", 1},
                                       {"a[1", 1},
                                       {"[0]", 0},
                                       {"a[0]b", 4},
                                       {"\"a", 0},
                                       {"a.\"b", 2},
                                       {"a\"b\"", 1},
                                       {"a]", 1},
                                       {"a[99999999999999999999]", 1}}) {
    INFO(c.path);
    const vigie::error e = config_error({{"x"}, {"y", c.path}});
    CHECK(e.code == VIGIE_E_CONFIG);
    CHECK(e.param == 0);
    CHECK(e.item == 1);
    CHECK(e.offset == c.offset);
  }
}

// Changes that turn a line into another or break it; no digits enough to leave the range of a
// double.
TEST_CASE("lines damaged at random are judged as another strict parser judges them") {
  const std::vector<std::string> lines{
      R"({"alpha":[1,-2,3.5],"beta":{"gamma":null,"delta":true},"e":false})",
      R"({"s":"a \"quoted\" \\ text","u":"\ud83d\ude00 \u00e9","raw":"é€😀","empty":""})",
      R"({"deep":[[[{"x":[{},[]]}]]],"n":-0.5,"m":10})",
      R"({})",
  };
  const std::string alphabet = "{}[]\",:\\ \t\r0123-+.eEtfnulrasd/u\x01\x7f\x80\xC3\xFF";
  std::mt19937_64 random(20140520);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  simdjson::dom::parser parser;
  int good = 0, bad = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string line = lines[below(lines.size())];
    for (std::size_t changes = below(3); changes > 0; --changes) {
      const std::size_t at = below(line.size());
      const char c = alphabet[below(alphabet.size())];
      switch (below(3)) {
      case 0: line[at] = c; break;
      case 1: line.insert(at, 1, c); break;
      default: line.erase(at, 1 + below(3));
      }
      if (line.empty()) line = "{";
    }
    if (line.back() == '\r' || line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const outcome out = read(line + "\n", {}, "line");
    REQUIRE(out.rows.size() + out.rejects.size() == 1);
    const bool ours = out.rows.size() == 1;
    const bool narrower =
        !ours && (has(out.rejects[0].why, "twice") || has(out.rejects[0].why, "half"));
    const bool theirs = parser.parse(line).is_object();
    INFO(line);
    CHECK((ours == theirs || narrower));
    ++(ours ? good : bad);
  }
  CHECK(good > 4'000);
  CHECK(bad > 4'000);
}
