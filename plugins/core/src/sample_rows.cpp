// SPDX-License-Identifier: Apache-2.0
#include "sample_rows.hpp"

#include "row_stream.hpp"

#include <algorithm>

namespace vigie::core {
bool sample_number::task::take(const batch& in, std::span<const std::uint64_t> ids, order&) {
  const row_places places(in[self_.place]);
  const auto most = static_cast<std::uint64_t>(self_.rows);
  for (std::size_t i = 0; i < ids.size() && most > 0; ++i) {
    const auto row = static_cast<std::int64_t>(i);
    const std::int64_t file = places.file(row);
    const std::int64_t offset = file < 0 ? static_cast<std::int64_t>(ids[i]) : places.offset(row);
    const drawn one{sample_hash(self_.seed, file, offset), ids[i]};
    if (chosen_.size() < most) {
      chosen_.push_back(one);
      if (chosen_.size() == most) std::make_heap(chosen_.begin(), chosen_.end());
    } else if (one < chosen_.front()) {
      std::pop_heap(chosen_.begin(), chosen_.end());
      chosen_.back() = one;
      std::push_heap(chosen_.begin(), chosen_.end());
    }
  }
  if (!memory_.hold(chosen_.capacity() * sizeof(drawn)))
    throw error(VIGIE_E_RESOURCE, "the first " + std::to_string(chosen_.size()) +
                                      " rows that are chosen take more memory than the run may "
                                      "use; choose fewer rows, use core.sample, or allow more "
                                      "memory");
  return most > 0;
}

void sample_number::task::end(order& out) {
  std::sort(chosen_.begin(), chosen_.end(),
            [](const drawn& a, const drawn& b) { return a.id < b.id; });
  row_stream rows(out);
  for (const drawn& one : chosen_) rows.add(one.id);
  rows.flush();
}

} // namespace vigie::core
