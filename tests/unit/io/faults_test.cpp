// SPDX-License-Identifier: Apache-2.0
#include "io/errors.hpp"
#include "io/faults.hpp"
#include "scratch.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

using vigie::io::call;
using vigie::io::parse_faults;

TEST_CASE("faults are written as kind, count and error") {
  const auto faults = parse_faults("write:3:ENOSPC,pread:1:short,fsync:2+:EIO");
  REQUIRE(faults);
  REQUIRE(faults->size() == 3);
  CHECK(faults->at(0).kind == call::write);
  CHECK(faults->at(0).nth == 3);
  CHECK(faults->at(0).error == ENOSPC);
  CHECK(faults->at(1).error == 0);
  CHECK(faults->at(2).onwards);
}

TEST_CASE("a fault that is not understood is refused") {
  for (const char* bad : {"", "write", "write:3", "write:0:EIO", "write:x:EIO", "write:-1:EIO",
                          "write:1:ENOTHING", "fsync:1:short", "sneeze:1:EIO", "write:1:EIO,",
                          "write:99999999999999999999:EIO", "write:1:EIO:2"}) {
    const auto faults = parse_faults(bad);
    CAPTURE(bad);
    REQUIRE_FALSE(faults);
    CHECK(faults.error().code == vigie::code::io_fault_syntax);
  }
}

TEST_CASE("only the call that is named fails, and guards restore what was before") {
  const scratch s;
  s.put("x", "abc");
  vigie::io::system& before = vigie::io::sys();
  {
    vigie::io::faulty_system faulty(before, {{.kind = call::open, .nth = 2, .error = EMFILE}});
    const vigie::io::system_guard guard(faulty);
    CHECK(&vigie::io::sys() == &faulty);
    const vigie::io::descriptor first(vigie::io::sys().open(s.path("x"), O_RDONLY, 0));
    CHECK(first.open());
    CHECK(vigie::io::sys().open(s.path("x"), O_RDONLY, 0) == -EMFILE);
    const vigie::io::descriptor third(vigie::io::sys().open(s.path("x"), O_RDONLY, 0));
    CHECK(third.open());
    CHECK(faulty.calls(call::open) == 3);
  }
  CHECK(&vigie::io::sys() == &before);
}

TEST_CASE("a path with a NUL byte is never another file") {
  const scratch s;
  s.put("x");
  const std::string path = s.path(std::string("x\0y", 3));
  vigie::io::file_facts facts;
  std::vector<vigie::io::folder_entry> entries;
  vigie::io::system& sys = vigie::io::sys();
  CHECK(sys.open(path, O_RDONLY, 0) == -EINVAL);
  CHECK(sys.stat(path, true, facts) == -EINVAL);
  CHECK(sys.unlink(path) == -EINVAL);
  CHECK(sys.rename(path, path) == -EINVAL);
  CHECK(sys.mkdir(path, 0700) == -EINVAL);
  CHECK(sys.rmdir(path) == -EINVAL);
  CHECK(sys.list(path, entries) == -EINVAL);
  CHECK(std::filesystem::exists(s.path("x")));
}

TEST_CASE("an errno is told by name and in words, whatever the locale") {
  CHECK(vigie::io::errno_text(ENOSPC) == "ENOSPC (No space left on device)");
  CHECK(vigie::io::errno_text(98765) == "error 98765");
}

TEST_CASE("the environment installs faults for the rest of a process, or is refused") {
  const scratch s;
  s.put("x");
  ::setenv("VIGIE_IO_FAULT", "nonsense", 1);
  const vigie::status bad = vigie::io::install_faults_from_environment();
  REQUIRE_FALSE(bad);
  CHECK(bad.error().code == vigie::code::io_fault_syntax);
  ::setenv("VIGIE_IO_FAULT", "open:1:EMFILE", 1);
  const pid_t child = ::fork(); // its faults must not outlive this test
  if (child == 0) {
    const bool installed = static_cast<bool>(vigie::io::install_faults_from_environment());
    const int first = vigie::io::sys().open(s.path("x"), O_RDONLY, 0);
    const int second = vigie::io::sys().open(s.path("x"), O_RDONLY, 0);
    ::_exit(installed && first == -EMFILE && second >= 0 ? 0 : 1);
  }
  ::unsetenv("VIGIE_IO_FAULT");
  int ended = -1;
  REQUIRE(::waitpid(child, &ended, 0) == child);
  CHECK(ended == 0);
  CHECK(vigie::io::install_faults_from_environment());
}
