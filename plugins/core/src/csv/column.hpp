// SPDX-License-Identifier: Apache-2.0
// One column of core.read_csv: fields of many rows -> values -> a builder. What a column is stands
// in csv_column_plan, made at bind and read by all tasks; csv_column belongs to one task. A first
// pass reads the fields of a slice of rows and finds the bad ones; a second hands over what is
// left.
#pragma once

#include "csv/dialect.hpp"
#include "csv/ipv4.hpp"
#include "csv/time.hpp"

#include <vigie/vigie.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core {

enum class csv_type : std::uint8_t {
  text,
  integer,
  unsigned_integer,
  real,
  boolean,
  date,
  timestamp,
  decimal,
  ipv4,
  ip
};

struct csv_column_plan {
  std::string name = {};
  csv_type type = csv_type::text;
  bool list = false, required = false;
  int scale = 0; // decimal
  csv_time time = {};
};

// How fields are read whatever their column.
struct csv_rules {
  std::vector<std::string> nulls = {}; // words; the empty one stands in empty_is_null
  bool empty_is_null = true, trim = false;
  char point = '.';
  // Zeek: \xHH are bytes, these are an empty text or list, and what stands between items.
  bool zeek = false;
  std::string empty_word = "(empty)";
  char item_separator = ',';
};

// Rows of a chunk that are well formed.
struct csv_slice {
  csv_fields fields;  // field: not used
  bool quotes;        // a field may be quoted
  std::uint32_t last; // the field whose end may have a CR before it
};

// What is wrong with a slice's rows: one fault a row at most.
class csv_faults {
public:
  struct fault {
    std::size_t row;
    const csv_column_plan* column;
    std::string why;
  };
  void start(std::size_t rows);
  void add(std::size_t row, const csv_column_plan& column, std::string why);
  [[nodiscard]] bool any() const { return !list_.empty(); }
  [[nodiscard]] bool is_bad(std::size_t row) const { return bad_[row] != 0; }
  [[nodiscard]] const std::vector<fault>& list() const { return list_; }

private:
  std::vector<std::uint8_t> bad_;
  std::vector<fault> list_;
};

class csv_column {
public:
  static constexpr std::uint32_t absent = 0xffffffff;

  csv_column(const csv_column_plan& plan, std::size_t index, const csv_rules& rules,
             const csv_dialect& dialect)
      : plan_(plan), index_(index), rules_(rules), dialect_(dialect) {}

  [[nodiscard]] std::size_t index() const { return index_; } // in the component's schema
  void set_field(std::uint32_t field) { field_ = field; }    // absent: every cell is null
  [[nodiscard]] bool is_absent() const { return field_ == absent; }
  // Reads its fields of the slice.
  void read(const csv_slice& slice, csv_faults& faults);
  // Appends the cells of rows [from, to) of the slice read last.
  void emit(std::size_t from, std::size_t to, builder& out);

private:
  enum class mark : std::uint8_t { value, null, escaped };
  struct found {
    std::string_view text;
    bool quoted = false, null = false;
  };

  [[nodiscard]] found look(const csv_slice& slice, std::size_t row) const;
  [[nodiscard]] bool is_null(std::string_view text) const;
  template <class T, class Parse> void read_values(Parse parse);
  template <class T, class Parse> void read_cell(std::size_t row, Parse parse);
  void read_addresses();
  void read_texts();
  void read_lists();
  [[nodiscard]] bool put_items(std::string_view text, builder& to);
  [[nodiscard]] bool put_item(std::string_view text, builder& to);
  [[nodiscard]] std::string_view plain_text(std::string_view raw);
  void null_at(std::size_t row);
  void fault(std::size_t row, std::string_view text);
  void emit_run(std::size_t from, std::size_t to, builder& out) const;
  template <class T> void emit_values(std::size_t from, std::size_t to, builder& out) const;
  void emit_marked(std::size_t row, builder& out);
  template <class T> [[nodiscard]] T* values() { return reinterpret_cast<T*>(values_.data()); }
  template <class T> [[nodiscard]] const T* values() const {
    return reinterpret_cast<const T*>(values_.data());
  }

  const csv_column_plan& plan_;
  std::size_t index_;
  const csv_rules& rules_;
  const csv_dialect& dialect_;
  std::uint32_t field_ = 0;

  csv_slice slice_{};
  csv_faults* faults_ = nullptr;
  std::size_t rows_ = 0;
  std::vector<std::uint64_t> values_; // memory for values of any width
  std::vector<mark> marks_;
  bool marked_ = false; // some cell is no plain value
  std::string room_;
};

// A field as it stands in a message: not too long, on one line.
[[nodiscard]] std::string csv_shown(std::string_view text);

// What zeek's \xHH and \\ stand for; the text as it is where the result were no UTF-8.
[[nodiscard]] std::string zeek_unescaped(std::string_view text);

} // namespace vigie::core
