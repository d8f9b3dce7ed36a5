// SPDX-License-Identifier: Apache-2.0
#include "io/append.hpp"
#include "io/faults.hpp"
#include "io/simulated_system.hpp"
#include "scratch.hpp"

#include <sys/stat.h>

#include <cerrno>

using vigie::code;
using vigie::status;
using vigie::io::append_file;
using vigie::io::call;

namespace {

constexpr std::size_t held = std::size_t{256} << 10U;

std::string read_back(const append_file& file, std::uint64_t offset, std::size_t bytes) {
  std::string to(bytes, '\0');
  REQUIRE(file.read_at(offset, to.data(), bytes));
  return to;
}

} // namespace

TEST_CASE("a file that grows is private, holds back, and gives back what was flushed") {
  const scratch s;
  s.put("a", "of a run that died");
  auto file = append_file::create(s.path("a"), "part");
  REQUIRE(file);
  struct ::stat facts{};
  REQUIRE(::stat(s.path("a").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 07777U) == 0600);
  CHECK(facts.st_size == 0);
  REQUIRE(file->append("hello "));
  CHECK(file->length() == 6);
  CHECK(s.get(s.path("a")).empty());
  REQUIRE(file->flush());
  CHECK(s.get(s.path("a")) == "hello ");
  REQUIRE(file->append(std::string(held + 1, 'x')));
  CHECK(s.get(s.path("a")).size() == 6 + held);
  REQUIRE(file->sync());
  CHECK(file->length() == 6 + held + 1);
  CHECK(s.get(s.path("a")) == "hello " + std::string(held + 1, 'x'));
  CHECK(read_back(*file, 4, 4) == "o xx");
  CHECK(read_back(*file, file->length(), 0).empty());
  char more[8];
  const status beyond = file->read_at(file->length() - 3, more, 8);
  REQUIRE_FALSE(beyond);
  CHECK(beyond.error().code == code::run_file_truncated);
  CHECK(beyond.error().place.offset == static_cast<std::int64_t>(file->length()));
}

TEST_CASE("a file is gone on with behind a length, and what followed is cut off") {
  const scratch s;
  s.put("a", "0123456789");
  auto file = append_file::open(s.path("a"), "part", 4);
  REQUIRE(file);
  CHECK(s.get(s.path("a")) == "0123");
  CHECK(file->length() == 4);
  REQUIRE(file->append("abc"));
  REQUIRE(file->flush());
  CHECK(s.get(s.path("a")) == "0123abc");
  CHECK(read_back(*file, 2, 4) == "23ab");
}

TEST_CASE("a file that cannot be gone on with is left as it is") {
  const scratch s;
  s.put("a", "0123");
  const auto shorter = append_file::open(s.path("a"), "part", 5);
  REQUIRE_FALSE(shorter);
  CHECK(shorter.error().code == code::run_file_truncated);
  CHECK(shorter.error().place.offset == 4);
  CHECK(s.get(s.path("a")) == "0123");
  CHECK(append_file::open(s.path("b"), "part", 0).error().code == code::input_not_found);
  CHECK(append_file::open(s.path(), "part", 0).error().code == code::input_is_folder);
  REQUIRE(::mkfifo(s.path("pipe").c_str(), 0600) == 0);
  CHECK(append_file::open(s.path("pipe"), "part", 0).error().code == code::input_not_a_file);
  CHECK(append_file::create(s.path(), "part").error().code == code::output_create_failed);
  CHECK(append_file::create(s.path("no/a"), "part").error().code == code::output_create_failed);
}

TEST_CASE("each call that fails is told, and the file gives the same answer from then on") {
  for (const call kind :
       {call::unlink, call::open, call::write, call::fsync, call::ftruncate, call::fstat})
    for (const int error : {EIO, ENOSPC})
      for (std::uint64_t nth = 1; nth < 9; ++nth) {
        const scratch s;
        vigie::io::faulty_system faulty(vigie::io::sys(),
                                        {{.kind = kind, .nth = nth, .error = error}});
        const vigie::io::system_guard guard(faulty);
        CAPTURE(vigie::io::name_of(kind), error, nth);
        const auto work = [&]() -> status {
          auto file = append_file::create(s.path("a"), "part");
          if (!file) return file.error();
          status done = file->append(std::string(2 * held, 'x'));
          if (done) done = file->append("y");
          if (done) done = file->sync();
          if (!done) {
            CHECK(file->append("z").error().code == done.error().code);
            CHECK(file->flush().error().code == done.error().code);
            CHECK(file->sync().error().code == done.error().code);
            return done;
          }
          auto again = append_file::open(s.path("a"), "part", held);
          return again ? again->sync() : status(again.error());
        };
        const status done = work();
        if (faulty.calls(kind) < nth) {
          CHECK(done);
          break;
        }
        REQUIRE_FALSE(done);
        CHECK((done.error().message.find("EIO") != std::string::npos) == (error == EIO));
      }
}

TEST_CASE("short writes and reads are carried on") {
  const scratch s;
  vigie::io::faulty_system faulty(vigie::io::sys(),
                                  {{.kind = call::write, .nth = 1, .onwards = true, .error = 0},
                                   {.kind = call::pread, .nth = 1, .onwards = true, .error = 0}});
  const vigie::io::system_guard guard(faulty);
  auto file = append_file::create(s.path("a"), "part");
  REQUIRE(file);
  REQUIRE(file->append("0123456789"));
  REQUIRE(file->flush());
  CHECK(s.get(s.path("a")) == "0123456789");
  CHECK(read_back(*file, 1, 8) == "12345678");
  CHECK(faulty.calls(call::pread) > 2);
}

TEST_CASE("what was synced survives every power failure, with its name") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    tests::simulated_system machine;
    const vigie::io::system_guard guard(machine);
    machine.put("run/other", "");
    {
      auto file = append_file::create("run/a", "part");
      REQUIRE(file);
      REQUIRE(file->append(std::string(10'000, 'x')));
      REQUIRE(file->sync());
      REQUIRE(file->append(std::string(10'000, 'y')));
      REQUIRE(file->flush());
    }
    machine.power_failure(seed);
    const auto found = machine.get("run/a");
    REQUIRE(found);
    CHECK(found->starts_with(std::string(10'000, 'x')));
    REQUIRE(append_file::open("run/a", "part", 10'000));
    CHECK(machine.get("run/a") == std::string(10'000, 'x'));
  }
}
