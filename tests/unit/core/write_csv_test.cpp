// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "random_cells.hpp"
#include "write_csv.hpp"

#include <cmath>

using vigie::field;
using vigie::kind;
using vigie::core::write_csv;
using vigie::testing::cell;
using vigie::testing::harness;
using vigie::testing::table;

namespace {

using list = std::vector<cell>;

struct csv_field {
  std::string text;
  bool quoted = false;
  friend bool operator==(const csv_field&, const csv_field&) = default;
};
using csv_rows = std::vector<std::vector<csv_field>>;

// RFC 4180 by the letter, one byte at a time; fails the test where a file is none.
csv_rows parse(const std::string& csv, char delimiter, const std::string& newline) {
  csv_rows rows;
  for (std::size_t at = 0; at < csv.size();) {
    auto& row = rows.emplace_back();
    for (bool more = true; more;) {
      csv_field f;
      if (csv[at] == '"') {
        f.quoted = true;
        for (++at; csv[at] != '"' || (at + 1 < csv.size() && csv[at + 1] == '"'); ++at) {
          if (csv[at] == '"') ++at;
          f.text += csv[at];
          REQUIRE(at + 1 < csv.size());
        }
        ++at;
      } else {
        while (at < csv.size() && csv[at] != delimiter &&
               csv.compare(at, newline.size(), newline) != 0) {
          REQUIRE(csv[at] != '"');
          f.text += csv[at++];
        }
      }
      row.push_back(f);
      more = at < csv.size() && csv[at] == delimiter;
      if (more) ++at;
    }
    REQUIRE(csv.compare(at, newline.size(), newline) == 0);
    at += newline.size();
  }
  return rows;
}

std::string write(const table& t) { return harness<write_csv>().encode(t); }

vigie::error refused(harness<write_csv>& h) {
  try {
    static_cast<void>(h.encode({{{"a"}}, {}}));
  } catch (vigie::error& e) {
    return e;
  }
  FAIL("nothing was thrown");
  return {0, ""};
}

} // namespace

TEST_CASE("rows are lines below the names, and only what must be is quoted") {
  CHECK(write({{{"name"}, {"n", kind::int64}},
               {{"plain", 1},
                {"a,b", -2},
                {"say \"x\"", 3},
                {"two\nlines", 4},
                {"cr\r", 5},
                {" spaces ", 6}}}) == "name,n\nplain,1\n\"a,b\",-2\n\"say "
                                      "\"\"x\"\"\",3\n\"two\nlines\",4\n\"cr\r\",5\n spaces ,6\n");
  CHECK(write({{{"a,b"}, {"\"c\""}}, {}}) == "\"a,b\",\"\"\"c\"\"\"\n");
}

TEST_CASE("an empty text and a null differ") {
  CHECK(write({{{"a"}, {"b"}}, {{"", nullptr}, {nullptr, ""}}}) == "a,b\n\"\",\n,\"\"\n");
}

TEST_CASE("a text that reads like the word for nulls is quoted") {
  harness<write_csv> h;
  h.component().nulls = "NULL";
  CHECK(h.encode({{{"a"}}, {{nullptr}, {"NULL"}, {"null"}, {""}}}) ==
        "a\nNULL\n\"NULL\"\nnull\n\n");
  h.component().nulls = "0";
  CHECK(h.encode({{{"a", kind::int64}}, {{nullptr}, {0}, {10}}}) == "a\n0\n\"0\"\n10\n");
}

TEST_CASE("delimiter, line end, header and quoting are as asked") {
  harness<write_csv> h;
  h.component().delimiter = "\t";
  h.component().newline = "crlf";
  h.component().quote = "all";
  h.component().columns = {"b", "a"};
  CHECK(h.encode({{{"a"}, {"b", kind::int64}}, {{"x,\ty", 1}, {nullptr, nullptr}}}) ==
        "\"b\"\t\"a\"\r\n\"1\"\t\"x,\ty\"\r\n\t\r\n");
  h.component().header = false;
  h.component().quote = "needed";
  h.component().delimiter = "-";
  CHECK(h.encode({{{"a"}, {"b", kind::int64}}, {{"x", -1}}}) == "\"-1\"-x\r\n");
}

TEST_CASE("parameters that would make an unreadable file are refused with their place") {
  for (const char* bad : {"", ",,", "\"", "\n", "\r", "\xE9", "é"}) {
    harness<write_csv> h;
    h.component().delimiter = bad;
    CHECK(refused(h).param == 1);
  }
  for (const char* bad : {",", "a,b", "\"", "\n", "N\rA"}) {
    harness<write_csv> h;
    h.component().nulls = bad;
    CHECK(refused(h).param == 4);
  }
  harness<write_csv> h;
  h.component().columns = {"none"};
  CHECK(refused(h).code == VIGIE_E_SCHEMA);
}

TEST_CASE("formulas are kept by default and defused where asked, numbers never") {
  const table t{
      {{"=name"}, {"n", kind::int64}},
      {{"=1+1", -1}, {"+a", 2}, {"-b", 3}, {"@c", 4}, {"\td", 5}, {"\re", 6}, {"x=1", 7}, {"", 8}}};
  CHECK(write(t).starts_with("=name,n\n=1+1,-1\n+a,2\n"));
  harness<write_csv> h;
  h.component().formulas = "escape";
  CHECK(h.encode(t) ==
        "'=name,n\n'=1+1,-1\n'+a,2\n'-b,3\n'@c,4\n'\td,5\n\"'\re\",6\nx=1,7\n\"\",8\n");
}

TEST_CASE("every kind has a plain form, lists and structs are JSON") {
  const vigie::schema fields{{"bool", kind::boolean},
                             {"u", kind::uint64},
                             {"real", kind::float64},
                             {"day", kind::date},
                             {"time", kind::timestamp},
                             {"bytes", kind::binary},
                             {.name = "ip", .kind = kind::uint32, .extension = "vigie.ipv4"},
                             vigie::list_of("list", {"", kind::text}),
                             vigie::span_of("span")};
  CHECK(write({fields,
               {{true, -1, 0.5, 16'210, 1'400'593'380'000'000, "f", 0xC0000201LL,
                 list{"a\"", nullptr}, list{5, 6}}}}) ==
        "bool,u,real,day,time,bytes,ip,list,span\n"
        "true,18446744073709551615,0.5,2014-05-20,2014-05-20T13:43:00Z,Zg==,192.0.2.1,\"["
        "\"\"a\\\"\"\"\",null]\",\"{\"\"offset\"\":5,\"\"length\"\":6}\"\n");
  CHECK(write({{{"x", kind::float64}}, {{std::nan("")}, {HUGE_VAL}, {-HUGE_VAL}}}) ==
        "x\nNaN\nInfinity\n-Infinity\n");
}

TEST_CASE("random texts come back from a parser by the letter of the RFC") {
  const vigie::schema fields{{"a"}, {.name = "b", .format = "vu"}, {"n", kind::int64}, {"c"}};
  vigie::core::tests::random_cells random(9);
  for (const std::string delimiter : {",", ";", "\t"}) {
    for (const std::string newline : {"lf", "crlf"}) {
      const table t = random.table(fields, 300);
      harness<write_csv> h;
      h.component().delimiter = delimiter;
      h.component().newline = newline;
      const csv_rows rows = parse(h.encode(t, 11), delimiter[0], newline == "lf" ? "\n" : "\r\n");
      REQUIRE(rows.size() == t.rows.size() + 1);
      for (std::size_t r = 0; r < t.rows.size(); ++r) {
        REQUIRE(rows[r + 1].size() == fields.size());
        for (std::size_t c = 0; c < fields.size(); ++c) {
          const csv_field& f = rows[r + 1][c];
          const cell& expected = t.rows[r][c];
          if (expected == cell())
            CHECK((f == csv_field{}));
          else if (const auto* text = std::get_if<std::string>(&expected.value))
            CHECK((f.text == *text && (f.quoted || !text->empty())));
          else
            CHECK(f.text == std::to_string(std::get<std::int64_t>(expected.value)));
        }
      }
    }
  }
}
