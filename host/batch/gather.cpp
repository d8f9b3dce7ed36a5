// SPDX-License-Identifier: Apache-2.0
#include "gather.hpp"

#include <vigie/builder.hpp>
#include <vigie/copy.hpp>

namespace vigie::data {
namespace {

shared_column finish(builder& b) {
  ArrowArray out{};
  b.finish(&out);
  return take_array(&out);
}

// Fixed-width values without nulls: a plain loop the compiler can unroll.
template <class T>
shared_column gather_fixed(const field& f, const ArrowArray& a,
                           std::span<const std::int32_t> rows) {
  builder b(f);
  const std::span<T> to = b.fixed<T>(static_cast<std::int64_t>(rows.size()));
  const T* from = static_cast<const T*>(a.buffers[1]) + a.offset;
  for (std::size_t i = 0; i < rows.size(); ++i) to[i] = from[rows[i]];
  return finish(b);
}

// Views: the 16-byte elements are copied, the text buffers are shared and kept alive by the
// original's owner.
struct view_array {
  buffer valid, views;
  std::vector<const void*> buffers;
  std::shared_ptr<const void> owner;
};

void release_views(ArrowArray* a) {
  delete static_cast<view_array*>(a->private_data);
  a->release = nullptr;
}

shared_column gather_views(const shared_column& c) {
  const ArrowArray& a = *c.array;
  const std::vector<std::int32_t>& rows = *c.rows;
  auto own = std::make_unique<view_array>();
  own->owner = c.owner;
  own->views.grow(rows.size() * sizeof(view_element));
  auto* to = own->views.as<view_element>();
  const auto* from = static_cast<const view_element*>(a.buffers[1]) + a.offset;
  for (std::size_t i = 0; i < rows.size(); ++i) to[i] = from[rows[i]];
  std::int64_t nulls = 0;
  const auto* valid = a.null_count == 0 ? nullptr : static_cast<const std::uint8_t*>(a.buffers[0]);
  if (valid != nullptr) {
    const std::size_t bytes = (rows.size() + 7) / 8;
    std::memset(own->valid.grow(bytes), 0, bytes);
    auto* bits = own->valid.as<std::uint8_t>();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::int64_t k = rows[i] + a.offset;
      const bool set = ((valid[k >> 3] >> (k & 7)) & 1) != 0;
      bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | (set ? 1U << (i % 8) : 0U));
      nulls += set ? 0 : 1;
    }
  }
  own->buffers.assign(a.buffers, a.buffers + a.n_buffers);
  own->buffers[0] = valid == nullptr ? nullptr : own->valid.data();
  own->buffers[1] = own->views.data();
  ArrowArray out{.length = static_cast<std::int64_t>(rows.size()),
                 .null_count = nulls,
                 .offset = 0,
                 .n_buffers = a.n_buffers,
                 .n_children = 0,
                 .buffers = own->buffers.data(),
                 .children = nullptr,
                 .dictionary = nullptr,
                 .release = release_views,
                 .private_data = nullptr};
  out.private_data = own.release();
  return take_array(&out);
}

bool is_view(const field& f) { return f.format == "vu" || f.format == "vz"; }

} // namespace

shared_column gather(const field& f, const shared_column& c) {
  if (!c.rows) return c;
  if (is_view(f)) return gather_views(c);
  const ArrowArray& a = *c.array;
  if (a.null_count == 0) {
    switch (f.kind) {
    case kind::int32:
    case kind::uint32:
    case kind::date: return gather_fixed<std::int32_t>(f, a, *c.rows);
    case kind::int64:
    case kind::uint64:
    case kind::timestamp:
    case kind::float64: return gather_fixed<std::int64_t>(f, a, *c.rows);
    default: break;
    }
  }
  return copy_out(f, c, static_cast<std::int64_t>(c.rows->size()));
}

shared_column copy_out(const field& f, const shared_column& c, std::int64_t rows,
                       const std::string& format) {
  field target = f;
  target.index.clear();
  if (!format.empty()) target.format = format;
  return copy_as(target, f, c, rows);
}

shared_column copy_as(const field& to, const field& f, const shared_column& c, std::int64_t rows) {
  builder b(to);
  const column from(f, *c.array);
  for (std::int64_t i = 0; i < rows; ++i)
    copy_cell(b, from, c.rows ? (*c.rows)[static_cast<std::size_t>(i)] : i);
  return finish(b);
}

shared_column nulls(const field& f, std::int64_t rows) {
  builder b(f);
  for (std::int64_t i = 0; i < rows; ++i) b.null();
  return finish(b);
}

shared_column collect(const field& f, std::span<const shared_column> pieces,
                      std::span<const piece_row> rows) {
  std::vector<column> from;
  from.reserve(pieces.size());
  for (const shared_column& p : pieces) from.emplace_back(f, *p.array);
  builder b(f);
  for (const piece_row& r : rows) copy_cell(b, from[r.piece], r.row);
  return finish(b);
}

} // namespace vigie::data
