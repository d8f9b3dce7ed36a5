// SPDX-License-Identifier: Apache-2.0
// What core.aggregate makes of cells: every fixed-width value becomes a word whose unsigned order
// is the order of the values, texts and bytes stay views; both have an encoding as bytes whose
// order is that of the values, of which keys and scratch files are made. Plain data; any thread.
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
[[nodiscard]] constexpr std::size_t ordered_size(std::string_view text) {
  return (text.empty() ? 1 : (text.size() + 7) / 8) * 9;
}
[[nodiscard]] char* put_ordered(char* to, std::uint64_t word, unsigned width);
[[nodiscard]] char* put_ordered(char* to, std::string_view text);
void append_ordered(std::string& to, kind k, const value& v);
// Takes a value off the front of `from`; a text is put into `room`. Throws E_DATA where there is
// none.
[[nodiscard]] value take_ordered(std::string_view& from, kind k, std::string& room);

// ---- keys --------------------------------------------------------------------------------------
// The keys of a batch's rows as such bytes: for each column a byte, 1 or 2 for null, and the value.
// So nulls come last.
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

// Appends the columns of one key to builders of the same kinds, the first of which is to[0].
class key_reader {
public:
  explicit key_reader(std::vector<kind> kinds) : kinds_(std::move(kinds)) {}
  // Column by column: put(column, nullptr or the value).
  template <class Put> void read(std::string_view key, Put put) {
    for (std::size_t k = 0; k < kinds_.size(); ++k) {
      const bool null = key.empty() || key[0] != '\1';
      key.remove_prefix(key.empty() ? 0 : 1);
      if (null) {
        put(k, nullptr);
        continue;
      }
      const value v = take_ordered(key, kinds_[k], room_);
      put(k, &v);
    }
  }
  // The length of a key at the front of other bytes.
  [[nodiscard]] std::size_t length(std::string_view bytes);

private:
  std::vector<kind> kinds_;
  std::string room_;
};

} // namespace vigie::core::agg
