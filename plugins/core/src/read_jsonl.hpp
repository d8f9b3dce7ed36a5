// SPDX-License-Identifier: Apache-2.0
// core.read_jsonl: a line is a JSON object is a row. Made by the host once a step; one task a
// split, on any thread. Text columns are views into the chunk, which the host keeps alive.
#pragma once

#include "json_path.hpp"
#include "json_scan.hpp"

#include <vigie/vigie.hpp>

#include <string>
#include <vector>

namespace vigie::core {

// What a cell of a column must be in the line.
enum class json_type : std::uint8_t { text, integer, real, boolean, date, timestamp, json };

struct json_column {
  std::string name = {}, path = {}, type = "text";
  bool list = false, required = false, sensitive = false;

  void params(vigie::params& p) {
    p.add("name", name, "Name of the column.").required();
    p.add("path", path,
          "Where the value stands: keys between dots, `[n]` for item n of a list (from 0), and "
          "keys that hold dots or "
          "brackets in double quotes: `a.b`, `answers[0].ip`, `a.\"b.c\"`. Without it, the key of "
          "the column's name.");
    p.add("type", type,
          "`text`; `int` (a whole number within 64 bits); `real`; `bool`; `date` (text "
          "`YYYY-MM-DD`); `timestamp` (text, RFC "
          "3339; cut to microseconds); `json`: any value, as it is written.")
        .choices({"text", "int", "real", "bool", "date", "timestamp", "json"});
    p.add("list", list, "The value is a list, each item of the type.");
    p.add("required", required,
          "Reject the line where the value is missing or null. Otherwise the cell is null.");
    p.add("sensitive", sensitive,
          "Marks the column as sensitive: its cells are masked wherever people look.");
  }
};

struct read_jsonl : decode {
  static constexpr vigie::about about{
      .name = "core.read_jsonl",
      .summary = "Reads JSON Lines; each line is an object and a row.",
      .doc =
          R"(Reads files that hold one JSON object a line, and takes from each the
values that `columns` names.

```yaml
- use: core.read_jsonl
  with:
    files: "logs/*.jsonl.gz"
    columns:
      - {name: id, type: int, required: true}
      - {name: first_ip, path: "answers[0].ip"}
      - {name: tags, list: true}
    raw: line
```

Lines of spaces alone are no rows and no errors. Line ends are LF or CR LF.

**Errors.** The *form* of every line is checked in full, whatever columns are read: UTF-8, the
grammar of RFC 8259 (also numbers and escapes), nothing behind the object, 64 levels at most, no
half surrogate pairs, and no key twice in one object, as readers differ in which of the two they
believe. Keys are compared as they read without escapes. A line that fails is rejected with the
offset of the fault.

The *type* of a value counts only in columns that a later step uses. A value of another type, a
number that does not fit (no number is rounded to an `int`; a `real` must lie in the range of a
double), a date that does not exist, and a `required` value that is missing reject the line and
name the column.

**Sensitive columns.** Where a column is marked `sensitive`, so is every other column that holds the
same value: `raw`, and columns whose path leads to a value around it or inside it. The outputs hold
such cells; messages do not, and why a line is rejected is then withheld.
)"};

  struct task;

  void params(vigie::params& p);
  // Checks names, types and paths, too.
  [[nodiscard]] schema columns();

  std::vector<json_column> fields; // parameter `columns`
  std::string raw;

  // Made by columns(), in the order of `fields`.
  std::vector<json_path> paths;
  std::vector<json_type> types;
};

// Reads the lines of one split.
struct read_jsonl::task {
  task(const read_jsonl& reader, const input&, const task_info&) : reader_(reader) {}
  void chunk(const vigie::chunk& bytes, decoded& out);

private:
  // A value in the type of its column. Texts stay in the line until all columns of it are known to
  // be good.
  struct cell {
    json_value value;
    std::int64_t integer = 0;
    double real = 0;
  };
  struct column {
    std::size_t index; // in the schema
    json_type type;
    bool list, required;
    cell one;
    std::size_t first_item = 0, end_item = 0; // of a list, in items_
  };

  void start(const decoded& out);
  void line(std::string_view text, std::int64_t offset, decoded& out);
  // Reads the value into the column's cells; the fault, or nothing.
  [[nodiscard]] std::string take(column& c, const json_value& value);
  [[nodiscard]] std::string take_list(column& c, const json_value& value);
  [[nodiscard]] std::string take_cell(json_type type, cell& to);
  [[nodiscard]] std::string_view text_of(const json_value& value);
  void put(const column& c, builder& to);
  void put_cell(json_type type, const cell& from, builder& to);

  const read_jsonl& reader_;
  bool started_ = false, utf8_ = true;
  json_wants wants_;
  json_scanner scanner_;
  std::vector<column> columns_;
  std::vector<json_value> values_; // of the line at hand, by column
  std::vector<json_value> found_;
  std::vector<cell> items_;
  std::string room_;
};

} // namespace vigie::core
