// SPDX-License-Identifier: Apache-2.0
#include "write_lines.hpp"

#include "json/cell.hpp"

#include <bit>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace vigie::core {
namespace {

// Where the first CR or LF stands; the size of the text where there is none.
std::size_t line_break_in(std::string_view text) {
  std::size_t at = 0;
#ifdef __SSE2__
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i breaks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')),
                                        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
    if (const auto bits = static_cast<unsigned>(_mm_movemask_epi8(breaks)); bits != 0)
      return at + static_cast<std::size_t>(std::countr_zero(bits));
  }
#endif
  while (at < text.size() && text[at] != '\n' && text[at] != '\r') ++at;
  return at;
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

void write_lines::append_text(std::string& out, std::string_view text) const {
  for (;;) {
    const std::size_t end = keep_ ? text.size() : line_break_in(text);
    out += text.substr(0, end);
    if (end >= text.size()) return;
    out += text[end] == '\n' ? "\\n" : "\\r";
    text.remove_prefix(end + 1);
  }
}

void write_lines::write(const batch& rows, writer& to) const {
  constexpr std::size_t piece = 256 * 1024;
  const vigie::column& cells = rows[cells_];
  const bool is_text = cells.type().kind == kind::text;
  std::string out;
  out.reserve(piece + piece / 4);
  for (std::int64_t row = 0; row < rows.size(); ++row) {
    if (cells.is_null(row))
      out += nulls;
    else if (is_text)
      append_text(out, cells.text(row));
    else
      append_plain(out, cells, row);
    out += '\n';
    if (out.size() < piece) continue;
    to.write(out);
    out.clear();
  }
  if (!out.empty()) to.write(out);
}

} // namespace vigie::core
