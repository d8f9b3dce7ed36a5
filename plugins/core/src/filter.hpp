// SPDX-License-Identifier: Apache-2.0
// core.filter: keeps the rows for which a condition is true.
// The component is read-only while tasks run; each task has its own evaluator.
#pragma once

#include "expressions.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace vigie::core {

struct filter_rows : transform {
  static constexpr vigie::about about{
      .name = "core.filter",
      .summary = "Keeps the rows for which a condition is true.",
      .doc =
          R"(Rows for which `where` is false or null are dropped and counted. A row whose condition
cannot be computed (a division by zero, a text that is no number) is an error of the step.

The language is described under *Expressions*. Values that come from outside are given by name:

```yaml
- use: core.filter
  with:
    where: "published is null or published >= :since"
    values: {since: 2014-01-01}
```
)",
      .rows = rows::some};

  expression where;
  named<std::string> values;

  void params(vigie::params& p) {
    p.add("where", where,
          "Condition over the columns of the input; rows for which it is true stay.")
        .required();
    p.add(
        "values", values,
        "Values the condition names as `:name`. Each takes the type of what it is compared with.");
  }

  void bind(binding& b) {
    expr::scope columns(b.input());
    expr::named_values given(values);
    condition = typed_condition(where, columns, given);
    refuse_unused(given, 1);
    need_columns(b, columns);
  }

  struct task {
    task(const filter_rows& self, const task_info&) : evaluator({self.condition.get()}) {}

    void process(const batch& in, output& out) {
      std::int64_t kept = 0, rejected = 0;
      evaluator.run(in.columns(), static_cast<std::size_t>(in.size()),
                    [&](std::size_t first, std::size_t n) {
                      kept += keep(first, n, out);
                      rejected += reject(first, n, out);
                    });
      if (kept + rejected < in.size()) out.drop(in.size() - kept - rejected);
    }

    // How many rows stay. Written in any case and counted if so: there is no branch to predict.
    std::int64_t keep(std::size_t first, std::size_t n, output& out) {
      const expr::vec& v = evaluator.result(0);
      if (stay.size() < n) stay.resize(n);
      std::size_t kept = 0;
      for (std::size_t i = 0; i < n; ++i) {
        stay[kept] = static_cast<std::int32_t>(first + i);
        const bool is_true = v.at<std::uint8_t>(i) != 0 && v.status_at(i) == expr::present;
        kept += is_true ? 1 : 0;
      }
      out.rows(std::span<const std::int32_t>(stay).first(kept));
      return static_cast<std::int64_t>(kept);
    }

    // How many rows could not be judged.
    std::int64_t reject(std::size_t first, std::size_t n, output& out) {
      const expr::vec& v = evaluator.result(0);
      std::int64_t rejected = 0;
      for (std::size_t i = 0; v.states != nullptr && i < n; ++i) {
        if (v.status_at(i) != expr::failed) continue;
        out.reject(static_cast<std::int64_t>(first + i), "", evaluator.reason(0, first + i));
        ++rejected;
      }
      return rejected;
    }

    expr::evaluator evaluator;
    std::vector<std::int32_t> stay;
  };

  expr::typed_ptr condition;
};

} // namespace vigie::core
