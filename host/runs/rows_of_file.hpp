// SPDX-License-Identifier: Apache-2.0
// Output files read back as rows, to be compared: JSON lines, CSV (RFC 4180, with a header line,
// commas), or any text by its lines; gzip and zstd are taken away. Called by diff. One reader, one
// thread.
#pragma once

#include "base/result.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::runs {

enum class row_form : std::uint8_t { json_lines, csv, lines, bytes };

// By the end of the name, without .gz or .zst; bytes for what is not known to be text.
[[nodiscard]] row_form form_of(std::string_view file);
[[nodiscard]] std::string_view name_of(row_form f);

struct file_row {
  std::uint64_t number = 0;       // from 1 on: of the line, or of the CSV record behind the header
  std::vector<std::string> names; // of columns; empty for lines and for JSON that is no object
  std::vector<std::string> cells; // canonical JSON, the CSV field, or the line
};

// The cell of a column, or nothing.
[[nodiscard]] const std::string* cell_of(const file_row& row, std::string_view name);

class row_reader {
public:
  // `form` must not be bytes. Errors: those of listing and opening inputs.
  [[nodiscard]] static result<std::unique_ptr<row_reader>>
  open(const std::string& path, row_form form, const std::atomic<bool>* cancel);
  virtual ~row_reader() = default;

  // False at the end. Blank lines of JSON are passed over. Errors: diff_rows with the row where it
  // is not of the form, or a line has more than 256 MiB; input_damaged and its like;
  // input_cancelled.
  [[nodiscard]] virtual result<bool> next(file_row& row) = 0;
};

} // namespace vigie::runs
