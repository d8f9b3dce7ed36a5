// SPDX-License-Identifier: Apache-2.0
// What core.aggregate makes of cells: every fixed-width value becomes a word whose unsigned order
// is the order of the values, texts and bytes stay views; both have an encoding as bytes whose
// order is that of the values, of which scratch files are made. Plain data; any thread.
#pragma once

#include <vigie/builder.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core::agg {

// Texts, bytes and fixed_binary; all other kinds are words.
[[nodiscard]] constexpr bool is_text(kind k) { return is_bytes(k) || k == kind::fixed_binary; }
// Bytes that the words of a kind fit in: 1, 2, 4 or 8.
[[nodiscard]] unsigned word_width(kind k);
// What a word is above its value, for integers, dates and times.
[[nodiscard]] std::uint64_t word_bias(kind k);
// The double of a float64 word; NaN is one word above all others, -0.0 is 0.0.
[[nodiscard]] double real_of(std::uint64_t word);

struct value {
  std::uint64_t word = 0;
  std::string_view text = {};
};

// Appends a value of the field's kind.
void put_value(builder& to, kind k, const value& v);

// The cells of one column of a batch. Borrows the batch.
struct cells {
  void load(const column& from);

  [[nodiscard]] std::size_t size() const { return texts ? views.size() : words.size(); }
  [[nodiscard]] bool has(std::size_t row) const { return present.empty() || present[row] != 0; }
  [[nodiscard]] value operator[](std::size_t row) const {
    return texts ? value{0, views[row]} : value{words[row], {}};
  }

  bool texts = false;
  std::vector<std::uint64_t> words;
  std::vector<std::string_view> views;
  std::vector<std::uint8_t> present; // empty: no null
};

// ---- values as bytes that compare as the values do ---------------------------------------------
// A word stands in `width` bytes, the highest first. A text stands in groups of 8 bytes, the last
// one filled with zeros, each followed by how many of them count, or 9 where the text goes on
// (the form of sortable texts that MyRocks uses). No encoding is a prefix of another.
void append_ordered(std::string& to, kind k, const value& v);
// Takes a value off the front of `from`; a text is put into `room`. Throws E_DATA where there is
// none.
[[nodiscard]] value take_ordered(std::string_view& from, kind k, std::string& room);

// ---- keys --------------------------------------------------------------------------------------
// The keys of a batch's rows as bytes, equal for equal keys: of a word a byte, 0 for null, and the
// bytes of the word; of a text its size + 1 in four bytes, 0 for null, and the text.
class key_block {
public:
  void encode(const std::vector<const cells*>& columns, const std::vector<kind>& kinds,
              std::size_t rows);
  [[nodiscard]] std::string_view operator[](std::size_t row) const {
    return {bytes_.data() + at_[row], at_[row + 1] - at_[row]};
  }
  [[nodiscard]] std::size_t bytes(std::size_t first, std::size_t rows) const {
    return at_[first + rows] - at_[first];
  }

private:
  void measure(const cells& column, kind k);
  void write(const cells& column, kind k);

  std::vector<std::size_t> at_; // rows + 1
  std::vector<char*> next_;
  std::vector<char> bytes_;
};

// Takes keys apart.
class key_reader {
public:
  explicit key_reader(std::vector<kind> kinds) : kinds_(std::move(kinds)) {}

  // Calls put(column, nullptr where null, or the value) for each column of a key.
  template <class Put> void read(std::string_view key, Put put) const {
    const char* at = key.data();
    for (std::size_t k = 0; k < kinds_.size(); ++k) {
      value v;
      const bool there = is_text(kinds_[k]) ? take(at, v.text) : take(at, word_width(kinds_[k]), v);
      put(k, there ? &v : nullptr);
    }
  }
  // The same key in bytes that compare as core.sort orders rows, nulls last: for each column a
  // byte, 1, or 2 for null, and the ordered value. They tell their own length.
  void append_ordered(std::string_view key, std::string& to) const;
  template <class Put> void read_ordered(std::string_view key, Put put) {
    for (std::size_t k = 0; k < kinds_.size(); ++k) {
      if (!take_mark(key)) {
        put(k, nullptr);
        continue;
      }
      const value v = take_ordered(key, kinds_[k], room_);
      put(k, &v);
    }
  }
  // The length of an ordered key at the front of other bytes. Throws E_DATA where there is none.
  [[nodiscard]] std::size_t ordered_length(std::string_view bytes);

private:
  static bool take(const char*& at, std::string_view& text) {
    std::uint32_t size = 0;
    std::memcpy(&size, at, sizeof size);
    at += sizeof size;
    if (size == 0) return false;
    text = {at, size - 1};
    at += size - 1;
    return true;
  }
  static bool take(const char*& at, unsigned width, value& v) {
    if (*at++ == 0) return false;
    std::memcpy(&v.word, at, width);
    at += width;
    return true;
  }
  static bool take_mark(std::string_view& bytes); // whether it is of a value

  std::vector<kind> kinds_;
  std::string room_;
};

} // namespace vigie::core::agg
