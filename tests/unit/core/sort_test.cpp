// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "sort.hpp"

#include <vigie/testing.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace vigie::core;
using vigie::kind;
using vigie::testing::cell;
using vigie::testing::table;
using ids = std::vector<std::uint64_t>;

namespace {

ids sorted(const table& t, std::vector<std::string> by, std::optional<std::int64_t> limit = {},
           std::size_t rows_a_batch = 3) {
  vigie::testing::harness<sort_rows> h;
  h.component().by = std::move(by);
  h.component().limit = limit;
  return h.arrange(t, rows_a_batch);
}

std::string refusal(const table& t, std::vector<std::string> by) {
  try {
    static_cast<void>(sorted(t, std::move(by)));
  } catch (const vigie::error& e) {
    return std::to_string(e.param) + "/" + std::to_string(e.item) + "/" + std::to_string(e.offset) +
           ": " + e.message;
  }
  return "accepted";
}

table column_of(kind k, std::vector<cell> cells) {
  table t{{{.name = "x", .kind = k}}, {}};
  for (cell& c : cells) t.rows.push_back({std::move(c)});
  return t;
}

// The plain meaning of one entry of `by`.
struct entry {
  std::size_t column;
  kind k;
  bool descending, nulls_first;
};

int compare(const cell& a, const cell& b, kind k) {
  if (k == kind::text) {
    const int c = std::get<std::string>(a.value).compare(std::get<std::string>(b.value));
    return c < 0 ? -1 : c > 0;
  }
  if (k == kind::boolean) return int{std::get<bool>(a.value)} - int{std::get<bool>(b.value)};
  if (k == kind::float64) {
    const double x = std::get<double>(a.value), y = std::get<double>(b.value);
    if (std::isnan(x) || std::isnan(y)) return int{std::isnan(x)} - int{std::isnan(y)};
    return x < y ? -1 : x > y;
  }
  const auto x = std::get<std::int64_t>(a.value), y = std::get<std::int64_t>(b.value);
  if (k != kind::uint64) return x < y ? -1 : x > y;
  const auto p = static_cast<std::uint64_t>(x), q = static_cast<std::uint64_t>(y);
  return p < q ? -1 : p > q;
}

bool before(const vigie::testing::row& a, const vigie::testing::row& b,
            const std::vector<entry>& by) {
  for (const entry& e : by) {
    const cell &x = a[e.column], &y = b[e.column];
    const bool no_x = x == cell(), no_y = y == cell();
    if (no_x != no_y) return no_x == e.nulls_first;
    if (no_x) continue;
    const int order = compare(x, y, e.k);
    if (order != 0) return (order < 0) != e.descending;
  }
  return false;
}

} // namespace

TEST_CASE("sort puts nulls last ascending and first descending unless told otherwise") {
  const table t = column_of(kind::int64, {3, nullptr, 1, nullptr, 2});
  CHECK(sorted(t, {"x"}) == ids{2, 4, 0, 1, 3});
  CHECK(sorted(t, {"x asc nulls first"}) == ids{1, 3, 2, 4, 0});
  CHECK(sorted(t, {"x desc"}) == ids{1, 3, 0, 4, 2});
  CHECK(sorted(t, {"x DESC NULLS LAST"}) == ids{0, 4, 2, 1, 3});
}

TEST_CASE("sort knows the order of every type at its edges") {
  const double nan_value = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(sorted(column_of(kind::float64, {nan_value, infinity, 0.0, -0.0, -infinity, -1e-300}),
               {"x"}) == ids{4, 5, 2, 3, 1, 0});
  CHECK(sorted(column_of(kind::float64, {-nan_value, nan_value, 1.0}), {"x desc"}) == ids{0, 1, 2});
  CHECK(sorted(column_of(kind::int64, {0, INT64_MAX, INT64_MIN, -1}), {"x"}) == ids{2, 3, 0, 1});
  CHECK(sorted(column_of(kind::uint64, {0, -1, 1}), {"x desc"}) == ids{1, 2, 0});
  CHECK(sorted(column_of(kind::int8, {1, -128, 127}), {"x"}) == ids{1, 0, 2});
  CHECK(sorted(column_of(kind::boolean, {true, false, nullptr}), {"x"}) == ids{1, 0, 2});
  CHECK(sorted(column_of(kind::date, {1, -1, 0}), {"x"}) == ids{1, 2, 0});
  using namespace std::string_literals;
  const std::vector<cell> texts = {"b", "", "a\0b"s, "a", "a\0"s, "é", "z", "a\0\xff"s};
  CHECK(sorted(column_of(kind::text, texts), {"x"}) == ids{1, 3, 4, 2, 7, 0, 6, 5});
  CHECK(sorted(column_of(kind::text, texts), {"x desc"}) == ids{5, 6, 0, 7, 2, 4, 3, 1});
  CHECK(sorted(column_of(kind::binary, texts), {"x"}) == ids{1, 3, 4, 2, 7, 0, 6, 5});
}

TEST_CASE("rows that are equal stay in input order") {
  const table t{{{.name = "k"}, {.name = "other column"}},
                {{"b", "2"}, {"a", "9"}, {"b", "1"}, {"a", "9"}, {"b", "2"}}};
  CHECK(sorted(t, {"k"}) == ids{1, 3, 0, 2, 4});
  CHECK(sorted(t, {"k desc", "\"other column\""}) == ids{2, 0, 4, 1, 3});
}

TEST_CASE("a limit keeps the first rows of the order") {
  std::vector<cell> cells;
  for (std::int64_t i = 0; i < 10000; ++i) cells.emplace_back((i * 7919) % 100);
  const table t = column_of(kind::int64, cells);
  const ids all = sorted(t, {"x"}, {}, 512);
  for (const std::int64_t limit : {0, 1, 3, 99, 100, 101, 5000, 10000, 20000}) {
    const auto n = std::min<std::size_t>(static_cast<std::size_t>(limit), all.size());
    CHECK(sorted(t, {"x"}, limit, 512) ==
          ids(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n)));
  }
}

TEST_CASE("sort agrees with a stable sort by a plain comparison") {
  std::mt19937_64 random(20140520);
  const std::vector<kind> kinds = {kind::int64, kind::uint64,  kind::float64,
                                   kind::text,  kind::boolean, kind::int16};
  const auto random_cell = [&](kind k) -> cell {
    if (random() % 5 == 0) return nullptr;
    const auto n = static_cast<std::int64_t>(random() % 6) - 3;
    if (k == kind::text)
      return std::string(random() % 3, 'a').append(random() % 2, '\0').append(random() % 2, 'b');
    if (k == kind::boolean) return n > 0;
    if (k == kind::float64) return n == -3 ? std::nan("") : static_cast<double>(n) / 2;
    return n;
  };
  for (int round = 0; round < 300; ++round) {
    table t;
    std::vector<entry> by;
    std::vector<std::string> texts;
    for (std::size_t c = 0; c < 1 + random() % 3; ++c) {
      const entry e{c, kinds[random() % kinds.size()], random() % 2 == 0, random() % 2 == 0};
      t.fields.push_back({.name = "c" + std::to_string(c), .kind = e.k});
      texts.push_back(t.fields[c].name + (e.descending ? " desc" : " asc") +
                      (e.nulls_first ? " nulls first" : " nulls last"));
      by.push_back(e);
    }
    const std::size_t n = random() % 200;
    for (std::size_t i = 0; i < n; ++i) {
      auto& r = t.rows.emplace_back();
      for (const entry& e : by) r.push_back(random_cell(e.k));
    }
    ids expected(n);
    for (std::size_t i = 0; i < n; ++i) expected[i] = i;
    std::stable_sort(expected.begin(), expected.end(), [&](std::uint64_t a, std::uint64_t b) {
      return before(t.rows[a], t.rows[b], by);
    });
    REQUIRE(sorted(t, texts, {}, 1 + random() % 50) == expected);
    const auto limit = static_cast<std::int64_t>(random() % 40);
    expected.resize(std::min<std::size_t>(n, static_cast<std::size_t>(limit)));
    REQUIRE(sorted(t, texts, limit, 1 + random() % 50) == expected);
  }
}

TEST_CASE("sort refuses entries it cannot read, at their byte") {
  table t = column_of(kind::int64, {1});
  t.fields.push_back(vigie::list_of("l", {.kind = kind::int64}));
  t.rows[0].push_back(std::vector<cell>{});
  CHECK(refusal(t, {}).starts_with("0/-1/-1: no column to sort by"));
  CHECK(refusal(t, {"y"}).starts_with("0/0/-1: there is no column 'y'"));
  CHECK(refusal(t, {"x", "x down"}) ==
        "0/1/2: expected asc, desc, nulls first or nulls last, found 'down'");
  CHECK(refusal(t, {"x nulls"}).starts_with("0/0/7: expected first or last"));
  CHECK(refusal(t, {"x desc asc"}).starts_with("0/0/7: expected asc, desc"));
  CHECK(refusal(t, {"x + 1"}).starts_with("0/0/2: expected asc, desc"));
  CHECK(refusal(t, {""}).starts_with("0/0/0: expected the name of a column"));
  CHECK(refusal(t, {"'x'"}).starts_with("0/0/0: expected the name of a column"));
  CHECK(refusal(t, {"l"}).starts_with("0/0/0: column 'l' is a list"));
}

TEST_CASE("sort stops with advice when the host has no memory left") {
  struct state {
    std::int64_t held = 0;
  } memory;
  vigie_host host{};
  host.struct_size = sizeof host;
  host.ctx = &memory;
  host.reserve = [](void* ctx, std::int64_t delta) -> vigie_status {
    auto& m = *static_cast<state*>(ctx);
    if (m.held + delta > (4 << 20)) return VIGIE_E_RESOURCE;
    m.held += delta;
    return VIGIE_OK;
  };
  sort_rows component;
  component.host = vigie::host_services(&host);
  component.by = {"x"};
  const vigie::schema fields = {{.name = "x", .kind = kind::text}};
  vigie::binding b({fields}, vigie::rows::some, vigie::keep::all);
  component.bind(b);
  const vigie_order to{sizeof to, nullptr, nullptr};
  vigie::order out(&to);
  const auto give = [&](sort_rows::task& task) {
    vigie::builder column(fields[0]);
    for (int i = 0; i < 1000; ++i) column.text(std::string(500, 'x'));
    std::vector<ArrowArray> columns(1);
    column.finish(&columns[0]);
    ArrowArray rows{};
    vigie::make_batch(std::move(columns), 1000, &rows);
    const vigie::batch in(fields, &rows);
    task.take(in, ids(1000), out);
  };
  {
    sort_rows::task task(component, {});
    give(task);
    give(task);
    CHECK(memory.held > 0);
    try {
      for (int i = 0; i < 20; ++i) give(task);
      FAIL("more memory than there is");
    } catch (const vigie::error& e) {
      CHECK(e.code == VIGIE_E_RESOURCE);
      CHECK(e.message.find("give 'limit'") != std::string::npos);
    }
  }
  CHECK(memory.held == 0);
}

namespace {

struct spilled_sort {
  ids order;
  std::uint64_t files = 0, written = 0, left = 0;
  std::int64_t held = 0;
};

// As `sorted`, with so many bytes of memory.
spilled_sort sorted_within(std::int64_t memory, const table& t, std::vector<std::string> by,
                           std::optional<std::int64_t> limit = {}, std::size_t rows_a_batch = 512) {
  vigie::testing::harness<sort_rows> h;
  h.component().by = std::move(by);
  h.component().limit = limit;
  h.memory = memory;
  spilled_sort out;
  out.order = h.arrange(t, rows_a_batch);
  out.files = h.spill.made;
  out.written = h.spill.written;
  out.left = h.spill.files.size();
  out.held = h.held;
  return out;
}

table random_texts(std::size_t rows, std::size_t longest, std::size_t different, unsigned seed) {
  std::mt19937_64 random(seed);
  std::vector<cell> cells;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t which = random() % different;
    if (which == 0) {
      cells.emplace_back(nullptr);
      continue;
    }
    const std::size_t size = 1 + which * 7919 % longest;
    cells.emplace_back(std::string(size, static_cast<char>('a' + which % 3)) +
                       std::to_string(which));
  }
  return column_of(kind::text, cells);
}

} // namespace

TEST_CASE("keys that do not fit into memory are sorted through scratch files, in the same order") {
  struct {
    std::size_t rows, longest, different;
  } const cases[] = {{60000, 1, 50}, {60000, 30, 100000}, {3000, 100 << 10, 500}, {20000, 2000, 3}};
  for (const auto& c : cases) {
    const table t = random_texts(c.rows, c.longest, c.different, 3);
    for (const char* by : {"x", "x desc nulls last"}) {
      const ids expected = sorted(t, {by}, {}, 512);
      for (const std::int64_t memory : {0, 2 << 20, 5 << 20}) {
        const spilled_sort s = sorted_within(memory, t, {by});
        INFO(c.longest << " bytes, " << memory << " of memory");
        REQUIRE(s.order == expected);
        CHECK(s.held == 0);
        CHECK(s.left == 0);
        CHECK((s.files > 0 || memory > 0));
      }
    }
  }
}

TEST_CASE("more runs than are merged at once take further passes, and keep the order") {
  const table t = random_texts(300, 300 << 10, 200, 5); // a block of a run is one of these texts
  const ids expected = sorted(t, {"x"}, {}, 512);
  for (const std::int64_t memory : {0, 2 << 20, 8 << 20}) { // two at once, four, sixteen
    const spilled_sort s = sorted_within(memory, t, {"x"}, {}, 16);
    REQUIRE(s.order == expected);
    CHECK((s.files > 3 || memory > 0));
    CHECK(s.left == 0);
    CHECK(s.held == 0);
  }
}

TEST_CASE("a limit holds for keys in scratch files, too") {
  const table t = random_texts(40000, 100, 5000, 9);
  const ids all = sorted(t, {"x"}, {}, 512);
  for (const std::int64_t limit : {1, 1000, 30000, 39999, 40000, 1000000}) {
    const spilled_sort s = sorted_within(0, t, {"x"}, limit);
    const auto n = std::min<std::size_t>(static_cast<std::size_t>(limit), all.size());
    REQUIRE(s.order == ids(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n)));
  }
  CHECK(sorted_within(2 << 20, t, {"x"}, 1000).files == 0); // its memory depends on the limit alone
}

TEST_CASE("a sort that fits into memory writes nothing") {
  const spilled_sort s = sorted_within(1 << 30, random_texts(40000, 100, 5000, 9), {"x"});
  CHECK(s.files == 0);
  CHECK(s.held == 0);
}

TEST_CASE("a store of keys that is cleared gives its memory back") {
  vigie::sorted::key_store store;
  for (std::uint64_t id = 0; id < 1000; ++id) store.add(std::string(100, 'k'), id);
  REQUIRE(store.bytes() > 84'000);
  store.clear();
  CHECK(store.bytes() < 100);
}

TEST_CASE("without scratch files a refused reservation is final") {
  vigie::testing::harness<sort_rows> h;
  h.component().by = {"x"};
  h.memory = 1 << 20;
  h.spills = false;
  const table t = random_texts(40000, 100, 5000, 9);
  try {
    static_cast<void>(h.arrange(t, 512));
    FAIL("more memory than there is");
  } catch (const vigie::error& e) {
    CHECK(e.code == VIGIE_E_RESOURCE);
  }
  CHECK(h.held == 0);
}

TEST_CASE("a full disk stops the sort, and nothing is left") {
  for (const std::uint64_t room :
       {std::uint64_t{0}, std::uint64_t{10000}, std::uint64_t{12'000'000},
        std::uint64_t{40'000'000}}) { // the last is used up while runs are merged
    vigie::testing::harness<sort_rows> h;
    h.component().by = {"x"};
    h.memory = 0;
    h.spill.room = room;
    const table t = random_texts(200, 300 << 10, 150, 4);
    try {
      static_cast<void>(h.arrange(t, 16));
      FAIL("more room than there is");
    } catch (const vigie::error& e) {
      CHECK(e.code == VIGIE_E_IO);
      CHECK(e.message == "no space left on device");
    }
    CHECK(h.held == 0);
    CHECK(h.spill.files.empty());
  }
}

TEST_CASE("ids are given in pieces of at most 64 Ki, in memory and from scratch files") {
  for (const std::int64_t memory : {std::int64_t{0}, INT64_MAX}) {
    vigie::testing::spill_in_memory files;
    struct state {
      const vigie_spill_0* spill;
      std::int64_t memory;
      std::vector<std::uint64_t> pieces;
    } s{files.table(), memory, {}};
    vigie_host host{};
    host.struct_size = sizeof host;
    host.ctx = &s;
    host.cancelled = [](void*) { return 0; };
    host.reserve = [](void* ctx, std::int64_t delta) -> vigie_status {
      return delta > static_cast<state*>(ctx)->memory ? VIGIE_E_RESOURCE : VIGIE_OK;
    };
    host.extension = [](void* ctx, const char*) -> const void* {
      return static_cast<state*>(ctx)->spill;
    };
    sort_rows component;
    component.host = vigie::host_services(&host);
    component.by = {"x"};
    const vigie::schema fields = {{.name = "x", .kind = kind::int64}};
    vigie::binding b({fields}, vigie::rows::some, vigie::keep::all);
    component.bind(b);
    const vigie_order to{sizeof to, &s,
                         [](void* ctx, std::uint64_t n, const std::uint64_t*) -> vigie_status {
                           static_cast<state*>(ctx)->pieces.push_back(n);
                           return VIGIE_OK;
                         }};
    vigie::order out(&to);
    sort_rows::task task(component, {});
    for (std::uint64_t batch = 0; batch < 15; ++batch) {
      vigie::builder column(fields[0]);
      for (std::int64_t& n : column.fixed<std::int64_t>(10000)) n = 5;
      std::vector<ArrowArray> columns(1);
      column.finish(&columns[0]);
      ArrowArray rows{};
      vigie::make_batch(std::move(columns), 10000, &rows);
      ids here(10000);
      for (std::size_t i = 0; i < here.size(); ++i) here[i] = batch * 10000 + i;
      task.take(vigie::batch(fields, &rows), here, out);
    }
    task.end(out);
    CHECK(s.pieces == std::vector<std::uint64_t>{65536, 65536, 18928});
    CHECK((files.made > 0) == (memory == 0));
  }
}

TEST_CASE("a scratch file that was changed stops the sort, wherever the change is") {
  const table t = random_texts(30000, 60, 20000, 6);
  const auto run = [&](std::uint64_t nth, std::uint64_t bit) {
    vigie::testing::harness<sort_rows> h;
    h.component().by = {"x"};
    h.memory = 0;
    h.spill.damage_read = nth;
    h.spill.damage_bit = bit;
    static_cast<void>(h.arrange(t, 512));
    return h.spill.reads;
  };
  const std::uint64_t reads = run(0, 0);
  REQUIRE(reads > 20);
  std::mt19937_64 random(1);
  for (std::uint64_t nth = 1; nth <= reads; nth += 1 + reads / 60) {
    try {
      static_cast<void>(run(nth, random()));
      FAIL("a changed scratch file was taken for the one that was written");
    } catch (const vigie::error& e) {
      CHECK(e.code == VIGIE_E_IO);
    }
  }
}
