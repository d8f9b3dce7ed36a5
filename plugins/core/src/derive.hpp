// SPDX-License-Identifier: Apache-2.0
// core.derive: adds or replaces columns computed from others.
// The component is read-only while tasks run; each task has its own evaluator.
#pragma once

#include "expressions.hpp"

namespace vigie::core {

struct derive_columns : transform {
  static constexpr vigie::about about{
      .name = "core.derive",
      .summary = "Adds or replaces columns computed from others.",
      .doc =
          R"md(Each entry of `columns` is a new column and the expression that makes it. Entries are
computed in the order written; an expression may use the columns of the input and of the entries
above it. A column of the same name is replaced, also for the entries below.

A row for which an expression cannot be computed (an overflow, a division by zero, a text that is
no number) is an error of the step, with the name of the column.

```yaml
- use: core.derive
  with:
    columns:
      day: "date(published)"
      size_kib: "size_bytes / 1024.0"
      kind: "case when size_kib > :large then 'large' else 'small' end"
    values: {large: 512}
```
)md",
      .rows = rows::same};

  named<expression> columns;
  named<std::string> values;

  void params(vigie::params& p) {
    p.add("columns", columns, "Names of the new columns and their expressions.").required();
    p.add("values", values,
          "Values the expressions name as `:name`. Each takes the type of what it meets.");
  }

  void bind(binding& b);

  struct task {
    task(const derive_columns& self, const task_info&) : self(self), evaluator(self.roots()) {}
    void process(const batch& in, output& out);

    const derive_columns& self;
    expr::evaluator evaluator;
  };

  [[nodiscard]] std::vector<const expr::typed*> roots() const;

  std::vector<expr::typed_ptr> programs; // one an entry
  std::vector<add> added;
};

} // namespace vigie::core
