// SPDX-License-Identifier: Apache-2.0
// dossier.timeline: statements, claims and articles as one page for a browser. Made by the host
// once a step; one task sees all rows, holds them, and writes the page when the last has come. It
// accounts for the memory it holds.
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
      .summary = "Writes dated statements, claims and articles as one self-contained HTML page.",
      .doc =
          R"(Writes a page that opens in any browser, without a network and without other files: an overview, a table of claims, the
statements in the order of what they tell, those without a date in a section of their own, and the articles they come from,
with what was kept of each and what was left out. Every claim and every statement leads to the bytes it was read from.
What is not in the input leaves its part of the page out.

```yaml
- use: dossier.timeline
  with: {file: timeline.html, title: "Xinjiang 2014–2019", language: fr}
```

It reads several steps at once, as `core.union` does, and tells their rows apart: one with a `claim_id` is a claim, one
with a `body` and without `basis`, `from`, `to` and `span` is an article, any other is a statement.

```yaml
- use: dossier.timeline
  from: [statements, claims, articles]
  with: {file: dossier.html, text: short}
```

The columns have fixed names. `core.select` renames others. Of statements:

| column | type | |
|---|---|---|
| `text` | text | the sentence; required |
| `from`, `to` | date | first and last day of what it tells, nulls where open or not known; required |
| `file`, `title`, `url`, `publisher`, `agency` | text | its source; `file` and `url` together, or what there is of `file`, `url`, `title`, tell articles apart |
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

Of claims, beside `text`, `from`, `to`, `span`, `figures` and the columns of the source (`claim_id` makes the others count;
*names* are text with `; ` between them, list<text> or list<struct<name: text, iso: text>>):

| column | type | |
|---|---|---|
| `claim_id`, `incident_id` | text | claims of one incident stand together |
| `type`, `modality` | text | as `press.claims` gives them; other words are shown as they are |
| `actor`, `target`, `place`, `iso`, `attributed_to` | names | |
| `date_basis` | text | as `basis` |
| `measurable` | bool | whether measurements could confirm or contradict it |
| `contradicts`, `copy_of` | names | `claim_id` of others: those it contradicts, that whose sentence it repeats |
| `claim_figures` | as `figures` | where claims come with figures of another type than statements |

Of articles, beside the columns of the source: `body`, `body_map`, `segments` and `comments` as `press.article` gives them,
and `text` or `html` with the bytes of the file, without which residue is named and not shown. Statements may carry `body`,
`body_map`, `segments` and `comments` themselves; an article is shown once.

Passages are shown up to `max_text` characters, and of an article 300 that nobody quotes; `text: full` shows all. Comments
stand apart, and their authors' handles are replaced by numbers, also inside of comments and residue.

Of more than `max_claims` claims the first are shown, by incident and day, and the page says how many are not. The head counts all.

The table of claims can be filtered and sorted; that takes a script, which is part of the page. Without it the table is
whole. A policy in the page (Content-Security-Policy) lets its own style and script act, by their digests, and nothing
else.

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
  std::int64_t max_claims = 5000;
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
  std::map<std::string, std::size_t>
      known_;                       // sources by the key of their article, the first of each
  std::size_t rows_ = 0, held_ = 0; // held: bytes of the content
};

} // namespace vigie::dossier
