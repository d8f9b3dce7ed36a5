// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "dedup.hpp"
#include "random_cells.hpp"

#include <vigie/testing.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

using namespace vigie::core;
using vigie::kind;
using vigie::testing::cell;
using vigie::testing::row;
using vigie::testing::table;
using ids = std::vector<std::uint64_t>;

namespace {

struct run {
  ids kept;
  std::uint64_t files = 0, written = 0, left = 0;
  std::int64_t held = 0;
};

run deduped(const table& t, std::vector<vigie::column_name> by, const std::string& keep = "first",
            std::int64_t memory = INT64_MAX, std::size_t rows_a_batch = 512) {
  vigie::testing::harness<dedup_rows> h;
  h.component().by = std::move(by);
  h.component().keep = keep;
  h.memory = memory;
  run out;
  out.kept = h.arrange(t, rows_a_batch);
  out.files = h.spill.made;
  out.written = h.spill.written;
  out.left = h.spill.files.size();
  out.held = h.held;
  return out;
}

// A cell as a text that is equal where cells are: for comparison with a map.
std::string spelled(const cell& c) {
  if (std::holds_alternative<std::nullptr_t>(c.value)) return "null";
  if (const auto* v = std::get_if<bool>(&c.value)) return *v ? "true" : "false";
  if (const auto* v = std::get_if<std::int64_t>(&c.value)) return "i" + std::to_string(*v);
  if (const auto* v = std::get_if<double>(&c.value)) {
    if (std::isnan(*v)) return "nan";
    char text[40];
    std::snprintf(text, sizeof text, "%a", *v == 0 ? 0.0 : *v);
    return text;
  }
  if (const auto* v = std::get_if<std::string>(&c.value))
    return "s" + std::to_string(v->size()) + ":" + *v;
  std::string out = "[";
  for (const cell& i : std::get<std::vector<cell>>(c.value)) out += spelled(i) + ",";
  return out + "]";
}

ids plain(const table& t, const std::vector<std::size_t>& by, bool last) {
  std::map<std::string, std::uint64_t> seen;
  for (std::uint64_t r = 0; r < t.rows.size(); ++r) {
    std::string key;
    for (const std::size_t k : by) key += spelled(t.rows[r][k]) + "|";
    const auto [at, fresh] = seen.emplace(key, r);
    if (!fresh && last) at->second = r;
  }
  ids out;
  for (const auto& [key, id] : seen) out.push_back(id);
  std::ranges::sort(out);
  return out;
}

table column_of(kind k, std::vector<cell> cells) {
  table t{{{.name = "x", .kind = k}}, {}};
  for (cell& c : cells) t.rows.push_back({std::move(c)});
  return t;
}

table many_keys(std::size_t rows, std::size_t different, std::size_t longest) {
  std::mt19937_64 random(77);
  table t{{{.name = "k"}, {.name = "n", .kind = kind::int64}}, {}};
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t which = random() % different;
    t.rows.push_back({std::string(which * 3001 % longest, 'k') + std::to_string(which),
                      static_cast<std::int64_t>(which % 3)});
  }
  return t;
}

} // namespace

TEST_CASE("of equal rows the first or the last stays, and those that stay keep their order") {
  const table t{{{.name = "k"}, {.name = "v", .kind = kind::int64}},
                {{"b", 1}, {"a", 1}, {"b", 2}, {nullptr, 1}, {"a", 1}, {nullptr, 1}, {"", 1}}};
  CHECK(deduped(t, {"k"}).kept == ids{0, 1, 3, 6});
  CHECK(deduped(t, {"k"}, "last").kept == ids{2, 4, 5, 6});
  CHECK(deduped(t, {}).kept == ids{0, 1, 2, 3, 6});
  CHECK(deduped(t, {"k", "v"}, "last").kept == ids{0, 2, 4, 5, 6});
  CHECK(deduped({t.fields, {}}, {}).kept.empty());
}

TEST_CASE("values are equal as values: NaN with NaN, zero with minus zero, null with null") {
  const double nan_value = std::numeric_limits<double>::quiet_NaN();
  CHECK(deduped(column_of(kind::float64, {nan_value, -nan_value, 0.0, -0.0, nullptr, nullptr}), {})
            .kept == ids{0, 2, 4});
  CHECK(deduped(column_of(kind::uint32, {0, 0xffffffff, 0, 0xffffffff}), {}).kept == ids{0, 1});
  using namespace std::string_literals;
  CHECK(deduped(column_of(kind::text, {"a\0"s, "a", "a\0\0"s, "a\0"s, ""}), {}).kept ==
        ids{0, 1, 2, 4});
}

TEST_CASE("cells side by side, in lists or in structs do not run into each other") {
  const table t{{{.name = "a"}, {.name = "b"}},
                {{"ab", "c"}, {"a", "bc"}, {"", nullptr}, {nullptr, ""}, {"ab", "c"}}};
  CHECK(deduped(t, {}).kept == ids{0, 1, 2, 3});
  using cells = std::vector<cell>;
  const table lists{{vigie::list_of("l", {})},
                    {{cells{"a", "b"}},
                     {cells{"ab"}},
                     {cells{}},
                     {cells{nullptr}},
                     {nullptr},
                     {cells{"a", "b"}},
                     {cells{}}}};
  CHECK(deduped(lists, {}).kept == ids{0, 1, 2, 3, 4});
}

TEST_CASE("dedup agrees with a map of all rows, for every type") {
  const vigie::schema all{{.name = "i", .kind = kind::int64},
                          {.name = "u", .kind = kind::uint32},
                          {.name = "d", .kind = kind::float64},
                          {.name = "t"},
                          {.name = "b", .kind = kind::boolean},
                          {.name = "w", .kind = kind::fixed_binary, .width = 2},
                          vigie::list_of("l", {.kind = kind::boolean}),
                          vigie::struct_of("s", {{.name = "x", .kind = kind::boolean}})};
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    tests::random_cells random(seed);
    vigie::schema fields{all[seed % all.size()]};
    if (seed % 3 == 0) fields.push_back(all[(seed / 3) % all.size()]);
    if (fields.size() == 2) fields[1].name = "second";
    table t = random.table(fields, 20);
    for (std::size_t i = 0; i < 200; ++i) t.rows.push_back(t.rows[random.below(20)]);
    std::vector<std::size_t> by{0};
    if (fields.size() == 2) by.push_back(1);
    for (const bool last : {false, true}) {
      INFO("seed " << seed << " last " << last);
      REQUIRE(deduped(t, {}, last ? "last" : "first", INT64_MAX, 1 + seed).kept ==
              plain(t, by, last));
    }
  }
}

TEST_CASE("keys that do not fit into memory go through scratch files, with the same result") {
  struct {
    std::size_t rows, different, longest;
  } const cases[] = {{60000, 50000, 20}, {200000, 150000, 8}, {3000, 200, 60000}, {60000, 10, 5}};
  for (const auto& c : cases) {
    const table t = many_keys(c.rows, c.different, c.longest);
    for (const std::string keep : {"first", "last"}) {
      const ids expected = plain(t, {0}, keep == "last");
      for (const std::int64_t memory : {0, 2 << 20, 4 << 20}) {
        const run r = deduped(t, {"k"}, keep, memory, 4096);
        INFO(c.different << " keys, " << memory << " bytes of memory, " << keep);
        REQUIRE(r.kept == expected);
        CHECK(r.held == 0);
        CHECK(r.left == 0);
        CHECK((r.files > 0 || memory > 0 || c.different == 10));
      }
      CHECK(deduped(t, {"k"}, keep).files == 0);
    }
  }
}

TEST_CASE("without scratch files a refused reservation is final, and says what to do") {
  vigie::testing::harness<dedup_rows> h;
  h.component().by = {"k"};
  h.memory = 1 << 20;
  h.spills = false;
  try {
    static_cast<void>(h.arrange(many_keys(60000, 50000, 20), 4096));
    FAIL("more memory than there is");
  } catch (const vigie::error& e) {
    CHECK(e.code == VIGIE_E_RESOURCE);
    CHECK(e.message.find("compare fewer columns with 'by'") != std::string::npos);
  }
  CHECK(h.held == 0);
}

TEST_CASE("a scratch file that returns other bytes, or a full disk, stops dedup") {
  const table t = many_keys(30000, 25000, 20);
  for (const std::uint64_t read : {1U, 5U, 40U}) {
    vigie::testing::harness<dedup_rows> h;
    h.component().by = {"k"};
    h.memory = 0;
    h.spill.damage_read = read;
    h.spill.damage_bit = 12345;
    try {
      static_cast<void>(h.arrange(t, 4096));
      FAIL("damage was not seen");
    } catch (const vigie::error& e) {
      CHECK(e.code == VIGIE_E_IO);
    }
    CHECK(h.spill.files.empty());
    CHECK(h.held == 0);
  }
  vigie::testing::harness<dedup_rows> full;
  full.component().by = {"k"};
  full.memory = 0;
  full.spill.room = 100000;
  CHECK_THROWS_AS(full.arrange(t, 4096), vigie::error);
  CHECK(full.held == 0);
}

TEST_CASE("one key larger than memory is refused, not parted for ever") {
  table t{{{.name = "k"}}, {}};
  for (int i = 0; i < 40; ++i) t.rows.push_back({std::string(3 << 20, 'x')});
  vigie::testing::harness<dedup_rows> h;
  h.memory = 0;
  try {
    static_cast<void>(h.arrange(t, 1));
    FAIL("more memory than there is");
  } catch (const vigie::error& e) {
    CHECK(e.code == VIGIE_E_RESOURCE);
  }
  CHECK(h.spill.made <= 2);
}

TEST_CASE("dedup refuses columns that are missing or stand twice") {
  const table t{{{.name = "k"}}, {}};
  CHECK_THROWS_WITH(deduped(t, {"k", "k"}), "column 'k' stands twice; name it once");
  CHECK_THROWS_WITH(deduped(t, {"x"}), "there is no column 'x' in the input; it has k");
}
