// SPDX-License-Identifier: Apache-2.0
// core.read_lines: a line of text is a row. Made by the host once a step; one task a split, on any
// thread. The line is a view into the chunk, which the host keeps alive.
#pragma once

#include <vigie/vigie.hpp>

#include <string>

namespace vigie::core {

struct read_lines : decode {
  static constexpr vigie::about about{.name = "core.read_lines",
                                      .summary = "Reads text line by line; each line is one row.",
                                      .doc =
                                          R"(Reads logs and lists, whatever stands in their lines:

| column | type | what it holds |
|---|---|---|
| `file` | text | the file's path below the fixed part of the glob |
| `line` | text | the line without its end, LF or CR LF |

A line of no bytes is a row with an empty text; `blank: skip` leaves out lines of spaces, tabs and
nothing.

```yaml
- use: core.read_lines
  with: {files: "logs/*.log.gz"}
- use: core.filter
  with: {where: "line like '%SSL alert%'"}
```

**Errors.** A line that is not UTF-8 is rejected; the message names its first wrong byte, and
`encoding: auto` reads other encodings. So is a line of 2 GiB and more. NUL bytes and control
characters are text.
)"};

  struct task {
    task(const read_lines& reader, const input& in, const task_info&)
        : name(in.name), skip_blank(reader.blank == "skip") {}
    void chunk(const vigie::chunk& bytes, decoded& out) const;

    std::string name;
    bool skip_blank;
  };

  void params(vigie::params& p) {
    p.add("blank", blank, "What becomes of lines without any text: `keep` or `skip` them.")
        .choices({"keep", "skip"});
  }
  [[nodiscard]] schema columns() const {
    return {{.name = "file"}, {.name = "line", .format = "vu"}};
  }

  std::string blank = "keep";
};

} // namespace vigie::core
