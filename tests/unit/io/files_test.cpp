// SPDX-License-Identifier: Apache-2.0
#include "io/faults.hpp"
#include "io/files.hpp"
#include "scratch.hpp"

#include <sys/stat.h>

#include <cerrno>

using vigie::code;

TEST_CASE("a small file is read whole up to its limit") {
  const scratch s;
  s.put("x", "12345");
  CHECK(*vigie::io::read_small_file(s.path("x"), 5) == "12345");
  CHECK(vigie::io::read_small_file(s.path("x"), 4).error().code == code::input_too_large);
  CHECK(vigie::io::read_small_file(s.path("y"), 4).error().code == code::input_not_found);
  CHECK(vigie::io::read_small_file(s.path(), 4).error().code == code::input_is_folder);
  CHECK(vigie::io::read_small_file("/dev/zero", 4).error().code == code::input_not_a_file);
  CHECK_FALSE(vigie::io::read_small_file("/proc/self/status", 1U << 20U)->empty());
  REQUIRE(::mkfifo(s.path("pipe").c_str(), 0600) == 0);
  CHECK(vigie::io::read_small_file(s.path("pipe"), 4).error().code == code::input_not_a_file);
}

TEST_CASE("reading a small file in short pieces gives the same, and a fault is told") {
  using vigie::io::call;
  const scratch s;
  s.put("x", std::string(20'000, 'x'));
  {
    vigie::io::faulty_system faulty(vigie::io::sys(),
                                    {{.kind = call::read, .nth = 1, .onwards = true, .error = 0}});
    const vigie::io::system_guard guard(faulty);
    CHECK(vigie::io::read_small_file(s.path("x"), 20'000)->size() == 20'000);
  }
  for (const call kind : {call::open, call::fstat, call::read}) {
    vigie::io::faulty_system faulty(vigie::io::sys(), {{.kind = kind, .nth = 1, .error = EIO}});
    const vigie::io::system_guard guard(faulty);
    CHECK(vigie::io::read_small_file(s.path("x"), 20'000).error().code == code::input_read_failed);
  }
}

TEST_CASE("what is there is told from what is not") {
  const scratch s;
  s.put("x");
  std::filesystem::create_symlink("gone", s.path("broken"));
  CHECK(*vigie::io::exists(s.path("x")));
  CHECK(*vigie::io::exists(s.path()));
  CHECK_FALSE(*vigie::io::exists(s.path("y")));
  CHECK_FALSE(*vigie::io::exists(s.path("x/y")));
  CHECK_FALSE(*vigie::io::exists(s.path("broken")));
  CHECK_FALSE(vigie::io::exists(s.path(std::string("a\0b", 3))));
}

TEST_CASE("folders are made with their parents, and a file in the way is told") {
  const scratch s;
  REQUIRE(vigie::io::make_folders(s.path("a//b/c/")));
  REQUIRE(vigie::io::make_folders(s.path("a/b/c")));
  CHECK(std::filesystem::is_directory(s.path("a/b/c")));
  s.put("file");
  CHECK(vigie::io::make_folders(s.path("file")).error().code == code::output_folder_failed);
  CHECK(vigie::io::make_folders(s.path("file/x")).error().code == code::output_folder_failed);
  CHECK(vigie::io::parent_folder("a/b") == "a");
  CHECK(vigie::io::parent_folder("b") == ".");
  CHECK(vigie::io::parent_folder("/b") == "/");
}

TEST_CASE("a tree is removed below its root and nowhere else") {
  const scratch s;
  s.put("root/run/a/b", "x");
  s.put("root/run/c", "x");
  s.put("outside/keep", "x");
  std::filesystem::create_directory_symlink(s.path("outside"), s.path("root/run/link"));
  std::filesystem::create_directory_symlink(s.path("outside"), s.path("root/link"));
  const std::string root = s.path("root");
  for (const std::string& bad :
       {root, root + "/", s.path("outside"), root + "/../outside", root + "/run/../../outside",
        root + "x", root + "/link/keep", std::string()})
    CHECK(vigie::io::remove_tree(root, bad).error().code == code::output_outside);
  CHECK(std::filesystem::exists(s.path("root/run/a/b")));
  REQUIRE(vigie::io::remove_tree(root, root + "/run"));
  CHECK_FALSE(std::filesystem::exists(s.path("root/run")));
  CHECK(std::filesystem::exists(s.path("outside/keep")));
  CHECK(vigie::io::remove_tree(root, root + "/run"));
  CHECK(vigie::io::remove_tree(root, root + "/run/deeper/still"));
}

TEST_CASE("a removal that fails is told") {
  using vigie::io::call;
  for (const call kind : {call::stat, call::list, call::unlink, call::rmdir}) {
    const scratch s;
    s.put("root/run/a");
    vigie::io::faulty_system faulty(vigie::io::sys(), {{.kind = kind, .nth = 1, .error = EIO}});
    const vigie::io::system_guard guard(faulty);
    CHECK(vigie::io::remove_tree(s.path("root"), s.path("root/run")).error().code ==
          code::output_remove_failed);
  }
}

TEST_CASE("a private folder is its owner's alone, made or found, and no link") {
  const scratch s;
  const auto rights = [&](const std::string& name) {
    struct ::stat facts{};
    REQUIRE(::stat(s.path(name).c_str(), &facts) == 0);
    return facts.st_mode & 07777U;
  };
  REQUIRE(vigie::io::make_private_folder(s.path("a/b/work")));
  CHECK(rights("a/b/work") == 0700);
  CHECK((rights("a/b") & 0700U) == 0700);
  std::filesystem::create_directory(s.path("open"));
  REQUIRE(::chmod(s.path("open").c_str(), 0755) == 0);
  REQUIRE(vigie::io::make_private_folder(s.path("open")));
  CHECK(rights("open") == 0700);
  s.put("file");
  std::filesystem::create_directory(s.path("elsewhere"));
  REQUIRE(::chmod(s.path("elsewhere").c_str(), 0755) == 0);
  std::filesystem::create_directory_symlink(s.path("elsewhere"), s.path("link"));
  for (const char* bad : {"file", "file/x", "link"})
    CHECK(vigie::io::make_private_folder(s.path(bad)).error().code == code::output_folder_failed);
  CHECK(rights("elsewhere") == 0755);
  vigie::io::faulty_system faulty(vigie::io::sys(),
                                  {{.kind = vigie::io::call::chmod, .nth = 1, .error = EPERM}});
  const vigie::io::system_guard guard(faulty);
  CHECK(vigie::io::make_private_folder(s.path("open")).error().code == code::output_refused);
}

TEST_CASE("a file is removed, a link and not its target, and no folder") {
  const scratch s;
  s.put("x");
  s.put("target");
  s.put("folder/inside");
  std::filesystem::create_symlink(s.path("target"), s.path("link"));
  CHECK(vigie::io::remove_file(s.path("x")));
  CHECK(vigie::io::remove_file(s.path("x")));
  CHECK(vigie::io::remove_file(s.path("link")));
  CHECK(s.names() == std::vector<std::string>{"folder", "target"});
  CHECK(vigie::io::remove_file(s.path("folder")).error().code == code::output_remove_failed);
  CHECK(std::filesystem::exists(s.path("folder/inside")));
}
