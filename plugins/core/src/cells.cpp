// SPDX-License-Identifier: Apache-2.0
#include "cells.hpp"

#include <algorithm>

namespace vigie::core {

field buildable(field f) {
  f.index.clear();
  const bool views = f.format == "vu" || f.format == "vz";
  if (!views) f.format.clear();
  for (field& c : f.children) c = buildable(std::move(c));
  return f;
}

cell_copier::cell_copier(const column& from) : from_(from) {
  if (from.type().kind == kind::list) parts_.emplace_back(from_.items());
  if (from.type().kind == kind::structure)
    for (std::size_t i = 0; i < from.type().children.size(); ++i)
      parts_.emplace_back(from_.child(i));
}

void cell_copier::cell(builder& to, std::int64_t row) const {
  if (from_.is_null(row)) return to.null();
  switch (from_.type().kind) {
  case kind::boolean: return to.boolean(from_.boolean(row));
  case kind::float64: return to.real(from_.real(row));
  case kind::text:
  case kind::binary:
  case kind::fixed_binary: return to.text(from_.text(row));
  case kind::list: {
    const auto [begin, end] = from_.list(row);
    parts_[0].cells(to.child(0), begin, end - begin);
    return to.end_list();
  }
  case kind::structure: {
    const std::int64_t inner = from_.child_row(row);
    for (std::size_t i = 0; i < parts_.size(); ++i) parts_[i].cell(to.child(i), inner);
    return to.end_struct();
  }
  default: return to.integer(from_.integer(row));
  }
}

void cell_copier::cells(builder& to, std::int64_t first, std::int64_t n) const {
  if (fixed_block(to, first, n)) return;
  for (std::int64_t i = 0; i < n; ++i) cell(to, first + i);
}

template <class T> bool cell_copier::block(builder& to, std::int64_t first, std::int64_t n) const {
  const T* const values = from_.values<T>().data() + first;
  std::copy_n(values, n, to.fixed<T>(n).data());
  return true;
}

// Values that lie side by side are copied at once.
bool cell_copier::fixed_block(builder& to, std::int64_t first, std::int64_t n) const {
  if (from_.has_nulls() || !from_.type().index.empty() || !to.used()) return false;
  switch (from_.type().kind) {
  case kind::int8:
  case kind::uint8: return block<std::uint8_t>(to, first, n);
  case kind::int16:
  case kind::uint16: return block<std::uint16_t>(to, first, n);
  case kind::int32:
  case kind::uint32:
  case kind::date: return block<std::uint32_t>(to, first, n);
  case kind::int64:
  case kind::uint64:
  case kind::timestamp: return block<std::uint64_t>(to, first, n);
  case kind::float64: return block<double>(to, first, n);
  default: return false;
  }
}

} // namespace vigie::core
