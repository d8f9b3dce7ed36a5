// SPDX-License-Identifier: Apache-2.0
#include "write_text.hpp"

#include "common/display/width.hpp"
#include "json/cell.hpp"

#include <algorithm>
#include <limits>

namespace vigie::core {
namespace {

constexpr std::size_t most_rows_held = 100'000, most_bytes_held = 64 * 1024 * 1024;
constexpr int least_width = 4, most_width_allowed = 10'000;

bool is_number(const field& f) {
  return f.kind == kind::float64 || (is_integer(f.kind) && f.extension.empty());
}

} // namespace

void write_text::params(vigie::params& p) {
  p.add("columns", columns, "Which columns to show, in which order. Without it, all.");
  p.add("max_width", max_width, "Cells a text may take on the screen; longer ones end in `…`.")
      .range(least_width, most_width_allowed);
  p.add("nulls", nulls, "What is shown for a null.");
}

void write_text::bind(binding& b) { chosen_ = choose(b, columns); }

write_text::task::task(const write_text& table, const task_info&) : table_(table) {
  for (const field& f : table.chosen_.fields) {
    const display::shown name = display::show(f.name, static_cast<int>(table.max_width));
    widths_.push_back(0);
    to_the_right_.push_back(is_number(f) && !f.sensitive);
    hold(name.text, name.width);
  }
}

void write_text::task::write(const batch& rows, writer& to) {
  for (std::int64_t row = 0; row < rows.size(); ++row) {
    for (std::size_t c = 0; c < table_.chosen_.size(); ++c)
      show_cell(rows[table_.chosen_.needs[c]], row, c);
    const bool full =
        cells_.size() >= most_rows_held * widths_.size() || texts_.size() >= most_bytes_held;
    if (!fixed_ && full) fix_widths(to);
  }
  if (fixed_) write_held(to);
}

void write_text::task::foot(std::uint64_t, writer& to) {
  if (!fixed_) fix_widths(to);
}

// Cells that may be cut are as wide as their column at most, once that is fixed.
int write_text::task::most_width(std::size_t c) const {
  const auto most = static_cast<int>(table_.max_width);
  return fixed_ ? std::clamp(widths_[c], 1, most) : most;
}

void write_text::task::show_cell(const column& cells, std::int64_t row, std::size_t c) {
  const field& f = cells.type();
  std::string_view text;
  if (cells.is_null(row)) {
    text = table_.nulls;
  } else if (f.sensitive) {
    text = "•••";
  } else if (f.kind == kind::text) {
    text = cells.text(row);
  } else {
    room_.clear();
    append_plain(room_, cells, row);
    if (is_simple(f)) return hold(room_, static_cast<int>(room_.size()));
    text = room_;
  }
  const display::shown shown = display::show(text, most_width(c));
  hold(shown.text, shown.width);
}

void write_text::task::hold(std::string_view text, int width) {
  const std::size_t c = cells_.size() % widths_.size();
  if (!fixed_) widths_[c] = std::max(widths_[c], width);
  texts_ += text;
  cells_.push_back({texts_.size(), width});
}

// The names of the columns are held as the first row; a line goes below them.
void write_text::task::fix_widths(writer& to) {
  fixed_ = true;
  if (widths_.empty()) return;
  const std::size_t columns = widths_.size();
  std::string line;
  for (std::size_t c = 0; c < columns; ++c) {
    append_cell(line, std::string(static_cast<std::size_t>(widths_[c]), '-'), widths_[c], c);
  }
  std::string names;
  std::size_t at = 0;
  for (std::size_t c = 0; c < columns; ++c) {
    append_cell(names, std::string_view(texts_).substr(at, cells_[c].end - at), cells_[c].width, c);
    at = cells_[c].end;
  }
  to.write(names + line);
  texts_.erase(0, at);
  cells_.erase(cells_.begin(), cells_.begin() + static_cast<std::ptrdiff_t>(columns));
  for (held_cell& cell : cells_) cell.end -= at;
  write_held(to);
}

void write_text::task::write_held(writer& to) {
  constexpr std::size_t piece = 256 * 1024;
  std::string out;
  std::size_t at = 0;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    append_cell(out, std::string_view(texts_).substr(at, cells_[i].end - at), cells_[i].width,
                i % widths_.size());
    at = cells_[i].end;
    const bool row_ends = (i + 1) % widths_.size() == 0;
    if (!row_ends || out.size() < piece) continue;
    to.write(out);
    out.clear();
  }
  if (!out.empty()) to.write(out);
  texts_.clear();
  cells_.clear();
}

void write_text::task::append_cell(std::string& out, std::string_view text, int width,
                                   std::size_t c) const {
  const bool last = c + 1 == widths_.size();
  const auto fill = static_cast<std::size_t>(std::max(0, widths_[c] - width));
  if (to_the_right_[c]) out.append(fill, ' ');
  out += text;
  if (!to_the_right_[c]) out.append(fill, ' ');
  if (last) out.resize(out.find_last_not_of(' ') + 1); // at least up to the line end before
  out += last ? "\n" : "  ";
}

} // namespace vigie::core
