// SPDX-License-Identifier: Apache-2.0
// core.write_csv: a row is a line of separated fields. Made by the host once a step; write() runs
// on many threads at once.
#pragma once

#include "chosen.hpp"
#include "csv/row.hpp"

#include <vigie/vigie.hpp>

#include <string>
#include <vector>

namespace vigie::core {

struct write_csv : encode {
  static constexpr vigie::about about{
      .name = "core.write_csv",
      .summary = "Writes CSV, with any delimiter.",
      .doc = R"(Writes rows as CSV (RFC 4180) in UTF-8, below a line of column names.

```yaml
- use: core.write_csv
  with: {file: counts.csv, columns: [country, hosts], formulas: escape}
```

A field is quoted where it holds the delimiter, a quote, CR or LF, and where it would read as a
null. So an empty text is `""` and a null is nothing at all; readers that tell quoted from
unquoted get both back. A file of one column has empty lines for nulls, which some readers skip:
set `nulls` to a word there.

Numbers are exact as in `core.write_jsonl`; NaN and infinities are `NaN`, `Infinity`, `-Infinity`;
booleans are `true` and `false`; dates and times are RFC 3339 in UTC; binary is base64; lists and
structs are JSON.

**Formulas.** Spreadsheets run a text that starts with `=`, `+`, `-` or `@` as a formula, also
from quoted fields, and a page or log an attacker wrote can hold one. `formulas: escape` puts `'`
before such a text and before one that starts with a tab or CR. That changes the data, so the
default is `keep`; choose `escape` for files that people open in a spreadsheet. Numbers are never
changed.

**Errors.** A `delimiter` that is not one ASCII character, or is a quote or line end; `nulls` with
the delimiter, a quote or a line end; a column in `columns` that is not in the input, or stands
there twice.
)"};

  void params(vigie::params& p);
  void bind(binding& b);
  void head(writer& to) const;
  void write(const batch& rows, writer& to) const;

  std::vector<column_name> columns;
  std::string delimiter = ",", newline = "lf", nulls, quote = "needed", formulas = "keep";
  bool header = true;

private:
  chosen_columns chosen_;
  std::string_view line_end_;
  csv_style style_;
};

} // namespace vigie::core
