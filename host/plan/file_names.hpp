// SPDX-License-Identifier: Apache-2.0
// Names of output files that stand for many: "{country}/part.jsonl" goes by the cells of a column,
// and an output that is split by size numbers its parts. Called by plan, and by exec for each file.
// Pure functions, any thread.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::plan {

// A piece of a name: text as it is, or the cell of a column.
struct name_piece {
  std::string text; // of a column: its name
  bool is_column = false;
  int column = -1; // position in the writer's port, once bound
};

// "{country}/{{x}}.jsonl": a column's name in braces, doubled braces for braces. Neighbouring text
// is one piece. Error: plan_output_name.
[[nodiscard]] result<std::vector<name_piece>> parse_file_name(std::string_view text);

[[nodiscard]] bool names_columns(const std::vector<name_piece>& pieces);

// The name of part `number`, from 1 on: "deep/a.jsonl.gz" -> "deep/a-0001.jsonl.gz". Numbers beyond
// 9999 get longer.
[[nodiscard]] std::string part_name(std::string_view file, std::uint64_t number);

// The reverse of part_name: the name without its number, or as it is where it has none.
[[nodiscard]] std::string without_part(std::string_view name);

// A glob below the output folder that fits every file of such a name, and few others; `parts`: the
// output is split by size.
[[nodiscard]] std::string name_pattern(const std::vector<name_piece>& pieces, bool parts);

// A cell's text as one component of a path, different for different texts: letters, digits and
// - _ . + @ , of ASCII stay, other bytes become %XX, and so does a leading dot. The empty text is
// __empty__; a text of that form has its first byte encoded. What would be longer than 100 bytes is
// cut and ends in "~" and 16 hexadecimal digits of its SHA-256.
[[nodiscard]] std::string safe_name(std::string_view text);
inline constexpr std::string_view null_name = "__null__";

} // namespace vigie::plan
