// SPDX-License-Identifier: Apache-2.0
// The component press.dedup. One task sees all rows and holds the fingerprints of those that stay,
// as far as memory goes (copy_finder).
#pragma once

#include "copies/copy_finder.hpp"

#include <span>
#include <vector>

namespace vigie::press {

struct dedup_of_texts : arrange {
  static constexpr vigie::about about{
      .name = "press.dedup",
      .summary = "Keeps the first of texts that are copies of each other: equal, equal in their "
                 "words, or nearly so.",
      .doc =
          R"md(Reads the columns of press.fingerprint. A row goes where an earlier row that stayed is

| `compare` | found equal |
|---|---|
| `exact` | byte by byte |
| `normalised` | also in its words: case, accents, punctuation, blanks and line breaks do not count |
| `near` | also where the estimated Jaccard similarity of their runs of five words is `similarity` or more |

Rows that stay keep their order, and the first of a group is the one that stays. A row is compared with those that stayed, not
with those that went: a text that drifts from copy to copy is not dropped for its likeness to the last copy. Rows without
`exact` stay. What went, and what it copied, press.copies tells from the same columns.

Near copies are looked for by 24 bands of 5 numbers of the sketch. A pair of similarity 0.8 is missed once in 14,000 times, one of
0.7 once in 80. The similarity itself is estimated from 120 numbers: at 0.8 with a standard error of 0.037, so that pairs within
0.07 of the border may fall on either side, always the same one. A text shorter than a few sentences has few runs of
words, and a single changed word makes it another text. In a band no more than 32 texts are held
under the same numbers: of thousands of pages that are alike in the frame of their site, but less than
`similarity`, a near copy of a later one may stay.

About 1000 bytes are held for each row that stays, 130 with `compare: exact` or `normalised`. Where they do not fit into
`run: {memory: ...}`, rows are compared in passes: with as many of those that stayed as fit, while 350 bytes of each row that is not
yet decided wait in a scratch file for the next pass. What stays is the same; time grows with the number of
passes, so that a tenth of the memory that all would take means about five times the work.

```yaml
- use: press.fingerprint
- use: press.dedup
  with: {similarity: 0.9}
```
)md",
      .rows = rows::some,
      .parallel = parallel::single};

  double similarity = 0.8;
  std::string compare = "near";
  host_services host;

  void params(vigie::params& p) {
    p.add("similarity", similarity, "From which estimated similarity on a text is a near copy.")
        .range(0.5, 1);
    p.add("compare", compare, "What counts as a copy.").choices({"exact", "normalised", "near"});
  }
  void bind(binding& b) { columns_ = fingerprint_columns(b); }
  class task {
  public:
    task(const dedup_of_texts& self, const task_info&)
        : self_(self),
          finder_(self.host, self.similarity, copy_kind_of(self.compare), copy_finder::want::any) {}
    bool take(const batch& in, std::span<const std::uint64_t> ids, order& out);
    void end(order& out);

  private:
    void hand_over(order& out);

    const dedup_of_texts& self_;
    copy_finder finder_;
    std::vector<std::uint64_t> kept_; // not yet handed over
  };

private:
  fingerprint_columns columns_;
};

} // namespace vigie::press
