// SPDX-License-Identifier: Apache-2.0
// Lines on their way to a writer. Lines that lie one behind the other in one buffer, each with its
// LF behind it as in the input they were read from, are taken as one run, which is copied once, or
// not at all where it is long. One object a call; one thread.
#pragma once

#include <vigie/vigie.hpp>

#include <string>
#include <string_view>

namespace vigie::core {

class line_runs {
public:
  explicit line_runs(writer& to) : to_(to) { out_.reserve(most_gathered + most_gathered / 4); }

  // A line, without its LF, that lies in the buffer `home`; it stays there until finish().
  void lying(std::string_view line, const void* home) {
    if (home == home_ && home != nullptr && line.data() == run_.data() + run_.size() + 1 &&
        run_.data()[run_.size()] == '\n') {
      run_ = {run_.data(), run_.size() + 1 + line.size()};
      return;
    }
    end_run();
    run_ = line;
    home_ = home;
    has_run_ = true;
  }

  // Where a line that is made is written, without its LF; end_line() follows.
  std::string& made() {
    end_run();
    return out_;
  }
  void end_line() {
    out_ += '\n';
    if (out_.size() >= most_gathered) give();
  }

  void finish() {
    end_run();
    give();
  }

private:
  // As the cache of a core holds it; what is at least as long as `written_in_place` is worth a
  // call of its own.
  static constexpr std::size_t most_gathered = 256 * 1024, written_in_place = 64 * 1024;

  void end_run() {
    if (!has_run_) return;
    has_run_ = false;
    home_ = nullptr;
    if (run_.size() < written_in_place) {
      out_ += run_;
    } else {
      give();
      to_.write(run_);
    }
    end_line();
  }
  void give() {
    if (!out_.empty()) to_.write(out_);
    out_.clear();
  }

  writer& to_;
  std::string out_;
  std::string_view run_;
  const void* home_ = nullptr;
  bool has_run_ = false;
};

} // namespace vigie::core
