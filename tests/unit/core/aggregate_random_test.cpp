// SPDX-License-Identifier: Apache-2.0
// core.aggregate against a plain implementation, on generated rows of every type.
#include "aggregate_support.hpp"
#include "catch.hpp"
#include "random_cells.hpp"

#include <random>

using namespace vigie::core::tests;
using vigie::field;
using vigie::kind;
using vigie::testing::cell;
using vigie::testing::row;
using vigie::testing::table;

namespace {

const vigie::schema every_type{{.name = "b", .kind = kind::boolean},
                               {.name = "i8", .kind = kind::int8},
                               {.name = "i32", .kind = kind::int32},
                               {.name = "i64", .kind = kind::int64},
                               {.name = "u16", .kind = kind::uint16},
                               {.name = "u32", .kind = kind::uint32},
                               {.name = "ip", .kind = kind::uint32, .extension = "vigie.ipv4"},
                               {.name = "u64", .kind = kind::uint64},
                               {.name = "f", .kind = kind::float64},
                               {.name = "t", .kind = kind::text, .format = "vu"},
                               {.name = "u", .kind = kind::text},
                               {.name = "z", .kind = kind::binary},
                               {.name = "fb", .kind = kind::fixed_binary, .width = 16},
                               {.name = "d", .kind = kind::date},
                               {.name = "at", .kind = kind::timestamp}};

// Of `different` values a column, so that groups and equal values come about.
class rows_of {
public:
  rows_of(std::uint64_t seed, std::size_t different) : cells_(seed) {
    for (const field& f : every_type) {
      auto& known = known_.emplace_back();
      while (known.size() < different) {
        cell c = cells_.of(f);
        if (auto* v = std::get_if<double>(&c.value); v != nullptr && *v == 0) *v = 0.0;
        if (f.kind == kind::float64 && cells_.below(8) == 0) c = std::nan("");
        known.push_back(c);
      }
    }
  }
  table make(std::size_t rows) {
    table out{every_type, {}};
    for (std::size_t r = 0; r < rows; ++r) {
      row& one = out.rows.emplace_back();
      for (const auto& known : known_) one.push_back(known[cells_.below(known.size())]);
    }
    return out;
  }
  std::size_t below(std::size_t n) { return cells_.below(n); }

private:
  random_cells cells_;
  std::vector<std::vector<cell>> known_;
};

struct asked {
  std::string fn, by;
  std::size_t n; // of top, list, set; percent of quantile
};

const std::vector<asked> every_function{
    {"count", "", 0},     {"min", "", 0},       {"max", "", 0},      {"first", "", 0},
    {"last", "", 0},      {"first", "at", 0},   {"last", "i8", 0},   {"last", "t", 0},
    {"distinct", "", 0},  {"set", "", 0},       {"set", "", 3},      {"list", "", 0},
    {"list", "", 2},      {"top", "", 2},       {"top", "", 1000},   {"median", "", 0},
    {"quantile", "", 95}, {"quantile", "", 50}, {"quantile", "", 0}, {"quantile", "", 100}};

std::string text_of(const asked& a, const std::string& column) {
  std::string out = a.fn + "(" + column;
  if (!a.by.empty()) out += " by " + a.by;
  if (a.fn == "quantile")
    out += ", " + std::to_string(a.n / 100) + "." + (a.n % 100 < 10 ? "0" : "") +
           std::to_string(a.n % 100);
  else if (a.n > 0)
    out += ", " + std::to_string(a.n);
  return out + ")";
}

question all_of(const std::string& column, const std::vector<std::string>& by) {
  question q{by, {{"rows", "count()"}}};
  for (std::size_t i = 0; i < every_function.size(); ++i)
    q.compute.emplace_back("c" + std::to_string(i), text_of(every_function[i], column));
  return q;
}

std::vector<row> plain_answer(const table& t, const std::string& column,
                              const std::vector<std::string>& by) {
  std::vector<row> out;
  for (const auto& [key, group] : plain_groups(t, by)) {
    row& r = out.emplace_back(key);
    r.push_back(group.of("count", ""));
    for (const asked& a : every_function) r.push_back(group.of(a.fn, column, a.by, a.n));
  }
  return out;
}

std::vector<std::string> some_keys(rows_of& random, const std::string& not_this) {
  std::vector<std::string> out;
  for (std::size_t n = random.below(4); n > 0; --n) {
    const std::string& name = every_type[random.below(every_type.size())].name;
    if (name != not_this && std::ranges::find(out, name) == out.end()) out.push_back(name);
  }
  return out;
}

} // namespace

TEST_CASE("every function of every type agrees with a plain implementation") {
  for (std::size_t round = 0; round < 60; ++round) {
    rows_of random(round, 1 + round % 7);
    const table t = random.make(random.below(200));
    const std::string column = every_type[round % every_type.size()].name;
    const std::vector<std::string> by = some_keys(random, column);
    CAPTURE(round, column, by);
    REQUIRE(shown(answer(t, all_of(column, by), 1 + random.below(50))) ==
            shown(plain_answer(t, column, by)));
  }
}

TEST_CASE("what goes to disk gives the same rows") {
  for (std::size_t round = 0; round < 15; ++round) {
    rows_of random(1000 + round, 2500);
    const table t = random.make(8000);
    const std::string column = every_type[round].name;
    const std::vector<std::string> by{every_type[(round + 4) % every_type.size()].name};
    CAPTURE(round, column, by);
    const auto wanted = shown(plain_answer(t, column, by));
    for (const std::size_t rows_a_task : {3000U, 8000U}) {
      aggregation small(t.fields, all_of(column, by));
      small.memory = 0;
      const auto rows = shown(answer(small, t, rows_a_task));
      CHECK(small.spill.made >= (rows_a_task == 8000 ? 2 : 1)); // of the split, too
      CHECK(small.spill.files.empty());
      CHECK(small.held == 0);
      REQUIRE((rows == wanted));
    }
  }
}

TEST_CASE("partial states merge in any shape that keeps their order") {
  for (std::size_t round = 0; round < 20; ++round) {
    rows_of random(2000 + round, 20);
    const table t = random.make(300);
    const std::string column = every_type[round % every_type.size()].name;
    const question q = all_of(column, {"i8", "t"});
    aggregation a(t.fields, q);
    std::vector<aggregation::task> tasks;
    for (std::size_t from = 0, n = 0; from < t.rows.size(); from += n) {
      n = std::min(1 + random.below(60), t.rows.size() - from);
      tasks.emplace_back(a).update(t, from, n);
    }
    while (tasks.size() > 1) {
      // Neighbours: into a task that is new, or the later into the earlier.
      const std::size_t at = random.below(tasks.size() - 1);
      if (random.below(2) == 0) {
        aggregation::task fresh(a);
        tasks[at].merge_into(fresh, 1 + random.below(9));
        fresh.merge_into(tasks[at]); // given out, a task is as new
      }
      tasks[at + 1].merge_into(tasks[at], 1 + random.below(9));
      std::vector<aggregation::task> left;
      for (std::size_t i = 0; i < tasks.size(); ++i)
        if (i != at + 1) left.push_back(std::move(tasks[i]));
      tasks.swap(left);
    }
    CAPTURE(round, column);
    REQUIRE(shown(tasks[0].result(1 + random.below(9))) ==
            shown(plain_answer(t, column, {"i8", "t"})));
  }
}

TEST_CASE("hardly any value comes twice in a split, and each counts once") {
  table t{{{.name = "g", .kind = kind::uint32},
           {.name = "v", .kind = kind::uint32},
           {.name = "w", .kind = kind::int64},
           {.name = "s"}},
          {}};
  std::mt19937_64 random(5);
  for (std::size_t i = 0; i < 60000; ++i) {
    const auto v = static_cast<std::int64_t>(random() % 200000);
    t.rows.push_back({static_cast<std::int64_t>(random() % 3), v, v * 1'000'000'007,
                      "text " + std::to_string(v)});
  }
  const question q{{"g"}, {{"v", "distinct(v)"}, {"w", "distinct(w)"}, {"s", "distinct(s)"}}};
  const auto groups = plain_groups(t, {"g"});
  for (const std::size_t a_task : {60000U, 25000U, 7001U}) {
    aggregation a(t.fields, q);
    const auto rows = answer(a, t, a_task);
    REQUIRE(rows.size() == 3);
    for (std::size_t g = 0; g < 3; ++g) {
      const cell wanted = groups[g].second.of("distinct", "v");
      CHECK(rows[g] == row{static_cast<std::int64_t>(g), wanted, wanted, wanted});
    }
  }
  aggregation alone(t.fields, q); // no merge at all
  aggregation::task one(alone);
  one.update(t, 0, t.rows.size());
  CHECK(one.result()[1][1] == groups[1].second.of("distinct", "v"));
}
