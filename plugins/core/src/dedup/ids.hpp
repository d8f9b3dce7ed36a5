// SPDX-License-Identifier: Apache-2.0
// Row ids that come in any order and leave ascending; beyond memory they go to sorted runs
// (sort_runs). Called by core.dedup. One task.
#pragma once

#include "common/sorted/sort_runs.hpp"

#include <vigie/step_memory.hpp>

#include <functional>
#include <optional>

namespace vigie::core {

class dedup_ids {
public:
  dedup_ids(const host_services& host, const vigie::spill& files)
      : host_(host), files_(files), memory_(host) {}

  void add(std::uint64_t id) {
    ids_.add({}, id);
    if (ids_.size() % 4096 == 0 && !memory_.hold(ids_.bytes())) make_room();
  }
  // Gives memory back as far as it goes.
  void make_room() {
    if (ids_.size() == 0) return;
    if (!runs_) runs_.emplace(host_, files_);
    ids_.sort(UINT64_MAX);
    runs_->add(ids_, UINT64_MAX);
    ids_.clear();
    memory_.give_back();
  }
  // Once.
  void each_ascending(const std::function<void(std::uint64_t)>& each) {
    if (runs_) {
      make_room();
      return runs_->merge(UINT64_MAX, each);
    }
    ids_.sort(UINT64_MAX);
    for (std::size_t i = 0; i < ids_.size(); ++i) each(ids_[i].id);
  }

private:
  const host_services& host_;
  vigie::spill files_;
  step_memory memory_;
  sorted::key_store ids_;
  std::optional<sorted::sort_runs> runs_;
};

} // namespace vigie::core
