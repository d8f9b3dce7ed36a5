// SPDX-License-Identifier: Apache-2.0
// core.aggregate: one row for each group of rows, with what functions compute of it. Tasks of
// splits hold groups in memory and give them out as partial state; one task merges those in the
// order of the splits. What memory is refused for goes to scratch files (agg/runs).
#pragma once

#include "agg/runs.hpp"

#include <vigie/component.hpp>
#include <vigie/step_memory.hpp>

#include <optional>

namespace vigie::core {

struct aggregate_rows : aggregate {
  static constexpr vigie::about about{
      .name = "core.aggregate",
      .summary = "Groups rows by columns and computes counts, sums, extremes, quantiles and more.",
      .doc =
          R"md(Rows that agree in all columns of `by` are a group, and the result has one row for each group:
the columns of `by`, then those of `compute`, each a name and the function that makes it. Without
`by` all rows are one group, also where there are none.

| function | gives | type |
|---|---|---|
| `count()` | number of rows | int64 |
| `count(x)` | number of rows where x is not null | int64 |
| `distinct(x)` | number of different values, exact | int64 |
| `sum(x)` | sum of numbers, exact | int64, uint64, decimal or float64, as x |
| `mean(x)` | sum divided by their number | float64 |
| `min(x)`, `max(x)` | the least, the greatest value | as x |
| `first(x)`, `last(x)` | the value that came first, last in the input | as x |
| `first(x by t)`, `last(x by t)` | the value where t is least, greatest | as x |
| `median(x)` | the value in the middle, of numbers the mean of the two in the middle | float64, else as x |
| `quantile(x, 0.95)` | the least value that 95 % of all values are not above (nearest rank) | as x |
| `top(x, 10)` | the most frequent values, of equally frequent ones the lesser first | list of structs value, count |
| `set(x)`, `set(x, 10)` | the different values, in order; the first 10 of them | list |
| `list(x)`, `list(x, 10)` | all values, in input order; the first 10 of them | list |

A column with unusual letters is written in double quotes. Every function but `count()` takes no
notice of nulls, `first(x by t)` also not of rows where t is null; without any value the counts are 0,
lists empty and all else null. To compute of more than a column, put core.derive before this step.

Nulls are a group of their own, and so are NaNs; -0.0 is 0.0. Rows come out in the order core.sort
gives them by the columns of `by`: texts by their bytes, nulls last. min, max, quantiles and ties of
`top` follow the same order, in which NaN is above every other number. Of rows with equal t the one
that came first counts for `first`, the one that came last for `last`.

Sums lose nothing on the way: integers are summed in 128 bits, and a sum beyond its type ends the
run; doubles are summed exactly and rounded once, so that the result does not depend on order, threads
or splits. It is infinity where the exact sum rounds to it, and NaN where a NaN or both infinities
were met. Of `mean` the division is rounded, too.

What is computed from a sensitive column is sensitive, numbers about it included; `count()` is not.

Memory grows with the number of groups, and with the number of values for the functions from `distinct`
on. What goes beyond `run: {memory: ...}` is sorted in scratch files and merged at the end; the rows are
the same. One `list`, `set` or `top` has to fit into memory.

```yaml
- use: core.aggregate
  with:
    by: [country, day]
    compute:
      measurements: count()
      networks: distinct(asn)
      slow_ms: quantile(delay_ms, 0.95)
      latest: last(status by time)
```
)md",
      .keep = keep::none};

  std::vector<column_name> by;
  named<expression> compute;
  host_services host;

  void params(vigie::params& p) {
    p.add("by", by, "Columns whose values make a group. Left out, all rows are one group.");
    p.add("compute", compute,
          "Names of the new columns, each with its function: `total: sum(size_bytes)`.");
  }

  void bind(aggregate_binding& b);

  class task {
  public:
    task(const aggregate_rows& self, const task_info&);
    ~task();
    task(const task&) = delete;
    task& operator=(const task&) = delete;

    void update(const batch& in);
    void merge(const batch& in);
    bool partial(std::int64_t want, decoded& out);
    bool result(std::int64_t want, decoded& out);

  private:
    // How far the groups in memory, or the rows of the runs, are given out.
    struct progress {
      bool begun = false;
      std::size_t group = 0;
      std::vector<std::size_t> values = {};    // of the group, by call
      std::vector<std::uint32_t> order = {};   // of groups in the result
      std::optional<agg::group_runs::row> row; // of the runs, not yet taken
    };
    class run_group; // one group read back from runs

    void make_room(const agg::slice& s);
    void spill();
    void begin(bool sorted);
    void end();

    template <class Put> void read_key(std::string_view key, Put put);
    void put_key(std::string_view key, decoded& out);
    bool give_partial(std::int64_t want, decoded& out);
    void put_states(std::uint32_t g, decoded& out);
    bool give_result(std::int64_t want, decoded& out);
    void put_cells(std::uint32_t g, decoded& out);
    bool runs_partial(std::int64_t want, decoded& out);
    bool runs_result(std::int64_t want, decoded& out);
    template <class Work> void in_group(std::string_view key, Work work);

    const aggregate_rows& self_;
    agg::groups groups_;
    agg::key_reader reader_;
    agg::key_block keys_;
    std::vector<agg::cells> key_cells_, cells_;
    std::vector<const agg::cells*> key_columns_;
    agg::cells state_cells_;
    std::optional<agg::group_runs> runs_;
    step_memory memory_;
    progress at_;
    std::unique_ptr<run_group> open_;
    std::string text_;
  };

  agg::layout plan;
  std::vector<field> key_fields;
  std::vector<need> key_needs, needs; // needs: as bound_call numbers them
  std::vector<need> partial_keys;
  need partial_state;
  std::size_t least_value_bytes = 0; // of a value in partial state; 0: no function keeps any

private:
  int cells_of(aggregate_binding& b, const column_name& name, std::size_t at);
  void bind_key(aggregate_binding& b, const column_name& name);
  void bind_call(aggregate_binding& b, const std::string& name, const expression& text);
};

} // namespace vigie::core
