// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "derive.hpp"

#include <vigie/testing.hpp>

using namespace vigie::core;
using vigie::kind;
using vigie::testing::cell;
using vigie::testing::harness;
using vigie::testing::table;

namespace {

const table items{{{.name = "price", .kind = kind::float64}, {.name = "n", .kind = kind::int64}},
                  {{1.5, 2}, {nullptr, 3}, {2.0, 0}, {4.0, nullptr}}};

} // namespace

TEST_CASE("derived columns see the entries above them and replace columns of the same name") {
  harness<derive_columns> h;
  h.component().columns = {{"total", "price * n"}, {"n", "n + 10"}, {"again", "n"}, {"t", "total"}};
  const auto out = h.transform(items);
  REQUIRE(out.fields.size() == 4);
  CHECK(out.fields[0].name == "total");
  CHECK(out.fields[1].kind == kind::int64);
  CHECK(out.rows[0] == vigie::testing::row{3.0, 12, 12, 3.0});
  CHECK(out.rows[1] == vigie::testing::row{nullptr, 13, 13, nullptr});
  CHECK(out.rows[3] == vigie::testing::row{nullptr, nullptr, nullptr, nullptr});
}

TEST_CASE("a row fails once, under the name of the first column that failed") {
  harness<derive_columns> h;
  h.component().columns = {{"a", "n"}, {"b", "10 / n"}, {"c", "b + 1"}, {"d", "1 / n"}};
  const auto out = h.transform(items);
  REQUIRE(out.rejects.size() == 1);
  CHECK(out.rejects[0].row == 2);
  CHECK(out.rejects[0].column == "b");
  CHECK(out.rejects[0].why == "division by zero (byte 3 of the expression)");
  REQUIRE(out.rows.size() == 4);
  CHECK(out.rows[0] == vigie::testing::row{2, 5, 6, 0});
  CHECK(out.rows[1] == vigie::testing::row{3, 3, 4, 0});
}

TEST_CASE("every type comes out as it went in") {
  using cells = std::vector<cell>;
  vigie::schema fields;
  for (const kind k : {kind::boolean, kind::int8, kind::int16, kind::int32, kind::int64,
                       kind::uint8, kind::uint16, kind::uint32, kind::uint64, kind::float64,
                       kind::text, kind::binary, kind::date, kind::timestamp})
    fields.push_back({.name = std::string(name_of(k)) + "_", .kind = k});
  fields.push_back({.name = "fixed", .kind = kind::fixed_binary, .width = 2});
  fields.push_back(vigie::list_of("list", vigie::list_of("", {.kind = kind::text})));
  fields.push_back(vigie::struct_of("pair", {{.name = "l", .kind = kind::int32}, {.name = "r"}}));
  vigie::testing::row first = {true,
                               -1,
                               -2,
                               -3,
                               -4,
                               255,
                               65535,
                               4294967295,
                               -1,
                               0.25,
                               "text",
                               "bytes",
                               1,
                               2,
                               "ab",
                               cells{cells{"x", nullptr}, nullptr},
                               cells{1, nullptr}};
  const vigie::testing::row nulls(first.size());
  const table t{fields, {first, nulls, first}};
  harness<derive_columns> h;
  for (const vigie::field& f : fields) h.component().columns.emplace_back("new_" + f.name, f.name);
  const auto out = h.transform(t, 2);
  REQUIRE(out.rows.size() == 3);
  CHECK(out.rows[0] == first);
  CHECK(out.rows[1] == nulls);
  CHECK(out.rows[2] == first);
  for (std::size_t i = 0; i < fields.size(); ++i) CHECK(out.fields[i].same_type(fields[i]));
}

TEST_CASE("a derive without columns, or with one twice, is refused") {
  const auto refusal = [](vigie::named<vigie::expression> columns) -> std::string {
    harness<derive_columns> h;
    h.component().columns = std::move(columns);
    try {
      static_cast<void>(h.transform(items));
    } catch (const vigie::error& e) {
      return e.message;
    }
    return "accepted";
  };
  CHECK(refusal({}) == "no column is given; write name: expression");
  CHECK(refusal({{"a", "1"}, {"a", "2"}}) == "the column 'a' is given twice");
  CHECK(refusal({{"", "1"}}) == "a column without a name");
  CHECK(refusal({{"a", "b"}, {"b", "1"}}).starts_with("there is no column 'b'"));
}

TEST_CASE("an empty batch gives an empty batch") {
  harness<derive_columns> h;
  h.component().columns = {{"a", "n + 1"}};
  CHECK(h.transform({items.fields, {}}).rows.empty());
}

TEST_CASE("a dictionary is read through and a plain column is made") {
  // Indices 1, null, 0 into the values "x", "y".
  vigie::builder values(vigie::field{.name = "", .kind = kind::text});
  values.text("x");
  values.text("y");
  ArrowArray dictionary{};
  values.finish(&dictionary);
  vigie::builder indices(vigie::field{.name = "", .kind = kind::int8});
  indices.integer(1);
  indices.null();
  indices.integer(0);
  std::vector<ArrowArray> columns(1);
  indices.finish(&columns[0]);
  columns[0].dictionary = &dictionary;
  ArrowArray rows{};
  vigie::make_batch(std::move(columns), 3, &rows);
  const vigie::schema in = {{.name = "w", .kind = kind::text, .format = "u", .index = "c"}};

  derive_columns d;
  d.columns = {{"w", "w"}, {"v", "w || '!'"}};
  vigie::binding b({in}, vigie::rows::same, vigie::keep::all);
  d.bind(b);
  CHECK(b.added()[0].index.empty());
  struct state {
    vigie::schema fields;
    std::vector<cell> seen = {};
  } got{b.added()};
  const vigie_rows to{sizeof to, &got,
                      [](void* ctx, std::int64_t n, ArrowArray* moved, const std::int32_t*,
                         const vigie_span*) -> vigie_status {
                        auto& g = *static_cast<state*>(ctx);
                        const vigie::batch made(g.fields, moved);
                        for (std::int64_t i = 0; i < n; ++i)
                          for (const vigie::column& c : made.columns())
                            g.seen.push_back(vigie::testing::read(c, i));
                        return VIGIE_OK;
                      },
                      nullptr, nullptr};
  {
    const vigie::batch given(in, &rows);
    derive_columns::task task(d, {});
    vigie::output out(b.added(), vigie::rows::same);
    out.start(&to, given.size());
    task.process(given, out);
    out.flush();
  }
  dictionary.release(&dictionary);
  CHECK(got.seen == std::vector<cell>{"y", "y!", nullptr, nullptr, "x", "x!"});
}
