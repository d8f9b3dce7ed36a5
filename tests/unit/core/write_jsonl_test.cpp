// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "jsonl_task.hpp"
#include "random_cells.hpp"
#include "write_jsonl.hpp"

#include <cmath>
#include <limits>

using vigie::field;
using vigie::kind;
using vigie::core::json_column;
using vigie::core::read_jsonl;
using vigie::core::write_jsonl;
using vigie::testing::cell;
using vigie::testing::harness;
using vigie::testing::row;

namespace {

using list = std::vector<cell>;

std::string write(const vigie::testing::table& t) { return harness<write_jsonl>().encode(t); }

// The text of one value.
std::string written(field f, cell value) {
  f.name = "v";
  const std::string line = write({{f}, {{std::move(value)}}});
  REQUIRE(line.starts_with("{\"v\":"));
  REQUIRE(line.ends_with("}\n"));
  return line.substr(5, line.size() - 7);
}

field of(kind k) { return {.kind = k}; }

} // namespace

TEST_CASE("a row is one object with the columns as keys, in their order") {
  CHECK(write({{{"b"}, {"a", kind::int64}}, {{"x", 1}, {nullptr, 2}}}) ==
        "{\"b\":\"x\",\"a\":1}\n{\"b\":null,\"a\":2}\n");
  CHECK(write({{{"b"}}, {}}).empty());
}

TEST_CASE("the chosen columns are written in the chosen order") {
  harness<write_jsonl> h;
  h.component().columns = {"c", "a"};
  CHECK(h.encode({{{"a"}, {"b"}, {"c", kind::boolean}}, {{"x", "y", true}}}) ==
        "{\"c\":true,\"a\":\"x\"}\n");
}

TEST_CASE("a column that is missing or stands twice is refused") {
  harness<write_jsonl> h;
  h.component().columns = {"a", "z"};
  CHECK_THROWS_AS(h.encode({{{"a"}}, {}}), vigie::error);
  h.component().columns = {"a", "a"};
  CHECK_THROWS_AS(h.encode({{{"a"}}, {}}), vigie::error);
}

TEST_CASE("nulls can be left out, and a row of nulls is an empty object") {
  harness<write_jsonl> h;
  h.component().nulls = "drop";
  CHECK(h.encode({{{"a"}, {"b"}}, {{"x", nullptr}, {nullptr, "y"}, {nullptr, nullptr}}}) ==
        "{\"a\":\"x\"}\n{\"b\":\"y\"}\n{}\n");
}

TEST_CASE("only quotes, backslashes and control characters are escaped") {
  const field text = of(kind::text);
  CHECK(written(text, "") == R"("")");
  CHECK(written(text, "\"\\/\b\f\n\r\t\v") == R"("\"\\/\b\f\n\r\t\u000b")");
  CHECK(written(text, std::string("\0\x1f\x1b", 3)) == R"("\u0000\u001f\u001b")");
  CHECK(written(text, "\x7f é 日本 \xF0\x9F\x98\x80 </script>") ==
        "\"\x7f é 日本 \xF0\x9F\x98\x80 </script>\"");
  for (std::size_t at = 0; at < 40; ++at) { // every place against the edges of wide steps
    std::string in(40, 'x'), out = in;
    in[at] = '\n';
    out.replace(at, 1, "\\n");
    CHECK(written(text, in) == "\"" + out + "\"");
  }
}

TEST_CASE("names of columns and fields are escaped, too") {
  CHECK(write({{{"a\"b\n", kind::int64}}, {{1}}}) == "{\"a\\\"b\\n\":1}\n");
}

TEST_CASE("integers are exact in every kind") {
  CHECK(written(of(kind::int8), -128) == "-128");
  CHECK(written(of(kind::uint8), 255) == "255");
  CHECK(written(of(kind::int16), -32768) == "-32768");
  CHECK(written(of(kind::uint16), 65535) == "65535");
  CHECK(written(of(kind::int32), -2147483648LL) == "-2147483648");
  CHECK(written(of(kind::uint32), 4294967295LL) == "4294967295");
  CHECK(written(of(kind::int64), std::numeric_limits<std::int64_t>::min()) ==
        "-9223372036854775808");
  CHECK(written(of(kind::int64), 9007199254740993LL) == "9007199254740993");
  CHECK(written(of(kind::uint64), -1) == "18446744073709551615");
}

TEST_CASE("doubles are the shortest digits that read back, and what JSON lacks is null") {
  CHECK(written(of(kind::float64), 0.1) == "0.1");
  CHECK(written(of(kind::float64), 1.0) == "1");
  CHECK(written(of(kind::float64), -0.0) == "-0");
  CHECK(written(of(kind::float64), 1e300) == "1e+300");
  CHECK(written(of(kind::float64), 5e-324) == "5e-324");
  CHECK(written(of(kind::float64), std::nan("")) == "null");
  CHECK(written(of(kind::float64), HUGE_VAL) == "null");
  CHECK(written(of(kind::float64), -HUGE_VAL) == "null");
}

TEST_CASE("dates and timestamps are RFC 3339, before 1970 and beyond four digits, too") {
  CHECK(written(of(kind::date), 0) == "\"1970-01-01\"");
  CHECK(written(of(kind::date), 16'210) == "\"2014-05-20\"");
  CHECK(written(of(kind::date), -1) == "\"1969-12-31\"");
  CHECK(written(of(kind::date), 11'016) == "\"2000-02-29\"");
  CHECK(written(of(kind::date), -719'528) == "\"0000-01-01\"");
  CHECK(written(of(kind::date), -719'529) == "\"-000001-12-31\"");
  CHECK(written(of(kind::date), 2'932'897) == "\"+010000-01-01\"");
  CHECK(written(of(kind::date), std::numeric_limits<std::int32_t>::max()) == "\"+5881580-07-11\"");
  CHECK(written(of(kind::date), std::numeric_limits<std::int32_t>::min()) == "\"-5877641-06-23\"");
  CHECK(written(of(kind::timestamp), 1'400'593'380'000'000) == "\"2014-05-20T13:43:00Z\"");
  CHECK(written(of(kind::timestamp), 1'400'593'380'000'007) == "\"2014-05-20T13:43:00.000007Z\"");
  CHECK(written(of(kind::timestamp), -1) == "\"1969-12-31T23:59:59.999999Z\"");
  CHECK(written(of(kind::timestamp), std::numeric_limits<std::int64_t>::min()) ==
        "\"-290308-12-21T19:59:05.224192Z\"");
  CHECK(written(of(kind::timestamp), std::numeric_limits<std::int64_t>::max()) ==
        "\"+294247-01-10T04:00:54.775807Z\"");
}

TEST_CASE("binary is base64 with padding") { // the vectors of RFC 4648, section 10
  CHECK(written(of(kind::binary), "") == "\"\"");
  CHECK(written(of(kind::binary), "f") == "\"Zg==\"");
  CHECK(written(of(kind::binary), "fo") == "\"Zm8=\"");
  CHECK(written(of(kind::binary), "foo") == "\"Zm9v\"");
  CHECK(written(of(kind::binary), "foob") == "\"Zm9vYg==\"");
  CHECK(written(of(kind::binary), "fooba") == "\"Zm9vYmE=\"");
  CHECK(written(of(kind::binary), "foobar") == "\"Zm9vYmFy\"");
  CHECK(written({.kind = kind::fixed_binary, .width = 3}, "\xFF\xFE\xFD") == "\"//79\"");
}

TEST_CASE("addresses are dotted, lists and structs nested, spans plain structs") {
  const field address{.kind = kind::uint32, .extension = "vigie.ipv4"};
  CHECK(written(address, 0xC0000201LL) == "\"192.0.2.1\"");
  CHECK(written(address, 0xFFFFFFFFLL) == "\"255.255.255.255\"");
  CHECK(written(address, 0) == "\"0.0.0.0\"");
  CHECK(written(vigie::list_of("", address), list{1, nullptr}) == "[\"0.0.0.1\",null]");
  CHECK(written(vigie::list_of("", of(kind::text)), list{}) == "[]");
  CHECK(written(vigie::span_of(""), list{5'000'000'000, 7}) ==
        R"({"offset":5000000000,"length":7})");
  const field nested = vigie::list_of(
      "", vigie::struct_of("", {{"x\"", kind::date}, vigie::list_of("y", of(kind::boolean))}));
  CHECK(written(nested, list{list{0, list{true}}, nullptr, list{nullptr, nullptr}}) ==
        R"([{"x\"":"1970-01-01","y":[true]},null,{"x\"":null,"y":null}])");
}

TEST_CASE("sensitive columns are written to files") {
  CHECK(write({{{.name = "a", .sensitive = true}}, {{"x"}}}) == "{\"a\":\"x\"}\n");
}

TEST_CASE("more rows than one piece holds are written whole") {
  vigie::testing::table t{{{"a"}}, {}};
  std::string expected;
  for (int i = 0; i < 5000; ++i) {
    t.rows.push_back({std::string(100, 'x') + std::to_string(i)});
    expected += "{\"a\":\"" + std::string(100, 'x') + std::to_string(i) + "\"}\n";
  }
  CHECK(harness<write_jsonl>().encode(t, 5000) == expected);
}

TEST_CASE("random tables of every kind come back from the reader cell for cell") {
  const field address{.name = "address", .kind = kind::uint32, .extension = "vigie.ipv4"};
  const vigie::schema fields{{"text"},
                             {.name = "view", .format = "vu"},
                             {.name = "large", .format = "U"},
                             {"int8", kind::int8},
                             {"int16", kind::int16},
                             {"int32", kind::int32},
                             {"int64", kind::int64},
                             {"uint8", kind::uint8},
                             {"uint16", kind::uint16},
                             {"uint32", kind::uint32},
                             {"uint64", kind::uint64},
                             {"real", kind::float64},
                             {"bool", kind::boolean},
                             {"date", kind::date},
                             {"time", kind::timestamp},
                             vigie::list_of("texts", {"", kind::text}),
                             vigie::list_of("ints", {"", kind::int64}),
                             vigie::list_of("reals", {"", kind::float64}),
                             vigie::list_of("times", {"", kind::timestamp})};
  harness<read_jsonl> reader;
  for (const char* name : {"text", "view", "large"}) reader.component().fields.push_back({name});
  for (const char* name :
       {"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"})
    reader.component().fields.push_back({name, "", "int"});
  reader.component().fields.insert(reader.component().fields.end(),
                                   {{"real", "", "real"},
                                    {"bool", "", "bool"},
                                    {"date", "", "date"},
                                    {"time", "", "timestamp"},
                                    {"texts", "", "text", true},
                                    {"ints", "", "int", true},
                                    {"reals", "", "real", true},
                                    {"times", "", "timestamp", true}});
  vigie::core::tests::random_cells random(7);
  for (const char* nulls : {"keep", "drop"}) {
    const vigie::testing::table t = random.table(fields, 500);
    harness<write_jsonl> writer;
    writer.component().nulls = nulls;
    const std::string lines = writer.encode(t, 7);
    const auto back = reader.decode(lines);
    for (const auto& r : back.rejects) UNSCOPED_INFO(r.column << ": " << r.why);
    REQUIRE(back.rows.size() == t.rows.size());
    for (std::size_t i = 0; i < t.rows.size(); ++i) {
      INFO(lines.substr(static_cast<std::size_t>(back.spans[i].offset),
                        static_cast<std::size_t>(back.spans[i].length)));
      CHECK((back.rows[i] == t.rows[i]));
    }
  }
}

TEST_CASE("random structs, lists of structs and binaries are lines the reader takes, and stay what "
          "they are") {
  const vigie::schema fields{
      vigie::span_of("span"),
      {"bytes", kind::binary},
      {.name = "hash", .kind = kind::fixed_binary, .width = 16},
      vigie::struct_of(
          "s", {{"text"}, vigie::list_of("l", vigie::struct_of("", {{"k"}, {"d", kind::date}}))})};
  vigie::core::tests::random_cells random(8);
  const vigie::testing::table t = random.table(fields, 300);
  harness<read_jsonl> reader;
  reader.component().fields = {{"offset", "span.offset", "int"},
                               {"length", "span.length", "int"},
                               {"text", "s.text"},
                               {"k", "s.l[1].k"},
                               {"d", "s.l[1].d", "date"},
                               {"s", "", "json"}};
  const auto back = reader.decode(write(t));
  REQUIRE(back.rows.size() == t.rows.size());
  const auto inside = [](const cell& c, std::size_t k) {
    const auto* items = std::get_if<list>(&c.value);
    return items != nullptr && k < items->size() ? (*items)[k] : cell();
  };
  for (std::size_t i = 0; i < t.rows.size(); ++i) {
    const row& r = t.rows[i];
    const cell item = inside(inside(r[3], 1), 1);
    CHECK((back.rows[i][0] == inside(r[0], 0)));
    CHECK((back.rows[i][1] == inside(r[0], 1)));
    CHECK((back.rows[i][2] == inside(r[3], 0)));
    CHECK((back.rows[i][3] == inside(item, 0)));
    CHECK((back.rows[i][4] == inside(item, 1)));
    CHECK((back.rows[i][5] == cell()) == (r[3] == cell()));
  }
}

TEST_CASE("a cell that claims to be JSON stands as it is if it is, and in quotes if not") {
  const field json{.kind = kind::text, .extension = vigie::json_extension};
  for (const char* good :
       {"1", "-0.5e3", "\"x\"", "null", "true", "[]", "{}", "{\"a\":[1,{\"b\":2}]}", "[1, 2]",
        "\"\\u00e9\"", "12345678901234567890"})
    CHECK(written(json, good) == good);
  CHECK(written(json, " {\"a\": 1}\r\n") == "{\"a\": 1}");
  const std::vector<std::pair<std::string, std::string>> bad{
      {"", R"("")"},
      {" ", R"(" ")"},
      {"x", R"("x")"},
      {"1,\"injected\":2", R"("1,\"injected\":2")"},
      {"1}", R"("1}")"},
      {"{\"a\":1", R"("{\"a\":1")"},
      {"[1,\n2]", R"("[1,\n2]")"},
      {"1\n{}", R"("1\n{}")"},
      {"\"a\nb\"", R"("\"a\nb\"")"},
      {"NaN", R"("NaN")"},
      {"01", R"("01")"},
      {std::string("1\0", 2), R"("1\u0000")"},
      {"{\"a\":1,\"a\":2}", R"("{\"a\":1,\"a\":2}")"},
      {std::string(64, '[') + std::string(64, ']'),
       "\"" + std::string(64, '[') + std::string(64, ']') + "\""},
  };
  const field items = vigie::list_of("", json);
  for (const auto& [text, line] : bad) {
    CHECK(written(json, text) == line);
    CHECK(written(items, list{text}) == "[" + line + "]");
  }
  // The line itself is the first level.
  const std::string deep = std::string(63, '[') + std::string(63, ']');
  CHECK(written(json, deep) == deep);
}

TEST_CASE("a column of JSON keeps its kind from the reader to the writer") {
  const std::string lines =
      "{\"v\":{\"b\": [1, 2.50, \"x\\u0041\"]},\"l\":[{\"a\":1},null,\"x\"]}\n"
      "{\"v\":1e400,\"l\":[]}\n{\"v\":\"text\",\"l\":null}\n";
  harness<read_jsonl> reader;
  reader.component().fields = {{"v", "", "json"}, {"l", "", "json", true}};
  const auto read = reader.decode(lines);
  CHECK(vigie::is_json(read.fields[0]));
  CHECK(write({read.fields, read.rows}) == lines);
}

TEST_CASE("structs, lists of structs, JSON and unsigned integers come back cell for cell") {
  const field who = vigie::struct_of(
      "who", {{"name"}, {"age", kind::uint64}, vigie::list_of("tags", {"", kind::text})});
  const field hops =
      vigie::list_of("hops", vigie::struct_of("", {{"ms", kind::float64}, {"day", kind::date}}));
  const vigie::schema fields{{"u", kind::uint64}, who, hops};
  vigie::core::tests::random_cells random(9);
  const vigie::testing::table t = random.table(fields, 400);
  harness<read_jsonl> reader;
  json_column w{"who"}, h{.name = "hops", .list = true};
  w.fields = {{"name"}, {"age", "", "uint"}, {"tags", "", "text", true}};
  h.fields = {{"ms", "", "real"}, {"day", "", "date"}};
  reader.component().fields = {{"u", "", "uint"}, w, h};
  const auto back = reader.decode(write(t));
  for (const auto& r : back.rejects) UNSCOPED_INFO(r.column << ": " << r.why);
  REQUIRE(back.rows.size() == t.rows.size());
  for (std::size_t i = 0; i < t.rows.size(); ++i) CHECK((back.rows[i] == t.rows[i]));
  CHECK(write({back.fields, back.rows}) == write(t));
}
