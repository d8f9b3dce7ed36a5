// SPDX-License-Identifier: MIT-0
// What a component or a task has reserved of the run's memory budget; given back with the object.
// The host is told in steps, and the first step is free: a budget that others hold cannot stop a
// small task. One thread; the host services outlive it.
#pragma once

#include "component.hpp"

#include <cstddef>
#include <cstdint>

#pragma GCC visibility push(hidden)
namespace vigie {

class step_memory {
public:
  static constexpr std::int64_t step = 1 << 20; // bytes

  explicit step_memory(const host_services& host) : host_(&host) {}
  step_memory(const step_memory&) = delete;
  step_memory& operator=(const step_memory&) = delete;
  ~step_memory() { give_back(); }

  // Whether the host lets the task hold the `bytes` it has come to hold in all. Asked behind each
  // small growth.
  [[nodiscard]] bool hold(std::size_t bytes) {
    const auto held = static_cast<std::int64_t>(bytes);
    return held < reserved_ + step || reserve(held);
  }
  // Whether it may come to hold `bytes` in all: asked before a growth of any size.
  [[nodiscard]] bool expect(std::size_t bytes) {
    const auto wanted = static_cast<std::int64_t>(bytes);
    return wanted <= step || wanted <= reserved_ || reserve((wanted / step + 1) * step);
  }
  void give_back() {
    if (reserved_ > 0) static_cast<void>(host_->reserve(-reserved_));
    reserved_ = 0;
  }

private:
  bool reserve(std::int64_t bytes) {
    if (!host_->reserve(bytes - reserved_)) return false;
    reserved_ = bytes;
    return true;
  }

  const host_services* host_;
  std::int64_t reserved_ = 0; // bytes the host knows of
};

} // namespace vigie
#pragma GCC visibility pop
