// SPDX-License-Identifier: Apache-2.0
// The component press.events.
#pragma once

#include "rows/page_reader.hpp"
#include "rows/rule_books.hpp"
#include "text/events/events.hpp"

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

An event without an actor has none: nothing is guessed. In passages of another subject, words like *demand* or *block* have
their everyday senses and tell events only with names on their sides. A headline's event stands only where the text has none of its type.
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

  page_reader page;
  column_name entities{"entities"}, dates{"dates"}, figures{"figures"};
  host_services host;

  void params(vigie::params& p);
  void bind(binding& b);
  void process(const batch& rows, output& out) const;

private:
  // How many sentences and bytes the text has, which places handed on must lie within.
  struct extent {
    std::size_t sentences, bytes;
    [[nodiscard]] bool holds(std::uint64_t sentence, std::uint64_t begin,
                             std::uint64_t size) const {
      return sentence < sentences && begin <= bytes && size <= bytes - begin;
    }
  };
  // A column of dates or figures, and where in its items stands what is read of them. `sure`: null
  // where the item says nothing certain.
  struct marks {
    need column;
    std::size_t sentence = 0, at = 0, size = 0, sure = 0;
  };
  [[nodiscard]] static marks marks_of(need column, const field& list, const char* sure);
  [[nodiscard]] std::optional<std::vector<entity>> read_entities(const batch& rows, std::int64_t i,
                                                                 output& out, extent of) const;
  [[nodiscard]] static std::vector<text_mark> read_marks(const batch& rows, std::int64_t i,
                                                         const marks& from, extent of);
  void write(output& out, const placed_body& body, const std::vector<event>& events,
             const reading_rules& rules) const;

  rule_books rules_;
  need entities_;
  marks dates_, figures_;
  add events_;
};

} // namespace vigie::press
