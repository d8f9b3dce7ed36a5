// SPDX-License-Identifier: Apache-2.0
#include "sort/key.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace vigie::core {
namespace {

constexpr std::uint64_t sign = std::uint64_t{1} << 63U;

void put(std::uint64_t v, std::string& to) {
  const std::uint64_t big_endian = __builtin_bswap64(v);
  to.append(reinterpret_cast<const char*>(&big_endian), sizeof big_endian);
}

// IEEE 754: the bits of positive numbers ascend, those of negative ones descend; NaN is made the
// largest of all and -0 the same as 0.
std::uint64_t ordered(double v) {
  if (std::isnan(v)) return ~std::uint64_t{0};
  const auto bits = std::bit_cast<std::uint64_t>(v == 0 ? 0.0 : v);
  return (bits & sign) != 0 ? ~bits : bits | sign;
}

// A zero byte inside is followed by 0xff, so that the end (two zero bytes) is below every text that
// goes on.
void put_text(std::string_view text, std::string& to) {
  for (;;) {
    const std::size_t zero = text.find('\0');
    to += text.substr(0, zero);
    if (zero == text.npos) break;
    to.append("\0\xff", 2);
    text.remove_prefix(zero + 1);
  }
  to.append(2, '\0');
}

void put_value(const column& c, std::int64_t row, std::string& to) {
  const kind k = c.type().kind;
  switch (k) {
  case kind::boolean: to += c.boolean(row) ? '\1' : '\0'; return;
  case kind::float64: return put(ordered(c.real(row)), to);
  case kind::text:
  case kind::binary:
  case kind::fixed_binary: return put_text(c.text(row), to);
  case kind::uint64: return put(std::bit_cast<std::uint64_t>(c.integer(row)), to);
  default: return put(std::bit_cast<std::uint64_t>(c.integer(row)) ^ sign, to);
  }
}

std::uint64_t big_endian(std::string_view key, std::size_t from) {
  std::uint64_t out = 0;
  for (std::size_t i = from; i < from + 8; ++i)
    out = out << 8U | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
  return out;
}

} // namespace

void sort_key::encode(const column& c, std::int64_t row, std::string& to) const {
  if (c.is_null(row)) {
    to += nulls_first ? '\0' : '\2';
    return;
  }
  to += '\1';
  const std::size_t from = to.size();
  put_value(c, row, to);
  if (!descending) return;
  for (std::size_t i = from; i < to.size(); ++i) to[i] = static_cast<char>(~to[i]);
}

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

} // namespace vigie::core
