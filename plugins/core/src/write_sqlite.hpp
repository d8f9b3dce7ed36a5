// SPDX-License-Identifier: Apache-2.0
// core.write_sqlite: rows become a table of a new SQLite database. Made by the host once a step;
// one task sees all rows. The host gives the folder, syncs the file and renames it into place.
#pragma once

#include "chosen.hpp"

#include <vigie/vigie.hpp>

#include <memory>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace vigie::core {

struct write_sqlite : sink {
  static constexpr vigie::about about{
      .name = "core.write_sqlite",
      .summary = "Writes one table into a new SQLite database.",
      .doc = R"(Writes all rows, in their order, into one table of a new SQLite database.

```yaml
- use: core.write_sqlite
  with: {file: findings.sqlite, table: findings, index: [domain, day]}
```

| type | declared | stored as |
|---|---|---|
| bool, integers | INTEGER | numbers; true is 1; a uint64 above 9223372036854775807 stops the run |
| float64 | REAL | numbers; a NaN is NULL, as SQLite has none |
| text | TEXT | as it is |
| date, timestamp | TEXT | `2014-05-20`, `2014-05-20T13:43:00Z`: SQLite's date functions read both |
| uint32 `vigie.ipv4` | TEXT | `192.0.2.1` |
| binary | BLOB | as it is |
| list, struct, span | TEXT | JSON, for SQLite's `->>` and `json_each` |

The same rows give the same bytes, with the same version of SQLite. Indexes are named
`TABLE.COLUMN`.

**Errors.** Two columns whose names differ only in the case of ASCII letters, which SQLite takes
for one; names that are empty or hold a NUL; a table name that starts with `sqlite_`; more than
2000 columns; a full disk.
)",
      .parallel = vigie::parallel::single};

  class task;

  void params(vigie::params& p);
  void bind(binding& b);

  std::string table = "rows";
  std::vector<column_name> columns, index;

private:
  chosen_columns chosen_;
};

class write_sqlite::task {
public:
  // Makes dir/file, and the folders of `file` below dir. What an earlier attempt left there is
  // removed.
  task(const write_sqlite& writer, std::string_view dir, std::string_view file, const task_info&);

  void write(const batch& rows);
  // Makes the indexes, closes the file and writes a receipt:
  // {"table":..,"rows":..,"columns":[{"name":..,"type":..}]}.
  void prepare(writer& receipt);

private:
  struct close_database {
    void operator()(sqlite3* db) const;
  };
  struct end_statement {
    void operator()(sqlite3_stmt* s) const;
  };

  void run(const std::string& sql);
  void bind_cell(int place, const column& cells, std::int64_t row);
  [[noreturn]] void fail(std::string_view doing) const;
  [[nodiscard]] std::string create_table() const;
  [[nodiscard]] std::string insert_row() const;
  [[nodiscard]] std::string receipt_text() const;

  const write_sqlite& writer_;
  std::unique_ptr<sqlite3, close_database> db_;
  std::unique_ptr<sqlite3_stmt, end_statement> insert_;
  std::int64_t rows_ = 0;
  std::vector<std::string> rooms_; // texts that are bound, by column
};

} // namespace vigie::core
