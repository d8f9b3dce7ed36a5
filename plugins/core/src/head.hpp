// SPDX-License-Identifier: Apache-2.0
// core.head: the first rows in input order.
// One task sees all rows; it holds two counters.
#pragma once

#include <vigie/component.hpp>

namespace vigie::core {

struct head_rows : arrange {
  static constexpr vigie::about about{
      .name = "core.head",
      .summary = "Keeps the first rows in input order.",
      .doc = R"(Reading stops when there are enough rows, so a look at the start of a large input is
cheap.

```yaml
- use: core.head
  with: {rows: 100}
```
)",
      .rows = vigie::rows::some,
      .parallel = parallel::single};

  std::int64_t rows = 10, skip = 0;

  void params(vigie::params& p) {
    p.add("rows", rows, "How many rows are kept.").range(0, 1e15);
    p.add("skip", skip, "How many rows are passed over first.").range(0, 1e15);
  }
  // Needs no column: the host gathers the rows by their ids.
  void bind(binding&) {}

  struct task {
    task(const head_rows& self, const task_info&)
        : skip(static_cast<std::uint64_t>(self.skip)), left(static_cast<std::uint64_t>(self.rows)) {
    }

    // false: no more rows are wanted.
    bool take(const batch&, std::span<const std::uint64_t> ids, order& out) {
      const std::size_t passed = std::min<std::uint64_t>(skip, ids.size());
      skip -= passed;
      const std::size_t n = std::min<std::uint64_t>(left, ids.size() - passed);
      left -= n;
      if (n > 0) out.emit(ids.subspan(passed, n));
      return left > 0;
    }
    void end(order&) {}

    std::uint64_t skip, left;
  };
};

} // namespace vigie::core
