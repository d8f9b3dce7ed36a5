// SPDX-License-Identifier: Apache-2.0
// core.write_text: a table for people to read. Made by the host once a step; one task sees all rows
// and holds the first ones, within fixed bounds, to know how wide its columns must be.
#pragma once

#include "chosen.hpp"

#include <vigie/vigie.hpp>

#include <string>
#include <vector>

namespace vigie::core {

struct write_text : encode {
  static constexpr vigie::about about{
      .name = "core.write_text",
      .summary = "Writes an aligned table for people to read.",
      .doc =
          R"(Writes rows as an aligned table, for a terminal or a report. It is for eyes:
programs read `core.write_jsonl` or `core.write_csv`.

```yaml
- use: core.write_text
  with: {file: counts.txt, columns: [country, hosts], max_width: 40}
```

```
country  hosts
-------  -----
France     312
日本        45
```

Numbers stand to the right. Texts, lists and structs longer than `max_width` end in `…`; numbers
and dates are never cut. Widths fit the first 100,000 rows or 64 MiB; cells that come later and
are wider are cut to them.

Nothing in a cell can reach the terminal's controls: a line end is shown as `⏎`, a tab as a space,
every other control character and every mark of text direction like `<U+001B>`, and bytes that are
no UTF-8 as `�`. Columns marked sensitive are shown as `•••`; the other writers write them.

**Errors.** A column in `columns` that is not in the input, or stands there twice.
)",
      .parallel = vigie::parallel::single};

  class task;

  void params(vigie::params& p);
  void bind(binding& b);

  std::vector<column_name> columns;
  std::int64_t max_width = 60;
  std::string nulls;

private:
  chosen_columns chosen_;
};

class write_text::task {
public:
  task(const write_text& table, const task_info&);

  void write(const batch& rows, writer& to);
  void foot(std::uint64_t rows, writer& to);

private:
  struct held_cell {
    std::size_t end; // of its text in texts_
    int width;
  };

  void show_cell(const column& cells, std::int64_t row, std::size_t c);
  void hold(std::string_view text, int width);
  void fix_widths(writer& to);
  void write_held(writer& to);
  void append_cell(std::string& out, std::string_view text, int width, std::size_t c) const;
  [[nodiscard]] int most_width(std::size_t c) const;

  const write_text& table_;
  std::vector<int> widths_; // of the columns: seen so far, then fixed
  std::vector<bool> to_the_right_;
  bool fixed_ = false;
  std::string texts_; // of the cells held, row by row
  std::vector<held_cell> cells_;
  std::string room_;
};

} // namespace vigie::core
