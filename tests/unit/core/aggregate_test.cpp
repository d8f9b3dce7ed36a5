// SPDX-License-Identifier: Apache-2.0
#include "aggregate_support.hpp"
#include "catch.hpp"

#include <limits>

using namespace vigie::core::tests;
using vigie::kind;
using vigie::testing::cell;
using vigie::testing::row;
using vigie::testing::table;
using rows = std::vector<row>;

namespace {

const vigie::schema fields{{.name = "k"},
                           {.name = "n", .kind = kind::int64},
                           {.name = "x", .kind = kind::float64},
                           {.name = "t", .kind = kind::timestamp},
                           {.name = "tags", .kind = kind::list, .children = {{.name = "item"}}},
                           {.name = "ip", .kind = kind::uint32, .extension = "vigie.ipv4"},
                           {.name = "two words"}};

std::string refusal(const question& q, const vigie::schema& in = fields) {
  try {
    const aggregation a(in, q);
  } catch (const vigie::error& e) {
    return std::to_string(e.param) + "/" + std::to_string(e.item) + "/" + std::to_string(e.offset) +
           ": " + e.message;
  }
  return "accepted";
}

std::string refused(const std::string& function) { return refusal({{"k"}, {{"made", function}}}); }

table column_of(vigie::field f, std::vector<cell> cells) {
  f.name = "x";
  table t{{std::move(f)}, {}};
  for (cell& c : cells) t.rows.push_back({std::move(c)});
  return t;
}

cell one(const table& t, const std::string& function) {
  const rows out = answer(t, {{}, {{"made", function}}}, 2);
  REQUIRE(out.size() == 1);
  return out[0].at(0);
}

// What a call says when it fails.
template <class Call> std::string failure(Call call) {
  try {
    call();
  } catch (const vigie::error& e) {
    return e.message;
  }
  return "nothing";
}

} // namespace

TEST_CASE("an aggregate has a row for each group, the key first, nulls last") {
  const table t{{{.name = "k"}, {.name = "d", .kind = kind::int32}, {.name = "v"}},
                {{"b", 1, "p"},
                 {"", 1, "q"},
                 {nullptr, 1, nullptr},
                 {"b", -1, "p"},
                 {"b", 1, "r"},
                 {nullptr, 1, "q"},
                 {"b", nullptr, "s"}}};
  CHECK(answer(t, {{"k", "d"}, {{"n", "count()"}, {"v", "count(v)"}, {"u", "distinct(v)"}}}) ==
        rows{{"", 1, 1, 1, 1},
             {"b", -1, 1, 1, 1},
             {"b", 1, 2, 2, 2},
             {"b", nullptr, 1, 1, 1},
             {nullptr, 1, 2, 1, 1}});
  CHECK(answer(t, {{"d"}, {}}) == rows{{-1}, {1}, {nullptr}});
}

TEST_CASE("without columns to group by all rows are one group, also where there are none") {
  const question q{{},
                   {{"n", "count( * )"},
                    {"s", "sum(n)"},
                    {"d", "DISTINCT(n)"},
                    {"l", "list(n)"},
                    {"m", "median(n)"},
                    {"top", "top(n, 1)"},
                    {"f", "first(n by t)"}}};
  const table none{fields, {}};
  CHECK(shown(answer(none, q)) ==
        std::vector<std::string>{"0 | null | 0 | [] | null | [] | null | "});
  const table two{fields, {{"a", 3, 1.0, 9, nullptr, 1, "x"}, {"b", 4, 2.0, 8, nullptr, 1, "x"}}};
  CHECK(shown(answer(two, q, 1)) ==
        std::vector<std::string>{"2 | 7 | 2 | [3 4 ] | 0x1.cp+1 | [[3 1 ] ] | 4 | "});
  CHECK(answer(none, {{"k"}, {{"n", "count()"}}}).empty());
}

TEST_CASE("NaNs are one group and zeros with any sign another") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const table t = column_of({.kind = kind::float64}, {0.0, nan, -0.0, -nan, nullptr, -1.5});
  CHECK(shown(answer(t, {{"x"}, {{"n", "count()"}, {"m", "max(x)"}}}, 1)) ==
        std::vector<std::string>{"-0x1.8p+0 | 1 | -0x1.8p+0 | ", "0x0p+0 | 2 | 0x0p+0 | ",
                                 "nan | 2 | nan | ", "null | 1 | null | "});
}

TEST_CASE("sums of integers are exact, and refused where they do not fit") {
  const std::int64_t most = INT64_MAX;
  CHECK(one(column_of({.kind = kind::int64}, {most, most, -most, -most, 5}), "sum(x)") == 5);
  CHECK(one(column_of({.kind = kind::int8}, {-128, -128, nullptr}), "sum(x)") == -256);
  CHECK(one(column_of({.kind = kind::uint64}, {-1, nullptr}), "sum(x)") == -1); // 2^64 - 1
  CHECK(one(column_of({.kind = kind::int64}, {INT64_MIN, -1, 1}), "sum(x)") == INT64_MIN);
  CHECK(one(column_of({.kind = kind::uint8}, {255, 255, 1}), "mean(x)") == 511.0 / 3);
  CHECK(one(column_of({.kind = kind::int64}, {nullptr}), "sum(x)") == nullptr);
  CHECK(one(column_of({.kind = kind::int64}, {nullptr}), "mean(x)") == nullptr);
  CHECK(failure([&] {
          static_cast<void>(one(column_of({.kind = kind::int64}, {most, 1}), "sum(x)"));
        }) == "the sum of 'x' is 9223372036854775808, beyond what int64 holds; sum a real, "
              "made by core.derive");
  CHECK(failure([&] {
          static_cast<void>(one(column_of({.kind = kind::uint64}, {-1, 1}), "sum(x)"));
        }).find("18446744073709551616") != std::string::npos);
  const table t{fields,
                {{"a", most, 1.0, 0, nullptr, 1, "x"}, {"a", most, 1.0, 0, nullptr, 1, "x"}}};
  CHECK(failure([&] {
          static_cast<void>(answer(t, {{"k", "ip", "t"}, {{"s", "sum(n)"}}}));
        }).ends_with("; the group is k = a, ip = 0.0.0.1, t = 1970-01-01T00:00:00Z"));
}

TEST_CASE("a sum that does not fit names no sensitive value") {
  table t{{{.name = "k", .sensitive = true}, {.name = "n", .kind = kind::int64, .sensitive = true}},
          {{"secret", INT64_MAX}, {"secret", 77}}};
  CHECK(failure([&] { static_cast<void>(answer(t, {{"k"}, {{"s", "sum(n)"}}})); }) ==
        "the sum of 'n' beyond what int64 holds; sum a real, made by core.derive; the "
        "group is k = (withheld)");
}

TEST_CASE("decimals stay decimals") {
  const vigie::field cents{.kind = kind::int64, .extension = "vigie.decimal(2)"};
  const table t = column_of(cents, {1050, 25, -75});
  aggregation a(t.fields, {{"x"}, {{"s", "sum(x)"}, {"low", "min(x)"}, {"mean", "mean(x)"}}});
  CHECK(a.result_fields[0].extension == "vigie.decimal(2)");
  CHECK(a.result_fields[1].extension == "vigie.decimal(2)");
  CHECK(a.result_fields[2].extension == "vigie.decimal(2)");
  CHECK(a.result_fields[3].kind == kind::float64);
  CHECK(one(t, "sum(x)") == 1000);
  CHECK(one(t, "mean(x)") == 10.0 / 3);
  CHECK(one(t, "median(x)") == 0.25);
  CHECK(one(column_of(cents, {1050, 25}), "median(x)") == 5.375);
}

TEST_CASE("quantiles are values that were there, by rank") {
  std::vector<cell> hundred;
  for (int i = 100; i >= 1; --i) hundred.emplace_back(i);
  const table t = column_of({.kind = kind::int64}, hundred);
  CHECK(one(t, "quantile(x, 0.07)") == 7); // 0.07 * 100 is above 7 in doubles
  CHECK(one(t, "quantile(x, 0.071)") == 8);
  CHECK(one(t, "quantile(x, 0)") == 1);
  CHECK(one(t, "quantile(x, 1.0)") == 100);
  CHECK(one(t, "quantile(x, 0.999999999999999999)") == 100);
  CHECK(one(t, "median(x)") == 50.5);
  const table texts = column_of({}, {"b", "a", "c", "é"});
  CHECK(one(texts, "median(x)") == "b");
  CHECK(one(texts, "quantile(x, .75)") == "c");
  CHECK(one(column_of({.kind = kind::int64}, {INT64_MAX, INT64_MAX}), "median(x)") ==
        static_cast<double>(INT64_MAX));
}

TEST_CASE("the most frequent values come first, of equally frequent ones the lesser") {
  const table t = column_of({}, {"b", "c", "a", "b", nullptr, "c", "d"});
  CHECK(shown(one(t, "top(x, 3)")) == "[['b' 2 ] ['c' 2 ] ['a' 1 ] ]");
  CHECK(shown(one(t, "top(x, 1)")) == "[['b' 2 ] ]");
  CHECK(shown(one(t, "top(x, 9)")) == "[['b' 2 ] ['c' 2 ] ['a' 1 ] ['d' 1 ] ]");
}

TEST_CASE("first and last follow another column, ties the input") {
  const table t{
      {{.name = "v"}, {.name = "t", .kind = kind::int64}},
      {{"late", 5}, {nullptr, 1}, {"early", 2}, {"none", nullptr}, {"too", 2}, {"end", 5}}};
  const rows out = answer(t,
                          {{},
                           {{"a", "first(v by t)"},
                            {"b", "last(v by t)"},
                            {"c", "first(v)"},
                            {"d", "last(v)"},
                            {"e", "first(v by v)"}}},
                          1);
  CHECK(out == rows{{"early", "end", "late", "end", "early"}});
}

TEST_CASE("meanings of columns go along, and sensitivity with all that is computed of them") {
  vigie::schema in = fields;
  in[0].sensitive = true;
  in[5].sensitive = true;
  const aggregation a(in, {{"k", "n"},
                           {{"rows", "count()"},
                            {"low", "min(ip)"},
                            {"many", "distinct(ip)"},
                            {"top", "top(ip, 2)"},
                            {"set", "set(ip)"},
                            {"f", "first(x by ip)"},
                            {"x", "sum(x)"}}});
  std::string got;
  for (const vigie::field& f : a.result_fields)
    got += f.name + ":" + describe(f) + (f.sensitive ? "! " : " ");
  CHECK(got == "k:text! n:int64 rows:int64 low:uint32 vigie.ipv4! many:int64! "
               "top:list<struct<value: uint32 vigie.ipv4, count: int64>>! "
               "set:list<uint32 vigie.ipv4>! f:float64! x:float64 ");
  CHECK(a.result_fields[5].children[0].children[0].sensitive);
  CHECK(a.keys == 2);
  CHECK(a.partial_fields[0].sensitive);
  CHECK(a.partial_fields[2].sensitive);
  CHECK_FALSE(aggregation(in, {{"k"}, {{"n", "count()"}}}).partial_fields[1].sensitive);
}

TEST_CASE("partial state of a row has its key, whatever the functions") {
  const table t{fields, {{"a", 1, nullptr, 5, nullptr, 7, "x"}}};
  aggregation a(fields, {{"k", "x"}, {{"d", "distinct(n)"}}});
  aggregation::task task(a);
  task.update(t, 0, 1);
  const rows out = task.partial();
  REQUIRE(out.size() == 1);
  CHECK(out[0][0] == "a");
  CHECK(out[0][1] == nullptr);
  CHECK(task.partial().empty()); // as new
}

TEST_CASE("groups with many values give them out in pieces") {
  table t{{{.name = "g"}, {.name = "v", .kind = kind::int64}}, {}};
  for (std::int64_t i = 0; i < 40000; ++i) t.rows.push_back({i % 100 == 0 ? "few" : "many", i});
  aggregation a(t.fields,
                {{"g"}, {{"d", "distinct(v)"}, {"n", "count()"}, {"m", "quantile(v, 0.5)"}}});
  aggregation::task one(a);
  one.update(t, 0, t.rows.size());
  const rows state = one.partial(3);
  CHECK(state.size() > 5);
  for (const row& r : state) CHECK(std::get<std::string>(r.back().value).size() < 200'000);
  CHECK(answer(a, t, 40000) == rows{{"few", 400, 400, 19900}, {"many", 39600, 39600, 19999}});
}

TEST_CASE("an aggregate beyond memory and without disk is refused") {
  table t{{{.name = "k", .kind = kind::int64}}, {}};
  for (std::int64_t i = 0; i < 100'000; ++i) t.rows.push_back({i});
  aggregation a(t.fields, {{"k"}, {{"n", "count()"}}});
  a.memory = 2'000'000;
  a.spills = false;
  CHECK(failure([&] { static_cast<void>(answer(a, t, 1000)); }).find("take more memory than") !=
        std::string::npos);
  CHECK(a.held == 0);
  aggregation full(t.fields, {{"k"}, {{"n", "count()"}}});
  full.memory = 0;
  full.spill.room = 1000;
  CHECK(failure([&] { static_cast<void>(answer(full, t, 1000)); }).find("no space left") !=
        std::string::npos);
}

TEST_CASE("a changed bit of the scratch file is noticed") {
  table t{{{.name = "k", .kind = kind::int64}}, {}};
  for (std::int64_t i = 0; i < 30'000; ++i) t.rows.push_back({i});
  aggregation a(t.fields, {{"k"}, {{"n", "count()"}, {"d", "distinct(k)"}}});
  a.memory = 0;
  a.spill.damage_read = 4;
  a.spill.damage_bit = 777;
  CHECK_THROWS_AS(answer(a, t, 5000), vigie::error);
}

TEST_CASE("a wrong function is refused at its byte") {
  CHECK(refused("cuont()") ==
        "1/0/0: there is no function 'cuont'; did you mean 'count'?; there are "
        "count, sum, mean, min, max, first, last, distinct, quantile, median, "
        "top, list, set");
  CHECK(refused("sum(nn)") == "1/0/4: there is no column 'nn' in the input; did you mean 'n'?; it "
                              "has k, n, x, t, tags, ip, two words");
  CHECK(refused("first(n by tt)").starts_with("1/0/11: there is no column 'tt'"));
  CHECK(refused("sum(k)") == "1/0/4: column 'k' is text; wanted is a number");
  CHECK(refused("sum(ip)") == "1/0/4: column 'ip' is uint32 vigie.ipv4; wanted is a number");
  CHECK(refused("mean(t)") == "1/0/5: column 't' is timestamp; wanted is a number");
  CHECK(refused("max(tags)") == "1/0/4: column 'tags' is list<text>; wanted is a plain value");
  CHECK(refused("last(n by tags)") ==
        "1/0/10: column 'tags' is list<text>; wanted is a plain value");
  CHECK(refused("count(tags)") == "accepted");
  CHECK(refused("min(\"two words\")") == "accepted");
  CHECK(refused("") ==
        "1/0/0: expected a function such as count() or sum(column), found the end of "
        "the expression");
  CHECK(refused("sum()") == "1/0/4: expected the name of a column, found ')'");
  CHECK(refused("sum(*)") == "1/0/4: expected the name of a column, found '*'");
  CHECK(refused("sum n") == "1/0/4: expected '(' behind the name of the function, found 'n'");
  CHECK(refused("sum(n") ==
        "1/0/5: expected ')' at the end of the function, found the end of the expression");
  CHECK(refused("sum(n) / 2").starts_with("1/0/7: one function makes one column"));
  CHECK(refused("sum(n / 2)") == "1/0/6: expected ')' at the end of the function, found '/'");
  CHECK(refused("quantile(n)") ==
        "1/0/10: expected ',' and a share, as in quantile(x, 0.95), found ')'");
  CHECK(refused("quantile(n, 1.5)") == "1/0/12: a share is at most 1, found '1.5'");
  CHECK(refused("quantile(n, 9e-1)").starts_with("1/0/12: expected a share from 0 to 1"));
  CHECK(refused("quantile(n, 0.12345678901234567890)").starts_with("1/0/12: expected a share"));
  CHECK(refused("quantile(n, 1000000000000000000)").starts_with("1/0/12: a share is at most 1"));
  CHECK(refused("quantile(n, 1.100000000000000000)").starts_with("1/0/12: a share is at most 1"));
  CHECK(refused("quantile(n, .1234567890123456789)").starts_with("1/0/12: expected a share"));
  CHECK(refused("quantile(n,)").starts_with("1/0/11: expected a share"));
  CHECK(refused("top(n)") == "1/0/5: expected ',' and a number, as in top(x, 10), found ')'");
  CHECK(refused("top(n, 0)").starts_with("1/0/7: expected a number of values from 1 to 1000000"));
  CHECK(refused("top(n, 99999999999999999999)").starts_with("1/0/7: expected a number of values"));
  CHECK(refused("list(n, 1.5)").starts_with("1/0/8: expected a number of values"));
  CHECK(refused("min(n by t)") == "1/0/6: expected ')' at the end of the function, found 'by'");
}

TEST_CASE("an aggregate without sense is refused") {
  CHECK(refusal({{}, {}}) ==
        "0/-1/-1: neither 'by' nor 'compute' is given; there is nothing to make");
  CHECK(
      refusal({{"kk"}, {}}).starts_with("0/0/-1: there is no column 'kk' in the input; it has k"));
  CHECK(refusal({{"k", "k"}, {}}) == "0/1/-1: column 'k' stands twice; name it once");
  CHECK(refusal({{"k", "tags"}, {}}) ==
        "0/1/-1: column 'tags' is list<text>; rows are grouped by plain values only");
  CHECK(refusal({{"k"}, {{"k", "count()"}}}) ==
        "1/0/-1: the result would have two columns 'k'; rename one");
  CHECK(refusal({{"k"}, {{"", "count()"}}}) == "1/0/-1: a column without a name");
  question many{{"k"}, {}};
  for (int i = 0; i < 201; ++i) many.compute.emplace_back("c" + std::to_string(i), "count()");
  CHECK(refusal(many) == "1/-1/-1: more than 200 functions; use several steps");
  many.compute.pop_back();
  CHECK(refusal(many) == "accepted");
  CHECK(refusal({{"state"}, {}}, {{.name = "state"}}) == "accepted");
}

TEST_CASE("keys of any length and content keep apart") {
  using namespace std::string_literals;
  table t{{{.name = "a"}, {.name = "b"}}, {}};
  const std::vector<std::string> texts{"",
                                       "\0"s,
                                       "\0\0"s,
                                       "a",
                                       "a\0"s,
                                       "ab",
                                       "abcdefgh",
                                       "abcdefgh\0"s,
                                       "abcdefghi",
                                       std::string(300, 'x'),
                                       std::string(301, 'x'),
                                       std::string(100'000, 'y'),
                                       "\xff\xfe",
                                       "é"};
  for (const auto& a : texts)
    for (const auto& b : texts) t.rows.push_back({a, b});
  for (std::size_t i = 0, n = t.rows.size(); i < n; ++i) t.rows.push_back(t.rows[n - 1 - i]);
  for (const std::int64_t memory : {std::int64_t{0}, std::numeric_limits<std::int64_t>::max()}) {
    aggregation a(t.fields, {{"a", "b"}, {{"n", "count()"}, {"m", "max(b)"}}});
    a.memory = memory;
    const rows out = answer(a, t, 50);
    REQUIRE(out.size() == texts.size() * texts.size());
    for (const row& r : out) CHECK((r[2] == 2 && r[3] == r[1]));
    CHECK(std::ranges::is_sorted(out, [](const row& x, const row& y) {
      const auto text = [](const cell& c) { return std::get<std::string>(c.value); };
      return std::pair(text(x[0]), text(x[1])) < std::pair(text(y[0]), text(y[1]));
    }));
  }
}
