// SPDX-License-Identifier: Apache-2.0
// dossier.timeline: statements as one page for a browser. Made by the host once a step; one task
// sees all rows, holds them, and writes the page when the last has come. It accounts for the memory
// it holds.
#pragma once

#include "claim_columns.hpp"
#include "columns.hpp"
#include "page.hpp"
#include "source_columns.hpp"
#include "statement.hpp"

#include <vigie/vigie.hpp>

#include <map>
#include <string>

namespace vigie::dossier {

struct timeline : encode {
  static constexpr vigie::about about{
      .name = "dossier.timeline",
      .summary = "Writes dated statements as one self-contained HTML page.",
      .doc =
          R"(Writes a timeline that opens in any browser, without a script and without a network: an overview, the statements
in the order of what they tell, those without a date in a section of their own, and the articles they come from. Every
statement stands beside its figures, what its date rests on, and the bytes it was read from.

```yaml
- use: dossier.timeline
  with: {file: timeline.html, title: "Xinjiang 2014–2019", language: fr}
```

The columns have fixed names. `core.select` renames others.

| column | type | |
|---|---|---|
| `text` | text | the sentence; required |
| `from`, `to` | date | first and last day of what it tells, nulls where open or not known; required |
| `file`, `title`, `url`, `publisher`, `agency` | text | its source |
| `published` | date | day of publication |
| `published_basis` | text | `page` or `given`; other words are shown as they are |
| `language` | text | of the sentence, such as `fr` |
| `basis` | text | what the date rests on, see below |
| `date_text`, `date_value` | text | the words of the date, and what was read from them |
| `span`, `date_span` | struct<offset: int64, length: int32> | bytes of the sentence and of its date in the file |
| `figures` | list<struct<...>> | see below |

`basis` is `explicit`, `year_from_publication`, `relative_to_publication`, `relative`, `vague` or `none`; other words are
shown as they are. Fields of `figures` are found by name: `text`, `bound`, `unit`, `counted` (text), `value`, `high`
(float64), `offset` (int64), `length` (int32); `text` or `value` must be there, other fields are left alone.

`bound` is `exact`, `lower`, `upper`, `approx` or `range` (then `high` is its other end). A link is made of http and
https addresses only. Nothing in a cell can act in the browser: markup is text, control characters and marks of text
direction are shown as `<U+202E>`. Texts marked sensitive are shown as `•••`, other sensitive columns are left out;
`from` and `to` must not be sensitive.

**Errors.** A required column that is not there, a column of another type, more rows than memory allows.
)",
      .parallel = vigie::parallel::single,
      .fills = true};

  class task;

  void params(vigie::params& p);
  void bind(binding& b);

  host_services host;
  std::string title = "Timeline";
  std::string language = "fr";
  std::int64_t max_text = 300;
  std::string text = "short";
  std::string intro;

private:
  statement_columns statements_;
  claim_columns claims_;
  source_columns sources_;
};

class timeline::task {
public:
  // Throws vigie::error where the style sheet cannot be read or would end its element.
  task(const timeline& made, const task_info&);
  task(const task&) = delete;
  task& operator=(const task&) = delete;

  void write(const batch& rows, writer& to);
  void foot(std::uint64_t rows, writer& to);

private:
  void take(const batch& rows, std::int64_t row);
  void take_source(const batch& rows, std::int64_t row, statement about, bool is_page);
  void account();

  const timeline& made_;
  step_memory memory_;
  std::string style_, script_;
  page_content content_;
  std::map<std::string, std::size_t> known_; // sources by the key of their article
  std::size_t rows_ = 0, held_ = 0;          // held: bytes of the content
};

} // namespace vigie::dossier
