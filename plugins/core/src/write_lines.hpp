// SPDX-License-Identifier: Apache-2.0
// core.write_lines: a cell is a line of text. Made by the host once a step; write() runs on many
// threads at once.
#pragma once

#include "line_runs.hpp"

#include <vigie/vigie.hpp>

#include <string>

namespace vigie::core {

struct write_lines : encode {
  static constexpr vigie::about about{.name = "core.write_lines",
                                      .summary = "Writes one column, a line for each row.",
                                      .doc = R"(Writes the cells of one column as they are, each
with an LF behind it: lists of addresses, lines of logs, the `raw` column of a reader.

```yaml
- use: core.write_lines
  with: {file: suspicious.log, column: line}
```

A row is a line: an LF or CR within a text is written as `\n` or `\r`. `line_ends: keep` writes it
as it is, and one row may then be several lines. Numbers, dates and addresses are written as in
`core.write_csv`, lists and structs as JSON.

**Errors.** A `column` that is not in the input; none given where the input has more than one.
)"};

  void params(vigie::params& p);
  void bind(binding& b);
  void write(const batch& rows, writer& to) const;

  column_name column;
  std::string nulls, line_ends = "escape";

private:
  void write_run(const vigie::column& cells, std::int64_t row, const line_run& run,
                 line_output& out) const;

  need cells_;
  bool keep_ = false;
};

} // namespace vigie::core
