// SPDX-License-Identifier: Apache-2.0
#include "check.hpp"

#include "base/text.hpp"

#include <vigie/column.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace vigie::data {
namespace {

diagnostic bad(std::string what) { return fail(code::plugin_bad_array, std::move(what)); }

// Far beyond what fits into memory, and far from where sums of lengths and offsets overflow.
constexpr std::int64_t most_rows = std::int64_t{1} << 48U;

status check_values(const field& f, const ArrowArray& a, std::int64_t rows, depth d);

template <class T> status check_offsets(const ArrowArray& a, std::int64_t& end) {
  const auto* o = static_cast<const T*>(a.buffers[1]) + a.offset;
  bool ascending = o[0] >= 0;
  for (std::int64_t i = 0; i < a.length; ++i) ascending &= o[i + 1] >= o[i];
  if (!ascending) return bad("offsets of a variable-length column descend");
  end = static_cast<std::int64_t>(o[a.length]);
  return {};
}

bool view_ok(const view_element& v, const ArrowArray& a, const std::int64_t* sizes) {
  if (v.size < 0) return false;
  if (v.size <= 12) return true;
  const std::int64_t buffers = a.n_buffers - 3;
  return v.buffer >= 0 && v.buffer < buffers && v.offset >= 0 &&
         static_cast<std::int64_t>(v.offset) + v.size <= sizes[v.buffer] &&
         a.buffers[2 + v.buffer] != nullptr;
}

// As below, where there is one buffer: of `bytes`.
bool all_views_ok(const view_element* views, std::int64_t rows, std::int64_t bytes) {
  const auto end = static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(bytes, 0, std::numeric_limits<std::uint32_t>::max()));
  bool good = true;
  for (std::int64_t i = 0; i < rows; ++i) {
    const view_element& v = views[i];
    const auto reach = static_cast<std::uint32_t>(v.offset) + static_cast<std::uint32_t>(v.size);
    const bool within = (v.buffer == 0) & (v.offset >= 0) & (reach <= end); // NOLINT(*-bitwise)
    good &= (v.size >= 0) & ((v.size <= 12) | within);
  }
  return good;
}

// The same of all rows at once and without a branch, where every buffer is there; false also where
// a row that is null has no good view.
bool all_views_ok(const view_element* views, const ArrowArray& a, const std::int64_t* sizes) {
  const auto buffers = static_cast<std::uint32_t>(a.n_buffers - 3);
  for (std::uint32_t b = 0; b < buffers; ++b)
    if (a.buffers[2 + b] == nullptr) return false;
  if (buffers == 1) return all_views_ok(views, a.length, sizes[0]);
  constexpr std::int64_t none = 0;
  if (buffers == 0) sizes = &none;
  bool good = true;
  for (std::int64_t i = 0; i < a.length; ++i) {
    const view_element& v = views[i];
    const auto named = static_cast<std::uint32_t>(v.buffer);
    const std::int64_t end = std::int64_t{v.offset} + v.size;
    const bool within = (named < buffers) & (v.offset >= 0) & // NOLINT(*-bitwise)
                        (end <= sizes[named < buffers ? named : 0]);
    good &= (v.size >= 0) & ((v.size <= 12) | within);
  }
  return good;
}

bool null_at(const ArrowArray& a, std::int64_t i) {
  if (a.null_count == 0 || a.buffers[0] == nullptr) return false;
  const std::int64_t k = i + a.offset;
  return ((static_cast<const std::uint8_t*>(a.buffers[0])[k >> 3] >> (k & 7)) & 1) == 0;
}

status check_views(const ArrowArray& a) {
  if (a.n_buffers < 3)
    return bad(fmt::format("a view column has {} buffers; it needs at least 3", a.n_buffers));
  const auto* sizes = static_cast<const std::int64_t*>(a.buffers[a.n_buffers - 1]);
  if (sizes == nullptr && a.n_buffers > 3) return bad("a view column lacks its buffer sizes");
  const auto* views = static_cast<const view_element*>(a.buffers[1]) + a.offset;
  if (all_views_ok(views, a, sizes)) return {};
  for (std::int64_t i = 0; i < a.length; ++i)
    if (!view_ok(views[i], a, sizes) && !null_at(a, i))
      return bad(fmt::format("the view of row {} points outside its buffers", i));
  return {};
}

status check_utf8(const field& f, const ArrowArray& a) {
  const column c(f, a);
  for (std::int64_t i = 0; i < c.size(); ++i)
    if (!c.is_null(i) && text::invalid_utf8(c.text(i)))
      return bad(fmt::format("the text of row {} is not UTF-8", i));
  return {};
}

status check_bytes(const field& f, const ArrowArray& a, depth d) {
  const std::string format = format_of(f);
  if (a.length == 0) return {};
  if (format == "vu" || format == "vz") {
    if (auto r = check_views(a); !r) return r;
  } else {
    if (a.n_buffers != 3)
      return bad(fmt::format("a text column has {} buffers; it needs 3", a.n_buffers));
    std::int64_t end = 0;
    const bool large = format == "U" || format == "Z";
    if (auto r = large ? check_offsets<std::int64_t>(a, end) : check_offsets<std::int32_t>(a, end);
        !r)
      return r;
    if (end > 0 && a.buffers[2] == nullptr) return bad("a text column has lengths but no data");
  }
  if (d == depth::full && f.kind == kind::text) return check_utf8(f, a);
  return {};
}

status check_nested(const field& f, const ArrowArray& a, depth d) {
  if (a.n_children != static_cast<std::int64_t>(f.children.size()) || a.children == nullptr)
    return bad(fmt::format("a nested column has {} children; {} are declared", a.n_children,
                           f.children.size()));
  std::int64_t rows = a.length + a.offset;
  if (f.kind == kind::list && a.length == 0)
    rows = 0; // such an array may come without offsets
  else if (f.kind == kind::list) {
    if (a.n_buffers != 2 || a.buffers[1] == nullptr) return bad("a list column lacks its offsets");
    if (auto r = check_offsets<std::int32_t>(a, rows); !r) return r;
  }
  for (std::size_t i = 0; i < f.children.size(); ++i) {
    const ArrowArray* c = a.children[i];
    if (c == nullptr || c->length < rows)
      return bad("a nested column has a child shorter than itself");
    if (auto r = check_column(f.children[i], *c, c->length, d); !r) return r;
  }
  return {};
}

status check_index(const field& f, const ArrowArray& a, depth d) {
  if (a.dictionary == nullptr || a.n_buffers != 2)
    return bad("a dictionary column lacks its dictionary");
  if (a.length > 0 && a.buffers[1] == nullptr) return bad("a dictionary column lacks its indexes");
  field index;
  index.kind = f.index == "c"   ? kind::int8
               : f.index == "s" ? kind::int16
               : f.index == "i" ? kind::int32
               : f.index == "C" ? kind::uint8
               : f.index == "S" ? kind::uint16
               : f.index == "I" ? kind::uint32
                                : kind::int64;
  ArrowArray plain = a;
  plain.dictionary = nullptr;
  const column c(index, plain);
  for (std::int64_t i = 0; i < a.length; ++i)
    if (!c.is_null(i) && (c.integer(i) < 0 || c.integer(i) >= a.dictionary->length))
      return bad(fmt::format("the dictionary index of row {} lies outside the dictionary", i));
  field values = f;
  values.index.clear();
  return check_values(values, *a.dictionary, a.dictionary->length, d);
}

status check_values(const field& f, const ArrowArray& a, std::int64_t rows, depth d) {
  if (a.length != rows)
    return bad(fmt::format("a column has {} rows; its batch has {}", a.length, rows));
  if (a.offset < 0 || a.offset > most_rows || a.length > most_rows || a.null_count < -1 ||
      a.null_count > a.length)
    return bad("a column has an impossible offset or null count");
  if (a.n_buffers < 1 || a.buffers == nullptr) return bad("a column has no buffers");
  if (a.null_count > 0 && a.buffers[0] == nullptr)
    return bad("a column counts nulls but has no validity bitmap");
  if (f.kind == kind::structure) {
    if (a.n_buffers != 1) return bad("a struct column has the wrong number of buffers");
    return check_nested(f, a, d);
  }
  if (a.n_buffers < 2) return bad("a column lacks its values");
  if (a.length > 0 && a.buffers[1] == nullptr) return bad("a column has rows but no values");
  if (f.kind == kind::list) return check_nested(f, a, d);
  if (is_bytes(f.kind)) return check_bytes(f, a, d);
  if (a.n_buffers != 2)
    return bad(fmt::format("a fixed-width column has {} buffers; it needs 2", a.n_buffers));
  return {};
}

} // namespace

status check_column(const field& f, const ArrowArray& a, std::int64_t rows, depth d) {
  if (f.index.empty()) return check_values(f, a, rows, d);
  if (a.length != rows)
    return bad(fmt::format("a column has {} rows; its batch has {}", a.length, rows));
  if (a.offset < 0 || a.offset > most_rows || a.buffers == nullptr)
    return bad("a dictionary column has an impossible offset or no buffers");
  return check_index(f, a, d);
}

status check_batch(const schema& fields, const ArrowArray& a, std::int64_t rows, depth d) {
  if (a.release == nullptr) return bad("a batch was released before it was handed over");
  if (rows < 0 || a.length != rows)
    return bad(fmt::format("a batch says {} rows and holds {}", rows, a.length));
  if (a.n_children != static_cast<std::int64_t>(fields.size()) ||
      (a.n_children > 0 && a.children == nullptr))
    return bad(
        fmt::format("a batch has {} columns; {} were asked for", a.n_children, fields.size()));
  if (a.offset != 0 || a.null_count > 0) return bad("a batch has an offset or nulls of its own");
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (a.children[i] == nullptr) return bad("a batch lacks a column");
    if (auto r = check_column(fields[i], *a.children[i], rows, d); !r) {
      diagnostic e = std::move(r).error();
      e.message = fmt::format("column '{}': {}", fields[i].name, e.message);
      return e;
    }
  }
  return {};
}

} // namespace vigie::data
