// SPDX-License-Identifier: Apache-2.0
// press.read_warc: an HTML page of a web archive is a row. Made by the host once a step; one task a
// split, on any thread. Pages that were not compressed are views into the chunk.
#pragma once

#include <vigie/vigie.hpp>

#include <string>

namespace vigie::press {

struct read_warc : decode {
  static constexpr vigie::about about{
      .name = "press.read_warc",
      .summary = "Reads the HTML pages of web archives (WARC); each response is one row.",
      .doc =
          R"(Reads WARC 1.0 and 1.1 files (ISO 28500), also compressed, as a whole or record by record. Each HTML page that a crawler was
sent gives one row, for `press.article` to read:

| column | type | what it holds |
|---|---|---|
| `file` | text | the archive's path below the fixed part of the glob |
| `html` | binary | the page's bytes, without transfer and content encoding |
| `url` | text | the address it was fetched from (`WARC-Target-URI`) |
| `charset` | text | that of the HTTP header; null where it has none |
| `fetched` | timestamp | when (`WARC-Date`) |

A row is a record of type `response` with an HTTP status of 200 to 299, or of type `resource`, whose media type is HTML or XHTML.
Without a media type, a body that begins with `<` is taken. Records of other types, statuses and media are passed over.
Chunked transfer is undone, gzip and deflate too; a body that only claims them is taken as it stands. Nothing is fetched.

A row's place in the input is that of its page's bytes, so that places in the article are places in the archive: of a compressed
archive, as always, in its unpacked bytes. A page that was chunked or compressed within its record has no such bytes; its row's
place is that of the whole record, and places in its article are null.

An archive is one split, whatever its size: only the lengths of all records before tell where one begins, as a page may hold what
looks like a record. Many archives are read side by side.

```yaml
- use: press.read_warc
  with: {files: "crawl/*.warc.gz"}
- use: press.article
  with: {html: html}
```

**Errors.** These records are rejected, each with its reason, and reading goes on at the next record: one that is cut short, has
no length or a length that does not lead to the next record; a response without an HTTP header; a chunked or compressed body
that breaks off; a content encoding other than gzip and deflate, such as `br`; a page of more than 64 MiB. Behind a record whose
length does not lead to the next one, the next is believed where it has a version line, a type, a length and an empty line, and
where that length leads to the end of a record. A compressed archive that breaks off gives its records up to there and one rejected
row with V0509; without `on_error` it stops the run, as all readers do.
)",
      .records = vigie::records::own};

  struct task {
    task(const read_warc&, const input& in, const task_info&) : name(in.name) {}
    void chunk(const vigie::chunk& bytes, decoded& out) const;

    std::string name;

  private:
    void page(std::string_view html, std::string_view url, std::string_view charset,
              std::string_view date, decoded& out) const;
  };

  [[nodiscard]] schema columns() const {
    return {{.name = "file"},
            {.name = "html", .kind = kind::binary, .format = "vz"},
            {.name = "url"},
            {.name = "charset"},
            {.name = "fetched", .kind = kind::timestamp}};
  }
  [[nodiscard]] std::uint32_t form() const;
  [[nodiscard]] std::int64_t border(std::string_view bytes, bool at_start) const;
  [[nodiscard]] std::int64_t last_border(std::string_view bytes) const;
};

} // namespace vigie::press
