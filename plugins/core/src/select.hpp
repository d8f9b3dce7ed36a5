// SPDX-License-Identifier: Apache-2.0
// core.select: picks, orders, renames and leaves out columns.
// It touches no cell: the host passes the listed columns on. Read-only while tasks run.
#pragma once

#include <vigie/component.hpp>

namespace vigie::core {

struct select_columns : transform {
  static constexpr vigie::about about{
      .name = "core.select",
      .summary = "Picks, orders, renames and leaves out columns.",
      .doc = R"(Without `columns` all columns stay, in their order. `rename` changes names in place,
`drop` leaves columns out. Names under `columns` and `drop` are those of the input.

```yaml
- use: core.select
  with:
    columns: [published, url, title]
    rename: {headline: title}
```

gives the columns `published`, `url`, `headline`, in this order.
)",
      .rows = rows::same,
      .keep = keep::listed};

  std::vector<column_name> columns, drop;
  named<column_name> rename;

  void params(vigie::params& p) {
    p.add("columns", columns, "Columns of the input that stay, in the order of the output.");
    p.add("rename", rename, "New name: name in the input.");
    p.add("drop", drop, "Columns of the input that go; only without `columns`.");
  }

  void bind(binding& b);
  void process(const batch&, output&) const {} // the host passes the columns on
};

} // namespace vigie::core
