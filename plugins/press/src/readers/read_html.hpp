// SPDX-License-Identifier: Apache-2.0
// press.read_html: a saved page is a row. Made by the host once a step; one task a file, on any
// thread. The bytes are a view into the chunk, which the host keeps alive.
#pragma once

#include <vigie/vigie.hpp>

#include <string>

namespace vigie::press {

struct read_html : decode {
  static constexpr vigie::about about{
      .name = "press.read_html",
      .summary = "Reads saved HTML pages; each file is one row.",
      .doc =
          R"(Reads whole HTML files as bytes. Each file gives one row, for `press.article` to read:

| column | type | what it holds |
|---|---|---|
| `file` | text | the file's path below the fixed part of the glob |
| `html` | binary | the page's bytes, as they stand |
| `url` | text | null: a saved file does not say where it comes from |
| `charset` | text | null: the page's own declarations count |

The charset is found by `press.article`, as browsers find it; leave `encoding` alone, so that places in the article are places in
the file. Nothing is fetched, ever.

```yaml
- use: press.read_html
  with: {files: "pages/*.html"}
- use: press.article
  with: {html: html}
```

**Errors.** A file without bytes is rejected, and one of 2 GiB or more; files longer than the input's `max_record` are
rejected by the host. Whether the bytes are a page is judged by `press.article`.
)",
      .records = vigie::records::file};

  struct task {
    task(const read_html&, const input& in, const task_info&) : name(in.name) {}
    void chunk(const vigie::chunk& bytes, decoded& out) const;

    std::string name;
  };

  [[nodiscard]] schema columns() const {
    return {{.name = "file"},
            {.name = "html", .kind = kind::binary, .format = "vz"},
            {.name = "url"},
            {.name = "charset"}};
  }
};

} // namespace vigie::press
