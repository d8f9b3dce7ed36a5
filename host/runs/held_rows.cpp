// SPDX-License-Identifier: Apache-2.0
#include "held_rows.hpp"

#include "base/text.hpp"
#include "batch/gather.hpp"

#include <fmt/format.h>

namespace vigie::runs {

diagnostic over_budget(const row_owner& owner, const memory_budget& memory) {
  place p;
  p.step = owner.step;
  return fail(code::run_memory,
              fmt::format(
                  "'{}' holds rows in memory; with these it would need more than the budget of {}",
                  owner.use, text::human_bytes(static_cast<std::uint64_t>(memory.limit()))))
      .at(p)
      .help("raise run: {memory: ...}, or filter and select columns before this step");
}

void hold_alone(const schema& fields, data::batch& b) {
  if (b.origin_rows) {
    auto spans = std::make_shared<std::vector<vigie_span>>();
    spans->reserve(static_cast<std::size_t>(b.rows));
    for (std::int64_t i = 0; i < b.rows; ++i) spans->push_back(b.origin(i));
    b.origins = std::move(spans);
    b.origin_rows = nullptr;
  }
  for (std::size_t k = 0; k < fields.size(); ++k) {
    data::shared_column& c = b.columns[k];
    if (c.present()) c = data::copy_out(fields[k], c, b.rows);
  }
}

std::int64_t held_bytes(const schema& fields, const data::batch& b) {
  std::int64_t bytes = b.rows * static_cast<std::int64_t>(sizeof(vigie_span));
  for (std::size_t k = 0; k < fields.size(); ++k)
    if (b.columns[k].present()) bytes += data::held_bytes(fields[k], *b.columns[k].array);
  return bytes;
}

} // namespace vigie::runs
