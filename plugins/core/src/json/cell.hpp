// SPDX-License-Identifier: Apache-2.0
// Cells as text: JSON, and the plain form that CSV, SQLite and tables use. The one place that says
// how a value of each kind is written. Called by writers for each cell. Pure functions, any thread.
#pragma once

#include <vigie/vigie.hpp>

#include <string>
#include <string_view>

namespace vigie::core {

// Text in double quotes; only ", \ and control characters are escaped (RFC 8259, section 7).
void append_quoted(std::string& out, std::string_view text);

// Base64 with padding (RFC 4648, section 4).
void append_base64(std::string& out, std::string_view bytes);

// A decimal, its digits `number`, with exactly `scale` of them behind the point.
void append_decimal(std::string& out, std::int64_t number, int scale);

// Cell i as a JSON value. Nulls, NaN and infinities are null; integers are exact; doubles are the
// shortest text that reads back as the same double; decimals with all digits of their scale; dates
// and times as RFC 3339 text in UTC; binary as base64; addresses as text (RFC 5952); text marked
// arrow.json as it stands if it is one JSON value of one line, else like other text; lists and
// structs nested.
void append_json(std::string& out, const column& cells, std::int64_t i);

// Cell i, not null, as plain text: JSON without the quotes around a text. NaN, Infinity and
// -Infinity are spelled so.
void append_plain(std::string& out, const column& cells, std::int64_t i);

// Whether a field's plain form can only hold digits, letters, signs, colons and dots.
[[nodiscard]] bool is_simple(const field& f);

} // namespace vigie::core
