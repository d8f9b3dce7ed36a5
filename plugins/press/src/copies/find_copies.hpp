// SPDX-License-Identifier: Apache-2.0
// The component press.copies. Tasks of splits hold a record of each page, in memory or on disk; one
// task has them all at the end and makes the groups (copy_groups).
#pragma once

#include "copies/copy_groups.hpp"

#include <vigie/bad_rows.hpp>

#include <optional>

namespace vigie::press {

struct copies_of_texts : aggregate {
  static constexpr vigie::about about{
      .name = "press.copies",
      .summary =
          "One row a page: the group of copies it belongs to, the original of the group, and "
          "its agency.",
      .doc =
          R"md(Reads the columns of press.fingerprint and what the pages are known by: `file`, `url`, `title`, `publisher`, `agency`,
`published`, as far as they are there.

| column | type | meaning |
|---|---|---|
| `copies_id` | text | pages that are copies of one original share it |
| `kind` | text | `original`; else how the page is equal to it: `exact`, `normalised`, `near`, as in press.dedup |
| `similarity` | float64 | to the original, 1 where not `near` |
| `pages` | int32 | pages of the group, 1 where a page has no copy |
| `group_agency` | text | agency of the original, else of the first copy that names one |
| `file`, `url`, `title`, `publisher`, `agency`, `published` | | of the page |
| `copy_of`, `copy_of_url` | text | file and address of the original, null for the original itself |

The original of a group is the page whose publisher is its agency (the same words, whatever case, accents and marks); where there
is none, the one published first, undated ones last; then the one whose file name and address come first. A dispatch that
ten sites took over is so one group under its agency. A page belongs to the original it is most like, and
is like it by `similarity` or more: copies are never chained, copy by copy, to what the original is not.

Groups come in the order of their originals by publication day, file and address; in a group the original comes first, then the copies
in the same order. The order of the input changes nothing. A page without a fingerprint is rejected.

About 1000 bytes are held for each original, and what is known of each page, about 400 bytes and its names. Where they do not fit
into `run: {memory: ...}`, pages go to scratch files and are compared in passes, as in press.dedup; the rows are the same.

```yaml
- use: press.fingerprint
- use: press.copies
```
)md",
      .keep = keep::none};

  double similarity = 0.8;
  host_services host;

  void params(vigie::params& p) {
    p.add("similarity", similarity, "From which estimated similarity on a text is a near copy.")
        .range(0.5, 1);
  }
  void bind(aggregate_binding& b);

  class task {
  public:
    task(const copies_of_texts& self, const task_info&)
        : self_(self), held_(self.host, known_pages) {}
    void update(const batch& in, bad_rows& bad);
    void merge(const batch& in);
    bool partial(std::int64_t want, decoded& out);
    bool result(std::int64_t want, decoded& out);

  private:
    const copies_of_texts& self_;
    record_sort held_; // pages in the order of rows
    bool started_ = false;
    std::optional<copy_groups> groups_;
  };

private:
  struct columns {
    need file, url, title, publisher, agency, published;
  };
  fingerprint_columns prints_;
  columns in_;
  need key_, page_; // of partial state
};

} // namespace vigie::press
