// SPDX-License-Identifier: Apache-2.0
// The correctness gate: reduces an output to a fingerprint that does not depend on the order of its
// lines, nor on the ways in which programs write the same row. Called by the benchmark between
// runs and by the comparison with DuckDB; one thread, a line in memory at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace bench {

enum class form {
  lines, // compared byte by byte
  json,  // an object a line: order of keys, escapes and spelling of numbers do not count
  csv,   // RFC 4180; quotes do not count; the first line holds names and is left out
  rows,  // as csv, without a line of names
};

struct fingerprint {
  std::uint64_t rows = 0;
  std::uint64_t low = 0, high = 0; // sums of the first 128 bits of SHA-256 of the rows
  friend bool operator==(const fingerprint&, const fingerprint&) = default;
};

// Throws std::runtime_error where the file cannot be read or a line is not of the form.
[[nodiscard]] fingerprint fingerprint_of(const std::filesystem::path& file, form f);

// One row as the fingerprint sees it, for messages and the comparison of single rows.
[[nodiscard]] std::string canonical(std::string_view line, form f);

} // namespace bench
