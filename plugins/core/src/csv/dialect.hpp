// SPDX-License-Identifier: Apache-2.0
// How a file of separated fields is written, and its records one by one: the exact reading of every
// byte, also of what is malformed. Used by the reader where its fast index (csv_index) meets
// something odd, for headers and for record borders. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core {

struct csv_dialect {
  char delimiter = ',';
  bool quotes = true; // whether there is a quote at all
  char quote = '"';
  char escape = '"';           // the quote itself: doubled quotes
  bool quoted_newlines = true; // a line break between quotes is text
  bool lax = false;            // a quote inside an unquoted field is text
  std::string comment = {};    // records that begin so are passed over; empty: none

  [[nodiscard]] bool doubles() const { return escape == quote; }
};

enum class csv_fault : std::uint8_t {
  none,
  quote_inside,      // a quote in a field that does not begin with one
  text_behind_quote, // a closing quote that neither a delimiter nor a line end follows
  open_at_line_end,  // with quoted_newlines off
  open_at_end,       // a quote is open where the bytes end
};

struct csv_record {
  std::size_t end = 0; // behind the line end, or the size of the bytes
  bool ended = false;  // a line end was seen
  std::size_t fields = 0;
  csv_fault fault = csv_fault::none; // the first
  std::size_t fault_at = 0;
  std::size_t odd_quotes = 0; // quotes at places where RFC 4180 has none
};

// Where the fields of a record end: the place of each delimiter, and of the line end (or the size
// of the bytes). At most `most` of them, at least one, are kept; the last is always the line end.
struct csv_ends {
  std::vector<std::uint32_t>& places;
  std::size_t most;
};

// The record that begins at `at`, which lies in `bytes`. Source: RFC 4180, section 2; what it does
// not allow is read on as the reference page of core.read_csv says. Bytes that are appended later
// can change the answer only where `ended` is false.
[[nodiscard]] csv_record scan_record(std::string_view bytes, std::size_t at, const csv_dialect& d,
                                     csv_ends* ends = nullptr);

// The first record end in bytes that begin a record, or -1.
[[nodiscard]] std::int64_t first_record_end(std::string_view bytes, const csv_dialect& d);

// The first record end in bytes that begin anywhere, or -1 where more bytes must be seen. Reads the
// bytes as if they began outside and as if they began inside quotes, up to a record end that both
// have, and believes the reading in which fewer quotes stand at odd places; where nothing tells
// them apart, outside. The caller gives more bytes until an answer comes; from `csv_guess_bytes` on
// one comes wherever a line ends.
[[nodiscard]] std::int64_t guess_record_end(std::string_view bytes, const csv_dialect& d);
inline constexpr std::size_t csv_guess_bytes = std::size_t{1} << 18U;

// The text of a quoted field without its outer quotes, whose inner ones are still doubled or
// escaped.
void append_unquoted(std::string& out, std::string_view inner, const csv_dialect& d);

} // namespace vigie::core
