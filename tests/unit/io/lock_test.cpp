// SPDX-License-Identifier: Apache-2.0
#include "io/child.hpp"
#include "io/faults.hpp"
#include "io/lock.hpp"
#include "io/simulated_system.hpp"
#include "io/system_over.hpp"
#include "scratch.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <tuple>

using vigie::code;
using vigie::io::call;
using vigie::io::file_lock;

TEST_CASE("a lock is held by one and free when its holder goes") {
  const scratch s;
  const std::string path = s.path("run/.vigie/lock");
  CHECK_FALSE(*file_lock::held_by_another(path));
  CHECK(s.names().empty()); // asking makes nothing
  {
    const auto mine = file_lock::take(path);
    REQUIRE(mine);
    REQUIRE(*mine);
    CHECK(*file_lock::held_by_another(path));
    const auto second = file_lock::take(path);
    REQUIRE(second);
    CHECK_FALSE(*second);
  }
  CHECK(std::filesystem::exists(path));
  CHECK_FALSE(*file_lock::held_by_another(path));
  CHECK(*file_lock::take(path));
}

TEST_CASE("another process sees the lock, and loses its own when it is killed") {
  const scratch s;
  const std::string path = s.path("lock");
  {
    const auto mine = file_lock::take(path);
    REQUIRE(*mine);
    // A child inherits the descriptor, so it asks by a file of its own.
    CHECK(tests::exited(tests::in_child({}, [&] {
      const auto other = file_lock::take(path);
      return other && !*other && *file_lock::held_by_another(path) ? 0 : 1;
    })));
  }
  CHECK(tests::killed(tests::in_child({}, [&] {
    const auto other = file_lock::take(path);
    if (!other || !*other) return 1;
    ::kill(::getpid(), SIGKILL);
    return 2;
  })));
  CHECK_FALSE(*file_lock::held_by_another(path));
  CHECK(*file_lock::take(path));
}

TEST_CASE("asking is in nobody's way, and needs no right to write") {
  const scratch s;
  const std::string path = s.put("lock", "");
  const vigie::io::descriptor asks(vigie::io::sys().open(path, 0, 0));
  CHECK(vigie::io::sys().locked(asks.get()) == 0);
  CHECK(*file_lock::take(path));
  CHECK(vigie::io::sys().lock(-1) == -EBADF);
  CHECK(vigie::io::sys().locked(-1) == -EBADF);
}

TEST_CASE("a lock on a file that lost its name is not taken for one") {
  class replacing final
      : public tests::system_over { // takes the file away before the lock is there
  public:
    explicit replacing(tests::simulated_system& s) : system_over(s), s_(s) {}
    int lock(int fd) override {
      if (times > 0) s_.unlink("lock");
      if (times > 0 && --times % 2 == 1) s_.put("lock", ""); // another file
      return s_.lock(fd);
    }
    int times = 0;

  private:
    tests::simulated_system& s_;
  };
  tests::simulated_system machine;
  replacing system(machine);
  const vigie::io::system_guard guard(system);
  system.times = 3;
  const auto mine = file_lock::take("lock");
  REQUIRE(mine);
  REQUIRE(*mine);
  CHECK(*file_lock::held_by_another("lock"));
  system.times = 1000;
  machine.unlink("lock");
  const auto never = file_lock::take("lock");
  REQUIRE_FALSE(never); // it gives up at some time
  CHECK(never.error().code == code::output_create_failed);
}

TEST_CASE("a lock that cannot be had for another reason is told") {
  const std::tuple<call, std::uint64_t, code> cases[] = {
      {call::mkdir, 1, code::output_folder_failed},
      {call::open, 1, code::output_create_failed},
      {call::lock, 1, code::output_create_failed},
      {call::fstat, 1, code::output_create_failed},
      {call::stat, 2, code::output_create_failed}};
  for (const auto& [kind, nth, expected] : cases) {
    tests::simulated_system machine;
    machine.put("run/other", "");
    vigie::io::faulty_system faulty(machine, {{.kind = kind, .nth = nth, .error = ENOLCK}});
    const vigie::io::system_guard guard(faulty);
    const auto mine = file_lock::take("run/lock");
    CAPTURE(vigie::io::name_of(kind));
    REQUIRE_FALSE(mine);
    CHECK(mine.error().code == expected);
    CHECK_FALSE(mine.error().hint.empty());
    CHECK_FALSE(*file_lock::held_by_another("run/lock")); // and it is not held by mistake
  }
  const scratch s;
  s.put("lock", "");
  for (const call kind : {call::open, call::locked}) {
    vigie::io::faulty_system faulty(vigie::io::sys(), {{.kind = kind, .nth = 1, .error = EIO}});
    const vigie::io::system_guard guard(faulty);
    CHECK(file_lock::held_by_another(s.path("lock")).error().code == code::input_read_failed);
  }
  CHECK(file_lock::take(s.path()).error().code == code::output_create_failed);
}
