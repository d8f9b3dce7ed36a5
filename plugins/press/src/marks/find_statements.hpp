// SPDX-License-Identifier: Apache-2.0
// The component press.statements.
#pragma once

#include "rows/body_columns.hpp"
#include "rows/languages.hpp"
#include "rows/splitters.hpp"
#include "text/events/statements.hpp"

namespace vigie::press {

struct statements_of_page : transform {
  static constexpr vigie::about about{
      .name = "press.statements",
      .summary = "One row a dated statement: a sentence that says when or how many, with "
                 "normalised dates and figures.",
      .doc =
          R"(Takes articles (`body`, `body_map` and, where known, `published`, as press.article adds them), and gives one row
for each sentence with a date or a figure. Everything else of the page is carried along; `text` becomes the
sentence, and the row's origin its bytes.

| column | type | meaning |
|---|---|---|
| `text`, `span` | text, span | the sentence; residue inside it is cut out, the span goes from its first byte to its last |
| `from`, `to` | date | first and last day; null where the text does not say |
| `basis` | text | what they rest on: `explicit`, `year_from_publication`, `relative_to_publication`, `relative` (nothing to count from: no days), `vague`, `none` (no date at all) |
| `date_text`, `date_value`, `date_span` | text, text, span | the words, their value in the manner of TimeML (`2014-03-19/2014-05-18`, `publication-P3D`), their bytes |
| `dates` | list of struct | all dates of the sentence |
| `figures` | list of struct | `text`, `value`, `high` (of a range), `bound` (`exact`, `lower`, `upper`, `approx`, `range`), `unit` (as written), `unit_key`, `counted` (the longer phrase), `offset`, `length` |

A sentence with figures and no date stays undated also on a dated page: when something was told is not when it happened.

```yaml
- use: press.article
- use: press.statements
- use: core.sort
  with: {by: [from, file]}
```
)",
      .rows = vigie::rows::many};

  body_columns body;
  column_name published{"published"};
  languages words;
  host_services host;

  void params(vigie::params& p) {
    body.params(p);
    p.add("published", published,
          "Column with the day of publication; without it nothing is counted from publication.");
    words.params(p);
  }
  void bind(binding& b);

  struct task {
    task(const statements_of_page& c, const task_info&) : self(c) {}
    void process(const batch& rows, output& out);

    const statements_of_page& self;
    splitters by_language;
  };

private:
  struct columns {
    add text, span, from, to, basis, date_text, date_value, date_span, dates, figures;
  };
  [[nodiscard]] std::vector<statement> read(const batch& rows, std::int64_t i,
                                            const placed_body& text, const lexicon& words,
                                            const sentence_splitter& splitter) const;
  void write(output& out, const statement& s, const placed_body& text) const;
  void write_date_of(output& out, const statement& s, const placed_body& text) const;
  void write_lists(output& out, const statement& s, const placed_body& text) const;

  need published_, origin_;
  columns to_;
};

} // namespace vigie::press
