// SPDX-License-Identifier: Apache-2.0
#include "io/faults.hpp"
#include "io/tree.hpp"
#include "scratch.hpp"

#include <cerrno>

using vigie::code;
using vigie::io::facts_of;
using vigie::io::file_kind;
using vigie::io::read_folder;

TEST_CASE("entries of a folder come sorted, and a folder that is not there is an error") {
  const scratch s;
  for (const char* name : {"b", "a", "B", ".hidden", "\xc3\xa9", "a.b"}) s.put(name);
  std::filesystem::create_directory(s.path("folder"));
  const auto entries = read_folder(s.path());
  REQUIRE(entries);
  std::vector<std::string> names;
  for (const auto& e : *entries) names.push_back(e.name);
  CHECK(names == std::vector<std::string>{".hidden", "B", "a", "a.b", "b", "folder", "\xc3\xa9"});
  CHECK((*entries)[5].kind == file_kind::folder);
  CHECK((*entries)[2].kind == file_kind::file);
  CHECK(read_folder(s.path("folder"))->empty());
  CHECK(read_folder(s.path("gone")).error().code == code::input_not_found);
  CHECK(read_folder(s.path("a")).error().code == code::input_not_found);
  vigie::io::faulty_system faulty(vigie::io::sys(),
                                  {{.kind = vigie::io::call::list, .nth = 1, .error = EACCES}});
  const vigie::io::system_guard guard(faulty);
  CHECK(read_folder(s.path()).error().code == code::input_unreadable);
}

TEST_CASE("what is at a path is told, or that nothing is there; links are not followed") {
  const scratch s;
  s.put("x", "12345");
  s.put("empty", "");
  std::filesystem::create_symlink("x", s.path("link"));
  CHECK((*facts_of(s.path("x")))->size == 5);
  CHECK((*facts_of(s.path("x")))->kind == file_kind::file);
  CHECK((*facts_of(s.path("empty")))->size == 0);
  CHECK((*facts_of(s.path("link")))->kind == file_kind::link);
  CHECK((*facts_of(s.path()))->kind == file_kind::folder);
  CHECK((*facts_of("/dev/zero"))->kind == file_kind::other);
  CHECK_FALSE(facts_of(s.path("gone"))->has_value());
  CHECK_FALSE(facts_of(s.path("x/y"))->has_value());
  vigie::io::faulty_system faulty(vigie::io::sys(),
                                  {{.kind = vigie::io::call::stat, .nth = 1, .error = EIO}});
  const vigie::io::system_guard guard(faulty);
  CHECK(facts_of(s.path("x")).error().code == code::input_read_failed);
}

TEST_CASE("a tree counts its files and the bytes of regular ones, and nothing through links") {
  const scratch s;
  s.put("tree/a", "123");
  s.put("tree/below/b", "45");
  s.put("outside", "not counted");
  std::filesystem::create_symlink("../outside", s.path("tree/link"));
  const auto all = vigie::io::size_of_tree(s.path("tree"));
  REQUIRE(all);
  CHECK(all->files == 3);
  CHECK(all->bytes == 5);
  CHECK(vigie::io::size_of_tree(s.path("gone"))->files == 0);
}
