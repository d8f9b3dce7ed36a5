// SPDX-License-Identifier: Apache-2.0
// What the host says when something is wrong: one diagnostic type for every room of the house, with
// a code from the one table, the place it was found, what was found and what to do. Values: copy
// and move freely. No thread rules.
#pragma once

#include "codes.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

enum class severity { error, warning, note };

// Where something was found. Only the parts that are known are set; the rest stays empty or
// negative.
struct place {
  std::string file = {};    // pipeline file, input or plugin, as the user wrote it
  int line = 0;             // 1-based; 0: unknown
  int column = 0;           // 1-based, in bytes; 0: unknown
  std::string step = {};    // name of the step at work
  std::int64_t row = -1;    // 0-based row of the batch or test at hand; -1: unknown
  std::string field = {};   // name of a column of data
  std::int64_t offset = -1; // byte in the decoded input; -1: unknown
  std::int64_t length = -1; // bytes from `offset` on; -1: unknown

  friend bool operator==(const place&, const place&) = default;
};

struct diagnostic {
  vigie::code code = vigie::code::internal;
  vigie::severity severity = vigie::severity::error;
  vigie::place place;
  std::string message;     // what was found and what was expected
  std::string hint;        // what to do; may be empty
  std::string excerpt;     // the line of the file it speaks of, without its newline; may be empty
  bool hides_line = false; // a secret may stand in that line: it gets no excerpt

  // Short forms that read well where an error is made: `fail(code::x, "...").at(p).help("...")`.
  diagnostic&& at(vigie::place p) && {
    place = std::move(p);
    return std::move(*this);
  }
  diagnostic&& help(std::string text) && {
    hint = std::move(text);
    return std::move(*this);
  }
};

using diagnostics = std::vector<diagnostic>;

[[nodiscard]] diagnostic fail(code c, std::string message);

// "V0123"
[[nodiscard]] std::string code_name(code c);

// `file:line:col: error[V0123]: message`, then the excerpt with a caret and the hint, each on its
// own line. With `colour`, SGR sequences mark severity and caret. Control characters of the input
// are shown escaped, so that a hostile file cannot write to the terminal.
[[nodiscard]] std::string render(const diagnostic& d, bool colour = false);

// The place alone, as it opens a message: "file:line:col", "step 'x', row 3, column 'y'", "file,
// byte 12".
[[nodiscard]] std::string render(const place& p);

// The candidate nearest to `word`, or empty where none is near: for "did you mean 'x'?".
// Damerau-Levenshtein distance (optimal string alignment) of at most a third of the word's length.
[[nodiscard]] std::string nearest(std::string_view word,
                                  const std::vector<std::string>& candidates);

} // namespace vigie
