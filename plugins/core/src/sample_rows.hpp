// SPDX-License-Identifier: Apache-2.0
// core.sample_rows: an exact number of rows, chosen by where they come from.
// One task sees all rows; it holds the ids of those that are chosen so far.
#pragma once

#include "sample_hash.hpp"

#include <vigie/step_memory.hpp>

#include <vector>

namespace vigie::core {

struct sample_number : arrange {
  static constexpr vigie::about about{
      .name = "core.sample_rows",
      .summary = "Keeps a number of rows, drawn at random, the same in every run.",
      .doc =
          R"(Every row has the same chance to be among the `rows` that stay; if there are no more than that,
all stay. They keep their order. As with `core.sample`, the choice depends on `seed`, the input of a row
and its place there; among rows made from the same bytes the first ones are taken. Rows that come
from no input are chosen by their number.

The step takes memory for what it chooses, 16 bytes a row; where that is more than `run: {memory: ...}`
leaves, the run stops with V0703.

```yaml
- use: core.sample_rows
  with: {rows: 1000, seed: 7}
```
)",
      .rows = vigie::rows::some,
      .parallel = parallel::single};

  std::int64_t rows = 1000, seed = 0;
  host_services host;

  void params(vigie::params& p) {
    p.add("rows", rows, "How many rows stay.").range(0, 1e15);
    p.add("seed", seed, "Another seed gives another sample.");
  }

  void bind(binding& b) { place = b.origin(); }

  class task {
  public:
    task(const sample_number& self, const task_info&) : self_(self), memory_(self.host) {}
    bool take(const batch& in, std::span<const std::uint64_t> ids, order& out);
    void end(order& out);

  private:
    struct drawn {
      std::uint64_t hash, id;
      bool operator<(const drawn& o) const { return hash != o.hash ? hash < o.hash : id < o.id; }
    };
    const sample_number& self_;
    std::vector<drawn> chosen_; // a heap once it is full, the last one to go first
    step_memory memory_;
  };

  need place;
};

} // namespace vigie::core
