// SPDX-License-Identifier: Apache-2.0
#include "row_buckets.hpp"

#include <algorithm>
#include <cstring>

namespace vigie::runs {
namespace {

constexpr std::size_t least_block = 4 * 1024;

struct row_head {
  std::uint64_t position, size;
};

} // namespace

row_buckets::row_buckets(std::unique_ptr<spill_file> file, shape s)
    : shape_(s), file_(std::move(file)) {
  for (std::uint64_t at = s.first; at < s.last; at += s.span)
    buckets_.push_back({.first = at, .last = std::min(at + s.span, s.last)});
  held_.resize(buckets_.size());
  const auto share = static_cast<std::size_t>(s.bytes) / std::max<std::size_t>(held_.size(), 1);
  block_ = std::max(share, least_block);
}

result<row_buckets> row_buckets::create(spill_folder& folder, shape s) {
  auto file = folder.file();
  if (!file) return std::move(file).error();
  return row_buckets(std::move(*file), s);
}

// What is held back goes to the file where one bucket has its share, and where few long rows have
// made all of them together too large.
status row_buckets::add(std::uint64_t position, std::string_view row) {
  const auto k = static_cast<std::size_t>((position - shape_.first) / shape_.span);
  const row_head h{position, row.size()};
  held_[k].append(reinterpret_cast<const char*>(&h), sizeof h);
  held_[k].append(row);
  held_bytes_ += sizeof h + row.size();
  if (held_[k].size() >= block_) return write(k);
  if (held_bytes_ <= block_ * held_.size()) return {};
  for (std::size_t all = 0; all < held_.size(); ++all)
    if (auto ok = write(all); !ok) return ok;
  return {};
}

status row_buckets::write(std::size_t k) {
  if (held_[k].empty()) return {};
  auto at = append_block(*file_, held_[k], buckets_[k].at);
  if (!at) return std::move(at).error();
  buckets_[k].at = *at;
  buckets_[k].bytes += held_[k].size();
  held_bytes_ -= held_[k].size();
  const bool grew = held_[k].capacity() > 2 * block_; // by one long row: not for good
  held_[k].clear();
  if (grew) held_[k] = {};
  return {};
}

status row_buckets::finish_adding() {
  for (std::size_t k = 0; k < held_.size(); ++k)
    if (auto ok = write(k); !ok) return ok;
  decltype(held_)().swap(held_);
  return file_->flush();
}

status row_buckets::read(const bucket& b, const std::function<status(std::string)>& each) const {
  for (std::uint64_t at = b.at; at != no_block;) {
    auto read = read_block(*file_, at);
    if (!read) return std::move(read).error();
    if (read->link != no_block && read->link >= at) return damaged("blocks are linked in a ring");
    at = read->link;
    if (auto ok = each(std::move(read->bytes)); !ok) return ok;
  }
  return {};
}

bool next_row(std::string_view& rows, std::uint64_t& position, std::string_view& row) {
  row_head h{};
  if (rows.size() < sizeof h) return false;
  std::memcpy(&h, rows.data(), sizeof h);
  if (h.size > rows.size() - sizeof h) return false;
  position = h.position;
  row = rows.substr(sizeof h, h.size);
  rows.remove_prefix(sizeof h + h.size);
  return true;
}

} // namespace vigie::runs
