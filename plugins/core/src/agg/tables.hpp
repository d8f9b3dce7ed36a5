// SPDX-License-Identifier: Apache-2.0
// The tables of core.aggregate, all open addressing with linear probing over powers of two, at most
// two thirds full. Entries are numbered in the order of their first appearance, so that nothing
// depends on the hash. `after(n)` tells the bytes held once n more entries came, with those needed
// while growing, so that they can be asked for before. One thread.
#pragma once

#include "key_hash.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

namespace vigie::core::agg {

// Bytes a vector holds, at its most, while n entries are added to it.
template <class T> [[nodiscard]] std::size_t grown(const std::vector<T>& v, std::size_t n) {
  const std::size_t room = v.capacity();
  if (v.size() + n <= room) return room * sizeof(T);
  return (room + std::max(2 * room, v.size() + n)) * sizeof(T);
}

// Bytes that stay where they are.
class arena {
public:
  [[nodiscard]] char* room(std::size_t n);
  [[nodiscard]] std::string_view put(std::string_view text) {
    char* to = room(text.size());
    if (!text.empty()) std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] std::size_t after(std::size_t text_bytes) const {
    return text_bytes <= left_ ? bytes_ : bytes_ + text_bytes + block_size();
  }

private:
  // As large as what is there, so that small states stay small.
  [[nodiscard]] std::size_t block_size() const {
    return std::min<std::size_t>(std::max<std::size_t>(bytes_, 4096), std::size_t{1} << 20U);
  }
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0, bytes_ = 0;
};

// Throws std::bad_alloc. Freed by std::free.
[[nodiscard]] void* zeroed_memory(std::size_t bytes);

// Slots of a table, all zero bytes at first. Large ones ask for large pages: they are met in no
// order, so that with small pages every look-up would walk the page table.
template <class T> class slot_array {
public:
  slot_array() = default;
  explicit slot_array(std::size_t n)
      : size_(n), slots_(static_cast<T*>(zeroed_memory(n * sizeof(T)))) {}
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  T& operator[](std::size_t i) { return slots_.get()[i]; }
  const T& operator[](std::size_t i) const { return slots_.get()[i]; }

private:
  struct release {
    void operator()(T* p) const { std::free(p); }
  };
  std::size_t size_ = 0;
  std::unique_ptr<T, release> slots_;
};

// Equality of texts of the same size, without a call for short ones.
[[nodiscard]] inline bool same_bytes(const char* a, const char* b, std::size_t n) {
  const auto differ = [&](auto part, std::size_t at) {
    auto other = part;
    std::memcpy(&part, a + at, sizeof part);
    std::memcpy(&other, b + at, sizeof other);
    return part != other;
  };
  constexpr std::uint64_t eight = 0;
  constexpr std::uint32_t four = 0;
  if (n > 64) return std::memcmp(a, b, n) == 0;
  if (n >= 8) {
    for (std::size_t at = 0; at + 8 < n; at += 8)
      if (differ(eight, at)) return false;
    return !differ(eight, n - 8);
  }
  if (n >= 4) return !differ(four, 0) && !differ(four, n - 4);
  for (std::size_t i = 0; i < n; ++i)
    if (a[i] != b[i]) return false;
  return true;
}

// Texts -> numbers.
class text_table {
public:
  explicit text_table(const key_hash& h) : hash_(h) {}

  [[nodiscard]] std::uint64_t hash(std::string_view text) const { return hash_(text); }
  void prefetch(std::uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }
  // Once the slot is there: what it points at.
  void prefetch_entry(std::uint64_t hash) const {
    if (slots_.empty()) return;
    if (const std::uint64_t slot = slots_[hash & (slots_.size() - 1)]; slot != 0)
      __builtin_prefetch(&texts_[static_cast<std::uint32_t>(slot) - 1]);
  }
  void prefetch_text(std::uint64_t hash) const {
    if (slots_.empty()) return;
    if (const std::uint64_t slot = slots_[hash & (slots_.size() - 1)]; slot != 0)
      __builtin_prefetch(texts_[static_cast<std::uint32_t>(slot) - 1].text.data());
  }
  [[nodiscard]] std::uint32_t number(std::string_view text, std::uint64_t hash) {
    if (3 * (texts_.size() + 1) > 2 * slots_.size()) grow();
    const std::uint64_t tag = hash & tag_bits;
    for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      const std::uint64_t slot = slots_[at];
      if (slot == 0) return add(text, hash, at);
      if ((slot & tag_bits) != tag) continue;
      const auto found = static_cast<std::uint32_t>(slot) - 1;
      const std::string_view other = texts_[found].text;
      if (other.size() == text.size() && same_bytes(other.data(), text.data(), text.size()))
        return found;
    }
  }
  [[nodiscard]] std::string_view operator[](std::uint32_t number) const {
    return texts_[number].text;
  }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }
  [[nodiscard]] std::size_t after(std::size_t n, std::size_t text_bytes) const;

private:
  static constexpr std::uint64_t tag_bits = ~std::uint64_t{0xffffffff};
  struct entry {
    std::string_view text;
    std::uint64_t hash;
  };
  std::uint32_t add(std::string_view text, std::uint64_t hash, std::size_t at);
  void grow();

  key_hash hash_;
  std::vector<entry> texts_;
  slot_array<std::uint64_t> slots_; // upper half of the hash, number + 1; 0: free
  arena bytes_;
};

// Words -> numbers.
class word_table {
public:
  explicit word_table(const key_hash& h) : hash_(h) {}

  [[nodiscard]] std::uint64_t hash(std::uint64_t word) const { return hash_(word); }
  void prefetch(std::uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }
  [[nodiscard]] std::uint32_t number(std::uint64_t word, std::uint64_t hash) {
    if (3 * (words_.size() + 1) > 2 * slots_.size()) grow();
    slot& s = slots_[place(word, hash)];
    if (s.number == 0) {
      words_.push_back(word);
      s = {word, words_.size()};
    }
    return static_cast<std::uint32_t>(s.number - 1);
  }
  [[nodiscard]] std::uint64_t operator[](std::uint32_t number) const { return words_[number]; }
  [[nodiscard]] const std::vector<std::uint64_t>& words() const { return words_; }
  [[nodiscard]] std::size_t after(std::size_t n) const;

private:
  struct slot {
    std::uint64_t word, number; // number + 1; 0: free
  };
  [[nodiscard]] std::size_t place(std::uint64_t word, std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].number != 0 && slots_[at].word != word) at = (at + 1) & mask;
    return at;
  }
  void grow();

  key_hash hash_;
  std::vector<std::uint64_t> words_;
  slot_array<slot> slots_;
};

// A set of words other than 0, in the order they came; or a list of them that is made a set later,
// which is cheaper where hardly any comes twice.
class word_set {
public:
  explicit word_set(const key_hash& h) : hash_(h) {}

  [[nodiscard]] std::uint64_t hash(std::uint64_t word) const { return hash_(word); }
  void prefetch(std::uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }
  // Whether it is new.
  bool insert(std::uint64_t word, std::uint64_t hash) {
    if (3 * (words_.size() + 1) > 2 * slots_.size()) grow();
    std::uint64_t& s = slots_[place(word, hash)];
    if (s == word) return false;
    s = word;
    words_.push_back(word);
    return true;
  }
  // Words that may be there already.
  void append(const std::vector<std::uint64_t>& words) {
    words_.insert(words_.end(), words.begin(), words.end());
    unsure_ = true;
  }
  void make_set(); // behind append()
  [[nodiscard]] const std::vector<std::uint64_t>& words() const { return words_; }
  [[nodiscard]] std::size_t after(std::size_t n) const;

private:
  [[nodiscard]] std::size_t place(std::uint64_t word, std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at] != 0 && slots_[at] != word) at = (at + 1) & mask;
    return at;
  }
  void grow();

  key_hash hash_;
  std::vector<std::uint64_t> words_;
  slot_array<std::uint64_t> slots_;
  bool unsure_ = false;
};

} // namespace vigie::core::agg
