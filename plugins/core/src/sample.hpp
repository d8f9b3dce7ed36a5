// SPDX-License-Identifier: Apache-2.0
// core.sample: a share of the rows, chosen by where they come from.
// Holds no state; one object serves all tasks.
#pragma once

#include "sample_hash.hpp"

#include <cmath>
#include <optional>

namespace vigie::core {

struct sample_share : transform {
  static constexpr vigie::about about{
      .name = "core.sample",
      .summary = "Keeps a share of the rows, the same in every run.",
      .doc =
          R"(Whether a row stays depends on `seed`, the input it comes from (its number among the inputs of the
run) and the place of its bytes there, on nothing else: threads, splits and shards do not change the
sample, and a smaller `fraction` keeps a part of what a larger one keeps. About as many rows stay as
`fraction` says; for an exact number take `core.sample_rows`.

Rows made from the same bytes, say by `core.explode`, stay or go together; to choose among them,
sample in front of that step or number them and use `core.filter`. A row that comes from no input, as
those of an aggregate, has nothing to be chosen by and is rejected.

```yaml
- use: core.sample
  with: {fraction: 0.01, seed: 7}
```
)",
      .rows = rows::some};

  std::optional<double> fraction;
  std::int64_t seed = 0;

  void params(vigie::params& p) {
    p.add("fraction", fraction, "The share of rows that stay, from 0 to 1.").range(0, 1).required();
    p.add("seed", seed, "Another seed gives another sample.");
  }

  void bind(binding& b) { place = b.origin(); }

  void process(const batch& in, output& out) const {
    const row_places places(in[place]);
    const double part = fraction.value_or(1);
    const bool all = part >= 1;
    const auto bound = all ? 0U : static_cast<std::uint64_t>(std::ldexp(part, 64));
    std::int64_t dropped = 0;
    for (std::int64_t i = 0; i < in.size(); ++i) {
      const std::int64_t file = places.file(i);
      if (file < 0)
        out.reject(i, "",
                   "the row comes from no input, so there is no place to choose it by; sample in "
                   "front of the step that made it, or use core.sample_rows");
      else if (all || sample_hash(seed, file, places.offset(i)) < bound)
        out.row(i);
      else
        ++dropped;
    }
    if (dropped > 0) out.drop(dropped);
  }

  need place;
};

} // namespace vigie::core
