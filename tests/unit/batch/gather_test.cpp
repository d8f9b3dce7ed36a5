// SPDX-License-Identifier: Apache-2.0
// Copying rows, held against what the random columns were made of.
#include "arrays.hpp"
#include "batch/batch.hpp"
#include "batch/check.hpp"
#include "batch/gather.hpp"
#include "catch.hpp"

namespace {

using namespace vigie;
using arrays::json_of;
using arrays::random_column;
using data::row_list;
using data::shared_column;

row_list list(std::vector<std::int32_t> rows) {
  return std::make_shared<const std::vector<std::int32_t>>(std::move(rows));
}

std::vector<std::string> picked(const std::vector<std::string>& all,
                                const std::vector<std::int32_t>& rows) {
  std::vector<std::string> out;
  for (const std::int32_t r : rows) out.push_back(all[static_cast<std::size_t>(r)]);
  return out;
}

std::vector<std::int32_t> some_rows(unsigned seed, std::int64_t most) {
  std::mt19937_64 draw(seed);
  std::vector<std::int32_t> out;
  for (std::uint64_t n = draw() % 60; n > 0; --n)
    out.push_back(static_cast<std::int32_t>(draw() % static_cast<std::uint64_t>(most)));
  return out;
}

// Runs `check(field, column)` for columns of every type, with and without nulls, with and without
// an offset.
template <class F> void for_all_columns(F&& check) {
  for (const field& f : arrays::all_fields())
    for (const std::int64_t one_in : {0, 3})
      for (const std::int64_t skip : {0, 1, 11}) {
        INFO(describe(f) << " " << f.format << ", nulls one in " << one_in << ", offset " << skip);
        check(f, random_column(f, 41, static_cast<unsigned>(17 + skip), one_in, skip));
      }
}

void sound(const field& f, const shared_column& c) {
  CHECK(data::check_column(f, *c.array, c.array->length, data::depth::full));
}

} // namespace

TEST_CASE("reading a column gives the cells it was made of, whatever its type, nulls and offset") {
  for_all_columns(
      [](const field& f, const random_column& c) { CHECK(json_of(f, c.column) == c.json); });
}

TEST_CASE("gathering gives the rows named, in their order, as often as they are named") {
  for_all_columns([](const field& f, const random_column& c) {
    for (const unsigned seed : {1U, 2U, 3U}) {
      const auto rows = some_rows(seed, 41);
      const shared_column out = data::gather(f, {c.column.owner, c.column.array, list(rows)});
      CHECK_FALSE(out.rows);
      CHECK(out.array->length == static_cast<std::int64_t>(rows.size()));
      CHECK(json_of(f, out) == picked(c.json, rows));
      sound(f, out);
    }
    CHECK(data::gather(f, c.column).array ==
          c.column.array); // without a selection nothing is copied
  });
}

TEST_CASE("a copy of its own outlives the original, in any text layout") {
  for_all_columns([](const field& f, const random_column& c) {
    std::vector<std::string> formats{""};
    if (f.kind == kind::text) formats = {"u", "U", "vu"};
    if (f.kind == kind::binary) formats = {"z", "Z", "vz"};
    for (const std::string& format : formats) {
      const auto rows = some_rows(9, 41);
      shared_column original = random_column(f, 41, 5, 4).column, selected = original;
      selected.rows = list(rows);
      const auto expected = picked(json_of(f, original), rows);
      const shared_column out =
          data::copy_out(f, selected, static_cast<std::int64_t>(rows.size()), format);
      original = selected = {};
      field now = f;
      if (!format.empty()) now.format = format;
      CHECK(json_of(now, out) == expected);
      sound(now, out);
    }
    const shared_column whole = data::copy_out(f, c.column, 41);
    CHECK(json_of(f, whole) == c.json);
    for (std::int64_t k = 0; k < whole.array->n_buffers && k < c.column.array->n_buffers; ++k)
      CHECK((whole.array->buffers[k] == nullptr ||
             whole.array->buffers[k] != c.column.array->buffers[k]));
  });
}

TEST_CASE("texts inside lists and structs take the other layout, too") {
  const auto nested = [](const char* format) {
    return struct_of("c", {list_of("l", {.name = "", .format = format}),
                           {.name = "t", .format = format},
                           {"n", kind::int32}});
  };
  for (const char* from : {"u", "U", "vu"})
    for (const char* to : {"u", "U", "vu"}) {
      const random_column c(nested(from), 30, 4, 5, 3);
      const shared_column out = data::copy_as(nested(to), nested(from), c.column, 30);
      sound(nested(to), out);
      CHECK(json_of(nested(to), out) == c.json);
    }
}

TEST_CASE("collecting gives rows of many pieces in the order asked for") {
  for (const field& f : arrays::all_fields())
    for (const std::int64_t one_in : {0, 3}) {
      INFO(describe(f) << " " << f.format);
      std::vector<random_column> made;
      std::vector<shared_column> pieces;
      for (unsigned k = 0; k < 4; ++k)
        pieces.push_back(made.emplace_back(f, 10 + k, k, one_in, k).column);
      std::mt19937_64 draw(3);
      std::vector<data::piece_row> rows;
      std::vector<std::string> expected;
      for (int i = 0; i < 100; ++i) {
        const auto piece = static_cast<std::uint32_t>(draw() % 4);
        const auto row = static_cast<std::int32_t>(draw() % (10 + piece));
        rows.push_back({piece, row});
        expected.push_back(made[piece].json[static_cast<std::size_t>(row)]);
      }
      const shared_column out = data::collect(f, pieces, rows);
      CHECK(json_of(f, out) == expected);
      sound(f, out);
      CHECK(data::collect(f, pieces, {}).array->length == 0);
    }
}

TEST_CASE(
    "views into a chunk and beside it survive gathering, and a copy needs the chunk no more") {
  const field f{.name = "c", .format = "vu"};
  auto chunk =
      std::make_shared<std::string>("a first text of some length|a second one that is as long");
  builder b(f);
  b.view_into(chunk->data(), chunk->size());
  b.text(std::string_view(*chunk).substr(0, 27));
  b.text("short");
  b.text("a text that lies outside of the chunk");
  b.null();
  b.text(std::string_view(*chunk).substr(28));
  b.text({});
  const std::vector<std::string> all{"\"a first text of some length\"",           "\"short\"",
                                     "\"a text that lies outside of the chunk\"", "null",
                                     "\"a second one that is as long\"",          "\"\""};
  ArrowArray a{};
  b.finish(&a);
  shared_column c = data::take_array(&a);
  sound(f, c);
  const std::vector<std::int32_t> rows{4, 3, 2, 2, 0, 1, 5};
  shared_column some = data::gather(f, {c.owner, c.array, list(rows)});
  c = {};
  CHECK(json_of(f, some) == picked(all, rows));
  const shared_column copy = data::copy_out(f, some, 7);
  some = {};
  chunk->assign(chunk->size(), 'X');
  chunk.reset();
  CHECK(json_of(f, copy) == picked(all, rows));
}

TEST_CASE(
    "a dictionary is written out, alone and inside a list, with nulls in indexes and values") {
  const field f{.name = "c", .index = "S"};
  builder values(field{.name = "c"});
  values.text("x");
  values.null();
  values.text("z");
  arrays::dictionary d(f, {2, 0, -1, 1, 2}, values);
  const std::vector<std::string> expected{"\"z\"", "\"x\"", "null", "null", "\"z\""};
  CHECK(arrays::json_of(f, d.a, 0) == "\"z\"");
  const shared_column c = data::take_array(&d.a);
  field plain = f;
  plain.index.clear();
  const shared_column out = data::copy_out(f, c, 5);
  sound(plain, out);
  CHECK(json_of(plain, out) == expected);

  builder lists(list_of("c", plain)); // its items are then swapped for the dictionary
  for (int i = 0; i < 5; ++i) lists.child(0).text("");
  lists.end_list();
  ArrowArray list_array{};
  lists.finish(&list_array);
  builder again(field{.name = "c"});
  for (const char* v : {"x", "y"}) again.text(v);
  const field items{.name = "", .index = "c"};
  arrays::dictionary inner(items, {1, 1, -1, 0, 1}, again);
  ArrowArray* const kept = list_array.children[0];
  ArrowArray* swapped[] = {&inner.a};
  list_array.children = swapped;
  const field of_lists = list_of("c", items);
  CHECK(data::check_column(of_lists, list_array, 1, data::depth::full));
  const shared_column lent{nullptr, &list_array, nullptr};
  field plain_lists = of_lists;
  plain_lists.children[0].index.clear();
  CHECK(json_of(plain_lists, data::copy_out(of_lists, lent, 1)) ==
        std::vector<std::string>{R"(["y", "y", null, "x", "y"])"});
  ArrowArray* original[] = {kept};
  list_array.children = original;
  list_array.release(&list_array);
}

TEST_CASE("selections compose: first one list, then another, is the list of both") {
  const field f{"c", kind::int64}, t{.name = "t", .format = "vu"};
  const random_column a(f, 50, 1, 0), b(t, 50, 2, 5);
  auto spans = std::make_shared<std::vector<vigie_span>>();
  for (int i = 0; i < 50; ++i) spans->push_back({i * 10, i, 0});
  data::batch all{
      .rows = 50, .columns = {a.column, b.column, {}}, .origins = spans, .origin_rows = nullptr};
  const std::vector<std::int32_t> first{40, 3, 3, 20, 11, 0}, second{5, 1, 1, 3};
  const data::batch once = data::select(all, list(first)), twice = data::select(once, list(second));
  REQUIRE(twice.rows == 4);
  const std::vector<std::int32_t> both{0, 3, 3, 20};
  CHECK(*twice.columns[0].rows == both);
  CHECK(twice.columns[0].rows == twice.columns[1].rows); // one list for all that shared one
  CHECK_FALSE(twice.columns[2].present());
  CHECK_FALSE(twice.columns[2].rows);
  CHECK(json_of(t, data::gather(t, twice.columns[1])) == picked(b.json, both));
  for (std::int64_t i = 0; i < 4; ++i)
    CHECK(twice.origin(i).offset == both[static_cast<std::size_t>(i)] * 10);
  CHECK(all.origin(7).offset == 70);
  CHECK(data::batch{}.origin(0).file == -1);
}

TEST_CASE("columns with selections of their own keep them apart when they are composed") {
  data::row_selector pick(list({2, 0}));
  const row_list one = list({5, 6, 7}), two = list({1, 2, 3});
  CHECK(*pick.compose(one) == std::vector<std::int32_t>{7, 5});
  CHECK(*pick.compose(two) == std::vector<std::int32_t>{3, 1});
  CHECK(pick.compose(one) == pick.compose(one));
  CHECK(*pick.compose(nullptr) == std::vector<std::int32_t>{2, 0});
}

TEST_CASE("a lent batch keeps its columns alive, and so does a child that was moved out of it") {
  const field f{"c", kind::int64}, t{.name = "t"};
  shared_column a = random_column(f, 8, 1, 0).column, b = random_column(t, 8, 2, 3).column;
  const auto cells = json_of(t, b);
  const std::weak_ptr<const void> first = a.owner, second = b.owner;
  ArrowArray out{};
  std::vector<shared_column> both{std::move(a), std::move(b)};
  data::lend(both, 8, &out);
  both.clear();
  CHECK(data::check_batch({f, t}, out, 8, data::depth::full));
  CHECK_FALSE(first.expired());
  ArrowArray child = *out.children[1]; // moved, as the Arrow C data interface allows
  out.children[1]->release = nullptr;
  out.release(&out);
  CHECK(out.release == nullptr);
  CHECK(first.expired());
  REQUIRE_FALSE(second.expired());
  CHECK(arrays::json_of(t, child, 7) == cells[7]);
  child.release(&child);
  CHECK(second.expired());
}

TEST_CASE("the place of each row is a column of its own") {
  auto spans = std::make_shared<std::vector<vigie_span>>(
      std::vector<vigie_span>{{0, 5, 1}, {5, 7, 1}, {12, 1, 2}});
  const data::batch b{.rows = 2, .columns = {}, .origins = spans, .origin_rows = list({2, 0})};
  const shared_column c = data::origin_column(b);
  CHECK(json_of(data::origin_field(), c) ==
        std::vector<std::string>{R"({"offset": 12, "length": 1, "file": 2})",
                                 R"({"offset": 0, "length": 5, "file": 1})"});
}

TEST_CASE("held bytes are no less than the cells need, and views count the chunk they hold") {
  const field t{.name = "t"}, v{.name = "v", .format = "vu"};
  const std::string chunk(100'000, 'x');
  builder text(t), view(v);
  view.view_into(chunk.data(), chunk.size());
  for (int i = 0; i < 10; ++i) {
    text.text(std::string_view(chunk).substr(0, 100));
    view.text(std::string_view(chunk).substr(0, 100));
  }
  const arrays::owned a(text), b(view);
  CHECK(data::held_bytes(t, a.a) >= 1000);
  CHECK(data::held_bytes(t, a.a) < 2000);
  CHECK(data::held_bytes(v, b.a) >= 100'000);
  for (const field& f : arrays::all_fields()) {
    CHECK(data::held_bytes(f, *random_column(f, 0, 1, 0).column.array) >= 0);
    CHECK(data::held_bytes(f, *random_column(f, 1000, 1, 2).column.array) >= 125);
  }
}

TEST_CASE("a column without values is sound and null in every row, whatever its type") {
  for (const field& f : arrays::all_fields())
    for (const std::int64_t rows : {0, 1, 9, 1000}) {
      INFO(describe(f) << " " << f.format << ", " << rows << " rows");
      const shared_column c = data::nulls(f, rows);
      CHECK(c.array->length == rows);
      sound(f, c);
      CHECK(json_of(f, c) == std::vector<std::string>(static_cast<std::size_t>(rows), "null"));
    }
}

TEST_CASE("whole numbers of any width are copied into int64 with their values and nulls") {
  const field wide{.name = "c", .kind = kind::int64, .format = "l"};
  for_all_columns([&](const field& f, const random_column& c) {
    if (!is_integer(f.kind) || f.kind == kind::uint64 || !f.index.empty()) return;
    const shared_column copy = data::copy_as(wide, f, c.column, c.column.array->length);
    sound(wide, copy);
    CHECK(json_of(wide, copy) == c.json);
  });
}
