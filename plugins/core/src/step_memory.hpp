// SPDX-License-Identifier: Apache-2.0
// What a component or a task has reserved of the run's memory budget; given back with the object.
// The host is told in steps, and the first step is free. Called by core.join, core.dedup and
// core.sample_rows. One thread; the host services outlive it.
#pragma once

#include <vigie/component.hpp>

#include <cstdint>

namespace vigie::core {

class step_memory {
public:
  static constexpr std::int64_t step = 1 << 20; // bytes

  explicit step_memory(const host_services& host) : host_(&host) {}
  step_memory(const step_memory&) = delete;
  step_memory& operator=(const step_memory&) = delete;
  ~step_memory() { give_back(); }

  // Whether the host lets the step hold `bytes` in all.
  [[nodiscard]] bool hold(std::size_t bytes) {
    const auto held = static_cast<std::int64_t>(bytes);
    if (held < reserved_ + step) return true;
    if (!host_->reserve(held - reserved_)) return false;
    reserved_ = held;
    return true;
  }
  void give_back() {
    if (reserved_ > 0) static_cast<void>(host_->reserve(-reserved_));
    reserved_ = 0;
  }

private:
  const host_services* host_;
  std::int64_t reserved_ = 0; // bytes the host knows of
};

} // namespace vigie::core
