// SPDX-License-Identifier: Apache-2.0
// core.read_jsonl: a line is a JSON object is a row. Made by the host once a step; its tasks
// (jsonl_task.hpp), one a split, read the lines on any thread.
#pragma once

#include "json/path.hpp"

#include <vigie/vigie.hpp>

#include <string>
#include <vector>

namespace vigie::core {

// What a cell of a column must be in the line.
enum class json_type : std::uint8_t {
  text,
  integer,
  whole, // from 0
  real,
  boolean,
  date,
  timestamp,
  json,
  structure,
};

// A field of a struct column.
struct json_member {
  std::string name = {}, path = {}, type = "text";
  bool list = false;

  void params(vigie::params& p) {
    p.add("name", name, "Name of the field.").required();
    p.add("path", path,
          "Where the value stands inside the object, as in `columns`. Without it, the key of the "
          "field's name.");
    p.add("type", type, "As in `columns`.")
        .choices({"text", "int", "uint", "real", "bool", "date", "timestamp", "json"});
    p.add("list", list, "The value is a list, each item of the type.");
  }
};

struct json_column {
  std::string name = {}, path = {}, type = "text";
  bool list = false, required = false, sensitive = false;
  std::vector<json_member> fields = {};

  void params(vigie::params& p) {
    p.add("name", name, "Name of the column.").required();
    p.add("path", path,
          "Where the value stands: keys between dots, `[n]` for item n of a list (from 0), and "
          "keys that hold dots or "
          "brackets in double quotes: `a.b`, `answers[0].ip`, `a.\"b.c\"`. Without it, the key of "
          "the column's name.");
    p.add("type", type,
          "`text`; `int` (a whole number from -2^63 to 2^63-1); `uint` (a whole number from 0 to "
          "2^64-1); `real`; `bool`; `date` (text `YYYY-MM-DD`); `timestamp` (text, RFC "
          "3339; cut to microseconds); `json`: any value, as it is written.")
        .choices({"text", "int", "uint", "real", "bool", "date", "timestamp", "json"});
    p.add("list", list, "The value is a list, each item of the type, or of the `fields`.");
    p.add("required", required,
          "Reject the line where the value is missing or null. Otherwise the cell is null.");
    p.add("sensitive", sensitive,
          "Marks the column as sensitive: its cells are masked wherever people look.");
    p.add("fields", fields,
          "The value is an object, or with `list` a list of objects, and the column a struct of "
          "these fields; `type` then says nothing.");
  }
};

// The type of a column, ready to be read.
struct json_cell_type {
  json_type type = json_type::text;
  bool list = false;
  // Of a struct: its fields' types, and where they stand inside the object.
  std::vector<json_cell_type> fields = {};
  std::vector<std::string> names = {};
  json_wants wants = {};
};
[[nodiscard]] std::string_view wanted_by(json_type type); // "a date that exists, like ..."

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

Lines of spaces alone are no rows and no errors. Line ends are LF or CR LF; a byte order mark is
skipped where the file begins, and a fault elsewhere. A space between tokens is a space, a tab or
a carriage return, as a line has no other of RFC 8259.

A column with `fields` is a struct, and with `list` a list of structs:

```yaml
- name: hops
  list: true
  fields:
    - {name: ip}
    - {name: ms, path: rtt.ms, type: real}
```

Structs do not nest: what lies deeper is reached by the `path` of a field, or kept as it stands by
type `json`. Other keys of the object are checked and passed over; a field that is not there is
null, and so is the struct where the object is.

| in the line | read as |
|---|---|
| a whole number up to 2^63-1, up to 2^64-1 | exact as `int`, as `uint`; larger ones as `real`, rounded, or as `json`, digit by digit |
| `1.0`, `1e3` | a `real`; no `int`, though it is whole |
| `-0` | 0 as `int`, -0.0 as `real` |
| `NaN`, `Infinity`, `01`, `+1`, `.5` | a fault: JSON has no such numbers |
| `"\u0000"` | a text of one NUL; a raw NUL or another raw control character is a fault |
| `"\ud83d"` alone | a fault, as no text holds half a character |
| `null`, no such key | null; a fault where the column is `required` |

**Errors.** The *form* of every line is checked in full, whatever columns are read: UTF-8, the
grammar of RFC 8259 (also numbers and escapes), nothing behind the object, 64 levels at most, no
half surrogate pairs, and no key twice in one object, as readers differ in which of the two they
believe. Keys are compared as they read without escapes. A line has 2 GiB at most, an object as
many keys as fit. A line that fails is rejected with the
offset of the fault.

The *type* of a value counts only in columns that a later step uses. A value of another type, a
number that does not fit (no number is rounded to an `int`; a `real` must lie in the range of a
double, and not so near to zero that nothing of it is left), a date that does not exist, and a `required` value that is missing reject the line and
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

  // Whether lines are first walked in the fast way. It changes no result; tests turn it off.
  bool walks = true;

  // Made by columns(), in the order of `fields`.
  std::vector<json_path> paths;
  std::vector<json_cell_type> types;
};

} // namespace vigie::core
