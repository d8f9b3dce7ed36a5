// SPDX-License-Identifier: Apache-2.0
#include "arrays.hpp"
#include "batch/batch.hpp"
#include "batch/pack.hpp"
#include "batch/row_bytes.hpp"
#include "catch.hpp"

#include <cstring>
#include <numeric>

using namespace vigie;
using arrays::random_column;

namespace {

data::row_list list_of_rows(std::vector<std::int32_t> rows) {
  return std::make_shared<const std::vector<std::int32_t>>(std::move(rows));
}

std::shared_ptr<const std::vector<vigie_span>> spans_of(std::int64_t rows) {
  auto out = std::make_shared<std::vector<vigie_span>>();
  for (std::int64_t i = 0; i < rows; ++i)
    out->push_back({i * 1000, static_cast<std::int32_t>(i), static_cast<std::int32_t>(i % 3) - 1});
  return out;
}

// A batch with a column of each type and layout.
struct every_type {
  schema fields = arrays::all_fields();
  data::batch rows;
  std::vector<std::vector<std::string>> json; // by column

  every_type(std::int64_t n, unsigned seed, std::int64_t one_in, std::int64_t skip = 0) {
    rows.rows = n;
    for (const field& f : fields) {
      random_column c(f, n, seed++, one_in, skip);
      rows.columns.push_back(c.column);
      json.push_back(std::move(c.json));
    }
    rows.origins = spans_of(n);
  }
};

std::string packed(const schema& fields, const data::batch& b) {
  std::string out;
  data::pack(fields, b, out);
  return out;
}

data::batch unpacked(const schema& fields, std::string_view bytes) {
  auto out = data::unpack(fields, bytes);
  REQUIRE(out);
  return std::move(*out);
}

bool same_spans(const vigie_span& a, const vigie_span& b) {
  return a.offset == b.offset && a.length == b.length && a.file == b.file;
}

// Bytes of exactly this length, so that a sanitizer sees a read beyond them.
result<data::batch> unpack_exactly(const schema& fields, std::string_view bytes) {
  const std::vector<char> copy(bytes.begin(), bytes.end());
  return data::unpack(fields, {copy.data(), copy.size()});
}

// Packs one column and takes it back.
data::shared_column through(const field& f, const data::shared_column& c, std::int64_t rows) {
  const data::batch b{.rows = rows, .columns = {c}, .origins = {}, .origin_rows = {}};
  return unpacked({f}, packed({f}, b)).columns[0];
}

} // namespace

TEST_CASE("batches of every type come back as they were packed") {
  for (const std::int64_t rows : {1, 7, 8, 9, 64, 1000})
    for (const std::int64_t one_in : {0, 1, 3})
      for (const std::int64_t skip : {0, 1, 5, 8, 13}) {
        const every_type all(rows, static_cast<unsigned>(rows + one_in), one_in, skip);
        const data::batch back = unpacked(all.fields, packed(all.fields, all.rows));
        REQUIRE(back.rows == rows);
        REQUIRE(back.columns.size() == all.fields.size());
        for (std::size_t k = 0; k < all.fields.size(); ++k) {
          INFO(describe(all.fields[k]) << " " << all.fields[k].format << ", " << rows << " rows");
          REQUIRE(back.columns[k].present());
          REQUIRE_FALSE(back.columns[k].rows);
          REQUIRE(arrays::json_of(all.fields[k], back.columns[k]) == all.json[k]);
        }
        for (std::int64_t i = 0; i < rows; ++i)
          REQUIRE(same_spans(back.origin(i), all.rows.origin(i)));
      }
}

TEST_CASE("a selection is carried out, rows that stand twice and their origins included") {
  const every_type all(50, 3, 4, 2);
  std::vector<std::int32_t> rows;
  for (std::int32_t i = 0; i < 70; ++i) rows.push_back((i * 31) % 50);
  const data::batch chosen = data::select(all.rows, list_of_rows(rows));
  const data::batch back = unpacked(all.fields, packed(all.fields, chosen));
  REQUIRE(back.rows == 70);
  CHECK_FALSE(back.origin_rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = static_cast<std::size_t>(rows[i]);
    CHECK(same_spans(back.origin(static_cast<std::int64_t>(i)), all.rows.origin(rows[i])));
    for (std::size_t k = 0; k < all.fields.size(); ++k)
      REQUIRE(arrays::json_of(all.fields[k], *back.columns[k].array,
                              static_cast<std::int64_t>(i)) == all.json[k][row]);
  }
}

TEST_CASE("equal rows give equal bytes, wherever they stood, and as many as were foretold") {
  const every_type all(40, 11, 3, 3);
  const data::batch back = unpacked(all.fields, packed(all.fields, all.rows));
  const std::string bytes = packed(all.fields, all.rows);
  CHECK(packed(all.fields, back) == bytes);
  CHECK(data::packed_bytes(all.fields, all.rows) == static_cast<std::int64_t>(bytes.size()));
  std::vector<std::int32_t> every(40);
  std::iota(every.begin(), every.end(), 0);
  const data::batch chosen = data::select(all.rows, list_of_rows(every));
  CHECK(packed(all.fields, chosen) == bytes);
  CHECK(data::packed_bytes(all.fields, chosen) == static_cast<std::int64_t>(bytes.size()));
}

TEST_CASE("packing appends to what is there") {
  const every_type all(3, 1, 0);
  std::string out = "before";
  data::pack(all.fields, all.rows, out);
  CHECK(out == "before" + packed(all.fields, all.rows));
}

TEST_CASE("batches without rows, without columns and without origins come back") {
  const every_type none(0, 1, 0);
  CHECK(unpacked(none.fields, packed(none.fields, none.rows)).rows == 0);
  CHECK(unpacked(none.fields, packed(none.fields, none.rows)).origins);
  data::batch bare{.rows = 12, .columns = {}, .origins = {}, .origin_rows = {}};
  const data::batch back = unpacked({}, packed({}, bare));
  CHECK(back.rows == 12);
  CHECK_FALSE(back.origins);
  CHECK(same_spans(back.origin(3), {-1, -1, -1}));
  every_type empty(0, 1, 0);
  for (std::size_t k = 0; k < empty.fields.size(); ++k) { // as plugins may make them
    builder b(empty.fields[k]);
    arrays::owned made(b);
    std::vector<const void*> nothing(static_cast<std::size_t>(made.a.n_buffers), nullptr);
    ArrowArray a = made.a;
    a.buffers = nothing.data();
    empty.rows.columns[k] = {nullptr, &a, nullptr};
    const data::batch one{
        .rows = 0, .columns = {empty.rows.columns[k]}, .origins = {}, .origin_rows = {}};
    CHECK(unpacked({empty.fields[k]}, packed({empty.fields[k]}, one)).rows == 0);
  }
}

TEST_CASE("absent columns stay absent and take no bytes") {
  every_type all(20, 5, 3);
  const std::size_t whole = packed(all.fields, all.rows).size();
  for (std::size_t k = 0; k < all.fields.size(); k += 2) all.rows.columns[k] = {};
  const std::string bytes = packed(all.fields, all.rows);
  CHECK(bytes.size() < whole);
  const data::batch back = unpacked(all.fields, bytes);
  for (std::size_t k = 0; k < all.fields.size(); ++k)
    CHECK(back.columns[k].present() == (k % 2 == 1));
}

TEST_CASE("only the bytes of the rows themselves are packed") {
  const std::string secret = "neighbour-of-the-row-that-is-meant";
  const std::string chunk = secret + "a text that is longer than twelve bytes" + secret;
  const field view{.name = "v", .format = "vu"};
  builder views(view);
  views.view_into(chunk.data(), chunk.size());
  views.text(std::string_view(chunk).substr(secret.size(), 39));
  ArrowArray a{};
  views.finish(&a);
  const data::shared_column of_chunk = data::take_array(&a);
  const field plain{.name = "t"};
  builder texts(plain);
  for (const auto& v : {secret, std::string("meant"), secret}) texts.text(v);
  texts.finish(&a);
  a.offset = 1;
  a.length = 1;
  const data::shared_column slice = data::take_array(&a);
  const data::batch b{.rows = 1, .columns = {of_chunk, slice}, .origins = {}, .origin_rows = {}};
  const std::string bytes = packed({view, plain}, b);
  CHECK(bytes.find("longer than twelve") != std::string::npos);
  CHECK(bytes.find("meant") != std::string::npos);
  CHECK(bytes.find("neighbour") == std::string::npos);
}

TEST_CASE("what stands under a null is not packed") {
  const field plain{.name = "t"}, number{.name = "n", .kind = kind::int64};
  const std::int32_t offsets[] = {0, 6, 8};
  const std::int64_t numbers[] = {0x7365637265747321, 5};
  const std::uint8_t valid = 2;
  const void* text_buffers[] = {&valid, offsets, "secretok"};
  const void* number_buffers[] = {&valid, numbers};
  const auto nothing = [](ArrowArray* x) { x->release = nullptr; };
  const ArrowArray texts{2, 1, 0, 3, 0, text_buffers, nullptr, nullptr, nothing, nullptr};
  const ArrowArray values{2, -1, 0, 2, 0, number_buffers, nullptr, nullptr, nothing, nullptr};
  const schema fields{plain, number};
  const data::batch b{.rows = 2,
                      .columns = {{nullptr, &texts, nullptr}, {nullptr, &values, nullptr}},
                      .origins = {},
                      .origin_rows = {}};
  const std::string bytes = packed(fields, b);
  CHECK(bytes.find("secret") == std::string::npos);
  CHECK(bytes.find("!sterces") == std::string::npos);
  const data::batch back = unpacked(fields, bytes);
  CHECK(arrays::json_of(plain, back.columns[0]) == std::vector<std::string>{"null", "\"ok\""});
  CHECK(arrays::json_of(number, back.columns[1]) == std::vector<std::string>{"null", "5"});
}

TEST_CASE("nulls of a struct and of a list hide what their children hold") {
  const field f = struct_of("s", {{"a", kind::int64}, list_of("l", {.name = "", .format = "vu"})});
  builder b(f);
  b.child(0).integer(0x7365637265747321);
  b.child(1).child(0).text("a secret of more than twelve bytes");
  b.child(1).end_list();
  b.end_struct();
  b.child(0).integer(7);
  b.child(1).child(0).text("ok");
  b.child(1).end_list();
  b.end_struct();
  ArrowArray a{};
  b.finish(&a);
  const std::uint8_t valid = 2;
  a.buffers[0] = &valid;
  a.null_count = 1;
  const data::shared_column c = data::take_array(&a);
  const data::batch rows{.rows = 2, .columns = {c}, .origins = {}, .origin_rows = {}};
  const std::string bytes = packed({f}, rows);
  CHECK(bytes.find("secret") == std::string::npos);
  CHECK(bytes.find("!sterces") == std::string::npos);
  CHECK(arrays::json_of(f, through(f, c, 2)) ==
        std::vector<std::string>{"null", R"({"a": 7, "l": ["ok"]})"});
}

TEST_CASE("what comes back stands in memory of its own") {
  std::string bytes;
  data::batch back;
  const every_type all(30, 8, 4);
  {
    const every_type gone(30, 8, 4);
    bytes = packed(gone.fields, gone.rows);
    back = unpacked(gone.fields, bytes);
  }
  std::fill(bytes.begin(), bytes.end(), 'x');
  for (std::size_t k = 0; k < all.fields.size(); ++k)
    CHECK(arrays::json_of(all.fields[k], back.columns[k]) == all.json[k]);
}

TEST_CASE("no prefix of a packed batch is taken for one") {
  const every_type all(9, 4, 3);
  const std::string bytes = packed(all.fields, all.rows);
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    const auto cut = unpack_exactly(all.fields, std::string_view(bytes).substr(0, n));
    REQUIRE_FALSE(cut);
    REQUIRE(cut.error().code == code::pack_damaged);
  }
  CHECK_FALSE(unpack_exactly(all.fields, bytes + '\0'));
  CHECK(unpack_exactly(all.fields, bytes));
}

TEST_CASE("packed bytes of other columns are refused") {
  const every_type all(5, 2, 3);
  const std::string bytes = packed(all.fields, all.rows);
  schema fewer = all.fields;
  fewer.pop_back();
  const auto refused = data::unpack(fewer, bytes);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("the number of columns is another") != std::string::npos);
  CHECK_FALSE(data::unpack({}, bytes));
}

TEST_CASE("flipped bits give a batch that can be read or an error, never a fault") {
  const every_type all(9, 4, 3);
  const std::string bytes = packed(all.fields, all.rows);
  std::size_t refused = 0;
  const auto look = [&](const std::string& damaged) {
    const auto back = unpack_exactly(all.fields, damaged);
    if (!back) {
      REQUIRE(back.error().code == code::pack_damaged);
      ++refused;
      return;
    }
    for (std::size_t k = 0; k < all.fields.size(); ++k)
      if (back->columns[k].present())
        REQUIRE(arrays::json_of(all.fields[k], back->columns[k]).size() ==
                static_cast<std::size_t>(back->rows));
  };
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    look(damaged);
  }
  std::mt19937_64 draw(20140520);
  for (int round = 0; round < 5000; ++round) {
    std::string damaged = bytes;
    for (std::size_t n = 1 + draw() % 8; n > 0; --n)
      damaged[draw() % damaged.size()] = static_cast<char>(draw());
    look(damaged);
  }
  CHECK(refused > 1000);
}

TEST_CASE("a claim of many rows or bytes is refused before memory is asked for") {
  const schema fields{{.name = "n", .kind = kind::int64}, {.name = "t", .format = "U"}};
  builder n(fields[0]), t(fields[1]);
  n.integer(1);
  t.text("a");
  ArrowArray a{}, c{};
  n.finish(&a);
  t.finish(&c);
  const data::batch b{.rows = 1,
                      .columns = {data::take_array(&a), data::take_array(&c)},
                      .origins = {},
                      .origin_rows = {}};
  const std::string bytes = packed(fields, b);
  for (const std::uint64_t claim :
       {std::uint64_t{2}, std::uint64_t{1} << 30U, std::uint64_t{1} << 31U, std::uint64_t{1} << 62U,
        ~std::uint64_t{0}})
    for (std::size_t at = 0; at + sizeof claim <= bytes.size(); ++at) {
      std::string damaged = bytes;
      std::memcpy(damaged.data() + at, &claim, sizeof claim);
      const auto back = unpack_exactly(fields, damaged);
      if (!back) REQUIRE(back.error().code == code::pack_damaged);
    }
}

TEST_CASE("text that is not UTF-8 and origins that cannot be do not come back") {
  const schema fields{{.name = "t"}};
  builder t(fields[0]);
  t.text("a\xff");
  ArrowArray a{};
  t.finish(&a);
  data::batch b{.rows = 1, .columns = {data::take_array(&a)}, .origins = {}, .origin_rows = {}};
  const auto bad_text = data::unpack(fields, packed(fields, b));
  REQUIRE_FALSE(bad_text);
  CHECK(bad_text.error().message.find("UTF-8") != std::string::npos);
  b.columns[0] = {};
  b.origins = std::make_shared<std::vector<vigie_span>>(1, vigie_span{0, 0, -7});
  const auto bad_span = data::unpack(fields, packed(fields, b));
  REQUIRE_FALSE(bad_span);
  CHECK(bad_span.error().message.find("origin") != std::string::npos);
}

TEST_CASE("single rows come back cell by cell, and their bytes are held against their length") {
  const every_type all(40, 6, 3, 2);
  for (std::size_t k = 0; k < all.fields.size(); ++k) {
    const field& f = all.fields[k];
    const column c(f, *all.rows.columns[k].array);
    builder to(f);
    std::string bytes;
    for (std::int64_t i = 0; i < 40; ++i) data::append_cell_bytes(c, i, bytes);
    std::string_view left = bytes;
    for (std::int64_t i = 0; i < 40; ++i) REQUIRE(data::read_cell_bytes(f, left, to));
    CHECK(left.empty());
    CHECK_FALSE(data::read_cell_bytes(f, left, to));
    builder fresh(f);
    left = bytes;
    for (std::int64_t i = 0; i < 40; ++i) REQUIRE(data::read_cell_bytes(f, left, fresh));
    const arrays::owned made(fresh);
    for (std::int64_t i = 0; i < 40; ++i)
      REQUIRE(arrays::json_of(f, made.a, i) == all.json[k][static_cast<std::size_t>(i)]);
  }
}

TEST_CASE("no cut or flipped bit of a row's bytes is read beyond") {
  const every_type all(6, 21, 3);
  for (std::size_t k = 0; k < all.fields.size(); ++k) {
    const field& f = all.fields[k];
    const column c(f, *all.rows.columns[k].array);
    for (std::int64_t i = 0; i < 6; ++i) {
      std::string bytes;
      data::append_cell_bytes(c, i, bytes);
      for (std::size_t n = 0; n < bytes.size(); ++n) {
        const std::vector<char> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(n));
        std::string_view left(cut.data(), cut.size());
        builder to(f);
        REQUIRE_FALSE(data::read_cell_bytes(f, left, to));
      }
      for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
        std::vector<char> damaged(bytes.begin(), bytes.end());
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
        std::string_view left(damaged.data(), damaged.size());
        builder to(f);
        const bool read = data::read_cell_bytes(f, left, to);
        REQUIRE(left.size() <= damaged.size());
        static_cast<void>(read);
      }
    }
  }
}
