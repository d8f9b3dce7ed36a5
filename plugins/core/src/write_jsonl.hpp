// SPDX-License-Identifier: Apache-2.0
// core.write_jsonl: a row is a JSON object is a line. Made by the host once a step; write() runs on
// many threads at once.
#pragma once

#include "chosen.hpp"

#include <vigie/vigie.hpp>

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
| date, timestamp | `"2014-05-20"`, `"2014-05-20T13:43:00Z"`, `"2014-05-20T13:43:00.000007Z"` |
| binary | text in base64 |
| uint32 `vigie.ipv4` | `"192.0.2.1"` |
| list, struct, span | nested; a span is `{"offset":512,"length":13}` |

Marks such as *sensitive* change nothing here: what a pipeline writes to a file, it was asked to
write.

**Errors.** A column in `columns` that is not in the input, or stands there twice.
)"};

  void params(vigie::params& p);
  void bind(binding& b);
  void write(const batch& rows, writer& to) const;

  std::vector<column_name> columns;
  std::string nulls = "keep";

private:
  void append_row(std::string& out, const batch& rows, std::int64_t row) const;

  chosen_columns chosen_;
  std::vector<std::string> keys_; // ,"name": for each column
};

} // namespace vigie::core
