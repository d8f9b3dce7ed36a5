// SPDX-License-Identifier: Apache-2.0
#include "write_jsonl.hpp"

#include "json_cell.hpp"

namespace vigie::core {

void write_jsonl::params(vigie::params& p) {
  p.add("columns", columns, "Which columns to write, in which order. Without it, all.");
  p.add("nulls", nulls, "`keep` writes `\"name\":null`; `drop` leaves the key out.")
      .choices({"keep", "drop"});
}

void write_jsonl::bind(binding& b) {
  chosen_ = choose(b, columns);
  keys_.clear();
  for (const field& f : chosen_.fields) {
    std::string& key = keys_.emplace_back(",");
    append_quoted(key, f.name);
    key += ':';
  }
}

void write_jsonl::append_row(std::string& out, const batch& rows, std::int64_t row) const {
  const bool drop = nulls == "drop";
  const std::size_t start = out.size();
  for (std::size_t c = 0; c < keys_.size(); ++c) {
    const column& cells = rows[chosen_.needs[c]];
    if (drop && cells.is_null(row)) continue;
    out += keys_[c];
    append_json(out, cells, row);
  }
  if (out.size() == start)
    out += '{';
  else
    out[start] = '{'; // the first key's comma
  out += "}\n";
}

void write_jsonl::write(const batch& rows, writer& to) const {
  constexpr std::size_t piece = 256 * 1024;
  std::string out;
  out.reserve(piece + piece / 4);
  for (std::int64_t row = 0; row < rows.size(); ++row) {
    append_row(out, rows, row);
    if (out.size() < piece) continue;
    to.write(out);
    out.clear();
  }
  if (!out.empty()) to.write(out);
}

} // namespace vigie::core
