// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "filter.hpp"

#include <vigie/testing.hpp>

using namespace vigie::core;
using vigie::kind;
using vigie::testing::cell;

namespace {

vigie::testing::outcome filtered(const std::string& where, const vigie::testing::table& in,
                                 const vigie::named<std::string>& values = {},
                                 std::size_t rows_a_batch = 3) {
  vigie::testing::harness<filter_rows> h;
  h.component().where = vigie::expression(where);
  h.component().where.param = 0;
  h.component().values = values;
  return h.transform(in, rows_a_batch);
}

vigie::testing::table numbers(std::int64_t n) {
  vigie::testing::table t{{{.name = "n", .kind = kind::int64}}, {}};
  for (std::int64_t i = 0; i < n; ++i) t.rows.push_back({i});
  return t;
}

} // namespace

TEST_CASE("a filter keeps true and counts false and null as dropped") {
  const vigie::testing::table t{{{.name = "n", .kind = kind::int64}},
                                {{1}, {nullptr}, {3}, {0}, {5}, {nullptr}, {7}}};
  const auto out = filtered("n > 1", t);
  CHECK(out.parents == std::vector<std::int32_t>{2, 4, 6});
  CHECK(out.dropped == 4);
  CHECK(out.rejects.empty());
  CHECK(out.fields.empty());
}

TEST_CASE("a filter rejects rows it cannot judge, in input order, and accounts for every row") {
  const auto t = numbers(5000);
  const auto out = filtered("10 / (n % 1000) >= 1", t, {}, 2500);
  REQUIRE(out.rejects.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(out.rejects[i].row == static_cast<std::int64_t>(i * 1000));
    CHECK(out.rejects[i].why == "division by zero (byte 3 of the expression)");
    CHECK(out.rejects[i].column.empty());
  }
  CHECK(out.parents.size() == 50);
  CHECK(out.parents.size() + out.rejects.size() + static_cast<std::size_t>(out.dropped) == 5000);
}

TEST_CASE("a filter takes named values and a single boolean column") {
  const vigie::testing::table t{
      {{.name = "day", .kind = kind::date}, {.name = "ok", .kind = kind::boolean}},
      {{16000, true}, {17000, false}, {18000, nullptr}}};
  CHECK(filtered("day >= :since", t, {{"since", "2014-01-01"}}).parents ==
        std::vector<std::int32_t>{1, 2});
  CHECK(filtered("ok", t).parents == std::vector<std::int32_t>{0});
  CHECK(filtered("not ok", t).parents == std::vector<std::int32_t>{1});
  CHECK(filtered(":all", t, {{"all", "true"}}).parents.size() == 3);
  CHECK(filtered("null", t).dropped == 3);
}

TEST_CASE("a filter asks only for the columns it names, each once") {
  vigie::binding b({{{.name = "a"}, {.name = "b"}, {.name = "c", .kind = kind::int64}}},
                   vigie::rows::some, vigie::keep::all);
  filter_rows f;
  f.where = "c > 1 and a = 'x' and c < 5";
  f.bind(b);
  CHECK(b.needs()[0].positions == std::vector<std::int32_t>{2, 0});
}

TEST_CASE("a filter that is no condition is refused at its byte") {
  try {
    static_cast<void>(filtered("n + 1", numbers(1)));
    FAIL("accepted");
  } catch (const vigie::error& e) {
    CHECK(e.param == 0);
    CHECK(e.offset == 2);
    CHECK(e.message == "the condition wants true or false, found int64; write a comparison");
  }
  try {
    static_cast<void>(filtered("n > 1", numbers(1), {{"since", "1"}}));
    FAIL("accepted");
  } catch (const vigie::error& e) {
    CHECK(e.param == 1);
    CHECK(e.item == 0);
  }
}

TEST_CASE("a filter reads every layout of text") {
  for (const char* format : {"u", "vu"}) {
    const vigie::testing::table t{{{.name = "t", .format = format}},
                                  {{"a"}, {nullptr}, {"a text of more than twelve bytes"}, {""}}};
    CHECK(filtered("t = 'a text of more than twelve bytes'", t).parents ==
          std::vector<std::int32_t>{2});
    CHECK(filtered("t in ('', 'a')", t, {}, 4).parents == std::vector<std::int32_t>{0, 3});
  }
}
