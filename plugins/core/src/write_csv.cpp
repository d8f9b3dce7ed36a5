// SPDX-License-Identifier: Apache-2.0
#include "write_csv.hpp"

#include "json_cell.hpp"

#include <algorithm>

namespace vigie::core {
namespace {

constexpr int delimiter_param = 1, nulls_param = 4;

bool is_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

} // namespace

void write_csv::params(vigie::params& p) {
  p.add("columns", columns, "Which columns to write, in which order. Without it, all.");
  p.add("delimiter", delimiter,
        "What stands between fields: one ASCII character, such as `;` or a tab.");
  p.add("newline", newline, "`lf`, or `crlf` as RFC 4180 has it.").choices({"lf", "crlf"});
  p.add("header", header, "Whether the first line holds the column names.");
  p.add("nulls", nulls, "What is written for a null, without quotes.");
  p.add("quote", quote, "`needed` quotes what must be quoted; `all` quotes everything but nulls.")
      .choices({"needed", "all"});
  p.add("formulas", formulas,
        "`escape` puts `'` before texts that a spreadsheet would run as a formula; `keep` changes "
        "nothing.")
      .choices({"keep", "escape"});
}

void write_csv::bind(binding& b) {
  const auto usable = [](char c) {
    return c != '"' && c != '\r' && c != '\n' && c != '\0' && static_cast<unsigned char>(c) < 0x80;
  };
  if (delimiter.size() != 1 || !usable(delimiter[0]))
    throw error(VIGIE_E_CONFIG,
                "the delimiter is '" + delimiter +
                    "'; wanted is one ASCII character that is no quote and no line end")
        .at_param(delimiter_param);
  special_ = {};
  for (const char c : delimiter + "\"\r\n") special_[static_cast<unsigned char>(c)] = true;
  if (has_special(nulls))
    throw error(VIGIE_E_CONFIG,
                "'" + nulls +
                    "' for nulls holds the delimiter, a quote or a line end, which an "
                    "unquoted field cannot; choose a plain word")
        .at_param(nulls_param);
  line_end_ = newline == "crlf" ? "\r\n" : "\n";
  chosen_ = choose(b, columns);
}

void write_csv::head(writer& to) const {
  if (!header) return;
  std::string out;
  for (std::size_t c = 0; c < chosen_.size(); ++c) {
    if (c > 0) out += delimiter;
    append_text(out, chosen_.fields[c].name);
  }
  to.write(out.append(line_end_));
}

void write_csv::write(const batch& rows, writer& to) const {
  constexpr std::size_t piece = 256 * 1024;
  std::string out, room;
  out.reserve(piece + piece / 4);
  for (std::int64_t row = 0; row < rows.size(); ++row) {
    for (std::size_t c = 0; c < chosen_.size(); ++c) {
      if (c > 0) out += delimiter;
      append_cell(out, rows[chosen_.needs[c]], row, room);
    }
    out += line_end_;
    if (out.size() < piece) continue;
    to.write(out);
    out.clear();
  }
  if (!out.empty()) to.write(out);
}

void write_csv::append_cell(std::string& out, const column& cells, std::int64_t row,
                            std::string& room) const {
  if (cells.is_null(row)) {
    out += nulls;
    return;
  }
  if (cells.type().kind == kind::text) return append_text(out, cells.text(row));
  room.clear();
  append_plain(room, cells, row);
  append_field(out, room);
}

void write_csv::append_text(std::string& out, std::string_view text) const {
  if (formulas != "escape" || !is_formula(text)) return append_field(out, text);
  append_field(out, "'" + std::string(text));
}

bool write_csv::has_special(std::string_view text) const {
  return std::any_of(text.begin(), text.end(),
                     [this](char c) { return special_[static_cast<unsigned char>(c)]; });
}

void write_csv::append_field(std::string& out, std::string_view text) const {
  if (quote != "all" && text != nulls && !has_special(text)) {
    out += text;
    return;
  }
  out += '"';
  for (;;) {
    const std::size_t end = text.find('"');
    out += text.substr(0, end);
    if (end == std::string_view::npos) break;
    out += "\"\"";
    text.remove_prefix(end + 1);
  }
  out += '"';
}

} // namespace vigie::core
