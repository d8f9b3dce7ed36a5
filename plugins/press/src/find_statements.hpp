// SPDX-License-Identifier: Apache-2.0
// The component press.statements.
#pragma once

#include "sentences.hpp"
#include "statements.hpp"
#include "words.hpp"

namespace vigie::press {

struct statements_of_page : transform {
  static constexpr vigie::about about{
      .name = "press.statements",
      .summary = "One row a dated statement: a sentence that says when or how many, with "
                 "normalised dates and figures.",
      .doc =
          R"(Takes pages with their text and, where known, their day of publication (press.article adds it), and gives one row
for each sentence of the article with a date or a figure. Everything else of the page is carried along; `text` becomes the
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

  column_name text{"text"}, published{"published"};
  std::string language = "fr";
  host_services host;

  void params(vigie::params& p) {
    p.add("text", text, "Column with the page's text.");
    p.add("published", published,
          "Column with the day of publication; without it nothing is counted from publication.");
    p.add("language", language, "Language of the rules.").choices({"fr"});
  }
  void bind(binding& b);

  struct task {
    task(const statements_of_page& c, const task_info&) : self(c), splitter(c.language) {}
    void process(const batch& rows, output& out);

    const statements_of_page& self;
    sentence_splitter splitter; // is for one thread
  };

private:
  struct columns {
    add text, span, from, to, basis, date_text, date_value, date_span, dates, figures;
  };
  void write(output& out, const statement& s, const text_place& at) const;
  void write_dates(output& out, const statement& s, const text_place& at) const;
  void write_figures(output& out, const statement& s, const text_place& at) const;

  std::shared_ptr<const lexicon> words_;
  need text_, published_, origin_;
  columns to_;
};

} // namespace vigie::press
