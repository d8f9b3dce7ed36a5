// SPDX-License-Identifier: Apache-2.0
// The component press.fingerprint.
#pragma once

#include "copies/fingerprint.hpp"

namespace vigie::press {

struct fingerprints_of_text : transform {
  static constexpr vigie::about about{
      .name = "press.fingerprint",
      .summary = "Adds what copies of a text are known by: digests and a MinHash sketch.",
      .doc =
          R"md(Adds

| column | type | meaning |
|---|---|---|
| `exact` | fixed_binary(16) | the first 16 bytes of SHA-256 of the text |
| `normalised` | fixed_binary(16) | the same of its words alone: lower case, without accents, punctuation and line breaks |
| `minhash` | fixed_binary(240) | a sketch: 120 numbers of 16 bits; the share of equal ones estimates the Jaccard similarity of two texts |
| `words` | int32 | how many words the text has; a Chinese or Japanese character counts as one |

Two texts are alike as far as their runs of five words are the same ones (shingles); the estimate has a standard error of 0.037 at
0.8. All seeds are fixed, so that sketches of different runs and machines may be compared. A text without any word has
neither `normalised` nor `minhash`, and 0 `words`; with `compare: exact` words are not counted. A row without a text is rejected.

press.dedup and press.copies read these columns. They are small; the text need not stay beside them.

```yaml
- use: press.fingerprint
  on_error: {do: route}
- use: press.dedup
```
)md"};

  column_name text{"body"};
  std::string compare = "near";

  void params(vigie::params& p) {
    p.add("text", text, "Column with the text.");
    p.add(
         "compare", compare,
         "What is made: the first, the first two or all three of the columns; the others are null. "
         "`exact` alone is ten times as fast.")
        .choices({"exact", "normalised", "near"});
  }
  void bind(binding& b);

  struct task {
    task(const fingerprints_of_text& c, const task_info&) : self(&c) {}
    void process(const batch& rows, output& out);

    const fingerprints_of_text* self;
    std::string room;
  };

private:
  need text_;
  add exact_, normalised_, minhash_, words_;
};

} // namespace vigie::press
