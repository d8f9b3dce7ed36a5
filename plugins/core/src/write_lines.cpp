// SPDX-License-Identifier: Apache-2.0
#include "write_lines.hpp"

#include "json/cell.hpp"

#include <algorithm>

namespace vigie::core {
namespace {

// Where the first CR or LF stands; the size of the text where there is none.
std::size_t line_break_in(std::string_view text) {
  return std::min({text.find('\r'), text.find('\n'), text.size()});
}

void append_escaped(std::string& out, std::string_view text) {
  for (;;) {
    const std::size_t end = line_break_in(text);
    out += text.substr(0, end);
    if (end == text.size()) return;
    out += text[end] == '\n' ? "\\n" : "\\r";
    text.remove_prefix(end + 1);
  }
}

} // namespace

void write_lines::params(vigie::params& p) {
  p.add("column", column, "Which column. Without it, the only one.");
  p.add("nulls", nulls, "The line that is written for a null.");
  p.add("line_ends", line_ends,
        "What becomes of LF and CR within a text: `escape` writes `\\n` and `\\r`, `keep` them.")
      .choices({"escape", "keep"});
}

void write_lines::bind(binding& b) {
  keep_ = line_ends == "keep";
  if (nulls.find_first_of("\r\n") != std::string::npos)
    throw error(VIGIE_E_CONFIG, "the word for nulls holds a line end; give one without")
        .at_param(1);
  if (!column.value.empty()) {
    cells_ = b.column(column);
    return;
  }
  if (b.input().size() != 1)
    throw error(VIGIE_E_SCHEMA, "the input has " + std::to_string(b.input().size()) +
                                    " columns; name the one to write in `column`")
        .at_param(0);
  cells_ = b.at(0);
}

// Lines that lie together are looked through for CRs at once.
void write_lines::write_run(const vigie::column& cells, std::int64_t row, const line_run& run,
                            line_output& out) const {
  bool as_it_is = keep_ || run.text.find('\r') == std::string_view::npos;
  for (std::int64_t i = row; !keep_ && as_it_is && i < run.end; ++i)
    as_it_is = cells.text(i).find('\n') == std::string_view::npos;
  if (as_it_is) {
    out.lying(run.text);
    return;
  }
  for (; row < run.end; ++row) {
    append_escaped(out.made(), cells.text(row));
    out.end_line();
  }
}

void write_lines::write(const batch& rows, writer& to) const {
  const vigie::column& cells = rows[cells_];
  const bool is_text = cells.type().kind == kind::text;
  line_output out(to);
  for (std::int64_t row = 0; row < rows.size();) {
    if (is_text && !cells.is_null(row)) {
      const line_run run = run_of_lines(cells, row);
      write_run(cells, row, run, out);
      row = run.end;
      continue;
    }
    if (cells.is_null(row))
      out.made() += nulls;
    else
      append_plain(out.made(), cells, row);
    out.end_line();
    ++row;
  }
  out.finish();
}

} // namespace vigie::core
