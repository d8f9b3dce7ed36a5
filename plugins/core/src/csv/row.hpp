// SPDX-License-Identifier: Apache-2.0
// Cells of one column as fields of CSV, appended to a piece of memory that grows. How a column is
// written is chosen once a batch. Used by core.write_csv; one object a column and call, one thread.
#pragma once

#include <vigie/vigie.hpp>

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace vigie::core {

// What fields look like, whatever their column.
struct csv_style {
  char delimiter = ',';
  std::string nulls = {};
  bool quote_all = false, escape_formulas = false;
  std::array<bool, 256> special = {}; // bytes that ask for quotes
  bool plain_numbers = false; // no number, date or address can hold a special byte or be a null

  // Sets what follows from the others.
  void prepare();
  [[nodiscard]] bool has_special(std::string_view text) const;
};

// Bytes to be written. reserve() gives room, then put functions need not ask.
class csv_bytes {
public:
  void reserve(std::size_t more) {
    if (room_ - size_ < more) grow(more);
  }
  [[nodiscard]] char* end() { return data_.get() + size_; }
  void advance(std::size_t n) { size_ += n; }
  void put(char c) { data_[size_++] = c; }
  void append(std::string_view text) {
    reserve(text.size());
    text.copy(end(), text.size());
    size_ += text.size();
  }
  [[nodiscard]] std::string_view text() const { return {data_.get(), size_}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  void clear() { size_ = 0; }

private:
  void grow(std::size_t more);
  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0, room_ = 0;
};

// A text as a field: quoted where it must be.
void append_field(csv_bytes& to, std::string_view text, const csv_style& style);
// As append_field, with formulas escaped where that is asked.
void append_text_field(csv_bytes& to, std::string_view text, const csv_style& style);

class csv_cell_writer {
public:
  csv_cell_writer(const column& cells, const csv_style& style);
  void append(csv_bytes& to, std::int64_t row);

private:
  enum class way : std::uint8_t { text, integer, unsigned_integer, real, ipv4, other };
  void append_number(csv_bytes& to, std::int64_t row) const;

  const column& cells_;
  const csv_style& style_;
  way way_ = way::other;
  bool nulls_;
  std::string room_;
};

} // namespace vigie::core
