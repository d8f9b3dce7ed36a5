// SPDX-License-Identifier: Apache-2.0
// The component press.events.
#pragma once

#include "body_columns.hpp"
#include "events.hpp"
#include "rule_books.hpp"

namespace vigie::press {

struct events_of_page : transform {
  static constexpr vigie::about about{
      .name = "press.events",
      .summary = "Finds who did what to whom, where and when, and how sure the article is of it.",
      .doc =
          R"(Adds `events`, a list of

| field | type | meaning |
|---|---|---|
| `sentence` | int32 | counts from 0 in `sentences` |
| `type` | text | what happened: `block`, `shutdown`, `interception`, `law`, ... (data/common/event_types.tsv has them all) |
| `trigger` | text | the words that say so |
| `actors`, `targets`, `places` | list of int32 | indices into `entities` |
| `actor_text`, `target_text` | text | the words where no entity is known |
| `date`, `figures` | int32, list of int32 | indices into `dates` and `figures` |
| `modality` | text | `asserted`, `reported`, `quoted`, `alleged`, `denied`, `planned`, `conditional`, `possible` |
| `attributed_to`, `attribution` | int32, text | who says it: index into `entities`, and the words |
| `measurable` | bool | whether measurements can confirm such an event |
| `at`, `size`, `offset`, `length` | | the trigger in `body` and in the input |

An event without an actor has none: nothing is guessed. A headline's event stands only where the text has none of its type.
Columns `dates` and `figures` may be absent; events then have none.

```yaml
- use: press.article
- use: press.sentences
- use: press.dates
- use: press.figures
- use: press.entities
- use: press.events
```
)"};

  body_columns text;
  sentence_column sentences;
  languages words;
  column_name entities{"entities"}, dates{"dates"}, figures{"figures"};
  host_services host;

  void params(vigie::params& p);
  void bind(binding& b);
  void process(const batch& rows, output& out) const;

private:
  [[nodiscard]] std::optional<std::vector<entity>> read_entities(const batch& rows, std::int64_t i,
                                                                 output& out, std::size_t sentences,
                                                                 std::size_t bytes) const;
  [[nodiscard]] std::vector<text_mark> read_marks(const batch& rows, std::int64_t i,
                                                  const need& from, std::size_t sentences,
                                                  std::size_t bytes, int at, int days) const;
  void write(output& out, const placed_body& body, const std::vector<event>& events,
             const reading_rules& rules) const;

  rule_books rules_;
  need entities_, dates_, figures_;
  add events_;
};

} // namespace vigie::press
