// SPDX-License-Identifier: Apache-2.0
// Hands the ids of rows to the host in calls of a fair size. Called at the end of core.sort,
// core.dedup and core.sample_rows. One thread; `out` outlives it.
#pragma once

#include <vigie/component.hpp>

#include <cstdint>
#include <vector>

namespace vigie::core {

class row_stream {
public:
  explicit row_stream(order& out) : out_(out) {}

  void add(std::uint64_t id) {
    ids_.push_back(id);
    if (ids_.size() == ids_a_call) flush();
  }
  // What is left; called behind the last row.
  void flush() {
    if (!ids_.empty()) out_.emit(ids_);
    ids_.clear();
  }

private:
  static constexpr std::size_t ids_a_call = 64 * 1024;

  order& out_;
  std::vector<std::uint64_t> ids_;
};

} // namespace vigie::core
