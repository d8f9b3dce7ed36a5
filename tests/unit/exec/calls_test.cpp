// SPDX-License-Identifier: Apache-2.0
// The rules of one call of a component, driven by hand: what it may emit, drop and reject, and what
// becomes of it.
#include "catch.hpp"
#include "exec/carry.hpp"
#include "session.hpp"

#include <vigie/builder.hpp>

namespace {

using namespace vigie;
using exec::decode_call;
using exec::rejected_row;
using exec::transform_call;

enum class rule : std::uint8_t { same, some, many, none };

// A transform of a real plan whose row rule is turned: columns `number` and `text`; it adds
// `words`. For `none` it has only `words`.
struct bound {
  bound()
      : s(tests::steps("  - {name: make, use: watch.make}\n  - {name: step, use: words.count, "
                       "with: {text: b}}\n")) {
    REQUIRE(s.plan({.collect = {"step"}}) != nullptr);
  }
  plan::step_plan step(rule r) {
    plan::step_plan out = s.step("step");
    out.rows = r == rule::same ? rows::same : r == rule::some ? rows::some : rows::many;
    if (r != rule::none) return out;
    out.columns = {{-1, 0}};
    out.fields = {out.fields.back()};
    out.live = {true};
    return out;
  }
  tests::session s;
};

data::shared_column numbers(std::int64_t n) {
  builder b(field{"words", kind::int64});
  for (std::int64_t i = 0; i < n; ++i) b.integer(i * 10);
  ArrowArray a{};
  b.finish(&a);
  return data::take_array(&a);
}

data::batch rows_in(std::int64_t n) {
  auto spans = std::make_shared<std::vector<vigie_span>>();
  for (std::int64_t i = 0; i < n; ++i) spans->push_back({i * 100, 50, 2});
  return {.rows = n,
          .columns = {numbers(n), numbers(n), numbers(n)},
          .origins = spans,
          .origin_rows = nullptr};
}

ArrowArray added(std::int64_t n) {
  std::vector<ArrowArray> columns(1);
  builder b(field{"words", kind::int64});
  for (std::int64_t i = 0; i < n; ++i) b.integer(i + 1000);
  b.finish(&columns[0]);
  ArrowArray out{};
  make_batch(std::move(columns), n, &out);
  return out;
}

std::vector<std::int64_t> cells(const data::batch& b, std::size_t column) {
  const field f{"c", kind::int64};
  const data::shared_column c = data::gather(f, b.columns.at(column));
  const vigie::column values(f, *c.array);
  std::vector<std::int64_t> out;
  for (std::int64_t i = 0; i < b.rows; ++i) out.push_back(values.integer(i));
  return out;
}

// One call: emits and rejects as the test says, then judges.
struct call {
  call(rule r, std::int64_t rows, bool with_input = true)
      : step(plan.step(r)), in(rows_in(rows)), what(
                                                   step, with_input ? &in : nullptr,
                                                   [this](data::batch b) {
                                                     out.push_back(std::move(b));
                                                     return status();
                                                   },
                                                   rejects) {}

  vigie_status emit(std::int64_t n, std::vector<std::int32_t> parents,
                    std::vector<vigie_span> spans = {}) {
    ArrowArray a = added(n);
    const vigie_status s = what.callbacks()->emit(what.callbacks()->ctx, n, &a,
                                                  parents.empty() ? nullptr : parents.data(),
                                                  spans.empty() ? nullptr : spans.data());
    CHECK(a.release == nullptr); // moved, also where it was refused
    return s;
  }
  void drop(std::int64_t n) { what.callbacks()->dropped(what.callbacks()->ctx, n); }
  void reject(std::int64_t row, std::string_view why = "bad") {
    what.callbacks()->reject(what.callbacks()->ctx, row, VIGIE_E_DATA, {"b", 1},
                             {why.data(), why.size()});
  }
  std::string judge() {
    const status s = what.done(counts);
    return s ? "" : code_name(s.error().code);
  }

  bound plan;
  plan::step_plan step;
  data::batch in;
  std::vector<data::batch> out;
  std::vector<rejected_row> rejects;
  exec::step_counts counts;
  transform_call what;
};

} // namespace

TEST_CASE("one row out per row in: columns are carried, rejected rows are masked out") {
  call c(rule::same, 4);
  c.reject(2, "no good");
  CHECK(c.emit(4, {}) == VIGIE_OK);
  CHECK(c.out.empty()); // held until all rejects are known
  c.reject(0);
  CHECK(c.judge().empty());
  REQUIRE(c.out.size() == 1);
  CHECK(cells(c.out[0], 0) == std::vector<std::int64_t>{10, 30});
  CHECK(cells(c.out[0], 3) == std::vector<std::int64_t>{1001, 1003});
  CHECK(c.out[0].origin(1).offset == 300);
  CHECK(c.counts.rows_in == 4);
  CHECK(c.counts.rows_out == 2);
  CHECK(c.counts.rejected == 2);
  REQUIRE(c.rejects.size() == 2);
  CHECK(c.rejects[0].where.offset == 200);
  CHECK(c.rejects[0].column == "b");
  CHECK(c.rejects[0].message == "no good");
}

TEST_CASE("a selection carries the rows it names, with their places, and counts what it drops") {
  call c(rule::some, 5);
  CHECK(c.emit(1, {1}) == VIGIE_OK);
  CHECK(c.emit(2, {3, 4}) == VIGIE_OK);
  c.drop(1);
  c.reject(0);
  CHECK(c.judge().empty());
  REQUIRE(c.out.size() == 2);
  CHECK(cells(c.out[1], 0) == std::vector<std::int64_t>{30, 40});
  CHECK(c.out[1].origin(0).offset == 300);
  CHECK(c.counts.rows_out == 3);
  CHECK(c.counts.dropped == 1);
}

TEST_CASE("many rows may come of one, over several emits, and may name a part of its place") {
  call c(rule::many, 3);
  CHECK(c.emit(2, {0, 0}, {{0, 10, 9}, {10, 40, 9}}) == VIGIE_OK);
  CHECK(c.emit(2, {0, 2}) == VIGIE_OK);
  c.drop(1);
  CHECK(c.judge().empty());
  CHECK(cells(c.out[0], 0) == std::vector<std::int64_t>{0, 0});
  CHECK(c.out[0].origin(1).offset == 10);
  CHECK(c.out[0].origin(1).file == 2); // the parent's, not the plugin's
  CHECK(c.out[1].origin(1).offset == 200);
  CHECK(c.counts.rows_out == 4);
}

TEST_CASE("an emit of no rows is none, and an empty batch asks for nothing") {
  call c(rule::some, 1);
  CHECK(c.emit(0, {0}) == VIGIE_OK); // parents of no rows: not looked at
  c.drop(1);
  CHECK(c.judge().empty());
  CHECK(c.out.empty());
  call empty(rule::same, 0);
  CHECK(empty.emit(0, {}) == VIGIE_OK);
  CHECK(empty.judge().empty());
}

TEST_CASE("rows that do not add up are refused in every rule") {
  call lost(rule::some, 3);
  CHECK(lost.emit(2, {0, 1}) == VIGIE_OK);
  CHECK(lost.judge() == "V0312");
  call invented(rule::many, 3);
  invented.drop(4);
  CHECK(invented.judge() == "V0312");
  call negative(rule::some, 3);
  CHECK(negative.emit(3, {0, 1, 2}) == VIGIE_OK);
  negative.drop(-1);
  negative.reject(0);
  CHECK(negative.judge() == "V0311");
  call silent(rule::same, 3);
  CHECK(silent.judge() == "V0311");
}

TEST_CASE("parents that do not exist, descend or repeat are refused before any row goes on") {
  const auto refused = [](rule r, std::vector<std::int32_t> parents) {
    call c(r, 3);
    CHECK(c.emit(static_cast<std::int64_t>(parents.size()), parents) < 0);
    CHECK(c.out.empty());
    CHECK(c.emit(1, {0}) < 0); // nothing goes through after it
    CHECK(c.out.empty());
    return c.judge() == "V0311";
  };
  CHECK(refused(rule::some, {3}));
  CHECK(refused(rule::some, {-1}));
  CHECK(refused(rule::some, {1, 0}));
  CHECK(refused(rule::some, {1, 1}));
  CHECK(refused(rule::many, {2, 1}));
  CHECK(refused(rule::many, {INT32_MAX}));
  call over(rule::some, 3); // over two emits
  CHECK(over.emit(1, {2}) == VIGIE_OK);
  CHECK(over.emit(1, {1}) < 0);
  CHECK(over.judge() == "V0311");
}

TEST_CASE("emits that break the rule of rows are refused") {
  const auto refused = [](rule r, bool with_input, std::int64_t n,
                          std::vector<std::int32_t> parents) {
    call c(r, 3, with_input);
    CHECK(c.emit(n, std::move(parents)) < 0);
    return c.judge() == "V0311";
  };
  CHECK(refused(rule::same, true, 2, {}));   // another number of rows
  CHECK(refused(rule::same, false, 1, {}));  // at the end of the input
  CHECK(refused(rule::some, true, 3, {}));   // without parents
  CHECK(refused(rule::many, true, 3, {}));   // carried columns need parents
  CHECK(refused(rule::many, false, 1, {0})); // no batch at hand to name rows of
  CHECK(refused(rule::none, false, 1, {0}));
  call twice(rule::same, 2);
  CHECK(twice.emit(2, {}) == VIGIE_OK);
  CHECK(twice.emit(2, {}) < 0);
  CHECK(twice.judge() == "V0311");
  call negative(rule::many, 2);
  ArrowArray a = added(1);
  CHECK(negative.what.callbacks()->emit(negative.what.callbacks()->ctx, -1, &a, nullptr, nullptr) <
        0);
  CHECK(negative.judge() == "V0311");
  call nothing(rule::same, 2);
  CHECK(nothing.what.callbacks()->emit(nothing.what.callbacks()->ctx, 2, nullptr, nullptr,
                                       nullptr) < 0);
  CHECK(nothing.judge() == "V0311");
  call count(rule::same, 2);
  ArrowArray wrong = added(5);
  CHECK(count.what.callbacks()->emit(count.what.callbacks()->ctx, 2, &wrong, nullptr, nullptr) < 0);
  CHECK(count.judge() == "V0310");
}

TEST_CASE("rows held back come without parents, with whole places or none") {
  call c(rule::none, 3);
  c.drop(3);
  CHECK(c.emit(1, {}, {{700, 5, 1}}) == VIGIE_OK);
  CHECK(c.emit(2, {}) == VIGIE_OK);
  CHECK(c.judge().empty());
  REQUIRE(c.out.size() == 2);
  CHECK(c.out[0].origin(0).offset == 700);
  CHECK(c.out[0].origin(0).file == 1);
  CHECK_FALSE(c.out[1].origins);
  call last(rule::none, 0, false);
  CHECK(last.emit(2, {}) == VIGIE_OK);
  CHECK(last.judge().empty());
  CHECK(last.counts.rows_out == 2);
  CHECK(last.counts.rows_in == 0);
}

TEST_CASE("places outside the parent's are refused, also where sums would overflow") {
  for (const vigie_span s :
       {vigie_span{99, 5, 2}, vigie_span{100, 51, 2}, vigie_span{100, -1, 2}, vigie_span{150, 1, 2},
        vigie_span{INT64_MAX, INT32_MAX, 2}, vigie_span{INT64_MIN, 1, 2}, vigie_span{-1, -1, -1}}) {
    call c(rule::many, 3);
    CHECK(c.emit(1, {1}, {s}) < 0);
    CHECK(c.judge() == "V0311");
    call same(rule::same, 1);
    CHECK(same.emit(1, {}, {s}) == VIGIE_OK);
    if (s.offset != 99 && s.offset != 100) CHECK(same.judge() == "V0311");
  }
  call edge(rule::many, 3);
  CHECK(edge.emit(2, {1, 1}, {{150, 0, 2}, {100, 50, 2}}) == VIGIE_OK);
}

TEST_CASE(
    "a row that does not exist, or is rejected twice, is refused; what plugins say becomes UTF-8") {
  for (const std::int64_t row : {std::int64_t{3}, std::int64_t{-1}, INT64_MAX}) {
    call c(rule::same, 3);
    c.reject(row);
    CHECK(c.emit(3, {}) < 0);
    CHECK(c.judge() == "V0311");
  }
  call twice(rule::same, 3);
  CHECK(twice.emit(3, {}) == VIGIE_OK);
  twice.reject(1);
  twice.reject(1);
  CHECK(twice.judge() == "V0311");
  call text(rule::same, 1);
  text.reject(0, "bytes \xff");
  REQUIRE(text.rejects.size() == 1);
  CHECK(text.rejects[0].message == "bytes \\xff");
  call end(rule::same, 3, false);
  end.reject(0);
  CHECK(end.judge() == "V0311");
}

TEST_CASE("steps that can only reject are refused where they emit, drop or reject a row twice") {
  const auto judged = [](const std::function<void(call&)>& act) {
    call c(rule::same, 3);
    act(c);
    const status s = c.what.done_rejecting(c.counts);
    if (s) CHECK(c.counts.rows_in == 3);
    return s ? std::to_string(c.counts.rejected) : code_name(s.error().code);
  };
  CHECK(judged([](call&) {}) == "0");
  CHECK(judged([](call& c) {
          c.reject(2);
          c.reject(0);
        }) == "2");
  CHECK(judged([](call& c) {
          c.reject(1);
          c.reject(1);
        }) == "V0311");
  CHECK(judged([](call& c) { c.emit(3, {}); }) == "V0311");
  CHECK(judged([](call& c) { c.drop(1); }) == "V0311");
}

TEST_CASE("an error further on ends the call and is the one that is told") {
  bound plan;
  const plan::step_plan step = plan.step(rule::some);
  const data::batch in = rows_in(2);
  std::vector<rejected_row> rejects;
  transform_call c(
      step, &in, [](data::batch) { return status(fail(code::output_no_space, "full")); }, rejects);
  ArrowArray a = added(1);
  const std::int32_t parent = 0;
  CHECK(c.callbacks()->emit(c.callbacks()->ctx, 1, &a, &parent, nullptr) == VIGIE_E_CANCELLED);
  REQUIRE_FALSE(c.failed());
  CHECK(c.failed().error().code == code::output_no_space);
}

// ---- readers -----------------------------------------------------------------------------------

namespace {

// A chunk of 100 bytes from byte 1000 of file 3.
struct decoding {
  explicit decoding(std::vector<int> wanted, std::int64_t bytes = 100)
      : step(plan.s.step("make")), what(
                                       step, fields, wanted, {1000, 0, 3}, bytes,
                                       [this](data::batch b) {
                                         out.push_back(std::move(b));
                                         return status();
                                       },
                                       rejects) {}
  vigie_status emit(std::int64_t n, std::vector<vigie_span> spans = {}) {
    ArrowArray a = added(n);
    return what.callbacks()->emit(what.callbacks()->ctx, n, &a,
                                  spans.empty() ? nullptr : spans.data());
  }
  void reject(vigie_span where) {
    what.callbacks()->reject_at(what.callbacks()->ctx, where, VIGIE_E_DATA, {"b", 1}, {"bad", 3});
  }
  std::string judge() {
    const status s = what.done();
    return s ? "" : code_name(s.error().code);
  }
  bound plan;
  schema fields{{"a", kind::int64}, {"b", kind::int64}, {"c", kind::int64}};
  plan::step_plan step;
  std::vector<data::batch> out;
  std::vector<rejected_row> rejects;
  decode_call what;
};

} // namespace

TEST_CASE("a reader gives the columns asked for, in their places, and each row's bytes") {
  decoding d({1});
  CHECK(d.emit(2, {{1000, 10, -7}, {1090, 10, -7}}) == VIGIE_OK);
  CHECK(d.judge().empty());
  REQUIRE(d.out.size() == 1);
  CHECK_FALSE(d.out[0].columns[0].present());
  CHECK(cells(d.out[0], 1) == std::vector<std::int64_t>{1000, 1001});
  CHECK(d.out[0].origin(1).offset == 1090);
  CHECK(d.out[0].origin(1).file == 3);
  CHECK(d.what.rows() == 2);
}

TEST_CASE(
    "rows of a reader must lie in the bytes it was handed and ascend, over several emits, too") {
  for (const vigie_span s :
       {vigie_span{999, 5, 3}, vigie_span{1095, 6, 3}, vigie_span{1000, -1, 3},
        vigie_span{INT64_MAX, INT32_MAX, 3}, vigie_span{INT64_MIN, INT32_MIN, 3}}) {
    decoding d({1});
    CHECK(d.emit(1, {s}) < 0);
    CHECK(d.judge() == "V0311");
    decoding r({1});
    r.reject(s);
    CHECK(r.judge() == "V0311");
    CHECK(r.rejects.empty());
  }
  decoding d({1});
  CHECK(d.emit(1, {{1050, 5, 3}}) == VIGIE_OK);
  CHECK(d.emit(1, {{1049, 5, 3}}) < 0);
  CHECK(d.emit(1, {{1060, 5, 3}}) < 0);
  CHECK(d.out.size() == 1);
  CHECK(d.judge() == "V0311");
}

TEST_CASE("a reader that gives too many columns, too few or none is refused") {
  for (const std::vector<int>& wanted : {std::vector<int>{}, std::vector<int>{0, 2}}) {
    decoding d(wanted);
    CHECK(d.emit(1) < 0);
    CHECK(d.judge() == "V0310");
  }
  decoding none({1});
  CHECK(none.what.callbacks()->emit(none.what.callbacks()->ctx, 3, nullptr, nullptr) < 0);
  CHECK(none.judge() == "V0311");
  decoding negative({1});
  ArrowArray a = added(1);
  CHECK(negative.what.callbacks()->emit(negative.what.callbacks()->ctx, -5, &a, nullptr) < 0);
  CHECK(a.release == nullptr);
  CHECK(negative.judge() == "V0311");
}

TEST_CASE("rows of which nobody wants a column are still rows") {
  decoding d({});
  CHECK(d.what.callbacks()->emit(d.what.callbacks()->ctx, 5, nullptr, nullptr) == VIGIE_OK);
  REQUIRE(d.out.size() == 1);
  CHECK(d.out[0].rows == 5);
  CHECK(d.out[0].columns.size() == 3);
}

TEST_CASE("a rejected place gets the chunk's file, and without bounds any place is taken") {
  decoding d({1});
  d.reject({1010, 4, -1});
  REQUIRE(d.rejects.size() == 1);
  CHECK(d.rejects[0].where.file == 3);
  CHECK(d.judge().empty());
  decoding free({1}, -1);
  CHECK(free.emit(1, {{5, 5, 8}}) == VIGIE_OK);
  CHECK(free.out[0].origin(0).file == 8);
}
