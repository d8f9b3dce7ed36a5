// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "sample.hpp"
#include "sample_rows.hpp"

#include <vigie/testing.hpp>

#include <algorithm>
#include <set>

using namespace vigie::core;
using vigie::kind;
using vigie::testing::outcome;
using vigie::testing::table;
using ids = std::vector<std::uint64_t>;

namespace {

table rows_of(std::size_t n) {
  table t{{{.name = "x", .kind = kind::int64}}, {}};
  for (std::size_t i = 0; i < n; ++i) t.rows.push_back({static_cast<std::int64_t>(i)});
  return t;
}

outcome share(std::size_t n, double fraction, std::int64_t seed, std::size_t rows_a_batch = 100) {
  vigie::testing::harness<sample_share> h;
  h.component().fraction = fraction;
  h.component().seed = seed;
  return h.transform(rows_of(n), rows_a_batch);
}

ids number(std::size_t n, std::int64_t rows, std::int64_t seed, std::size_t rows_a_batch = 100) {
  vigie::testing::harness<sample_number> h;
  h.component().rows = rows;
  h.component().seed = seed;
  return h.arrange(rows_of(n), rows_a_batch);
}

// Rows with the given origins, as the host hands them over.
struct placed_rows {
  explicit placed_rows(const std::vector<std::pair<std::int64_t, std::int64_t>>& file_and_offset) {
    vigie::builder b(fields[0]);
    for (const auto& [file, offset] : file_and_offset) {
      b.child(0).integer(offset);
      b.child(1).integer(1);
      b.child(2).integer(file);
      b.end_struct();
    }
    std::vector<ArrowArray> columns(1);
    b.finish(&columns[0]);
    vigie::make_batch(std::move(columns), static_cast<std::int64_t>(file_and_offset.size()),
                      &array);
  }
  vigie::schema fields{vigie::struct_of("origin", {{.name = "offset", .kind = kind::int64},
                                                   {.name = "length", .kind = kind::int32},
                                                   {.name = "file", .kind = kind::int32}})};
  ArrowArray array{};
};

} // namespace

TEST_CASE("a sample is about as large as its fraction, and depends on the seed alone") {
  const std::size_t n = 20000;
  const outcome one = share(n, 0.1, 1);
  CHECK(one.parents.size() > 1850);
  CHECK(one.parents.size() < 2150);
  CHECK(one.dropped == static_cast<std::int64_t>(n - one.parents.size()));
  CHECK(share(n, 0.1, 1, 7).parents == one.parents);
  const outcome other = share(n, 0.1, 2);
  CHECK(other.parents != one.parents);
  std::vector<std::int32_t> both;
  std::ranges::set_intersection(one.parents, other.parents, std::back_inserter(both));
  CHECK(both.size() > 120);
  CHECK(both.size() < 290);
}

TEST_CASE("a smaller fraction keeps a part of what a larger one keeps; none and all are exact") {
  const outcome large = share(5000, 0.5, 3), small = share(5000, 0.2, 3);
  CHECK(std::ranges::includes(large.parents, small.parents));
  CHECK(share(5000, 0, 3).parents.empty());
  CHECK(share(5000, 1, 3).parents.size() == 5000);
  CHECK(share(5000, 1, 3).dropped == 0);
}

TEST_CASE("rows from other inputs are drawn for themselves, rows from one place together") {
  CHECK(sample_hash(0, 0, 0) != sample_hash(0, 1, 0));
  CHECK(sample_hash(0, 0, 0) != sample_hash(0, 0, 1));
  CHECK(sample_hash(1, 0, 0) != sample_hash(0, 1, 0));
  CHECK(sample_hash(0, 1, 0) != sample_hash(0, 0, 1));
  CHECK(sample_hash(7, 2, 4711) == 0xc5694f54bbb228f6U); // so that samples stay what they were
}

TEST_CASE("a row that comes from no input is rejected with advice") {
  placed_rows rows({{0, 5}, {-1, 0}});
  struct seen {
    std::vector<std::int64_t> rejected;
    std::string why;
    std::int64_t kept = 0;
  } got;
  const vigie_rows to{sizeof to, &got,
                      [](void* c, std::int64_t n, ArrowArray*, const std::int32_t*,
                         const vigie_span*) -> vigie_status {
                        static_cast<seen*>(c)->kept += n;
                        return VIGIE_OK;
                      },
                      [](void*, std::int64_t) {},
                      [](void* c, std::int64_t row, vigie_status, vigie_str, vigie_str why) {
                        static_cast<seen*>(c)->rejected.push_back(row);
                        static_cast<seen*>(c)->why.assign(why.data, why.size);
                      }};
  sample_share s;
  s.fraction = 1;
  s.place = {0};
  const vigie::batch in(rows.fields, &rows.array);
  vigie::output out({}, vigie::rows::some);
  out.start(&to, in.size());
  s.process(in, out);
  out.flush();
  CHECK(got.kept == 1);
  CHECK(got.rejected == std::vector<std::int64_t>{1});
  CHECK(got.why.find("comes from no input") != std::string::npos);
}

TEST_CASE("a number of rows is kept exactly, in their order, the same whatever the batches") {
  for (const std::int64_t rows : {0, 1, 99, 100, 101, 2000}) {
    const ids one = number(1000, rows, 5);
    CHECK(one.size() == static_cast<std::size_t>(std::min<std::int64_t>(rows, 1000)));
    CHECK(std::ranges::is_sorted(one));
    CHECK(std::set<std::uint64_t>(one.begin(), one.end()).size() == one.size());
    CHECK(number(1000, rows, 5, 7) == one);
  }
  CHECK(number(1000, 100, 5) != number(1000, 100, 6));
}

TEST_CASE("the rows of a number are those of the smallest draws") {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> all;
  for (std::uint64_t i = 0; i < 1000; ++i)
    all.emplace_back(sample_hash(5, 0, static_cast<std::int64_t>(i * 100)), i);
  std::ranges::sort(all);
  ids expected;
  for (std::size_t i = 0; i < 100; ++i) expected.push_back(all[i].second);
  std::ranges::sort(expected);
  CHECK(number(1000, 100, 5) == expected);
}

TEST_CASE("each row has about the same chance") {
  std::vector<int> drawn(50);
  for (std::int64_t seed = 0; seed < 2000; ++seed)
    for (const std::uint64_t id : number(50, 10, seed)) ++drawn[id];
  for (const int n : drawn) {
    CHECK(n > 310);
    CHECK(n < 490);
  }
}

TEST_CASE("more rows than memory holds are refused with advice") {
  vigie::testing::harness<sample_number> h;
  h.component().rows = 1'000'000'000;
  h.memory = 0;
  try {
    static_cast<void>(h.arrange(rows_of(100000), 1000));
    FAIL("more memory than there is");
  } catch (const vigie::error& e) {
    CHECK(e.code == VIGIE_E_RESOURCE);
    CHECK(e.message.find("choose fewer rows") != std::string::npos);
  }
  CHECK(h.held == 0);
}
