// SPDX-License-Identifier: Apache-2.0
// What differs between two finished runs: rows of their outputs, then what their manifests say.
// Called by cli on [main]. Keeps 40 bytes a row of the file pair at hand, never the rows. Plain
// values; row numbers are those of file_row.
#pragma once

#include "folder.hpp"
#include "rows_of_file.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vigie::runs {

struct diff_options {
  std::vector<std::string> key; // columns that tell rows apart; empty: rows as a multiset
  std::string file;             // only this output; empty: all
  std::size_t limit = 20;       // rows of each sort that are named; the counts are exact
  bool cells = false;           // give cells, not only numbers, keys and names of columns
  const std::atomic<bool>* cancel = nullptr;
};

struct row_shown {
  std::uint64_t row = 0;
  std::vector<std::string> key; // cells of the key columns; absent ones are empty
  file_row cells;               // empty unless asked for
};

struct row_changed {
  std::uint64_t before = 0, after = 0;
  std::vector<std::string> key;
  std::vector<std::string> columns; // that differ; empty: only their order does
  file_row cells_before, cells_after;
};

struct file_diff {
  std::string file;
  bool in_before = true, in_after = true; // by the manifests
  row_form form = row_form::bytes;        // in which it was compared
  bool keyed = false;
  bool same_bytes = false;
  bool same_rows = false; // the same rows in the same order, only written in another way
  std::uint64_t rows_before = 0, rows_after = 0;
  std::uint64_t added = 0, removed = 0, changed = 0;
  std::uint64_t keys_twice = 0; // keys of more than one row; their rows count as added or removed
  std::vector<row_shown> first_added, first_removed, first_twice; // by row; twice: of either run
  std::vector<row_changed> first_changed;
  std::vector<std::string> columns; // of either; empty for lines and bytes
  std::vector<std::string> columns_added, columns_removed;
  std::uint64_t bytes_before = 0, bytes_after = 0;
  std::optional<std::uint64_t> first_byte; // where the stored bytes begin to differ
  diagnostics problems;                    // why it is compared in a lesser form, or not at all
};

struct manifest_difference {
  std::string what;          // "program", "parameter 'x'", "input 'a.txt' of step 'read'"
  std::string before, after; // empty: not there
};

struct run_diff {
  std::vector<file_diff> files; // in byte order of their names
  std::vector<manifest_difference> manifest;

  [[nodiscard]] bool same_outputs() const; // byte by byte
};

// Errors: those of finished_run, diff_file, diff_key where no file that differs has the columns,
// input_cancelled, digest_failed. A file that cannot be read is a problem of that file alone.
[[nodiscard]] result<run_diff> diff(const folder& before, const folder& after,
                                    const diff_options& options);

// What two manifests say of pipeline, parameters but `out`, plugins, data files, inputs, split size
// and program, where it differs. Inputs cut in another way have digests that cannot be compared,
// which is said.
[[nodiscard]] std::vector<manifest_difference> diff_manifests(const manifest& before,
                                                              const manifest& after);

} // namespace vigie::runs
