// SPDX-License-Identifier: Apache-2.0
// Cells as text, for people (`vigie show`, test messages) and as JSON (`--json`). Dates and times
// in ISO 8601, UTC. Sensitive columns are masked unless asked for. Pure functions, any thread.
#pragma once

#include <vigie/column.hpp>

#include <string>

namespace vigie::data {

struct cell_options {
  bool show_sensitive = false;
};

// RFC 8259; 64-bit integers exact, binary as hexadecimal text, NaN and infinities as null.
void append_json(std::string& out, const column& c, std::int64_t row, const cell_options& o = {});

// Texts without quotes, null as the empty text, everything nested as JSON. Not escaped for a
// terminal.
[[nodiscard]] std::string display(const column& c, std::int64_t row, const cell_options& o = {});

// "2014-05-20", "2014-05-20T13:43:00Z" with as many decimals as needed. Any value; years beyond
// four digits and before the year 0 carry a sign (ISO 8601, expanded representation).
[[nodiscard]] std::string date_text(std::int64_t days);
[[nodiscard]] std::string timestamp_text(std::int64_t microseconds);

} // namespace vigie::data
