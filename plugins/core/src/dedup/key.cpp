// SPDX-License-Identifier: Apache-2.0
#include "dedup/key.hpp"

#include <bit>
#include <cmath>
#include <limits>

namespace vigie::core {
namespace {

void put(std::uint64_t bits, std::string& to) {
  to.append(reinterpret_cast<const char*>(&bits), sizeof bits);
}

void put_text(std::string_view text, std::string& to) {
  put(text.size(), to);
  to += text;
}

std::uint64_t bits_of(double v) {
  if (std::isnan(v)) return std::bit_cast<std::uint64_t>(std::numeric_limits<double>::quiet_NaN());
  return std::bit_cast<std::uint64_t>(v == 0 ? 0.0 : v);
}

void put_items(const column& c, std::int64_t row, std::string& to) {
  const auto [begin, end] = c.list(row);
  const column items = c.items();
  put(static_cast<std::uint64_t>(end - begin), to);
  for (std::int64_t i = begin; i < end; ++i) append_dedup_key(items, i, to);
}

} // namespace

void append_dedup_key(const column& c, std::int64_t row, std::string& to) {
  if (c.is_null(row)) {
    to += '\0';
    return;
  }
  to += '\1';
  switch (c.type().kind) {
  case kind::boolean: to += c.boolean(row) ? '\1' : '\0'; return;
  case kind::float64: return put(bits_of(c.real(row)), to);
  case kind::text:
  case kind::binary: return put_text(c.text(row), to);
  case kind::fixed_binary: to += c.text(row); return;
  case kind::list: return put_items(c, row, to);
  case kind::structure:
    for (std::size_t k = 0; k < c.type().children.size(); ++k)
      append_dedup_key(c.child(k), c.child_row(row), to);
    return;
  default: return put(static_cast<std::uint64_t>(c.integer(row)), to);
  }
}

} // namespace vigie::core
