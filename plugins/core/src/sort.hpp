// SPDX-License-Identifier: Apache-2.0
// core.sort: orders rows by columns; with a limit, the first rows of that order in bounded memory.
// One task sees all rows. It holds their keys as byte strings whose order is the wanted one, and
// sorts those that do not fit into memory outside of it (sort_runs).
#pragma once

#include "common/sorted/sort_runs.hpp"
#include "sort/key.hpp"

#include <vigie/component.hpp>
#include <vigie/step_memory.hpp>

namespace vigie::core {

struct sort_rows : arrange {
  static constexpr vigie::about about{
      .name = "core.sort",
      .summary = "Orders the rows by columns.",
      .doc =
          R"(Each entry of `by` is a column, then `asc` (the default) or `desc`, then `nulls first`
or `nulls last`; as in SQL, nulls come last in ascending and first in descending order. Texts are
ordered by their bytes, NaN is above every other number, false is before true. Rows that are equal
in all entries stay in input order. A column with unusual letters is written in double quotes.

With `limit` only the first rows of the order are kept, in memory that depends on the limit alone.
Where the columns of `by` do not fit into `run: {memory: ...}`, they are sorted in parts, which go to
scratch files of the run and are merged at the end; the order is the same.

```yaml
- use: core.sort
  with: {by: [published desc nulls last, url], limit: 1000}
```
)",
      .rows = rows::some,
      .parallel = parallel::single};

  std::vector<std::string> by;
  std::optional<std::int64_t> limit;
  host_services host;

  void params(vigie::params& p) {
    p.add("by", by, "Columns to order by, each with its direction: `name desc nulls last`.")
        .required();
    p.add("limit", limit, "Keeps only the first rows of the order.").range(0, 1e15);
  }

  void bind(binding& b);

  class task {
  public:
    task(const sort_rows& self, const task_info&) : self_(self), memory_(self.host) {}

    bool take(const batch& in, std::span<const std::uint64_t> ids, order& out);
    void end(order& out);

  private:
    [[nodiscard]] std::uint64_t most() const; // rows of the output
    void shrink();
    void account();
    void write_run();

    const sort_rows& self_;
    step_memory memory_;
    sorted::key_store rows_;
    std::string key_;
    std::optional<sorted::sort_runs> runs_; // keys that did not fit into memory
  };

  std::vector<sort_key> keys; // one an entry of `by`, in the order of the columns needed
};

} // namespace vigie::core
