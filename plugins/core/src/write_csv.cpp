// SPDX-License-Identifier: Apache-2.0
#include "write_csv.hpp"

#include "csv/row.hpp"

namespace vigie::core {
namespace {

constexpr int delimiter_param = 1, nulls_param = 4;

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
  style_ = {.delimiter = delimiter[0],
            .nulls = nulls,
            .quote_all = quote == "all",
            .escape_formulas = formulas == "escape"};
  style_.prepare();
  if (style_.has_special(nulls))
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
  csv_bytes out;
  for (std::size_t c = 0; c < chosen_.size(); ++c) {
    if (c > 0) out.append(delimiter);
    append_text_field(out, chosen_.fields[c].name, style_);
  }
  out.append(line_end_);
  to.write(out.text());
}

void write_csv::write(const batch& rows, writer& to) const {
  constexpr std::size_t piece = 256 * 1024;
  std::vector<csv_cell_writer> cells;
  for (const need n : chosen_.needs) cells.emplace_back(rows[n], style_);
  csv_bytes out;
  out.reserve(piece + piece / 4);
  for (std::int64_t row = 0; row < rows.size(); ++row) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (c > 0) out.append(delimiter);
      cells[c].append(out, row);
    }
    out.append(line_end_);
    if (out.size() < piece) continue;
    to.write(out.text());
    out.clear();
  }
  if (out.size() > 0) to.write(out.text());
}

} // namespace vigie::core
