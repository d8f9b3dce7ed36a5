// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "config/yaml/parse.hpp"
#include "testing/cells.hpp"

#include <cmath>
#include <limits>

using namespace vigie;
using namespace vigie::testing;

namespace {

struct reading {
  std::optional<cell> value;
  diagnostics problems;
};

reading read(const field& f, const std::string& yaml) {
  const yaml::parsed p = yaml::parse("x: " + yaml + "\n", "t.yaml");
  REQUIRE(p.root);
  reading r;
  complaints c(r.problems, "t.yaml");
  r.value = read_cell(f, p.root->entries[0].value, c);
  CHECK(r.value.has_value() == r.problems.empty());
  return r;
}

field of(kind k) { return {.name = "c", .kind = k}; }

code refused(const field& f, const std::string& yaml) {
  const reading r = read(f, yaml);
  INFO(yaml);
  REQUIRE(r.problems.size() == 1);
  CHECK(r.problems[0].place.line == 1);
  CHECK(r.problems[0].place.column >= 1);
  return r.problems[0].code;
}

// The cell in a column of one row.
struct one_cell {
  field f;
  data::shared_column array;
  one_cell(field type, const cell& c) : f(std::move(type)) {
    builder b(f);
    put(f, c, b);
    ArrowArray a{};
    b.finish(&a);
    array = data::take_array(&a);
  }
  [[nodiscard]] vigie::column column() const { return {f, *array.array}; }
};

// What is written comes back as it was, and its text reads back as the same cell.
void round_trip(const field& f, const std::string& yaml, const std::string& text) {
  const reading r = read(f, yaml);
  INFO(yaml);
  REQUIRE(r.value);
  const one_cell c(f, *r.value);
  CHECK(same(*r.value, c.column(), 0));
  CHECK(yaml_text(c.column(), 0) == text);
  const reading again = read(f, text);
  REQUIRE(again.value);
  CHECK(same(*again.value, c.column(), 0));
}

bool equal(const field& f, const std::string& expected, const std::string& found) {
  const reading e = read(f, expected), b = read(f, found);
  REQUIRE(e.value);
  REQUIRE(b.value);
  return same(*e.value, one_cell(f, *b.value).column(), 0);
}

} // namespace

TEST_CASE("cells of each type are read, put into a column and written back") {
  round_trip(of(kind::boolean), "true", "true");
  round_trip(of(kind::int8), "-128", "-128");
  round_trip(of(kind::uint32), "4294967295", "4294967295");
  round_trip(of(kind::int64), "-9223372036854775808", "-9223372036854775808");
  round_trip(of(kind::uint64), "18446744073709551615", "18446744073709551615");
  round_trip(of(kind::float64), "0.1", "0.1");
  round_trip(of(kind::float64), "3", "3");
  round_trip(of(kind::float64), "-.inf", "-.inf");
  round_trip(of(kind::float64), ".nan", ".nan");
  round_trip(of(kind::text), "caf\u00e9 \"x\"", "\"caf\u00e9 \\\"x\\\"\"");
  round_trip(of(kind::text), "\"\"", "\"\"");
  round_trip(of(kind::text), "\"null\"", "\"null\"");
  round_trip(of(kind::text), "12", "\"12\"");
  round_trip(of(kind::binary), "00fF", "\"00ff\"");
  round_trip(of(kind::date), "2014-05-18", "\"2014-05-18\"");
  round_trip(of(kind::timestamp), "2014-05-18T09:30:00+08:00", "\"2014-05-18T01:30:00Z\"");
  round_trip(list_of("c", of(kind::int64)), "[1, null, 3]", "[1, null, 3]");
  round_trip(list_of("c", of(kind::text)), "[]", "[]");
  round_trip(span_of("c"), "{offset: 5, length: 2}", "{\"offset\": 5, \"length\": 2}");
  field address = of(kind::uint32);
  address.extension = "vigie.ipv4";
  round_trip(address, "192.0.2.255", "\"192.0.2.255\"");
  for (const kind k : {kind::boolean, kind::int64, kind::float64, kind::text, kind::date}) {
    round_trip(of(k), "null", "null");
    round_trip(of(k), "~", "null");
  }
  round_trip(list_of("c", of(kind::text)), "null", "null");
  round_trip(span_of("c"), "null", "null");
}

TEST_CASE("cells that do not fit the type of their column are refused at their place") {
  using enum kind;
  const std::vector<std::pair<kind, const char*>> wrong{{boolean, "yes"},
                                                        {boolean, "\"true\""},
                                                        {int8, "128"},
                                                        {int8, "-129"},
                                                        {int64, "1.0"},
                                                        {int64, "\"1\""},
                                                        {int64, "0x10"},
                                                        {int64, "9223372036854775808"},
                                                        {uint8, "-1"},
                                                        {uint64, "-1"},
                                                        {uint64, "18446744073709551616"},
                                                        {float64, "\"0.5\""},
                                                        {float64, "one"},
                                                        {float64, "inf"},
                                                        {float64, "1e999"},
                                                        {text, "no"},
                                                        {text, ""},
                                                        {text, "[a]"},
                                                        {binary, "abc"},
                                                        {binary, "zz"},
                                                        {date, "2014-02-30"},
                                                        {date, "18.05.2014"},
                                                        {timestamp, "2014-05-18T09:30:00"},
                                                        {date, "\"\""}};
  for (const auto& [k, yaml] : wrong) CHECK(refused(of(k), yaml) == code::test_value);
  CHECK(refused(list_of("c", of(int64)), "3") == code::test_value);
  CHECK(refused(list_of("c", of(int64)), "[1, x]") == code::test_value);
  CHECK(refused(span_of("c"), "[1, 2]") == code::test_value);
  CHECK(refused(span_of("c"), "{ofset: 1}") == code::test_unknown);
  field address = of(uint32);
  address.extension = "vigie.ipv4";
  for (const char* bad : {"192.0.2", "192.0.2.256", "192.0.2.1.1", "a.b.c.d", "3221225985"})
    CHECK(refused(address, bad) == code::test_value);
  field four = of(fixed_binary);
  four.width = 4;
  CHECK(refused(four, "\"0011\"") == code::test_value);
}

TEST_CASE(
    "whole numbers compare exactly, reals by their shortest form, and null equals null alone") {
  CHECK_FALSE(equal(of(kind::int64), "9007199254740993", "9007199254740992"));
  CHECK_FALSE(equal(of(kind::uint64), "18446744073709551615", "18446744073709551614"));
  CHECK(equal(of(kind::float64), "0.1", "0.1000000000000000055"));
  CHECK_FALSE(equal(of(kind::float64), "0.1", "0.10000000000000002"));
  CHECK(equal(of(kind::float64), ".nan", ".nan"));
  CHECK_FALSE(equal(of(kind::float64), "0", "-0.0"));
  CHECK_FALSE(equal(of(kind::float64), "null", ".nan"));
  CHECK_FALSE(equal(of(kind::text), "\"\"", "null"));
  CHECK_FALSE(equal(of(kind::text), "null", "\"\""));
  CHECK_FALSE(equal(list_of("c", of(kind::int64)), "[1]", "[1, 2]"));
  CHECK_FALSE(equal(list_of("c", of(kind::int64)), "[1, 2]", "[2, 1]"));
  CHECK_FALSE(equal(list_of("c", of(kind::int64)), "[]", "null"));
}

TEST_CASE("fields of a struct that are not listed are not compared") {
  CHECK(equal(span_of("c"), "{offset: 5}", "{offset: 5, length: 9}"));
  CHECK_FALSE(equal(span_of("c"), "{offset: 5, length: null}", "{offset: 5, length: 9}"));
  CHECK_FALSE(equal(span_of("c"), "{offset: 6}", "{offset: 5, length: 9}"));
}

TEST_CASE("sensitive cells of a run are masked in messages") {
  field f = of(kind::text);
  f.sensitive = true;
  const reading r = read(f, "secret");
  REQUIRE(r.value);
  CHECK(shown(one_cell(f, *r.value).column(), 0).find("secret") == std::string::npos);
  field l = list_of("c", f);
  l.sensitive = true;
  const reading many = read(l, "[secret]");
  REQUIRE(many.value);
  CHECK(shown(one_cell(l, *many.value).column(), 0).find("secret") == std::string::npos);
  field inside = list_of("c", f);
  const reading item = read(inside, "[secret]");
  REQUIRE(item.value);
  CHECK(shown(one_cell(inside, *item.value).column(), 0).find("secret") == std::string::npos);
}

TEST_CASE("rows become a batch without origins in which unlisted columns are null") {
  const schema fields{of(kind::int64), {.name = "t", .format = "vu"}, list_of("l", of(kind::text))};
  const yaml::parsed p =
      yaml::parse("- {t: a text longer than twelve bytes, c: 1}\n- {}\n- {l: [x]}\n", "t.yaml");
  REQUIRE(p.root);
  diagnostics problems;
  complaints c(problems, "t.yaml");
  const std::vector<row> rows = read_rows(fields, *p.root, c);
  REQUIRE(problems.empty());
  REQUIRE(rows.size() == 3);
  const data::batch b = batch_of(fields, rows);
  CHECK(b.rows == 3);
  CHECK(b.origin(0).file == -1);
  const column number(fields[0], *b.columns[0].array), text(fields[1], *b.columns[1].array),
      list(fields[2], *b.columns[2].array);
  CHECK(number.integer(0) == 1);
  CHECK(number.is_null(1));
  CHECK(text.text(0) == "a text longer than twelve bytes");
  CHECK(text.is_null(2));
  CHECK(list.is_null(0));
  CHECK(list.list(2).end - list.list(2).begin == 1);
}

TEST_CASE("unknown columns and rows that are none are refused, all at once") {
  const schema fields{of(kind::int64), {.name = "text"}};
  const yaml::parsed p = yaml::parse("- {txet: a}\n- 3\n- [1]\n- {c: x, text: no}\n", "t.yaml");
  REQUIRE(p.root);
  diagnostics problems;
  complaints c(problems, "t.yaml");
  CHECK(read_rows(fields, *p.root, c).empty());
  REQUIRE(problems.size() == 5);
  CHECK(problems[0].code == code::test_unknown);
  CHECK(problems[0].hint == "did you mean 'text'?");
  for (std::size_t i = 1; i < 5; ++i) CHECK(problems[i].code == code::test_value);
}
