// SPDX-License-Identifier: Apache-2.0
// The component press.entities.
#pragma once

#include "rows/page_reader.hpp"
#include "rows/rule_books.hpp"

namespace vigie::press {

struct entities_of_page : transform {
  static constexpr vigie::about about{
      .name = "press.entities",
      .summary = "Finds people, organisations, places, services and media of an article, one "
                 "entity a thing with all its mentions.",
      .doc =
          R"(Adds `entities`, a list of

| field | type | meaning |
|---|---|---|
| `type` | text | `person`, `org`, `place`, `service`, `media`, `technology`, `product`, `group` |
| `name` | text | the name of the data files, or the words of the first mention |
| `key` | text | the same in all pages and languages where the data files know the thing: `whatsapp`, `CN-XJ`; else the folded name |
| `iso` | text | ISO 3166-1 or 3166-2 code of a place, or of the country of an organisation; else null |
| `role` | text | of people, the words that say what they are |
| `mentions` | list of struct | `sentence`, `text`, `metonym`, `at`, `size` (bytes of `body`), `offset`, `length` (bytes of the input) |

Names come from data files; what these do not know is taken only where the words around it say what it is: *Mr*, a role, the
first word of an institution, *the application X*, a company's suffix. Later mentions by surname, acronym or role (*the
spokesman*) belong to the same entity. `metonym` is set where a country or its capital acts, and so stands for its
government.

```yaml
- use: press.article
- use: press.sentences
- use: press.entities
```
)"};

  page_reader page;
  host_services host;

  void params(vigie::params& p);
  void bind(binding& b);
  void process(const batch& rows, output& out) const;

private:
  void write(output& out, const page_in_hand& of) const;

  rule_books rules_;
  add entities_;
};

} // namespace vigie::press
