// SPDX-License-Identifier: Apache-2.0
// Where fields and records end, 64 bytes at a time: the first pass of core.read_csv over a chunk.
// It sees what is well formed; where a quote stands at a place it should not, or a line ends inside
// quotes though none may, it says so and the caller reads again with scan_record (csv_dialect).
// One object a task; no memory of its own but the index.
#pragma once

#include "csv/dialect.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace vigie::core {

// What one pass carries from block to block.
struct csv_scan_state {
  std::uint64_t inside = 0;   // all ones: within quotes
  std::uint64_t before = 1;   // bit 0: the byte before lets a field begin, or is a quote
  std::uint64_t closed = 0;   // bit 0: the byte before closed a quote
  std::uint64_t carriage = 0; // bit 0: the byte before was CR behind a closing quote
  std::uint64_t odd = 0;      // not 0: something is not well formed
  std::uint64_t quotes = 0;   // not 0: a quote was seen
};

// The index of some bytes of a chunk. places[0] is the byte before the first record, so that field
// k of the record whose ends begin behind entry b lies in (places[b + k], places[b + k + 1]).
struct csv_index {
  std::vector<std::uint32_t> places;      // of delimiters and line ends, with room beyond `size`
  std::vector<std::uint32_t> record_ends; // entries of `places` that are line ends
  std::size_t size = 0, records = 0;      // entries in use

  // Room for `bytes` more bytes.
  void reserve(std::size_t bytes);
};

// Adds the ends in [from, to) of the chunk to the index. 64 bytes behind `to` must be readable;
// to - from is a multiple of 64 unless it is the last piece. Chosen once for the processor.
// Sources: quotes by prefix sums over bit masks, as Langdale and Lemire, "Parsing Gigabytes of JSON
// per Second", VLDB Journal 28, 2019, section 3.1, have it; there also the batches of eight.
using csv_index_function = void (*)(const char* base, std::size_t from, std::size_t to,
                                    const csv_dialect& d, csv_scan_state& state, csv_index& index);
[[nodiscard]] csv_index_function csv_indexer();
// The one every x86-64 has, for tests.
[[nodiscard]] csv_index_function csv_indexer_baseline();

// The end of the last whole record of bytes that begin a record, 0 where none ends. Reads nothing
// behind them.
[[nodiscard]] std::size_t last_record_end(std::string_view bytes, const csv_dialect& d);

} // namespace vigie::core
