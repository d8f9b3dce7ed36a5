// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "exec/schedule.hpp"

#include <atomic>
#include <mutex>
#include <new>
#include <set>
#include <stdexcept>
#include <thread>

namespace {

using namespace vigie;
using namespace vigie::exec;

// What happened, in the order it happened.
struct record {
  std::vector<std::size_t> settled;
  std::set<std::size_t> worked;
  std::size_t ahead = 0;
  std::mutex mutex;
  std::atomic<int> settling = 0;
  bool overlapped = false;

  split_result work(std::size_t i) {
    const std::lock_guard lock(mutex);
    worked.insert(i);
    ahead = std::max(ahead, i - std::min(i, settled.size()));
    return {};
  }
  status settle(std::size_t i) {
    overlapped = settling.fetch_add(1) > 0 || overlapped;
    {
      const std::lock_guard lock(mutex);
      settled.push_back(i);
    }
    --settling;
    return {};
  }
};

split_result failing(const std::string& what) {
  split_result r;
  r.failed = fail(code::component_failed, what);
  return r;
}

std::vector<std::size_t> up_to(std::size_t n) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(i);
  return out;
}

const auto never = [] { return false; };

} // namespace

TEST_CASE("results are settled one at a time and in order, whatever the threads and delays") {
  for (const int threads : {1, 2, 4, 16})
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
      record r;
      const auto ok =
          run_in_order(60, {threads, seed},
                       {[&](std::size_t i, const unit_turn&) { return r.work(i); },
                        [&](std::size_t i, split_result, bool) { return r.settle(i); }, never});
      CHECK(ok);
      CHECK(r.settled == up_to(60));
      CHECK_FALSE(r.overlapped);
      CHECK(r.ahead <= 2 * static_cast<std::size_t>(threads));
    }
}

TEST_CASE("no units, fewer units than threads and nonsense for threads are no trouble") {
  for (const int threads : {-3, 0, 1, 8})
    for (const std::size_t units : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
      record r;
      CHECK(run_in_order(units, {threads, {}},
                         {[&](std::size_t i, const unit_turn&) { return r.work(i); },
                          [&](std::size_t i, split_result, bool) { return r.settle(i); }, never}));
      CHECK(r.settled == up_to(units));
    }
}

TEST_CASE(
    "the first failure in the order of the units wins, even where a later one is met before") {
  for (const int threads : {1, 2, 4})
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      record r;
      std::atomic<bool> late_met = false;
      const auto work = [&](std::size_t i, const unit_turn&) {
        (void)r.work(i);
        if (i == 8) late_met = true;
        // Unit 5 waits until unit 8 has failed, where there are threads to let it.
        while (i == 5 && threads > 1 && !late_met) std::this_thread::yield();
        return i == 5 || i == 8 ? failing("unit " + std::to_string(i)) : split_result{};
      };
      const auto ok = run_in_order(
          40, {threads, seed},
          {work, [&](std::size_t i, split_result, bool) { return r.settle(i); }, never});
      REQUIRE_FALSE(ok);
      CHECK(ok.error().message == "unit 5");
      CHECK(ok.error().code == code::component_failed);
      CHECK(r.settled == up_to(5)); // all before it, and none behind
      CHECK(r.worked.size() <= 5 + 2 * static_cast<std::size_t>(threads) + 1);
    }
}

TEST_CASE(
    "a failure while settling stops the run like one while working, and comes before later ones") {
  for (const int threads : {1, 3}) {
    record r;
    const auto settle = [&](std::size_t i, split_result, bool) {
      return i == 2 ? status(fail(code::output_no_space, "full")) : r.settle(i);
    };
    const auto ok = run_in_order(
        30, {threads, 4},
        {[](std::size_t i, const unit_turn&) { return i == 3 ? failing("later") : split_result{}; },
         settle, never});
    REQUIRE_FALSE(ok);
    CHECK(ok.error().code == code::output_no_space);
    CHECK(r.settled == up_to(2));
  }
}

TEST_CASE("exceptions become errors at their unit") {
  for (const int threads : {1, 3}) {
    const auto run = [&](const std::function<void()>& what, bool in_settle) {
      const auto ok = run_in_order(10, {threads, {}},
                                   {[&](std::size_t i, const unit_turn&) {
                                      if (i == 4 && !in_settle) what();
                                      return split_result{};
                                    },
                                    [&](std::size_t i, split_result, bool) {
                                      if (i == 4 && in_settle) what();
                                      return status();
                                    },
                                    never});
      REQUIRE_FALSE(ok);
      return ok.error();
    };
    for (const bool in_settle : {false, true}) {
      CHECK(run([] { throw std::bad_alloc(); }, in_settle).code == code::run_memory);
      const diagnostic d = run([] { throw std::runtime_error("broken"); }, in_settle);
      CHECK(d.code == code::internal);
      CHECK(d.message == "broken");
    }
  }
}

TEST_CASE("once it is enough nothing more is settled, and little more is begun") {
  for (const int threads : {1, 4}) {
    record r;
    const auto ok = run_in_order(1000, {threads, {}},
                                 {[&](std::size_t i, const unit_turn&) { return r.work(i); },
                                  [&](std::size_t i, split_result, bool) { return r.settle(i); },
                                  [&] {
                                    const std::lock_guard lock(r.mutex);
                                    return r.settled.size() >= 7;
                                  }});
    CHECK(ok);
    CHECK(r.settled == up_to(7));
    CHECK(r.worked.size() <= 7 + 2 * static_cast<std::size_t>(threads) + 1);
  }
}

TEST_CASE("instalments of a unit are settled when it is its turn, in order, and before its end") {
  for (const int threads : {1, 2, 5})
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
      std::vector<std::pair<std::size_t, std::int64_t>> got; // unit, what it gave
      const auto work = [](std::size_t i, const unit_turn& turn) {
        split_result r;
        for (std::int64_t part = 0; part < static_cast<std::int64_t>(i % 4); ++part) {
          split_result some;
          some.pieces[{0, {}}].rows = part;
          if (auto ok = turn.give(std::move(some)); !ok) r.failed = std::move(ok).error();
        }
        r.pieces[{0, {}}].rows = 100;
        return r;
      };
      const auto settle = [&](std::size_t i, split_result r, bool last) {
        CHECK(last == (r.pieces[{0, {}}].rows == 100));
        got.emplace_back(i, r.pieces[{0, {}}].rows);
        return status();
      };
      REQUIRE(run_in_order(50, {threads, seed}, {work, settle, never}));
      std::vector<std::pair<std::size_t, std::int64_t>> expected;
      for (std::size_t i = 0; i < 50; ++i) {
        for (std::int64_t part = 0; part < static_cast<std::int64_t>(i % 4); ++part)
          expected.emplace_back(i, part);
        expected.emplace_back(i, 100);
      }
      CHECK(got == expected);
    }
}

TEST_CASE("a failure while an instalment is settled is the failure of its unit") {
  for (const int threads : {1, 3}) {
    record r;
    const auto work = [](std::size_t i, const unit_turn& turn) {
      split_result out;
      if (auto ok = turn.give({}); !ok) out.failed = std::move(ok).error();
      return i == 9 ? failing("later") : std::move(out);
    };
    const auto settle = [&](std::size_t i, split_result, bool last) {
      if (i == 4 && !last) return status(fail(code::output_no_space, "full"));
      return last ? r.settle(i) : status();
    };
    const auto ok = run_in_order(20, {threads, 2}, {work, settle, never});
    REQUIRE_FALSE(ok);
    CHECK(ok.error().code == code::output_no_space);
    CHECK(r.settled == up_to(4));
  }
}

TEST_CASE("a unit that waits to give an instalment ends with the stage") {
  // Unit 1 waits for its turn, which never comes: unit 0 fails once the other waits.
  std::atomic<bool> other_began = false;
  const auto work = [&](std::size_t i, const unit_turn& turn) {
    if (i == 0) {
      while (!other_began) std::this_thread::yield();
      return failing("unit 0");
    }
    other_began = true;
    split_result out;
    if (auto ok = turn.give({}); !ok) out.failed = std::move(ok).error();
    return out;
  };
  const auto ok = run_in_order(
      2, {2, {}}, {work, [](std::size_t, split_result, bool) { return status(); }, never});
  REQUIRE_FALSE(ok);
  CHECK(ok.error().message == "unit 0");
}

TEST_CASE("a turn has come for the unit that is due, and for no other") {
  for (const int threads : {1, 2, 5}) {
    std::atomic<std::size_t> settled = 0;
    std::atomic<bool> too_early = false, at_last = true;
    const auto work = [&](std::size_t i, const unit_turn& turn) {
      if (turn.has_come() && settled != i) too_early = true;
      split_result out;
      if (auto ok = turn.give({}); !ok) out.failed = std::move(ok).error();
      if (!turn.has_come()) at_last = false; // nobody is settled before this unit has ended
      return out;
    };
    const auto settle = [&](std::size_t, split_result, bool last) {
      settled += last ? 1U : 0U;
      return status();
    };
    REQUIRE(run_in_order(40, {threads, 7}, {work, settle, never}));
    CHECK_FALSE(too_early);
    CHECK(at_last);
  }
}
