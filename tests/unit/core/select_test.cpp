// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "select.hpp"

#include <vigie/testing.hpp>

using namespace vigie::core;
using vigie::kind;
using vigie::testing::cell;
using vigie::testing::harness;
using vigie::testing::table;

namespace {

using cells = std::vector<cell>;

table sample() {
  vigie::schema fields = {
      {.name = "a", .kind = kind::int32},
      {.name = "b", .format = "vu", .sensitive = true},
      vigie::list_of("c",
                     vigie::struct_of("", {{.name = "x", .kind = kind::float64}, {.name = "y"}})),
      vigie::span_of("d"),
      {.name = "e", .kind = kind::uint32, .extension = "vigie.ipv4"},
      {.name = "f", .kind = kind::boolean}};
  const cells pair = {0.5, "a text that is longer than twelve bytes"};
  return {fields,
          {{1, "short", cells{pair, nullptr}, cells{5, 6}, 7, true},
           {nullptr, nullptr, nullptr, nullptr, nullptr, nullptr},
           {3, "another text that is longer than twelve", cells{}, cells{8, 9}, 10, false},
           {4, "", cells{cells{nullptr, ""}, pair}, cells{0, 0}, 11, nullptr}}};
}

struct wish {
  std::vector<std::string> columns = {}, drop = {};
  std::vector<std::pair<std::string, std::string>> rename = {};
};
vigie::testing::outcome selected(const wish& w) {
  harness<select_columns> h;
  for (const auto& c : w.columns) h.component().columns.emplace_back(c);
  for (const auto& d : w.drop) h.component().drop.emplace_back(d);
  for (const auto& [to, from] : w.rename) h.component().rename.emplace_back(to, from);
  return h.transform(sample());
}
std::string names(const vigie::testing::outcome& out) {
  std::string all;
  for (const vigie::field& f : out.fields) all += f.name + " ";
  return all;
}
std::string refusal(const wish& w) {
  try {
    static_cast<void>(selected(w));
  } catch (const vigie::error& e) {
    return e.message;
  }
  return "accepted";
}

} // namespace

TEST_CASE(
    "select gives exactly the columns asked for, in that order, with all their cells and marks") {
  const auto out = selected({.columns = {"f", "e", "d", "c", "b", "a"}});
  CHECK(names(out) == "f e d c b a ");
  CHECK(out.fields[1].extension == "vigie.ipv4");
  CHECK(out.fields[2].span);
  CHECK(out.fields[4].sensitive);
  CHECK(out.fields[4].format == "vu");
  const table in = sample();
  REQUIRE(out.rows.size() == in.rows.size());
  for (std::size_t r = 0; r < in.rows.size(); ++r)
    for (std::size_t c = 0; c < 6; ++c) {
      INFO(r << " " << c);
      CHECK(out.rows[r][c] == in.rows[r][5 - c]);
    }
}

TEST_CASE("select drops and renames in place") {
  CHECK(names(selected({.drop = {"b", "e"}})) == "a c d f ");
  CHECK(names(selected({.rename = {{"z", "b"}}})) == "a z c d e f ");
  CHECK(names(selected({.columns = {"b", "a"}, .rename = {{"a", "b"}, {"b", "a"}}})) == "a b ");
  CHECK(names(selected({.drop = {"b"}, .rename = {{"b", "a"}}})) == "b c d e f ");
}

TEST_CASE("select refuses what cannot be meant") {
  CHECK(refusal({}) == "nothing is selected; give columns, rename or drop");
  CHECK(
      refusal({.columns = {"g"}}).starts_with("there is no column 'g' in the input; it has a, b"));
  CHECK(refusal({.columns = {"a", "a"}}) == "the column 'a' is chosen twice");
  CHECK(refusal({.columns = {"a"}, .drop = {"b"}}).starts_with("'columns' and 'drop' exclude"));
  CHECK(refusal({.drop = {"a", "b", "c", "d", "e", "f"}}).starts_with("every column is dropped"));
  CHECK(refusal({.rename = {{"b", "a"}}}) == "two columns would be named 'b'");
  CHECK(refusal({.rename = {{"x", "a"}, {"y", "a"}}}) == "the column 'a' is renamed twice");
  CHECK(refusal({.columns = {"a"}, .rename = {{"x", "b"}}}) ==
        "the column 'b' is renamed but not kept");
  CHECK(refusal({.rename = {{"", "b"}}}) == "the new name is empty");
}

TEST_CASE("select reads dictionaries and gives plain columns") {
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

  select_columns s;
  s.columns.emplace_back("w");
  vigie::binding b({in}, vigie::rows::same, vigie::keep::none);
  s.bind(b);
  CHECK(b.added()[0].index.empty());
  std::vector<cell> seen;
  const vigie_rows to{sizeof to, &seen,
                      [](void* ctx, std::int64_t, ArrowArray* moved, const std::int32_t*,
                         const vigie_span*) -> vigie_status {
                        const vigie::batch got({{.name = "w", .kind = kind::text}}, moved);
                        for (std::int64_t i = 0; i < got.size(); ++i)
                          static_cast<std::vector<cell>*>(ctx)->push_back(
                              vigie::testing::read(got.columns()[0], i));
                        return VIGIE_OK;
                      },
                      nullptr, nullptr};
  {
    const vigie::batch given(in, &rows);
    vigie::output out(b.added(), vigie::rows::same);
    out.start(&to, given.size());
    s.process(given, out);
    out.flush();
  }
  dictionary.release(&dictionary);
  CHECK(seen == std::vector<cell>{"y", nullptr, "x"});
}
