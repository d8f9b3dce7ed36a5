// SPDX-License-Identifier: Apache-2.0
#include "schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>

namespace vigie::exec {
namespace {

class turnstile {
public:
  turnstile(std::size_t units, const schedule_options& options, const schedule_calls& calls)
      : units_(units), window_(2 * static_cast<std::size_t>(std::max(1, options.threads))),
        options_(options), calls_(calls) {}

  void work() {
    while (const auto unit = claim()) {
      wait(*unit, 1);
      split_result r = run(*unit);
      wait(*unit, 2);
      settle(*unit, std::move(r));
    }
  }

  [[nodiscard]] status result() && { return failure_ ? status(*std::move(failure_)) : status(); }

private:
  std::optional<std::size_t> claim() {
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [&] { return stopped_ || next_ >= units_ || next_ < settled_ + window_; });
    if (stopped_ || next_ >= units_) return std::nullopt;
    return next_++;
  }

  split_result run(std::size_t unit) {
    try {
      return calls_.work(unit, {[&](split_result r) { return give_instalment(unit, std::move(r)); },
                                [&] { return has_come(unit); }});
    } catch (const std::bad_alloc&) {
      return failed_unit(fail(code::run_memory, "out of memory"));
    } catch (const std::exception& e) {
      return failed_unit(fail(code::internal, e.what()));
    }
  }

  status settle_one(std::size_t unit, split_result r, bool last) const {
    try {
      if (r.failed) return *std::move(r.failed);
      return calls_.settle(unit, std::move(r), last);
    } catch (const std::bad_alloc&) {
      return fail(code::run_memory, "out of memory");
    } catch (const std::exception& e) {
      return fail(code::internal, e.what());
    }
  }

  bool has_come(std::size_t unit) {
    const std::scoped_lock lock(mutex_);
    return settled_ == unit && !settling_;
  }

  // While a unit is due and not at its end, nobody else settles: nothing behind it can be due.
  status give_instalment(std::size_t unit, split_result r) {
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [&] { return stopped_ || (settled_ == unit && !settling_); });
    if (stopped_) return fail(code::run_interrupted, "the stage ended before this unit");
    settling_ = true;
    lock.unlock();
    status ok = settle_one(unit, std::move(r), false);
    const bool enough = ok && calls_.enough();
    lock.lock();
    settling_ = false;
    if (enough) stopped_ = true;
    moved_.notify_all();
    return ok;
  }

  // Whoever brings the result that is due settles it and all that follow it and are there.
  void settle(std::size_t unit, split_result r) {
    std::unique_lock lock(mutex_);
    done_.emplace(unit, std::move(r));
    if (settling_) return;
    settling_ = true;
    while (!stopped_ && !done_.empty() && done_.begin()->first == settled_) {
      split_result due = std::move(done_.begin()->second);
      done_.erase(done_.begin());
      lock.unlock();
      status ok = settle_one(settled_, std::move(due), true);
      const bool enough = ok && calls_.enough();
      lock.lock();
      ++settled_;
      if (!ok) failure_ = std::move(ok).error();
      stopped_ = stopped_ || failure_ || enough;
      moved_.notify_all();
    }
    settling_ = false;
    moved_.notify_all();
  }

  void wait(std::size_t unit, std::uint64_t phase) const {
    if (!options_.delay_seed) return;
    const std::uint64_t draw = mix(*options_.delay_seed ^ mix(unit * 4 + phase));
    std::this_thread::sleep_for(std::chrono::microseconds(draw % 2000));
  }

  std::size_t units_, window_;
  const schedule_options& options_;
  const schedule_calls& calls_;
  std::mutex mutex_;
  std::condition_variable moved_;
  std::size_t next_ = 0,
              settled_ = 0; // `settled_` changes only on the settling thread, under the mutex
  std::map<std::size_t, split_result> done_;
  bool settling_ = false, stopped_ = false;
  std::optional<diagnostic> failure_;
};

} // namespace

split_result failed_unit(diagnostic d) {
  split_result r;
  r.failed = std::move(d);
  return r;
}

status run_in_order(std::size_t units, const schedule_options& options,
                    const schedule_calls& calls) {
  turnstile t(units, options, calls);
  const auto threads =
      std::min<std::size_t>(static_cast<std::size_t>(std::max(1, options.threads)), units);
  std::vector<std::jthread> others;
  try {
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back([&t] { t.work(); });
  } catch (const std::system_error&) {
    // The system gives no more threads: those that run do the work.
  }
  t.work();
  others.clear();
  return std::move(t).result();
}

} // namespace vigie::exec
