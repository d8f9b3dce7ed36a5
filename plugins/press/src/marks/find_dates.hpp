// SPDX-License-Identifier: Apache-2.0
// The component press.dates.
#pragma once

#include "rows/page_reader.hpp"
#include "text/dates/dates.hpp"

namespace vigie::press {

struct dates_of_page : transform {
  static constexpr vigie::about about{
      .name = "press.dates",
      .summary = "Finds the dates and times an article tells of, normalised in the manner of "
                 "TimeML.",
      .doc =
          R"(Adds `dates`, a list of

| field | type | meaning |
|---|---|---|
| `sentence` | int32 | counts from 0 in `sentences` |
| `text` | text | the words |
| `kind` | text | `point`, `interval`, `duration`, `vague` |
| `basis` | text | `explicit`, `year_from_publication`, `relative_to_publication`, `relative` (nothing to count from, or another day of the text), `vague` |
| `value` | text | `2014-05-20`, `2018-04`, `2014-03-19/2014-05-18`, `2018-SU`, `2019-H1`, `2020-Q3`, `199` (the 1990s), `XXXX-03-19` (no year known), `weekday:saturday:last`, `publication-P3D`, `PT2H`, `PAST_REF` |
| `from`, `to` | date | first and last day; null where the text does not say |
| `granularity` | text | `minute`, `hour`, `day`, `week`, `month`, `year`, `none` |
| `at`, `size` | int32 | bytes of `body` |
| `offset`, `length` | int64, int32 | bytes of the input |

Days are counted from the column `published` where it has one: *on Monday* on a page published on Tuesday 20 May 2014 is
2014-05-19, *from 19 March to 18 May* gets the year 2014. On an undated page both have a value and no days. A day without a
year is the last one before publication; behind a verb of the future in the same clause (*will meet on 4 September*) it is the
next one, and of a deadline (*until 2 June*) or far behind such a verb the nearest. *Next October* begins behind
publication, *last October* ended before it. A season has the days of its whole year, as its months depend on the latitude.
Behind present tenses and nouns of what is to come (*takes effect on 1 July*, *ahead of the vote on 7 July*) the nearest day is meant,
and where nothing in the sentence tells of the past (*the 7 July vote*) a day less than three months ahead, if the last one lies more than nine months back.
*The next day* and *the day before* are counted from a day that stands before them in the sentence, and are a length of one day where there is none; *the same year* is that of
the date before. A season without a year is one behind a verb of the future only, and from one weekday to another is the last stretch,
or the one publication lies in where the sentence tells of what goes on (*the curfew runs from Friday to Monday*).
How long something goes on (*for twelve months*) is a `duration` here and a figure in `press.figures`.

```yaml
- use: press.article
- use: press.sentences
- use: press.dates
```
)"};

  page_reader page;
  column_name published{"published"};
  host_services host;

  void params(vigie::params& p);
  void bind(binding& b);
  void process(const batch& rows, output& out) const;

private:
  void write(output& out, const page_in_hand& of, token_view tokens,
             std::optional<civil_day> published) const;

  need published_;
  add dates_;
};

} // namespace vigie::press
