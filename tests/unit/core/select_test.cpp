// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "select.hpp"

#include <vigie/testing.hpp>

using namespace vigie::core;

namespace {

struct wish {
  std::vector<std::string> columns = {}, drop = {};
  std::vector<std::pair<std::string, std::string>> rename = {};
};

// "new=position of the old " for every column of the output.
std::string selected(const wish& w) {
  select_columns s;
  for (const auto& c : w.columns) s.columns.emplace_back(c);
  for (const auto& d : w.drop) s.drop.emplace_back(d);
  for (const auto& [to, from] : w.rename) s.rename.emplace_back(to, from);
  vigie::binding b({{{.name = "a"}, {.name = "b"}, {.name = "c"}, {.name = "d"}}},
                   select_columns::about.rows, select_columns::about.keep);
  try {
    s.bind(b);
  } catch (const vigie::error& e) {
    return e.message;
  }
  CHECK(b.needs()[0].positions.empty()); // no cell is read
  CHECK(b.added().empty());
  std::string out;
  for (std::size_t i = 0; i < b.kept().size(); ++i)
    out += b.kept_names()[i] + "=" + std::to_string(b.kept()[i]) + " ";
  return out;
}

} // namespace

TEST_CASE("select gives exactly the columns asked for, in that order") {
  CHECK(selected({.columns = {"d", "a", "c"}}) == "d=3 a=0 c=2 ");
  CHECK(selected({.columns = {"b"}}) == "b=1 ");
}

TEST_CASE("select drops and renames in place") {
  CHECK(selected({.drop = {"b", "d"}}) == "a=0 c=2 ");
  CHECK(selected({.rename = {{"z", "b"}}}) == "a=0 z=1 c=2 d=3 ");
  CHECK(selected({.columns = {"b", "a"}, .rename = {{"a", "b"}, {"b", "a"}}}) == "a=1 b=0 ");
  CHECK(selected({.drop = {"b"}, .rename = {{"b", "a"}}}) == "b=0 c=2 d=3 ");
}

TEST_CASE("select refuses what cannot be meant") {
  CHECK(selected({}) == "nothing is selected; give columns, rename or drop");
  CHECK(
      selected({.columns = {"e"}}).starts_with("there is no column 'e' in the input; it has a, b"));
  CHECK(selected({.columns = {"a", "a"}}) == "the column 'a' is chosen twice");
  CHECK(selected({.columns = {"a"}, .drop = {"b"}}).starts_with("'columns' and 'drop' exclude"));
  CHECK(selected({.drop = {"a", "b", "c", "d"}}).starts_with("every column is dropped"));
  CHECK(selected({.rename = {{"b", "a"}}}) == "two columns would be named 'b'");
  CHECK(selected({.rename = {{"x", "a"}, {"y", "a"}}}) == "the column 'a' is renamed twice");
  CHECK(selected({.columns = {"a"}, .rename = {{"x", "b"}}}) ==
        "the column 'b' is renamed but not kept");
  CHECK(selected({.rename = {{"", "b"}}}) == "the new name is empty");
}

TEST_CASE("an error of select points at its entry") {
  select_columns s;
  s.columns = {"a", "x"};
  s.columns[1].param = 0;
  s.columns[1].item = 1;
  vigie::binding b({{{.name = "a"}}}, select_columns::about.rows, select_columns::about.keep);
  try {
    s.bind(b);
    FAIL("accepted");
  } catch (const vigie::error& e) {
    CHECK(e.param == 0);
    CHECK(e.item == 1);
  }
}

TEST_CASE("select passes every row on") {
  vigie::testing::harness<select_columns> h;
  h.component().columns.emplace_back("a");
  const auto out = h.transform({{{.name = "a"}}, {{"x"}, {nullptr}, {"y"}, {"z"}}});
  CHECK(out.rejects.empty());
  CHECK(out.dropped == 0);
}
