// SPDX-License-Identifier: Apache-2.0
// The run's one memory budget. Whoever holds data over calls reserves it here first. Any thread.
#pragma once

#include <atomic>
#include <cstdint>

namespace vigie {

// Who could go to disk instead leaves an eighth of the budget to those who cannot.
enum class memory_use : std::uint8_t { firm, spillable };

class memory_budget {
public:
  explicit memory_budget(std::int64_t limit_bytes) : limit_(limit_bytes) {}

  // Takes `bytes` (or gives back, where negative). False, and nothing taken, where the budget would
  // be exceeded.
  [[nodiscard]] bool reserve(std::int64_t bytes, memory_use use = memory_use::firm) {
    const std::int64_t most = use == memory_use::firm ? limit_ : limit_ - limit_ / 8;
    const std::int64_t now = held_.fetch_add(bytes) + bytes;
    if (bytes > 0 && now > most) {
      held_.fetch_sub(bytes);
      return false;
    }
    std::int64_t peak = peak_.load();
    while (now > peak && !peak_.compare_exchange_weak(peak, now)) {
    }
    return true;
  }
  [[nodiscard]] std::int64_t limit() const { return limit_; }
  [[nodiscard]] std::int64_t held() const { return held_.load(); }
  [[nodiscard]] std::int64_t peak() const { return peak_.load(); }

private:
  std::int64_t limit_;
  std::atomic<std::int64_t> held_ = 0, peak_ = 0;
};

} // namespace vigie
