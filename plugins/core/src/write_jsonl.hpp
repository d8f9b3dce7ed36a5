// SPDX-License-Identifier: Apache-2.0
// core.write_jsonl: a row is a JSON object is a line. Made by the host once a step; its tasks run
// on many threads at once.
#pragma once

#include "chosen.hpp"
#include "json/check.hpp"
#include "json/out.hpp"

#include <vigie/vigie.hpp>

#include <optional>
#include <string>
#include <vector>

namespace vigie::core {

struct write_jsonl : encode {
  static constexpr vigie::about about{
      .name = "core.write_jsonl",
      .summary = "Writes JSON Lines; each row is one object.",
      .doc =
          R"(Writes each row as one JSON object on a line of its own, with the columns
as keys, in their order.

```yaml
- use: core.write_jsonl
  with: {file: timeline.jsonl, columns: [published, claim, source]}
```

gives lines like `{"published":"2014-05-20","claim":"2,077
servers","source":{"offset":512,"length":13}}`.

| type | written as |
|---|---|
| integers | exact digits, also beyond 2^53 |
| float64 | the shortest digits that read back as the same; NaN and infinities as `null` |
| text | with `"`, `\` and control characters escaped, all else as it is, in UTF-8 |
| text `arrow.json`, such as columns of type `json` | the value as it is written |
| int64 `vigie.decimal(S)` | a number with S digits behind the point |
| date, timestamp | `"2014-05-20"`, `"2014-05-20T13:43:00Z"`, `"2014-05-20T13:43:00.000007Z"` |
| binary | text in base64 |
| uint32 `vigie.ipv4`, fixed_binary(16) `vigie.ip` | `"192.0.2.1"`, `"2001:db8::1"` |
| list, struct, span | nested; a span is `{"offset":512,"length":13}` |

A cell that a plugin marks as JSON (`arrow.json`) is checked before it goes into the line: what is
not one value of one line, as `core.read_jsonl` would take it, is written like other text, in quotes
and escaped. No cell can break a line or add keys to one.

Marks such as *sensitive* change nothing here: what a pipeline writes to a file, it was asked to
write.

**Errors.** A column in `columns` that is not in the input, or stands there twice.
)"};

  struct task;

  void params(vigie::params& p);
  void bind(binding& b);

  std::vector<column_name> columns;
  std::string nulls = "keep";

  // How the cells of a column are written.
  enum class way : std::uint8_t { text, json, integer, whole, real, other };
  struct bound_column {
    need from;
    way by = way::other;
    std::string key; // ,"name": and zeros up to a multiple of 16 bytes
    std::size_t key_size = 0;
  };
  std::vector<bound_column> bound; // made by bind()
};

// Writes the rows of one task.
struct write_jsonl::task {
  task(const write_jsonl& writer, const task_info&)
      : writer_(writer), checks_(writer.bound.size()) {}
  void write(const batch& rows, vigie::writer& to);

private:
  void append_row(const std::vector<const column*>& cells, std::int64_t row);
  void append_cell(std::size_t c, const column& cells, std::int64_t row);
  void append_value(std::size_t c, std::string_view text);

  const write_jsonl& writer_;
  std::vector<std::optional<json_check>> checks_; // of columns of JSON
  json_out out_;
  std::string spare_;
};

} // namespace vigie::core
