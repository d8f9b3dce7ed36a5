// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "join.hpp"

#include <vigie/testing.hpp>

#include <limits>
#include <map>
#include <random>

using namespace vigie::core;
using vigie::field;
using vigie::kind;
using vigie::testing::cell;
using vigie::testing::outcome;
using vigie::testing::row;
using vigie::testing::table;
using numbers = std::vector<std::int32_t>;
using texts = std::vector<std::string>;

namespace {

struct options {
  texts on;
  std::string kind = "inner";
  std::vector<vigie::column_name> columns = {};
  std::string prefix = {};
  std::optional<std::string> many = {};
};

void set(join_rows& c, const options& o) {
  c.on = o.on;
  c.kind = o.kind;
  c.columns = o.columns;
  c.prefix = o.prefix;
  c.many = o.many;
}

outcome joined(const table& left, const table& right, const options& o,
               std::size_t rows_a_batch = 3) {
  vigie::testing::harness<join_rows> h;
  set(h.component(), o);
  return h.transform(left, rows_a_batch, {right});
}

std::string refusal(const table& left, const table& right, const options& o) {
  try {
    static_cast<void>(joined(left, right, o));
  } catch (const vigie::error& e) {
    return std::to_string(e.param) + "/" + std::to_string(e.item) + "/" + std::to_string(e.offset) +
           ": " + e.message;
  }
  return "accepted";
}

bool has(const std::string& in, std::string_view what) {
  return in.find(what) != std::string::npos;
}

table keys(kind k, std::vector<cell> cells, const std::string& name = "k") {
  table t{{{.name = name, .kind = k}}, {}};
  for (cell& c : cells) t.rows.push_back({std::move(c)});
  return t;
}

numbers partners(const table& left, const table& right, const texts& on = {"k"}) {
  return joined(left, right, {.on = on, .kind = "semi"}).parents;
}

// A join as one writes it down: every row against every row. A row of the output is the number of
// the left row and that of the right one, -1 for none.
using pairs = std::vector<std::pair<std::int32_t, std::int32_t>>;

bool equal_key(const field& a, const cell& x, const field& b, const cell& y) {
  if (x == cell() || y == cell() || x != y) return false;
  const auto* bits = std::get_if<std::int64_t>(&x.value);
  const bool mixed = (a.kind == kind::uint64) != (b.kind == kind::uint64);
  return bits == nullptr || !mixed || *bits >= 0;
}

pairs plain_join(const table& left, const table& right, std::size_t n_keys, const options& o) {
  pairs out;
  for (std::size_t l = 0; l < left.rows.size(); ++l) {
    numbers found;
    for (std::size_t r = 0; r < right.rows.size(); ++r) {
      bool equal = true;
      for (std::size_t k = 0; k < n_keys; ++k)
        equal =
            equal && equal_key(left.fields[k], left.rows[l][k], right.fields[k], right.rows[r][k]);
      if (equal) found.push_back(static_cast<std::int32_t>(r));
    }
    const auto at = static_cast<std::int32_t>(l);
    if (o.kind == "anti" ? found.empty() : o.kind == "semi" && !found.empty())
      out.emplace_back(at, -1);
    if (o.kind == "anti" || o.kind == "semi") continue;
    if (o.many == "first" && found.size() > 1) found.erase(found.begin() + 1, found.end());
    if (found.empty() && o.kind == "left") out.emplace_back(at, -1);
    for (const std::int32_t r : found) out.emplace_back(at, r);
  }
  return out;
}

void must_be_plain(const table& left, const table& right, std::size_t n_keys, const options& o,
                   std::size_t rows_a_batch) {
  const outcome got = joined(left, right, o, rows_a_batch);
  const pairs expected = plain_join(left, right, n_keys, o);
  const bool same = o.kind == "left" && o.many == "first";
  REQUIRE(got.rows.size() == expected.size());
  std::vector<bool> seen(left.rows.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto [l, r] = expected[i];
    seen[static_cast<std::size_t>(l)] = true;
    if (!same) REQUIRE(got.parents[i] == l);
    for (std::size_t k = 0; k < got.fields.size(); ++k) {
      const cell wanted = r < 0 ? cell() : right.rows[static_cast<std::size_t>(r)][n_keys + k];
      REQUIRE(got.rows[i][k] == wanted);
    }
  }
  CHECK(got.dropped == std::count(seen.begin(), seen.end(), false));
}

} // namespace

TEST_CASE("a join gives each row with each of its partners, in the order of both sides") {
  const table left{{{.name = "id", .kind = kind::int64}, {.name = "k"}},
                   {{0, "b"}, {1, "a"}, {2, nullptr}, {3, "c"}, {4, "a"}}};
  const table right{{{.name = "k"}, {.name = "v"}},
                    {{"a", "first"}, {nullptr, "null"}, {"b", "x"}, {"a", "second"}, {"d", "y"}}};
  const outcome inner = joined(left, right, {.on = {"k"}});
  CHECK(inner.parents == numbers{0, 1, 1, 4, 4});
  CHECK(inner.rows == std::vector<row>{{"x"}, {"first"}, {"second"}, {"first"}, {"second"}});
  CHECK(inner.dropped == 2);
  const outcome outer = joined(left, right, {.on = {"k"}, .kind = "left"});
  CHECK(outer.parents == numbers{0, 1, 1, 2, 3, 4, 4});
  CHECK(outer.rows[3] == row{nullptr});
  const outcome first = joined(left, right, {.on = {"k"}, .kind = "left", .many = "first"});
  CHECK(first.parents.empty()); // one row out for each row in
  CHECK(first.rows == std::vector<row>{{"x"}, {"first"}, {nullptr}, {nullptr}, {"first"}});
  CHECK(joined(left, right, {.on = {"k"}, .kind = "semi"}).parents == numbers{0, 1, 4});
  CHECK(joined(left, right, {.on = {"k"}, .kind = "anti"}).parents == numbers{2, 3});
}

TEST_CASE("zero, all ones and other numbers that look like an empty place are keys like others") {
  constexpr std::int64_t ones = 0xffffffff;
  const table right = keys(kind::uint32, {0, ones});
  CHECK(partners(keys(kind::uint32, {0, 1, ones, 0, nullptr}), right) == numbers{0, 2, 3});
  CHECK(partners(keys(kind::uint32, {0, 1, ones}), keys(kind::uint32, {1})) == numbers{1});
  CHECK(partners(keys(kind::text, {"", "0", nullptr}), keys(kind::text, {""})) == numbers{0});
  CHECK(partners(keys(kind::int64, {-1, 0}), keys(kind::int64, {-1})) == numbers{0});
  CHECK(partners(keys(kind::boolean, {false, true, nullptr}), keys(kind::boolean, {false})) ==
        numbers{0});
}

TEST_CASE("integers of different widths are equal where their values are") {
  constexpr std::int64_t ones = 0xffffffff, most = std::numeric_limits<std::int64_t>::max();
  CHECK(partners(keys(kind::uint32, {ones, 255, 0}), keys(kind::int8, {-1, 0})) == numbers{2});
  CHECK(partners(keys(kind::int8, {-1, 0, 127}), keys(kind::uint64, {-1, 127})) == numbers{2});
  CHECK(partners(keys(kind::uint64, {-1, most}), keys(kind::int64, {-1, most})) == numbers{1});
  CHECK(partners(keys(kind::uint64, {-1, 5}), keys(kind::uint64, {-1})) == numbers{0});
  CHECK(partners(keys(kind::int16, {-2, 300}), keys(kind::int64, {-2, 44})) == numbers{0});
  table left = keys(kind::uint64, {-1, 7}), right = keys(kind::int64, {-1, 7});
  for (table* t : {&left, &right}) {
    t->fields.push_back({.name = "t"});
    for (row& r : t->rows) r.push_back("x");
  }
  CHECK(partners(left, right, {"k", "t"}) == numbers{1});
}

TEST_CASE("keys of several columns do not run into each other") {
  const vigie::schema fields{{.name = "a"}, {.name = "b"}};
  const table right{fields, {{"ab", "c"}, {"", "x"}, {"n", nullptr}}};
  const table left{fields, {{"a", "bc"}, {"ab", "c"}, {"x", ""}, {"", "x"}, {"n", nullptr}}};
  CHECK(partners(left, right, {"a", "b"}) == numbers{1, 3});
  CHECK(partners(left, right, {"a = b", "b = a"}) == numbers{2});
}

TEST_CASE("an empty side has no partners") {
  const table none = keys(kind::int64, {}), some = keys(kind::int64, {1, nullptr});
  CHECK(partners(some, none).empty());
  CHECK(joined(some, none, {.on = {"k"}, .kind = "anti"}).parents == numbers{0, 1});
  CHECK(joined(none, some, {.on = {"k"}, .kind = "left"}).rows.empty());
  table wide = none;
  wide.fields.push_back({.name = "v", .kind = kind::list, .children = {{.name = "item"}}});
  CHECK(joined(some, wide, {.on = {"k"}, .kind = "left"}).rows ==
        std::vector<row>{{nullptr}, {nullptr}});
}

TEST_CASE("a join agrees with comparing every row with every row") {
  std::mt19937_64 random(20140523);
  const std::vector<kind> kinds = {kind::int64, kind::uint64, kind::uint32, kind::int8,
                                   kind::text,  kind::date,   kind::boolean};
  const auto value = [&](kind k) -> cell {
    if (random() % 6 == 0) return nullptr;
    const auto n = static_cast<std::int64_t>(random() % 5);
    if (k == kind::text) return std::string(static_cast<std::size_t>(n) * 5, 'x') + "é";
    if (k == kind::boolean) return n > 2;
    if (k == kind::uint32 || k == kind::date) return n * 0x3fffffff;
    return n == 4 && k != kind::int8 ? std::numeric_limits<std::int64_t>::min() : cell(n - 1);
  };
  for (int round = 0; round < 400; ++round) {
    table left, right;
    options o;
    const std::size_t n_keys = 1 + random() % 3;
    for (std::size_t k = 0; k < n_keys; ++k) {
      const kind l = kinds[random() % kinds.size()];
      const kind r = vigie::is_integer(l) ? kinds[random() % 4] : l;
      o.on.push_back("k" + std::to_string(k));
      left.fields.push_back({.name = o.on[k], .kind = l});
      right.fields.push_back({.name = o.on[k], .kind = r});
    }
    right.fields.push_back({.name = "n", .kind = kind::int64});
    right.fields.push_back({.name = "t"});
    right.fields.push_back({.name = "d", .kind = kind::float64});
    const auto fill = [&](table& t, std::size_t rows, bool payload) {
      for (std::size_t i = 0; i < rows; ++i) {
        row& r = t.rows.emplace_back();
        for (std::size_t k = 0; k < n_keys; ++k) r.push_back(value(t.fields[k].kind));
        if (!payload) continue;
        r.push_back(static_cast<std::int64_t>(i));
        r.push_back(random() % 4 == 0 ? cell() : cell("right side " + std::to_string(i)));
        r.push_back(static_cast<double>(i) / 4);
      }
    };
    fill(left, random() % 40, false);
    fill(right, random() % 40, true);
    const char* const ways[] = {"inner", "left", "semi", "anti"};
    o.kind = ways[random() % 4];
    if (o.kind == "inner" || o.kind == "left") o.many = random() % 2 == 0 ? "all" : "first";
    INFO("round " << round << ", " << o.kind << " " << o.many.value_or("-"));
    must_be_plain(left, right, n_keys, o, 1 + random() % 50);
  }
}

TEST_CASE("an index that grows many times finds every key and no other") {
  std::vector<cell> odd, all;
  for (std::int64_t i = 0; i < 60000; ++i) {
    all.emplace_back(i);
    if (i % 2 != 0) odd.emplace_back(i);
  }
  const numbers found = partners(keys(kind::uint32, all), keys(kind::int64, odd));
  REQUIRE(found.size() == odd.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    REQUIRE(found[i] == static_cast<std::int32_t>(2 * i + 1));
  for (std::vector<cell>* side : {&odd, &all})
    for (cell& c : *side) c = "key number " + std::to_string(std::get<std::int64_t>(c.value));
  CHECK(partners(keys(kind::text, all), keys(kind::text, odd)) == found);
}

TEST_CASE("a row with very many partners gives them in several batches") {
  std::vector<cell> same(40000, cell(7));
  table right = keys(kind::int64, same);
  right.fields.push_back({.name = "n", .kind = kind::int32});
  for (std::size_t i = 0; i < right.rows.size(); ++i)
    right.rows[i].push_back(static_cast<std::int64_t>(i));
  const outcome got = joined(keys(kind::int64, {1, 7, 7}), right, {.on = {"k"}}, 1000);
  REQUIRE(got.rows.size() == 80000);
  for (std::size_t i = 0; i < got.rows.size(); ++i) {
    REQUIRE(got.parents[i] == (i < 40000 ? 1 : 2));
    REQUIRE(got.rows[i] == row{static_cast<std::int64_t>(i % 40000)});
  }
  CHECK(got.dropped == 1);
}

TEST_CASE("columns of the right side keep their type, meaning and mask, but name no places") {
  vigie::field secret{.name = "secret", .sensitive = true};
  const table right{{{.name = "ip", .kind = kind::uint32, .extension = vigie::ipv4_extension},
                     {.name = "net", .kind = kind::uint32, .extension = vigie::ipv4_extension},
                     secret,
                     vigie::span_of("place"),
                     vigie::list_of("tags", {})},
                    {{1, 2, "s", std::vector<cell>{5, 6}, std::vector<cell>{"a", nullptr}}}};
  const table left = {{{.name = "dst", .kind = kind::uint32, .extension = vigie::ipv4_extension}},
                      {{1}, {2}}};
  const outcome got = joined(left, right, {.on = {"dst = ip"}, .kind = "left", .prefix = "r_"});
  REQUIRE(got.fields.size() == 4);
  CHECK(got.fields[0].name == "r_net");
  CHECK(vigie::is_ipv4(got.fields[0]));
  CHECK(got.fields[1].sensitive);
  CHECK_FALSE(got.fields[2].span);
  CHECK(got.rows[0] == row{2, "s", std::vector<cell>{5, 6}, std::vector<cell>{"a", nullptr}});
  CHECK(got.rows[1] == row{nullptr, nullptr, nullptr, nullptr});
}

TEST_CASE("join refuses what it cannot compare, with the entry's place") {
  const vigie::schema l{{.name = "n", .kind = kind::int64},
                        {.name = "t"},
                        {.name = "f", .kind = kind::float64},
                        {.name = "l", .kind = kind::list, .children = {{.name = "item"}}},
                        {.name = "ip", .kind = kind::uint32, .extension = vigie::ipv4_extension},
                        {.name = "two words"}};
  const table left{l, {}}, right{l, {}};
  const auto refused = [&](texts on) {
    return refusal(left, right, {.on = std::move(on), .kind = "semi"});
  };
  CHECK(refused({}) == "0/-1/-1: no column to join by is given");
  CHECK(has(refused({"n", "x"}), "0/1/-1: there is no column 'x' on the left side"));
  CHECK(has(refused({"n = nn"}), "0/0/-1: there is no column 'nn' on the right side"));
  CHECK(has(refused({"n = nn"}), "did you mean 'n'?"));
  CHECK(has(refused({"n = t"}), "0/0/-1: column 'n' of the left side is int64 and column 't' of the"
                                " right side is text; bring both to one type"));
  CHECK(has(refused({"n = ip"}), "uint32 vigie.ipv4"));
  CHECK(has(refused({"f"}), "column 'f' is float64"));
  CHECK(has(refused({"l"}), "column 'l' is list<text>; rows are joined by plain values only"));
  CHECK(has(refused({"n == n"}), "0/0/"));
  CHECK(has(refused({"n t"}), "0/0/2: expected 'name' or 'left = right', found 't'"));
  CHECK(has(refused({"n", "n"}), "0/1/-1: a column of 'n' stands in two entries"));
  CHECK(refused({"\"two words\""}) == "accepted");
}

TEST_CASE("names that stand on both sides are refused with advice") {
  const vigie::schema fields{{.name = "k"}, {.name = "v"}};
  const table t{fields, {}};
  CHECK(has(refusal(t, t, {.on = {"k"}}), "both sides have a column 'v'; give 'prefix'"));
  CHECK(refusal(t, t, {.on = {"k"}, .prefix = "r_"}) == "accepted");
  const table taken{{{.name = "k"}, {.name = "r_v"}}, {}};
  CHECK(has(refusal(taken, t, {.on = {"k"}, .prefix = "r_"}), "3/-1/-1: both sides have a column "
                                                              "'r_v'; choose another prefix"));
  CHECK(has(refusal(taken, t, {.on = {"k"}, .columns = {"v", "v"}}),
            "2/1/-1: column 'v' stands twice"));
  CHECK(has(refusal(taken, t, {.on = {"k"}, .columns = {"w"}}), "there is no column 'w'"));
  CHECK(has(refusal(t, t, {.on = {"k"}, .kind = "semi", .columns = {"v"}}),
            "2/-1/-1: 'columns' has no use here"));
  CHECK(has(refusal(t, t, {.on = {"k"}, .kind = "anti", .many = "first"}),
            "4/-1/-1: 'many' has no use"));
}

TEST_CASE("many: error names the key that stands twice, and takes what stands once") {
  const table left = keys(kind::text, {"a"});
  table right = keys(kind::text, {"a", nullptr, "b", nullptr});
  CHECK(joined(left, right, {.on = {"k"}, .many = "error"}).parents == numbers{0});
  right.rows.push_back({"b"});
  CHECK(has(refusal(left, right, {.on = {"k"}, .many = "error"}),
            "a second row of the right side has k = 'b'; remove it"));
}

TEST_CASE("a right side beyond the memory budget is refused with advice, and what it held is given "
          "back") {
  std::vector<cell> many;
  for (std::int64_t i = 0; i < 200000; ++i) many.emplace_back(i);
  const table left = keys(kind::int64, {1}), right = keys(kind::int64, many);
  vigie::testing::harness<join_rows> h;
  set(h.component(), {.on = {"k"}, .kind = "semi"});
  h.memory = 3 << 20;
  try {
    static_cast<void>(h.transform(left, 5000, {right}));
    FAIL("more memory than there is");
  } catch (const vigie::error& e) {
    CHECK(e.code == VIGIE_E_RESOURCE);
    CHECK(has(e.message, "put the larger input on the left"));
  }
  vigie::testing::harness<join_rows> enough;
  set(enough.component(), {.on = {"k"}, .kind = "semi"});
  CHECK(enough.transform(left, 5000, {right}).parents == numbers{0});
  CHECK(enough.held == 0); // the host reserves what seal() said
  CHECK(enough.built_bytes > 200000 * 16);
}

TEST_CASE("rows that only repeat a key take no memory where one of them is enough") {
  std::vector<cell> same(300000, cell("the same key"));
  vigie::testing::harness<join_rows> h;
  set(h.component(), {.on = {"k"}, .kind = "semi"});
  h.memory = 0;
  CHECK(h.transform(keys(kind::text, {"the same key"}), 5000, {keys(kind::text, same)}).parents ==
        numbers{0});
}
