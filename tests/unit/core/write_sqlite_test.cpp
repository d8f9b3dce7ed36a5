// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "random_cells.hpp"
#include "write_sqlite.hpp"

#include <sqlite3.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

using vigie::field;
using vigie::kind;
using vigie::core::write_sqlite;
using vigie::testing::cell;
using vigie::testing::harness;
using vigie::testing::row;
using vigie::testing::table;

namespace {

using list = std::vector<cell>;

struct folder { // a new, empty one; removed at the end
  folder() {
    std::string name = (std::filesystem::temp_directory_path() / "vigie_sqlite_XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;
  ~folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::filesystem::path path;
};

cell cell_of(sqlite3_stmt* s, int c) {
  const auto bytes = static_cast<std::size_t>(sqlite3_column_bytes(s, c));
  switch (sqlite3_column_type(s, c)) {
  case SQLITE_INTEGER: return static_cast<std::int64_t>(sqlite3_column_int64(s, c));
  case SQLITE_FLOAT: return sqlite3_column_double(s, c);
  case SQLITE_NULL: return nullptr;
  case SQLITE_TEXT:
    return std::string(reinterpret_cast<const char*>(sqlite3_column_text(s, c)), bytes);
  default: {
    const auto* blob = static_cast<const char*>(sqlite3_column_blob(s, c));
    return "blob:" + (blob == nullptr ? std::string() : std::string(blob, bytes));
  }
  }
}

std::vector<row> query(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  sqlite3_stmt* s = nullptr;
  INFO(sql);
  const int prepared = sqlite3_prepare_v2(db, sql.c_str(), -1, &s, nullptr);
  INFO(sqlite3_errmsg(db));
  REQUIRE(prepared == SQLITE_OK);
  std::vector<row> out;
  while (sqlite3_step(s) == SQLITE_ROW) {
    row& r = out.emplace_back();
    for (int c = 0; c < sqlite3_column_count(s); ++c) r.push_back(cell_of(s, c));
  }
  sqlite3_finalize(s);
  CHECK(sqlite3_close(db) == SQLITE_OK);
  return out;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

vigie::error refused(const table& t, const std::string& table_name = "rows",
                     std::vector<vigie::column_name> index = {}) {
  const folder dir;
  harness<write_sqlite> h;
  h.component().table = table_name;
  h.component().index = std::move(index);
  try {
    h.sink_to(t, dir.path.string(), "x.sqlite");
  } catch (vigie::error& e) {
    return e;
  }
  FAIL("nothing was thrown");
  return {0, ""};
}

} // namespace

TEST_CASE("rows become a table with typed columns, indexes and a receipt") {
  const folder dir;
  harness<write_sqlite> h;
  h.component().table = "findings";
  h.component().index = {"n", "name"};
  const std::string receipt =
      h.sink_to({{{"name"}, {"n", kind::int64}}, {{"b", 2}, {"a", 1}, {nullptr, nullptr}, {"", 0}}},
                dir.path.string(), "out.sqlite");
  const auto file = dir.path / "out.sqlite";
  CHECK(query(file, "select * from findings") ==
        std::vector<row>{{"b", 2}, {"a", 1}, {nullptr, nullptr}, {"", 0}});
  CHECK(query(file, "select sql from sqlite_schema where type = 'table'") ==
        std::vector<row>{{R"(CREATE TABLE "findings" ("name" TEXT, "n" INTEGER))"}});
  CHECK(query(file, "select name from sqlite_schema where type = 'index' order by name") ==
        std::vector<row>{{"findings.n"}, {"findings.name"}});
  CHECK(query(file, "pragma integrity_check") == std::vector<row>{{"ok"}});
  CHECK(query(file, "pragma page_size") == std::vector<row>{{4096}});
  CHECK(receipt == R"({"table":"findings","rows":4,"columns":[{"name":"name","type":"text"},)"
                   R"({"name":"n","type":"int64"}]})");
  CHECK(std::distance(std::filesystem::directory_iterator(dir.path), {}) ==
        1); // no journal is left
}

TEST_CASE("every kind is stored in the form the documentation names") {
  const folder dir;
  const vigie::schema fields{{"b", kind::boolean},
                             {"i", kind::int64},
                             {"u", kind::uint64},
                             {"r", kind::float64},
                             {"d", kind::date},
                             {"t", kind::timestamp},
                             {"z", kind::binary},
                             {.name = "w", .kind = kind::fixed_binary, .width = 2},
                             {.name = "ip", .kind = kind::uint32, .extension = "vigie.ipv4"},
                             vigie::list_of("l", {"", kind::int64}),
                             vigie::span_of("s"),
                             {"text"}};
  harness<write_sqlite> h;
  h.sink_to(
      {fields,
       {{true, INT64_MIN, INT64_MAX, 0.1, 16'210, 1'400'593'380'000'000, std::string("\0z", 2),
         "ab", 0xC0000201LL, list{1, nullptr}, list{5, 6}, std::string("a\0b", 3)},
        {false, 0, 0, 7.0, 0, 0, "", "cd", 0, list{}, list{0, 0}, ""}}},
      dir.path.string(), "x");
  CHECK(query(dir.path / "x", "select * from rows") ==
        std::vector<row>{{1, INT64_MIN, INT64_MAX, 0.1, "2014-05-20", "2014-05-20T13:43:00Z",
                          std::string("blob:\0z", 7), "blob:ab", "192.0.2.1", "[1,null]",
                          R"({"offset":5,"length":6})", std::string("a\0b", 3)},
                         {0, 0, 0, 7.0, "1970-01-01", "1970-01-01T00:00:00Z", "blob:", "blob:cd",
                          "0.0.0.0", "[]", R"({"offset":0,"length":0})", ""}});
}

TEST_CASE("a NaN is NULL and infinities stay") {
  const folder dir;
  harness<write_sqlite>().sink_to({{{"r", kind::float64}}, {{std::nan("")}, {HUGE_VAL}}},
                                  dir.path.string(), "x");
  CHECK(query(dir.path / "x", "select r is null, r = 9e999 from rows") ==
        std::vector<row>{{1, nullptr}, {0, 1}});
}

TEST_CASE("a number too large for SQLite stops with the row and column, not with another number") {
  const vigie::error e = refused({{{"u", kind::uint64}}, {{1}, {-1}}});
  CHECK(e.code == VIGIE_E_DATA);
  CHECK(e.row == 1);
  CHECK(e.column == "u");
}

TEST_CASE("the same rows give the same bytes, however they come in batches") {
  const vigie::schema fields{
      {"a"}, {"n", kind::int64}, {"x", kind::float64}, vigie::list_of("l", {"", kind::text})};
  const table t = vigie::core::tests::random_cells(10).table(fields, 2000);
  const folder one, two;
  const auto make = [&](const folder& dir, std::size_t rows_a_batch) {
    harness<write_sqlite> h;
    h.component().index = {"a", "n"};
    h.sink_to(t, dir.path.string(), "x", rows_a_batch);
    return bytes_of(dir.path / "x");
  };
  const std::string first = make(one, 3);
  CHECK(first.size() > 100'000);
  CHECK((first == make(two, 1000)));
  CHECK((first == make(two, 17))); // also over a file left behind
  const auto back = query(two.path / "x", "select a, n, x from rows order by rowid");
  REQUIRE(back.size() == t.rows.size());
  for (std::size_t i = 0; i < back.size(); ++i)
    for (std::size_t c = 0; c < 3; ++c) CHECK((back[i][c] == t.rows[i][c]));
}

TEST_CASE("names of any bytes stay names") {
  const folder dir;
  harness<write_sqlite> h;
  h.component().table = "a\"; drop table x; --";
  h.component().index = {"\"quoted\""};
  h.sink_to({{{"\"quoted\""}, {"select"}, {"x) values (1"}, {"'"}, {"日本 \n"}, {"rowid"}},
             {{"1", "2", "3", "4", "5", "6"}}},
            dir.path.string(), "x");
  const auto file = dir.path / "x";
  CHECK(query(file, R"(select * from "a""; drop table x; --")") ==
        std::vector<row>{{"1", "2", "3", "4", "5", "6"}});
  CHECK(query(file, R"(select name from pragma_table_info('a"; drop table x; --'))") ==
        std::vector<row>{
            {"\"quoted\""}, {"select"}, {"x) values (1"}, {"'"}, {"日本 \n"}, {"rowid"}});
}

TEST_CASE(
    "names that SQLite would not keep apart or not take are refused before any file is made") {
  CHECK(refused({{{"a"}, {"A"}}, {}}).code == VIGIE_E_SCHEMA);
  CHECK(refused({{{""}}, {}}).code == VIGIE_E_SCHEMA);
  CHECK(refused({{}, {}}).code == VIGIE_E_SCHEMA);
  for (const std::string& bad :
       {std::string(), std::string("sqlite_x"), std::string("SQLite_x"), std::string("a\0b", 3)}) {
    const vigie::error e = refused({{{"a"}}, {}}, bad);
    CHECK(e.code == VIGIE_E_CONFIG);
    CHECK(e.param == 0);
  }
  CHECK(refused({{{"a"}}, {}}, "t", {"b"}).code == VIGIE_E_SCHEMA);
  CHECK(refused({{{"a"}}, {}}, "t", {"a", "a"}).code == VIGIE_E_SCHEMA);
  vigie::schema wide;
  for (int i = 0; i < 2001; ++i) wide.push_back({"c" + std::to_string(i)});
  CHECK(refused({wide, {}}).code == VIGIE_E_SCHEMA);
}

TEST_CASE("2000 columns and no rows are a table") {
  vigie::schema wide;
  for (int i = 0; i < 2000; ++i) wide.push_back({"c" + std::to_string(i)});
  const folder dir;
  harness<write_sqlite>().sink_to({wide, {}}, dir.path.string(), "x");
  CHECK(query(dir.path / "x", "select count(*) from rows") == std::vector<row>{{0}});
}

TEST_CASE("the chosen columns are stored in the chosen order, in folders of the file's name") {
  const folder dir;
  harness<write_sqlite> h;
  h.component().columns = {"c", "a"};
  h.sink_to({{{"a"}, {"b"}, {"c"}}, {{"1", "2", "3"}}}, dir.path.string(), "sub/dir/x.sqlite");
  CHECK(query(dir.path / "sub/dir/x.sqlite", "select * from rows") == std::vector<row>{{"3", "1"}});
}

TEST_CASE("a file that cannot be made is an input-output error that says so") {
  const folder dir;
  std::ofstream(dir.path / "file") << "x";
  harness<write_sqlite> h;
  try {
    h.sink_to({{{"a"}}, {}}, dir.path.string(), "file/x.sqlite");
    FAIL("nothing was thrown");
  } catch (vigie::error& e) {
    CHECK(e.code == VIGIE_E_IO);
    CHECK(e.message.find("SQLite could not make the file") != std::string::npos);
  }
}
