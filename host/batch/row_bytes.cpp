// SPDX-License-Identifier: Apache-2.0
#include "row_bytes.hpp"

#include "array.hpp"

#include <bit>

namespace vigie::data {
namespace {

template <class T> void put(T v, std::string& out) {
  out.append(reinterpret_cast<const char*>(&v), sizeof v);
}

template <class T> bool get(std::string_view& bytes, T& v) {
  if (bytes.size() < sizeof v) return false;
  std::memcpy(&v, bytes.data(), sizeof v);
  bytes.remove_prefix(sizeof v);
  return true;
}

void put_integer(std::int64_t v, std::size_t width, std::string& out) {
  static_assert(std::endian::native == std::endian::little, "the low bytes come first");
  out.append(reinterpret_cast<const char*>(&v), width);
}

bool get_integer(std::string_view& bytes, std::size_t width, builder& to) {
  std::int64_t v = 0;
  if (bytes.size() < width) return false;
  std::memcpy(&v, bytes.data(), width);
  bytes.remove_prefix(width);
  to.integer(v);
  return true;
}

bool get_text(const field& f, std::string_view& bytes, builder& to) {
  std::uint32_t size = static_cast<std::uint32_t>(f.width);
  if (f.kind != kind::fixed_binary && !get(bytes, size)) return false;
  if (bytes.size() < size) return false;
  to.text(bytes.substr(0, size));
  bytes.remove_prefix(size);
  return true;
}

bool get_list(const field& f, std::string_view& bytes, builder& to) {
  std::uint32_t n = 0;
  if (!get(bytes, n)) return false;
  for (std::uint32_t i = 0; i < n; ++i)
    if (!read_cell_bytes(f.children[0], bytes, to.child(0))) return false;
  to.end_list();
  return true;
}

bool get_struct(const field& f, std::string_view& bytes, builder& to) {
  for (std::size_t k = 0; k < f.children.size(); ++k)
    if (!read_cell_bytes(f.children[k], bytes, to.child(k))) return false;
  to.end_struct();
  return true;
}

} // namespace

void append_cell_bytes(const column& c, std::int64_t i, std::string& out) {
  const field& f = c.type();
  const bool null = c.is_null(i);
  out += null ? '\0' : '\1';
  if (null) return;
  switch (f.kind) {
  case kind::boolean: out += c.boolean(i) ? '\1' : '\0'; return;
  case kind::float64: return put(c.real(i), out);
  case kind::fixed_binary: out += c.text(i); return;
  case kind::text:
  case kind::binary: {
    const std::string_view v = c.text(i);
    if (v.size() > UINT32_MAX) throw error(VIGIE_E_RESOURCE, "a cell is larger than 4 GiB");
    put(static_cast<std::uint32_t>(v.size()), out);
    out += v;
    return;
  }
  case kind::list: {
    const column items = c.items();
    const auto [begin, end] = c.list(i);
    put(static_cast<std::uint32_t>(end - begin), out);
    for (std::int64_t k = begin; k < end; ++k) append_cell_bytes(items, k, out);
    return;
  }
  case kind::structure:
    for (std::size_t k = 0; k < f.children.size(); ++k)
      append_cell_bytes(c.child(k), c.child_row(i), out);
    return;
  default: put_integer(c.integer(i), width_of(f), out);
  }
}

bool read_cell_bytes(const field& f, std::string_view& bytes, builder& to) {
  std::uint8_t filled = 0;
  if (!get(bytes, filled) || filled > 1) return false;
  if (filled == 0) {
    to.null();
    return true;
  }
  switch (f.kind) {
  case kind::boolean: {
    std::uint8_t v = 0;
    if (!get(bytes, v)) return false;
    to.boolean(v != 0);
    return true;
  }
  case kind::float64: {
    double v = 0;
    if (!get(bytes, v)) return false;
    to.real(v);
    return true;
  }
  case kind::fixed_binary:
  case kind::text:
  case kind::binary: return get_text(f, bytes, to);
  case kind::list: return get_list(f, bytes, to);
  case kind::structure: return get_struct(f, bytes, to);
  default: return get_integer(bytes, width_of(f), to);
  }
}

} // namespace vigie::data
