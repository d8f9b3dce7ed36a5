// SPDX-License-Identifier: Apache-2.0
// The component press.sentences.
#pragma once

#include "rows/body_columns.hpp"
#include "rows/languages.hpp"
#include "rows/splitters.hpp"

namespace vigie::press {

struct sentences_of_page : transform {
  static constexpr vigie::about about{
      .name = "press.sentences",
      .summary = "Splits the cleaned text of an article into sentences.",
      .doc =
          R"(Adds `sentences`, a list of `at`, `size` (bytes of `body`), `label` (of the segment the sentence begins in: `title`,
`lede`, `body`, `quote`), `offset` and `length` (bytes of the input; null where they are not known). The rules are ICU's
for the language with its abbreviations. The end of a line ends a sentence; residue that was cut out of a line does not. What goes on
for more than 4096 bytes without an end is cut behind a blank.

```yaml
- use: press.article
- use: press.sentences
- use: press.dates
```
)"};

  body_columns text;
  languages words;
  host_services host;

  void params(vigie::params& p) {
    text.params(p);
    words.params(p);
  }
  void bind(binding& b);

  struct task {
    task(const sentences_of_page& c, const task_info&) : self(c) {}
    void process(const batch& rows, output& out);

    const sentences_of_page& self;
    splitters by_language;
  };

private:
  add sentences_;
};

} // namespace vigie::press
