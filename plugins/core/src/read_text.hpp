// SPDX-License-Identifier: Apache-2.0
// core.read_text: a file is a row. Made by the host once a step; one task a file, on any thread.
// The text column is a view into the chunk, which the host keeps alive.
#pragma once

#include <vigie/vigie.hpp>

#include <string>

namespace vigie::core {

struct read_text : decode {
  static constexpr vigie::about about{.name = "core.read_text",
                                      .summary = "Reads text files; each file is one row.",
                                      .doc = R"(Reads whole text files. Each file gives one row:

| column | type | what it holds |
|---|---|---|
| `file` | text | the file's path below the fixed part of the glob |
| `text` | text | everything in the file, as it stands |
| `size_bytes` | int64 | how many bytes that is |

An empty file gives a row with an empty text.

```yaml
- use: core.read_text
  with: {files: "pages/*.txt", encoding: auto}
```

**Errors.** A file is rejected (see `on_error`) if it

- is not UTF-8: the message names the first wrong byte; `encoding: auto` reads other encodings;
- holds binary data: a NUL byte, or more than 5 % control characters other than tab, line feed,
  carriage return and form feed;
- has more than 2 GiB.
)",
                                      .records = vigie::records::file};

  struct task {
    task(const read_text&, const input& in, const task_info&) : name(in.name) {}
    void chunk(const vigie::chunk& bytes, decoded& out) const;

    std::string name;
  };

  [[nodiscard]] schema columns() const {
    return {{.name = "file"},
            {.name = "text", .format = "vu"},
            {.name = "size_bytes", .kind = kind::int64}};
  }
};

} // namespace vigie::core
