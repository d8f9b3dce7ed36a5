// SPDX-License-Identifier: Apache-2.0
// The component press.figures.
#pragma once

#include "rows/page_reader.hpp"

namespace vigie::press {

struct figures_of_page : transform {
  static constexpr vigie::about about{
      .name = "press.figures",
      .summary = "Finds how many of what an article tells, with bounds and units.",
      .doc =
          R"(Adds `figures`, a list of

| field | type | meaning |
|---|---|---|
| `sentence` | int32 | counts from 0 in `sentences` |
| `text` | text | the number and its scale, as written |
| `value`, `high` | float64 | what it says; `high` only of a range |
| `bound` | text | `exact`, `lower` (*more than*), `upper` (*at most*), `approx` (*some*), `range` |
| `unit`, `unit_key` | text | the word counted, and the key that figures of different pages are compared by; null where the text names none, or the language's data do not know it |
| `counted` | text | the longer phrase, *servers of games or mail* |
| `at`, `size` | int32 | bytes of `body` |
| `offset`, `length` | int64, int32 | bytes of the input |

A number is a figure only where the text says what it counts, gives it a scale or a bound. It may say so before: the second
number of *312 votes to 104* or of *64 attacks, against 41 in 2020* has the unit of the first. Shares (*one in five*), dates, clock times, telephone
numbers, versions, names such as *Windows 10* and bare years are none.

```yaml
- use: press.article
- use: press.sentences
- use: press.figures
```
)"};

  page_reader page;
  host_services host;

  void params(vigie::params& p);
  void bind(binding& b);
  void process(const batch& rows, output& out) const;

private:
  void write(output& out, const page_in_hand& of, token_view tokens) const;

  add figures_;
};

} // namespace vigie::press
