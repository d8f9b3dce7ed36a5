// SPDX-License-Identifier: Apache-2.0
// What a run counts and what it knows of rejected rows. Summed over splits in their order. Plain
// values.
#pragma once

#include "base/diagnostic.hpp"

#include <vigie/abi.h>

#include <cstdint>
#include <string>
#include <vector>

namespace vigie::exec {

struct step_counts {
  std::int64_t rows_in = 0, rows_out = 0, dropped = 0, rejected = 0;
  std::int64_t batches = 0;
  std::int64_t cells = 0;   // readers: rows times columns asked for
  std::int64_t busy_ns = 0; // wall time inside the component, all tasks together

  friend bool operator==(const step_counts&, const step_counts&) = default;

  void add(const step_counts& o) {
    rows_in += o.rows_in;
    rows_out += o.rows_out;
    dropped += o.dropped;
    rejected += o.rejected;
    batches += o.batches;
    cells += o.cells;
    busy_ns += o.busy_ns;
  }
};

struct rejected_row {
  std::size_t step = 0;
  vigie::code code = vigie::code::row_rejected;
  vigie_span where{-1, -1, -1};
  std::string column, message;
};

} // namespace vigie::exec
