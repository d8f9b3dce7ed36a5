// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "head.hpp"

#include <vigie/testing.hpp>

using namespace vigie::core;
using ids = std::vector<std::uint64_t>;

namespace {

ids head_of(std::size_t n, std::int64_t rows, std::int64_t skip, std::size_t rows_a_batch) {
  vigie::testing::harness<head_rows> h;
  h.component().rows = rows;
  h.component().skip = skip;
  vigie::testing::table t{{{.name = "n", .kind = vigie::kind::int64}}, {}};
  for (std::size_t i = 0; i < n; ++i) t.rows.push_back({i});
  return h.arrange(t, rows_a_batch);
}

} // namespace

TEST_CASE("head keeps the first rows whatever the batches are") {
  for (const std::size_t rows_a_batch : {1U, 2U, 3U, 100U}) {
    CHECK(head_of(10, 4, 0, rows_a_batch) == ids{0, 1, 2, 3});
    CHECK(head_of(10, 3, 5, rows_a_batch) == ids{5, 6, 7});
    CHECK(head_of(10, 4, 8, rows_a_batch) == ids{8, 9});
    CHECK(head_of(10, 4, 10, rows_a_batch).empty());
    CHECK(head_of(10, 0, 0, rows_a_batch).empty());
    CHECK(head_of(3, 1000000000000000, 0, rows_a_batch) == ids{0, 1, 2});
    CHECK(head_of(0, 5, 0, rows_a_batch).empty());
  }
}

TEST_CASE("head says when it wants no more") {
  head_rows h;
  h.rows = 2;
  head_rows::task t(h, {});
  ids seen;
  const vigie_order to{
      sizeof to, &seen, [](void* ctx, std::uint64_t n, const std::uint64_t* from) -> vigie_status {
        static_cast<ids*>(ctx)->insert(static_cast<ids*>(ctx)->end(), from, from + n);
        return VIGIE_OK;
      }};
  vigie::order out(&to);
  ArrowArray none{};
  none.length = 1;
  const vigie::batch one({}, &none);
  CHECK(t.take(one, ids{4}, out));
  CHECK_FALSE(t.take(one, ids{9}, out));
  CHECK_FALSE(t.take(one, ids{11}, out));
  CHECK(seen == ids{4, 9});
}
