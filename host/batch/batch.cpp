// SPDX-License-Identifier: Apache-2.0
#include "batch.hpp"

#include <vigie/builder.hpp>

#include <algorithm>

namespace vigie::data {

vigie_span batch::origin(std::int64_t row) const {
  if (!origins) return {-1, -1, -1};
  const auto at = static_cast<std::size_t>(row);
  return (*origins)[origin_rows ? static_cast<std::size_t>((*origin_rows)[at]) : at];
}

row_list row_selector::compose(const row_list& before) {
  if (!before) return parents_;
  const auto known = std::ranges::find(known_, static_cast<const void*>(before.get()),
                                       &decltype(known_)::value_type::first);
  if (known != known_.end()) return known->second;
  auto rows = std::make_shared<std::vector<std::int32_t>>(parents_->size());
  std::ranges::transform(*parents_, rows->begin(),
                         [&](std::int32_t p) { return (*before)[static_cast<std::size_t>(p)]; });
  return known_.emplace_back(before.get(), std::move(rows)).second;
}

batch select(const batch& b, const row_list& rows) {
  row_selector pick(rows);
  batch out{.rows = static_cast<std::int64_t>(rows->size()),
            .columns = {},
            .origins = b.origins,
            .origin_rows = nullptr};
  for (const shared_column& c : b.columns) out.columns.push_back(pick(c));
  if (b.origins) out.origin_rows = pick.compose(b.origin_rows);
  return out;
}

field origin_field() {
  return struct_of("origin", {{.name = "offset", .kind = kind::int64},
                              {.name = "length", .kind = kind::int32},
                              {.name = "file", .kind = kind::int32}});
}

shared_column origin_column(const batch& b) {
  builder to(origin_field());
  for (std::int64_t i = 0; i < b.rows; ++i) {
    const vigie_span s = b.origin(i);
    to.child(0).integer(s.offset);
    to.child(1).integer(s.length);
    to.child(2).integer(s.file);
    to.end_struct();
  }
  ArrowArray out{};
  to.finish(&out);
  return take_array(&out);
}

} // namespace vigie::data
