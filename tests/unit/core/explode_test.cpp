// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "explode.hpp"

#include <vigie/testing.hpp>

#include <random>

using namespace vigie::core;
using vigie::field;
using vigie::kind;
using vigie::testing::cell;
using vigie::testing::outcome;
using vigie::testing::row;
using vigie::testing::table;
using cells = std::vector<cell>;
using numbers = std::vector<std::int32_t>;

namespace {

struct options {
  std::string as = {};
  std::vector<std::string> fields = {};
  std::string index = {};
  std::string empty = "drop";
};

outcome exploded(const table& t, const options& o, std::size_t rows_a_batch = 3) {
  vigie::testing::harness<explode_list> h;
  h.component().column = vigie::column_name("x");
  h.component().as = o.as;
  h.component().fields = o.fields;
  h.component().index = o.index;
  h.component().empty = o.empty;
  return h.transform(t, rows_a_batch);
}

std::string refusal(const table& t, const options& o) {
  try {
    static_cast<void>(exploded(t, o));
  } catch (const vigie::error& e) {
    return std::to_string(e.param) + "/" + std::to_string(e.item) + ": " + e.message;
  }
  return "accepted";
}

bool has(const std::string& in, std::string_view what) {
  return in.find(what) != std::string::npos;
}

table lists(field item, std::vector<cell> values) {
  table t{{{.name = "id", .kind = kind::int64}, vigie::list_of("x", std::move(item))}, {}};
  for (std::size_t i = 0; i < values.size(); ++i)
    t.rows.push_back({static_cast<std::int64_t>(i), std::move(values[i])});
  return t;
}

const field pair_item =
    vigie::struct_of("item", {{.name = "name"}, {.name = "ttl", .kind = kind::int64}});

} // namespace

TEST_CASE("each item of a list becomes a row, in order, and empty lists none") {
  const table t =
      lists({.kind = kind::int64}, {cells{1, 2, 3}, cells{}, nullptr, cells{nullptr}, cells{9}});
  const outcome got = exploded(t, {});
  CHECK(got.rows == std::vector<row>{{1}, {2}, {3}, {nullptr}, {9}});
  CHECK(got.parents == numbers{0, 0, 0, 3, 4});
  CHECK(got.dropped == 2);
  CHECK(got.fields[0].name == "x");
  CHECK(got.fields[0].kind == kind::int64);
}

TEST_CASE("with empty: keep a row without items stays, and null is its item and its place") {
  const table t = lists({.kind = kind::int64}, {cells{}, cells{7, 8}, nullptr});
  const outcome got = exploded(t, {.as = "one", .index = "n", .empty = "keep"});
  CHECK(got.rows == std::vector<row>{{nullptr, nullptr}, {7, 0}, {8, 1}, {nullptr, nullptr}});
  CHECK(got.parents == numbers{0, 1, 1, 2});
  CHECK(got.dropped == 0);
  CHECK(got.fields[0].name == "one");
  CHECK(got.fields[1].name == "n");
}

TEST_CASE("fields of structs become columns, and are null where the struct is") {
  const table t = lists(pair_item, {cells{cells{"a", 1}, nullptr, cells{nullptr, 3}}, cells{},
                                    cells{cells{"b", nullptr}}});
  const outcome got = exploded(t, {.fields = {"ttl", "name"}, .index = "n", .empty = "keep"});
  CHECK(got.rows == std::vector<row>{{1, "a", 0},
                                     {nullptr, nullptr, 1},
                                     {3, nullptr, 2},
                                     {nullptr, nullptr, nullptr},
                                     {nullptr, "b", 0}});
  const outcome whole = exploded(t, {});
  CHECK(whole.rows ==
        std::vector<row>{{cells{"a", 1}}, {nullptr}, {cells{nullptr, 3}}, {cells{"b", nullptr}}});
}

TEST_CASE("an item keeps its meaning, and the mask of its list") {
  table t = lists({.kind = kind::uint32, .extension = vigie::ipv4_extension}, {cells{5}});
  t.fields[1].sensitive = true;
  const outcome got = exploded(t, {});
  CHECK(vigie::is_ipv4(got.fields[0]));
  CHECK(got.fields[0].sensitive);
}

TEST_CASE(
    "a long list leaves in several batches, and lists of many batches as one would write it") {
  cells many;
  for (std::int64_t i = 0; i < 50000; ++i) many.emplace_back(i);
  const outcome long_one =
      exploded(lists({.kind = kind::int64}, {cells{1}, many, cells{2}}), {.index = "n"});
  REQUIRE(long_one.rows.size() == 50002);
  for (std::int64_t i = 0; i < 50000; ++i)
    REQUIRE(long_one.rows[static_cast<std::size_t>(i) + 1] == row{i, i});

  std::mt19937_64 random(20140529);
  for (const kind k : {kind::int64, kind::text, kind::boolean, kind::float64}) {
    std::vector<cell> values;
    std::vector<row> expected;
    numbers parents;
    for (std::int32_t i = 0; i < 300; ++i) {
      cells items;
      for (std::uint64_t n = random() % 6; n > 0; --n) {
        const auto v = static_cast<std::int64_t>(random() % 100);
        cell c = k == kind::int64     ? cell(v)
                 : k == kind::text    ? cell("item number " + std::to_string(v))
                 : k == kind::boolean ? cell(v > 50)
                                      : cell(static_cast<double>(v) / 8);
        if (v % 7 == 0) c = nullptr;
        items.push_back(c);
        expected.push_back({c});
        parents.push_back(i);
      }
      values.emplace_back(std::move(items));
    }
    const outcome got = exploded(lists({.kind = k}, values), {}, 1 + random() % 40);
    CHECK(got.rows == expected);
    CHECK(got.parents == parents);
  }
}

TEST_CASE("explode refuses what has no items or no such field, and names that stand twice") {
  const table t = lists(pair_item, {});
  CHECK(has(refusal(t, {.fields = {"name", "tll"}}),
            "2/1: the items have no field 'tll'; they have name, ttl; did you mean 'ttl'?"));
  CHECK(has(refusal(t, {.as = "one", .fields = {"name"}}),
            "1/-1: 'as' and 'fields' exclude each other"));
  CHECK(has(refusal(t, {.as = "id"}), "1/-1: there would be two columns 'id'"));
  CHECK(has(refusal(t, {.fields = {"name", "name"}}), "2/1: there would be two columns 'name'"));
  CHECK(has(refusal(t, {.index = "x"}), "3/-1: there would be two columns 'x'"));
  CHECK(refusal(t, {.as = "one", .index = "x"}) == "accepted"); // the list itself is gone
  CHECK(has(refusal(lists({.kind = kind::int64}, {}), {.fields = {"name"}}),
            "2/-1: the items of 'x' are int64"));
  CHECK(has(refusal({{{.name = "x"}}, {}}, {}), "column 'x' is text; wanted is list"));
}
