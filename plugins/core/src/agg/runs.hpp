// SPDX-License-Identifier: Apache-2.0
// Groups of core.aggregate that did not fit into memory: their states and values as rows of sorted
// runs in scratch files (sort_runs), and the groups read back one after the other in the order of
// their keys. Called by the task of the component. One thread.
#pragma once

#include "agg/groups.hpp"
#include "common/sorted/sort_runs.hpp"

#include <vigie/component.hpp>

#include <optional>

namespace vigie::core::agg {

class group_runs {
public:
  group_runs(const layout& l, const host_services& host, vigie::spill files)
      : layout_(l), runs_(host, files), keys_(l.keys) {}

  // Writes all groups. Throws E_IO, E_CANCELLED.
  void add(groups& all);

  // A row read back: of call 0 the packed states of a group, of call k + 1 a value of the k-th
  // function. States come before values, and those of earlier add() first.
  struct row {
    std::string_view key; // ordered
    std::size_t call = 0;
    std::string_view bytes = {}; // more than was written may follow
  };
  void start();
  // Nothing behind the last row; valid until the next call.
  [[nodiscard]] std::optional<row> next();

private:
  void put(std::string_view key, std::size_t call);
  void write();

  const layout& layout_;
  sorted::sort_runs runs_;
  key_reader keys_;
  sorted::key_store rows_;
  std::string record_, read_;
  std::uint64_t sequence_ = 0;
};

} // namespace vigie::core::agg
