// SPDX-License-Identifier: Apache-2.0
#include "arrays.hpp"
#include "batch/check.hpp"
#include "catch.hpp"

#include <functional>

namespace {

using namespace vigie;
using arrays::owned;
using data::depth;

constexpr std::int64_t rows = 9;

owned make(const field& f, std::int64_t n = rows) {
  builder b(f);
  arrays::random_cells cells(7);
  for (std::int64_t i = 0; i < n; ++i) (void)cells.cell(f, b, 0);
  return owned(b);
}

bool refused(const field& f, const ArrowArray& a, depth d = depth::structure,
             std::int64_t n = rows) {
  const status s = data::check_column(f, a, n, d);
  if (s) return false;
  CHECK(s.error().code == code::plugin_bad_array);
  CHECK_FALSE(s.error().message.empty());
  return true;
}

bool is_view(const field& f) { return f.format == "vu" || f.format == "vz"; }
bool has_offsets(const field& f) {
  return f.kind == kind::list || (is_bytes(f.kind) && !is_view(f));
}

// Changes an array, and undoes nothing: each change gets a fresh one.
bool refuses(const field& f, const std::function<void(ArrowArray&)>& change) {
  owned o = make(f);
  change(o.a);
  return refused(f, o.a);
}

// Sets buffer `i` to other memory.
struct patched {
  std::vector<const void*> buffers;
  patched(ArrowArray& a, std::size_t i, const void* to)
      : buffers(a.buffers, a.buffers + a.n_buffers) {
    buffers[i] = to;
    a.buffers = buffers.data();
  }
};

template <class T> bool refuses_offsets(const field& f, std::size_t at, T value) {
  owned o = make(f);
  const T* from = static_cast<const T*>(o.a.buffers[1]);
  std::vector<T> offsets(from, from + rows + 1);
  offsets[at] = value;
  const patched p(o.a, 1, offsets.data());
  return refused(f, o.a);
}

bool view_passes(const field& f, const std::function<void(view_element&)>& change,
                 bool null_row = false) {
  builder b(f);
  for (std::int64_t i = 0; i < rows; ++i) b.text("a text that is longer than twelve bytes");
  if (null_row) b.null();
  owned o(b);
  const auto n = static_cast<std::size_t>(o.a.length);
  const auto* from = static_cast<const view_element*>(o.a.buffers[1]);
  std::vector<view_element> views(from, from + n);
  change(views.back());
  const patched p(o.a, 1, views.data());
  return !refused(f, o.a, depth::structure, o.a.length);
}

} // namespace

TEST_CASE("sound columns of every type and layout pass, also empty ones and parts of longer ones") {
  for (const field& f : arrays::all_fields()) {
    INFO(describe(f) << " " << f.format);
    for (const depth d : {depth::structure, depth::full}) {
      CHECK_FALSE(refused(f, make(f).a, d));
      CHECK_FALSE(refused(f, make(f, 0).a, d, 0));
      const arrays::random_column part(f, 20, 3, 4, 5);
      CHECK_FALSE(refused(f, *part.column.array, d, 20));
    }
  }
}

TEST_CASE("lengths, offsets, null counts and buffers that contradict each other are refused in "
          "every type") {
  for (const field& f : arrays::all_fields()) {
    INFO(describe(f) << " " << f.format);
    CHECK(refuses(f, [](ArrowArray& a) { a.length = rows - 1; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.length = rows + 1; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.length = -1; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.offset = -1; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.offset = INT64_MAX; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.null_count = -2; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.null_count = rows + 1; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.null_count = 1; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.buffers = nullptr; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.n_buffers = 0; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.n_buffers -= 1; }));
    if (!is_view(f)) CHECK(refuses(f, [](ArrowArray& a) { a.n_buffers += 1; }));
    if (f.kind == kind::structure) continue;
    owned o = make(f);
    const patched p(o.a, 1, nullptr);
    CHECK(refused(f, o.a));
  }
}

TEST_CASE("offsets that descend or begin below zero are refused") {
  for (const field& f : arrays::all_fields()) {
    if (!has_offsets(f)) continue;
    INFO(describe(f) << " " << f.format);
    const bool large = f.format == "U" || f.format == "Z";
    for (const std::size_t at : {std::size_t{0}, std::size_t{4}, std::size_t{rows}})
      CHECK((large ? refuses_offsets<std::int64_t>(f, at, -1)
                   : refuses_offsets<std::int32_t>(f, at, -1)));
    CHECK((large ? refuses_offsets<std::int64_t>(f, 3, INT64_MAX)
                 : refuses_offsets<std::int32_t>(f, 3, INT32_MAX)));
  }
}

TEST_CASE("a list whose last offset lies behind its items is refused") {
  const field f = list_of("c", {"", kind::int32});
  CHECK(refuses_offsets<std::int32_t>(f, rows, 1000));
  CHECK(refuses(f, [](ArrowArray& a) { a.children[0]->length = 1; }));
  CHECK(refuses(f, [](ArrowArray& a) { a.children[0]->offset = -3; }));
}

TEST_CASE("texts with lengths and no data are refused") {
  for (const char* format : {"u", "U"}) {
    const field f{.name = "c", .format = format};
    owned o = make(f);
    const patched p(o.a, 2, nullptr);
    CHECK(refused(f, o.a));
  }
}

TEST_CASE("views that point outside their buffers are refused, except in rows that are null") {
  for (const char* format : {"vu", "vz"}) {
    const field f{.name = "c",
                  .kind = std::string(format) == "vu" ? kind::text : kind::binary,
                  .format = format};
    CHECK(view_passes(f, [](view_element&) {}));
    CHECK(view_passes(f, [](view_element& v) { v.size = 12; })); // then the rest is the text itself
    CHECK_FALSE(view_passes(f, [](view_element& v) { v.size = -1; }));
    CHECK_FALSE(view_passes(f, [](view_element& v) { v.size = INT32_MAX; }));
    CHECK_FALSE(view_passes(f, [](view_element& v) { v.size += 1; }));
    CHECK_FALSE(view_passes(f, [](view_element& v) { v.buffer = 1; }));
    CHECK_FALSE(view_passes(f, [](view_element& v) { v.buffer = -1; }));
    CHECK_FALSE(view_passes(f, [](view_element& v) { v.offset = -1; }));
    CHECK_FALSE(view_passes(f, [](view_element& v) { v.offset = INT32_MAX; }));
    CHECK(view_passes(f, [](view_element& v) { v.size = -1; }, true));
    owned o = make(f);
    const patched p(o.a, static_cast<std::size_t>(o.a.n_buffers) - 1, nullptr);
    CHECK(refused(f, o.a));
    owned q = make(f);
    q.a.n_buffers = 2;
    CHECK(refused(f, q.a));
  }
}

TEST_CASE("nested columns with missing, short or broken children are refused, however deep") {
  for (const field& f : arrays::all_fields()) {
    if (f.children.empty()) continue;
    INFO(describe(f));
    CHECK(refuses(f, [](ArrowArray& a) { a.n_children = 0; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.n_children = 50; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.n_children = -1; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.children = nullptr; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.children[0]->length = 0; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.children[0]->length = -1; }));
    CHECK(refuses(f, [](ArrowArray& a) { a.children[0]->n_buffers = 0; }));
    owned o = make(f);
    std::vector<ArrowArray*> none(f.children.size(), nullptr);
    ArrowArray** kept = std::exchange(o.a.children, none.data());
    CHECK(refused(f, o.a));
    o.a.children = kept;
  }
  const field deep = struct_of("c", {struct_of("s", {{.name = "t"}})});
  CHECK(refuses(deep, [](ArrowArray& a) { a.children[0]->children[0]->n_buffers = 2; }));
  CHECK(refuses(deep,
                [](ArrowArray& a) { a.children[0]->offset = 1; })); // its text then ends too early
}

TEST_CASE("an empty list may come without offsets") {
  const field f = list_of("c", {"", kind::int32});
  owned o = make(f, 0);
  const patched p(o.a, 1, nullptr);
  CHECK_FALSE(refused(f, o.a, depth::full, 0));
}

TEST_CASE("dictionary indexes of every type must lie inside the dictionary, except where the row "
          "is null") {
  for (const char* index : {"c", "s", "i", "l", "C", "S", "I", "L"}) {
    INFO(index);
    const field f{.name = "c", .index = index};
    const auto passes = [&](const std::vector<std::int64_t>& indexes) {
      builder values(field{.name = "c"});
      for (const char* v : {"x", "y", "z"}) values.text(v);
      const arrays::dictionary d(f, indexes, values);
      return !refused(f, d.a, depth::full, static_cast<std::int64_t>(indexes.size()));
    };
    CHECK(passes({0, 1, 2, -1, 2}));
    CHECK(passes({}));
    CHECK_FALSE(passes({0, 3}));
    CHECK_FALSE(passes({100}));
    CHECK_FALSE(passes({0, 255})); // -1 for the signed ones of a byte
  }
}

TEST_CASE("a dictionary that is missing or broken is refused") {
  const field f{.name = "c", .index = "i"};
  const auto refuses_dictionary = [&](const std::function<void(ArrowArray&)>& change) {
    builder values(field{.name = "c"});
    values.text("only");
    arrays::dictionary d(f, {0, 0}, values);
    change(d.a);
    return refused(f, d.a, depth::full, 2);
  };
  CHECK_FALSE(refuses_dictionary([](ArrowArray&) {}));
  CHECK(refuses_dictionary([](ArrowArray& a) { a.dictionary = nullptr; }));
  CHECK(refuses_dictionary([](ArrowArray& a) { a.dictionary->length = 0; }));
  CHECK(refuses_dictionary([](ArrowArray& a) { a.dictionary->n_buffers = 1; }));
  CHECK(refuses_dictionary([](ArrowArray& a) { a.dictionary->length = -1; }));
  CHECK(refuses_dictionary([](ArrowArray& a) { a.length = 3; }));
  CHECK(refuses_dictionary([](ArrowArray& a) { a.offset = -1; }));
  CHECK(refuses_dictionary([](ArrowArray& a) { a.offset = INT64_MAX; }));
  CHECK(refuses_dictionary([](ArrowArray& a) { a.buffers = nullptr; }));
}

TEST_CASE("texts that are not UTF-8 are refused on request, wherever they stand") {
  for (const char* format : {"u", "U", "vu"})
    for (const char* text :
         {"\xff", "\xed\xa0\x80", "a long text that ends in the middle of a character \xc3"}) {
      const field f{.name = "c", .format = format};
      const auto column = [&](const field& of, bool with_list) {
        builder b(of);
        builder& to = with_list ? b.child(0) : b;
        to.text("fine");
        to.text(text);
        if (with_list) b.end_list();
        return owned(b);
      };
      CHECK_FALSE(refused(f, column(f, false).a, depth::structure, 2));
      CHECK(refused(f, column(f, false).a, depth::full, 2));
      const field list = list_of("c", f);
      CHECK(refused(list, column(list, true).a, depth::full, 1));
    }
  const field binary{.name = "c", .kind = kind::binary};
  builder b(binary);
  b.text("\xff");
  CHECK_FALSE(refused(binary, owned(b).a, depth::full, 1));
}

TEST_CASE("a batch must hold what was asked for, and the message names the column") {
  const schema fields{{"number", kind::int64}, {"text"}};
  const auto judge = [&](const std::function<void(ArrowArray&)>& change, std::int64_t n = 2) {
    std::vector<ArrowArray> columns(2);
    builder a(fields[0]), b(fields[1]);
    for (int i = 0; i < 2; ++i) a.integer(i);
    for (int i = 0; i < 2; ++i) b.text("x");
    a.finish(&columns[0]);
    b.finish(&columns[1]);
    owned o;
    make_batch(std::move(columns), 2, &o.a);
    const ArrowArray kept = o.a;
    change(o.a);
    const status s = data::check_batch(fields, o.a, n, depth::full);
    o.a = kept;
    return s ? std::string() : s.error().message;
  };
  CHECK(judge([](ArrowArray&) {}).empty());
  CHECK_FALSE(judge([](ArrowArray& a) { a.release = nullptr; }).empty());
  CHECK_FALSE(judge([](ArrowArray& a) { a.length = 3; }).empty());
  CHECK_FALSE(judge([](ArrowArray&) {}, 3).empty());
  CHECK_FALSE(judge([](ArrowArray& a) { a.length = -1; }, -1).empty());
  CHECK_FALSE(judge([](ArrowArray& a) { a.n_children = 1; }).empty());
  CHECK_FALSE(judge([](ArrowArray& a) { a.n_children = INT64_MAX; }).empty());
  CHECK_FALSE(judge([](ArrowArray& a) { a.children = nullptr; }).empty());
  CHECK_FALSE(judge([](ArrowArray& a) { a.offset = 1; }).empty());
  CHECK_FALSE(judge([](ArrowArray& a) { a.null_count = 1; }).empty());
  CHECK(judge([](ArrowArray& a) { a.children[1]->n_buffers = 2; }).find("column 'text'") == 0);
}
