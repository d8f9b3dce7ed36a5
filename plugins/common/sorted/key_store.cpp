// SPDX-License-Identifier: Apache-2.0
#include "key_store.hpp"

#include <algorithm>

namespace vigie::sorted {
namespace {

std::uint64_t big_endian(std::string_view key, std::size_t from) {
  std::uint64_t out = 0;
  for (std::size_t i = from; i < from + 8; ++i)
    out = out << 8U | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
  return out;
}

} // namespace

key_head key_store::head_of(std::string_view key) {
  return {big_endian(key, 0), big_endian(key, 8)};
}
std::string_view key_store::tail_of(std::string_view key) {
  return key.substr(std::min<std::size_t>(16, key.size()));
}

void key_store::add(std::string_view key, std::uint64_t id) {
  const std::string_view tail = tail_of(key);
  rows_.push_back({head_of(key), id, rest_.size(), tail.size()});
  rest_ += tail;
}

void key_store::sort(std::uint64_t most) {
  const auto order = [this](const entry& a, const entry& b) { return before(a, b); };
  if (most < rows_.size()) keep(most);
  std::sort(rows_.begin(), rows_.end(), order);
}

void key_store::keep(std::uint64_t most) {
  if (most >= rows_.size()) return;
  if (most == 0) {
    rows_.clear();
    rest_.clear();
    return;
  }
  const auto last = rows_.begin() + static_cast<std::ptrdiff_t>(most) - 1;
  std::nth_element(rows_.begin(), last, rows_.end(),
                   [this](const entry& a, const entry& b) { return before(a, b); });
  rows_.erase(last + 1, rows_.end());
  bounded_ = true;
  bound_ = rows_.back().first;
  bound_tail_ = rest(rows_.back());
  std::string kept;
  for (entry& e : rows_) {
    const std::string_view tail = rest(e);
    e.at = kept.size();
    kept += tail;
  }
  rest_ = std::move(kept);
}

// An equal key that comes later is beyond, too.
bool key_store::beyond(std::string_view key) const {
  if (!bounded_) return false;
  const key_head first = head_of(key);
  if (first != bound_) return first > bound_;
  return tail_of(key).compare(bound_tail_) >= 0;
}

std::size_t key_store::bytes() const { return rows_.capacity() * sizeof(entry) + rest_.capacity(); }

// Assigning {} would empty them and keep the memory.
void key_store::clear() {
  decltype(rows_)().swap(rows_);
  decltype(rest_)().swap(rest_);
}

} // namespace vigie::sorted
