// SPDX-License-Identifier: Apache-2.0
// A journal on a machine that goes off at any call: what was acknowledged is there afterwards, and
// nothing that was not appended.
#include "catch.hpp"
#include "io/files.hpp"
#include "io/simulated_system.hpp"
#include "runs/journal.hpp"

#include <optional>

using tests::simulated_system;
using vigie::runs::journal;

namespace {

using texts = std::vector<std::string>;

const std::string path = "run/.vigie/journal";

// Of several sizes: some share a block of the disk, some fill more than one, and a long one is
// followed by a shorter one that may come to stand over its torn rest.
texts sample() {
  return {R"({"run": 0})",  R"({"unit": 1})",        std::string(9'000, 'a'),
          R"({"unit": 3})", std::string(4'000, 'b'), std::string(5'000, 'c')};
}

struct outcome {
  std::size_t tried = 0;        // records that a call to the journal was given
  std::size_t acknowledged = 0; // those it took
};

// Goes on with the records of `all` behind the first `from`, until a call fails. Nothing is taken
// for written that is read from the disk before `open` made it durable.
outcome work_on(const texts& all, std::size_t from, std::optional<journal> j) {
  outcome o{from, j ? from : 0};
  if (!j) {
    o.tried = 1;
    auto made = journal::create(path, all[0]);
    if (!made) return o;
    o.acknowledged = 1;
    j.emplace(std::move(*made));
  }
  while (o.acknowledged < all.size()) {
    o.tried = o.acknowledged + 1;
    if (!j->append(all[o.acknowledged])) return o;
    ++o.acknowledged;
  }
  return o;
}

texts first_of(const texts& all, std::size_t n) {
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n)};
}

// Reads what the last process left, as the next one does; the records found, or an error.
// `before` is what was known to be acknowledged and tried.
outcome recover_and_go_on(const texts& all, const outcome& before) {
  const auto there = vigie::io::exists(path);
  if (there && !*there) {
    REQUIRE(before.acknowledged == 0);
    return work_on(all, 0, {});
  }
  const auto read = journal::read(path);
  if (!read && read.error().code == vigie::code::input_read_failed) return before; // off again
  REQUIRE(read);
  REQUIRE(read->records.size() >= before.acknowledged);
  REQUIRE(read->records.size() <= std::max(before.tried, before.acknowledged));
  REQUIRE(read->records == first_of(all, read->records.size()));
  auto j = journal::open(path, *read);
  if (!j) return {std::max(before.tried, read->records.size()), before.acknowledged};
  const outcome after = work_on(all, read->records.size(), std::move(*j));
  return {std::max(after.tried, before.tried), after.acknowledged};
}

void stop(simulated_system& m, std::uint64_t seed) {
  if (seed == 0)
    m.crash(); // kill -9
  else
    m.power_failure(seed);
}

constexpr std::uint64_t seeds = 50;

} // namespace

TEST_CASE("a journal keeps what it acknowledged through a death at every call, and goes on") {
  const texts all = sample();
  bool ran_through = false;
  std::size_t torn_or_more = 0;
  for (std::uint64_t n = 1; !ran_through; ++n)
    for (std::uint64_t seed = 0; seed <= seeds; ++seed) {
      CAPTURE(n, seed);
      simulated_system m;
      const vigie::io::system_guard guard(m);
      m.fail_from(n);
      const outcome died = work_on(all, 0, {});
      ran_through = m.modifying_calls() < n;
      stop(m, seed);
      torn_or_more += m.get(path) && journal::read(path) && journal::read(path)->torn ? 1 : 0;
      REQUIRE(recover_and_go_on(all, died).acknowledged == all.size());
      stop(m, seed + 1000);
      REQUIRE(journal::read(path)->records == all);
      REQUIRE_FALSE(journal::read(path)->torn);
    }
  CHECK(torn_or_more > 10); // else the model tears nothing and shows nothing
}

TEST_CASE("a journal keeps what it acknowledged when the recovery dies, too") {
  const texts all = sample();
  for (std::uint64_t n = 1; n < 30; ++n)
    for (std::uint64_t again = 1; again < 12; ++again)
      for (std::uint64_t seed = 0; seed < 12; ++seed) {
        CAPTURE(n, again, seed);
        simulated_system m;
        const vigie::io::system_guard guard(m);
        m.fail_from(n);
        outcome so_far = work_on(all, 0, {});
        stop(m, seed);
        m.fail_from(again);
        so_far = recover_and_go_on(all, so_far);
        stop(m, seed * 7 + again);
        REQUIRE(recover_and_go_on(all, so_far).acknowledged == all.size());
        stop(m, seed + 1);
        REQUIRE(journal::read(path)->records == all);
      }
}
