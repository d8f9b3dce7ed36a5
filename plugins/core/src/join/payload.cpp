// SPDX-License-Identifier: Apache-2.0
#include "join/payload.hpp"

#include "copy_rows.hpp"

namespace vigie::core {
namespace {

// Text of any length in one array.
void make_large(field& f) {
  f.index.clear();
  if (f.kind == kind::text) f.format = "U";
  if (f.kind == kind::binary) f.format = "Z";
  for (field& c : f.children) make_large(c);
}

std::size_t cell_bytes(const column& c, std::int64_t i) {
  constexpr std::size_t offset = sizeof(std::int64_t);
  if (c.is_null(i)) return offset;
  switch (c.type().kind) {
  case kind::text:
  case kind::binary:
  case kind::fixed_binary: return offset + c.text(i).size();
  case kind::list: {
    const auto [begin, end] = c.list(i);
    const column items = c.items();
    std::size_t sum = offset;
    for (std::int64_t k = begin; k < end; ++k) sum += cell_bytes(items, k);
    return sum;
  }
  case kind::structure: {
    std::size_t sum = 1;
    for (std::size_t k = 0; k < c.type().children.size(); ++k)
      sum += cell_bytes(c.child(k), c.child_row(i));
    return sum;
  }
  default: return sizeof(std::int64_t);
  }
}

} // namespace

void join_payload::start(schema fields) {
  fields_ = std::move(fields);
  making_.clear();
  made_.reset();
  rows_ = 0;
  bytes_ = 0;
  for (field& f : fields_) {
    make_large(f);
    making_.emplace_back(f);
  }
}

void join_payload::take(std::span<const column* const> from, std::span<const std::int32_t> rows) {
  for (std::size_t k = 0; k < from.size(); ++k)
    for (const std::int32_t row : rows) {
      copy_cell(making_[k], *from[k], row);
      bytes_ += 2 * cell_bytes(*from[k], row); // buffers grow to twice their size
    }
  rows_ += static_cast<std::int64_t>(rows.size());
}

void join_payload::seal() {
  std::vector<ArrowArray> columns(making_.size());
  for (std::size_t k = 0; k < making_.size(); ++k) making_[k].finish(&columns[k]);
  making_.clear();
  ArrowArray all{};
  make_batch(std::move(columns), rows_, &all);
  made_.emplace(fields_, &all);
}

void join_payload::append(std::size_t k, std::span<const std::int32_t> rows, bool some_missing,
                          builder& to) const {
  copy_rows(made_->columns()[k], rows, some_missing, to);
}

} // namespace vigie::core
