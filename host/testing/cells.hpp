// SPDX-License-Identifier: Apache-2.0
// Cells and rows as tests write them in YAML: read by the type of their column, compared with cells
// of a batch, turned into batches and back into YAML. Called by given, expect and accept of this
// room. Plain values and pure functions, any thread.
//
// Forms: null; bool true; integers exact; real 0.5, .nan, .inf, -.inf; texts; binary in
// hexadecimal; dates and timestamps as text (ISO 8601, RFC 3339); vigie.ipv4 as 192.0.2.1; lists
// and mappings for the nested types.
#pragma once

#include "batch/batch.hpp"
#include "complaints.hpp"
#include "config/yaml/node.hpp"

#include <vigie/builder.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vigie::testing {

struct cell {
  bool null = false;
  std::int64_t integer = 0; // bool, integers (a uint64 by its bits), days, microseconds
  double real = 0;
  std::string text;                        // text; binary as bytes
  std::vector<cell> items;                 // of a list
  std::vector<std::optional<cell>> fields; // of a struct, by child; nothing: not listed
};

// A cell that a row lists.
struct listed_cell {
  std::size_t column = 0; // in the schema
  yaml::mark at;          // of its key
  cell value;
};

struct row {
  yaml::mark at;
  std::vector<listed_cell> cells;
};

// Nothing, with a complaint (test_value, test_unknown), where the node does not fit the type.
[[nodiscard]] std::optional<cell> read_cell(const field& f, const yaml::node& n, complaints& out);
[[nodiscard]] std::optional<row> read_row(const schema& fields, const yaml::node& n,
                                          complaints& out);
// A list of rows.
[[nodiscard]] std::vector<row> read_rows(const schema& fields, const yaml::node& n,
                                         complaints& out);

void put(const field& f, const cell& c, builder& to);

// Rows without origins; columns that a row does not list are null.
[[nodiscard]] data::batch batch_of(const schema& fields, std::span<const row> rows);

// Exact for everything but fields of structs that are not listed, which are not compared. Reals are
// equal where their shortest forms are; NaN equals NaN.
[[nodiscard]] bool same(const cell& expected, const column& c, std::int64_t at);

// For messages. Sensitive cells of a batch are masked unless `sensitive` asks for them; what a test
// lists stands in the file anyway.
[[nodiscard]] std::string shown(const field& f, const cell& c);
[[nodiscard]] std::string shown(const column& c, std::int64_t at, bool sensitive = false);

// The cell in one line of YAML flow style that read_cell reads back.
[[nodiscard]] std::string yaml_text(const column& c, std::int64_t at);

} // namespace vigie::testing
