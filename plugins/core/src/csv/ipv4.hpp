// SPDX-License-Identifier: Apache-2.0
// Dotted IPv4 addresses of a whole column at once. Called by core.read_csv for columns whose fields
// are plain; pure functions, any thread.
#pragma once

#include <cstdint>
#include <span>

namespace vigie::core {

// Fields of a column in a chunk: field i of row r lies in (places[rows[r] + i], places[rows[r] + i
// + 1]).
struct csv_fields {
  const char* base; // 64 bytes behind the last field are readable
  const std::uint32_t* places;
  std::span<const std::uint32_t> rows;
  std::uint32_t field;
  char quote = 0; // that a field may stand in; 0: none does
};

// Reads fields from row `first` on until one is no address, not even an empty text: the row where
// it stopped, or the number of rows. `to` has room for all rows. The rules are those of
// address::parse_ipv4, and so are the numbers. Source of the method: Lemire, "Parsing IP addresses
// crazily fast", 2023: places of the dots select a shuffle.
using csv_ipv4_function = std::size_t (*)(const csv_fields& fields, std::size_t first,
                                          std::uint32_t* to);
[[nodiscard]] csv_ipv4_function csv_ipv4_reader();
// The one every x86-64 has, for tests.
[[nodiscard]] csv_ipv4_function csv_ipv4_reader_baseline();

} // namespace vigie::core
