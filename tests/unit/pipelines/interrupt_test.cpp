// SPDX-License-Identifier: Apache-2.0
// Ctrl-C: the run ends soon, says so and leaves no output.
#include "catch.hpp"
#include "lines.hpp"

#include <csignal>
#include <thread>

namespace {

constexpr double soon = 1.0;     // seconds, as promised
constexpr double at_last = 10.0; // seconds, on a machine with other work

void check_interrupted(const tests::workplace& at, const tests::ended& e) {
  INFO(e.err);
  CHECK(e.in_time);
  CHECK(e.code == 1);
  CHECK(tests::nothing_left(at));
  if (e.seconds > soon) WARN("it took " << e.seconds << " s");
}

} // namespace

TEST_CASE("a run that reads a stream without end stops at an interrupt") {
  std::signal(SIGPIPE, SIG_IGN);
  const tests::workplace at;
  at.put("p.yaml", tests::lines_pipeline{.files = "-"}.text());
  tests::child run(at, {"run", "p.yaml", "--out", "out", "--quiet"},
                   {.limit = at_last, .keep_stdin = true});
  const std::string lines = tests::good_lines(0, 20'000);
  // More than pipes hold: once it is written, the child reads.
  for (int i = 0; i < 4; ++i) REQUIRE(run.feed(lines));
  std::thread feeder([&] {
    while (run.feed(lines)) {
    }
  });
  run.signal(GENERATE(SIGINT, SIGTERM));
  const tests::ended e = run.wait();
  feeder.join(); // nobody reads any more, so its writing fails
  check_interrupted(at, e);
  CHECK(e.errors().size() == 1);
}

TEST_CASE("a run that waits for input stops at an interrupt") {
  std::signal(SIGPIPE, SIG_IGN);
  const tests::workplace at;
  at.put("p.yaml", tests::lines_pipeline{.files = "-"}.text());
  tests::child run(at, {"run", "p.yaml", "--out", "out", "--quiet"},
                   {.limit = at_last, .keep_stdin = true});
  for (int i = 0; i < 4; ++i) REQUIRE(run.feed(tests::good_lines(0, 20'000)));
  REQUIRE(run.waits_for_input());
  run.signal(SIGINT);
  check_interrupted(at, run.wait());
}
