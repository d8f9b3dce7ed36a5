// SPDX-License-Identifier: Apache-2.0
// Rows of one task that are to be ordered by keys of bytes: comparing two rows is one memcmp.
// Called where rows are sorted in memory, and by sort_runs beyond it. One thread.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::sorted {

// The first 16 bytes of a key, big-endian, filled up with zeros: one number column fits in.
struct key_head {
  std::uint64_t high, low;
  auto operator<=>(const key_head&) const = default;
};

// A row to be ordered: its key in two parts, and its id. Borrows the tail.
struct keyed_row {
  key_head head;
  std::string_view tail;
  std::uint64_t id;
  // By key, equal keys by id.
  [[nodiscard]] bool before(const keyed_row& o) const {
    if (head != o.head) return head < o.head;
    if (tail.empty() && o.tail.empty()) return id < o.id;
    const int order = tail.compare(o.tail);
    return order != 0 ? order < 0 : id < o.id;
  }
};

class key_store {
public:
  void add(std::string_view key, std::uint64_t id);
  // Sorts by key, equal keys by id, and keeps the first `most` rows.
  void sort(std::uint64_t most);
  // Keeps the first `most` of that order without sorting them, and gives back the memory of others.
  void keep(std::uint64_t most);
  // Whether a row of this key, later in the input than all others, cannot be among the first
  // `most`.
  [[nodiscard]] bool beyond(std::string_view key) const;

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] keyed_row operator[](std::size_t i) const {
    return {rows_[i].first, rest(rows_[i]), rows_[i].id};
  }
  // Forgets the rows and their memory, not what `beyond` knows.
  void clear();

private:
  struct entry {
    key_head first;
    std::uint64_t id;
    std::size_t at; // of the rest, in rest_
    std::uint64_t size;
  };
  static key_head head_of(std::string_view key);
  static std::string_view tail_of(std::string_view key);
  [[nodiscard]] bool before(const entry& a, const entry& b) const {
    return keyed_row{a.first, rest(a), a.id}.before({b.first, rest(b), b.id});
  }
  [[nodiscard]] std::string_view rest(const entry& e) const {
    return {rest_.data() + e.at, e.size};
  }

  std::vector<entry> rows_;
  std::string rest_;
  bool bounded_ = false; // by the key of the last row that keep() kept
  key_head bound_{};
  std::string bound_tail_;
};

} // namespace vigie::sorted
