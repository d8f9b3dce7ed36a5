// SPDX-License-Identifier: Apache-2.0
// Lines on their way to a writer. Lines that lie one behind the other in one buffer, each with its
// LF behind it as in the input they were read from, are taken as one run, which is copied once, or
// not at all where it is long. One line_output a call; one thread.
#pragma once

#include <vigie/vigie.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::core {

struct line_run {
  std::string_view text; // the lines and the LFs between them
  std::int64_t end = 0;  // the row behind the last
};

// The texts from `row` on, which is no null, as far as they lie so.
inline line_run run_of_lines(const column& cells, std::int64_t row) {
  line_run run{cells.text(row), row + 1};
  const void* home = cells.home(row);
  for (; home != nullptr && run.end < cells.size() && !cells.is_null(run.end); ++run.end) {
    const std::string_view next = cells.text(run.end);
    const char* end = run.text.data() + run.text.size();
    if (cells.home(run.end) != home || next.data() != end + 1 || *end != '\n') break;
    run.text = {run.text.data(), run.text.size() + 1 + next.size()};
  }
  return run;
}

// Gathers lines, so that the writer is called for many bytes at once.
class line_output {
public:
  explicit line_output(writer& to) : to_(to) { out_.reserve(most_gathered + most_gathered / 4); }

  // Whole lines, without the last LF; they stay where they are until this returns.
  void lying(std::string_view lines) {
    if (lines.size() < written_in_place) {
      out_ += lines;
    } else {
      give();
      to_.write(lines);
    }
    end_line();
  }

  // Where a line that is made is written, without its LF; end_line() follows.
  std::string& made() { return out_; }
  void end_line() {
    out_ += '\n';
    if (out_.size() >= most_gathered) give();
  }

  void finish() { give(); }

private:
  // As the cache of a core holds it; what is at least as long as `written_in_place` is worth a
  // call of its own.
  static constexpr std::size_t most_gathered = 256 * 1024, written_in_place = 64 * 1024;

  void give() {
    if (!out_.empty()) to_.write(out_);
    out_.clear();
  }

  writer& to_;
  std::string out_;
};

} // namespace vigie::core
