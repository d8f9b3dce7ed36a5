// SPDX-License-Identifier: Apache-2.0
// core.read_csv: a record of separated fields is a row. Made by the host once a step; one task a
// split, on any thread (read_csv_task.cpp). Text columns are views into the chunk, which the host
// keeps alive.
#pragma once

#include "csv/column.hpp"
#include "csv/dialect.hpp"
#include "csv/index.hpp"

#include <vigie/vigie.hpp>

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vigie::core {

struct csv_column_params {
  std::string name = {}, from = {}, type = "text", format = {};
  std::int64_t index = -1, scale = 2;
  bool list = false, required = false, sensitive = false;

  void params(vigie::params& p);
};

extern const char read_csv_doc[];

struct read_csv : decode {
  static constexpr vigie::about about{
      .name = "core.read_csv",
      .summary = "Reads CSV, with any delimiter, and Zeek logs; each record is a row.",
      .doc = read_csv_doc,
      .records = records::own};

  struct task;

  void params(vigie::params& p);
  // Checks all parameters, too.
  [[nodiscard]] schema columns();
  [[nodiscard]] std::uint32_t form() const;
  [[nodiscard]] std::int64_t border(std::string_view bytes, bool at_start) const;
  [[nodiscard]] std::int64_t last_border(std::string_view bytes) const;

  std::vector<csv_column_params> fields; // parameter `columns`
  std::string dialect = "csv", delimiter, quote = "\"", escape, comment, newlines = "quoted",
              quotes = "strict", raw;
  std::int64_t skip = 0, width = 0;
  bool header = true, trim = false, decimal_comma = false;
  std::optional<std::vector<std::string>> nulls;

  // Made by columns(), in the order of `fields`.
  std::vector<csv_column_plan> plans;
  csv_dialect form_of_file;
  csv_rules rules;
  [[nodiscard]] std::size_t fields_a_record() const; // without a header
  [[nodiscard]] bool is_zeek() const { return dialect == "zeek"; }

private:
  void read_dialect();
  void read_rules();
  void check_places() const;
  void mark_sensitive(schema& all) const;
  [[nodiscard]] csv_column_plan plan_of(const csv_column_params& c, int item) const;
};

// Reads the records of one split.
struct read_csv::task {
  task(const read_csv& reader, const input& in, const task_info&);
  void chunk(const vigie::chunk& bytes, decoded& out);

private:
  // Where records of the chunk at hand begin that cannot be read with the fields known so far.
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t most_bytes = std::numeric_limits<std::int32_t>::max(); // of a span

  void start(const decoded& out);
  void huge(const vigie::chunk& chunk, decoded& out);

  // What stands before the rows: skipped lines and the header. Gives where the rows begin.
  [[nodiscard]] std::size_t preamble(std::string_view bytes);
  [[nodiscard]] std::size_t rest_of_preamble(const vigie::chunk& chunk) const;
  void take_header(std::string_view bytes, std::size_t at);
  void find_fields(const std::vector<std::string>& names);

  // Rows from `at` on: by the index, or exactly where something is odd. Each gives where to go on.
  [[nodiscard]] std::size_t records(std::size_t at, decoded& out);
  [[nodiscard]] std::size_t exact_records(std::size_t at, decoded& out);
  void begin_index(std::size_t at);
  void keep_rest();
  [[nodiscard]] bool ends_unfinished();
  [[nodiscard]] std::size_t take_records(const csv_index& index, const csv_record* exact,
                                         decoded& out);
  // Looks at one record whose ends stand behind entry `begin`, up to entry `end`.
  struct record {
    std::size_t begin, end, fields;
    const csv_record* exact;
  };
  void judge(const csv_index& index, const record& r, decoded& out);
  [[nodiscard]] std::string form_fault(std::string_view text, const record& r) const;
  [[nodiscard]] std::string_view text_of(const csv_index& index, std::size_t begin,
                                         std::size_t end) const;
  void fill(const csv_index& index, decoded& out);
  void fill_slice(const csv_slice& slice, decoded& out);
  void emit_rows(const csv_slice& slice, std::size_t from, std::size_t to, decoded& out);

  // Zeek's lines that begin with #.
  void directive(std::string_view line, std::size_t next);
  void zeek_types(std::string_view types);

  struct row_fault {
    std::string_view text; // in the chunk
    const std::string* column;
    std::string why;
  };
  void report(decoded& out);

  const read_csv& reader_;
  std::string name_, head_;
  bool begins_;
  bool started_ = false;
  csv_dialect dialect_;
  csv_rules rules_;
  csv_index_function indexer_ = csv_indexer();

  std::int64_t lines_to_skip_;
  bool header_wanted_;
  std::size_t preamble_bytes_ = 0;    // of `head_`, where the split does not begin the input
  std::size_t fields_ = 0;            // of a record; 0: not known yet
  std::vector<std::uint32_t> places_; // of the reader's columns in a record
  std::vector<csv_column> columns_;   // those that are wanted
  bool raw_wanted_ = false;

  std::string_view bytes_; // the chunk at hand
  std::int64_t offset_ = 0;
  bool utf8_ = true, quoted_ = false;
  csv_scan_state scan_;
  csv_index index_;
  std::size_t dropped_ends_ = 0; // of the record that the index begins with
  std::size_t go_on_at_ = none;
  std::vector<std::uint32_t> rows_;
  std::vector<csv_record> exact_;
  csv_faults cell_faults_;
  std::vector<row_fault> faults_;
  std::vector<std::string> zeek_names_;
};

} // namespace vigie::core
