// SPDX-License-Identifier: Apache-2.0
// core.union: the rows of several steps whose columns differ.
// The host brings the columns together (about.fills), so the component only lets the rows pass.
#pragma once

#include <vigie/component.hpp>

namespace vigie::core {

struct union_rows : transform {
  static constexpr vigie::about about{
      .name = "core.union",
      .summary = "Reads several steps whose columns differ.",
      .doc =
          R"(Other steps read several inputs together only where these have the same columns. This one
takes them as they are:

- The columns are those of the first input, then what the second one adds, and so on. A column that
  an input lacks is null in its rows.
- Whole numbers of different widths become `int64`. A `uint64` and another whole number cannot be
  brought together, nor can other types that differ, or an address and a plain number: the plan is
  refused with V0409, which names both inputs.
- What is sensitive in one input is so in the output.

Within a split all rows of the first input come first, then those of the second.

```yaml
- name: all
  use: core.union
  from: [web, mail, dns]
```
)",
      .rows = rows::same,
      .fills = true};

  void bind(binding&) {}
  void process(const batch&, output&) const {}
};

} // namespace vigie::core
