// SPDX-License-Identifier: Apache-2.0
// Reading cells whose columns may be missing, null or sensitive. Used by the readers of statements,
// claims and sources. Binding throws vigie::error(E_SCHEMA); reading is const, on any thread.
#pragma once

#include "statement.hpp"

#include <vigie/vigie.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::dossier {

// nullptr: there is no column of that name.
[[nodiscard]] const field* field_named(const binding& b, std::string_view name);

// Not bound where the column is not there; throws where it has another kind.
need optional_column(binding& b, const char* name, kind wanted);

[[noreturn]] void wrong_type(const field& f, const char* wanted);

[[nodiscard]] bool is_number(const field& f);
[[nodiscard]] bool is_text(const field& f);
[[nodiscard]] bool is_whole(const field& f);
[[nodiscard]] bool is_flag(const field& f);

// Position of the field in a struct's; -1: not there, or not of the wanted type.
[[nodiscard]] int part_of(const schema& parts, std::string_view name, bool (*fits)(const field&));

// A cell that is there and may be shown.
[[nodiscard]] bool is_present(const column& cells, std::int64_t row);
// Empty for a null, "•••" for a sensitive cell.
[[nodiscard]] std::string text_of(const column& cells, std::int64_t row);
[[nodiscard]] std::string text_at(const batch& rows, need n, std::int64_t row);
[[nodiscard]] std::optional<std::int32_t> day_at(const batch& rows, need n, std::int64_t row);

// The same of fields of a struct, by their position; -1: the field is not there.
[[nodiscard]] std::string part_text(const column& parts, int part, std::int64_t at);
[[nodiscard]] std::optional<std::int64_t> part_integer(const column& parts, int part,
                                                       std::int64_t at);
// Nothing where either is missing, negative, or their sum is no int64.
[[nodiscard]] std::optional<byte_range> part_range(const column& parts, int offset, int length,
                                                   std::int64_t at);

// A column that is text, with "; " between its items, a list of texts, or a list of structs with a
// `name` and, where there is one, an `iso`, which stands behind the name in brackets.
class texts_column {
public:
  void bind(binding& b, const char* name);
  [[nodiscard]] std::vector<std::string> read(const batch& rows, std::int64_t row) const;

private:
  [[nodiscard]] std::string item(const column& items, std::int64_t at) const;

  need at_;
  bool list_ = false;
  int name_ = -1, iso_ = -1; // fields of structs
};

} // namespace vigie::dossier
