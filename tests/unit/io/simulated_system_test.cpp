// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "io/files.hpp"
#include "io/output.hpp"
#include "io/simulated_system.hpp"

#include <fcntl.h>

#include <cerrno>
#include <functional>
#include <set>

using tests::simulated_system;
using names = std::vector<std::string>;
using contents = std::set<std::optional<std::string>>;

namespace {

constexpr std::uint64_t seeds = 200;

void write_to(simulated_system& m, const std::string& path, std::string_view bytes, bool sync) {
  const int fd = m.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  REQUIRE(fd >= 0);
  REQUIRE(m.write(fd, bytes.data(), bytes.size()) == static_cast<std::int64_t>(bytes.size()));
  if (sync) REQUIRE(m.fsync(fd) == 0);
  REQUIRE(m.close(fd) == 0);
}

void sync_names(simulated_system& m, const std::string& folder) {
  const int fd = m.open(folder, O_RDONLY | O_DIRECTORY, 0);
  REQUIRE(m.fsync(fd) == 0);
  REQUIRE(m.close(fd) == 0);
}

// What `look` sees after the power failures of all seeds.
template <class Seen>
std::set<Seen> survivors(const std::function<void(simulated_system&)>& work,
                         const std::function<Seen(simulated_system&)>& look) {
  std::set<Seen> all;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    simulated_system m;
    work(m);
    m.power_failure(seed);
    all.insert(look(m));
  }
  return all;
}

contents contents_after(const std::string& path,
                        const std::function<void(simulated_system&)>& work) {
  return survivors<std::optional<std::string>>(work, [&](auto& m) { return m.get(path); });
}

std::set<names> trees_after(const std::function<void(simulated_system&)>& work) {
  return survivors<names>(work, [](auto& m) { return m.tree(); });
}

} // namespace

TEST_CASE("a simulated file system answers as a real one does") {
  simulated_system m;
  vigie::io::file_facts facts;
  std::vector<vigie::io::folder_entry> entries;
  char to[8] = {};
  CHECK(m.open("a", O_RDONLY, 0) == -ENOENT);
  CHECK(m.open("", O_RDONLY, 0) == -ENOENT);
  CHECK(m.open(std::string("a\0b", 3), O_RDONLY | O_CREAT, 0) == -EINVAL);
  CHECK(m.open("d/a", O_WRONLY | O_CREAT, 0600) == -ENOENT);
  CHECK(m.mkdir("d", 0700) == 0);
  CHECK(m.mkdir("d", 0700) == -EEXIST);
  CHECK(m.mkdir("e/f", 0700) == -ENOENT);
  const int fd = m.open("d/a", O_RDWR | O_CREAT | O_EXCL, 0600);
  REQUIRE(fd >= 0);
  CHECK(m.open("/d/./a", O_RDWR | O_CREAT | O_EXCL, 0600) == -EEXIST);
  CHECK(m.open("d/../d//a/b", O_RDONLY, 0) == -ENOTDIR);
  CHECK(m.open("d", O_WRONLY, 0) == -EISDIR);
  CHECK(m.open("d/a", O_RDONLY | O_DIRECTORY, 0) == -ENOTDIR);
  CHECK(m.write(fd, "abcdef", 6) == 6);
  CHECK(m.read(fd, to, 8) == 0);
  CHECK(m.pread(fd, to, 3, 2) == 3);
  CHECK(std::string(to, 3) == "cde");
  CHECK(m.pread(fd, to, 3, 99) == 0);
  CHECK(m.ftruncate(fd, 2) == 0);
  CHECK(m.write(fd, "z", 1) == 1); // at its place, with a hole
  CHECK(m.get("d/a") == std::string("ab\0\0\0\0z", 7));
  const int end = m.open("d/a", O_WRONLY | O_APPEND, 0);
  CHECK(m.write(end, "!", 1) == 1);
  CHECK(m.read(end, to, 1) == -EBADF);
  REQUIRE(m.fstat(fd, facts) == 0);
  CHECK(facts.size == 8);
  CHECK(facts.kind == vigie::io::file_kind::file);
  const std::uint64_t inode = facts.inode;
  CHECK(m.rename("d/a", "d/b") == 0);
  CHECK(m.rename("d/a", "d/c") == -ENOENT);
  CHECK(m.rename("d/b", "d/b") == 0);
  CHECK(m.rename("d", "d/e") == -EINVAL);
  REQUIRE(m.stat("d/b", true, facts) == 0);
  CHECK(facts.inode == inode);
  CHECK(m.rmdir("d") == -ENOTEMPTY);
  CHECK(m.rmdir("d/b") == -ENOTDIR);
  CHECK(m.unlink("d") == -EISDIR);
  m.put("d/c", "x");
  REQUIRE(m.list("d", entries) == 0);
  CHECK(entries.size() == 2);
  CHECK(m.list("d/b", entries) == -ENOTDIR);
  CHECK(m.list("e", entries) == -ENOENT);
  CHECK(m.rename("d/c", "d") == -EISDIR);
  CHECK(m.unlink("d/b") == 0);
  CHECK(m.unlink("d/b") == -ENOENT);
  CHECK(m.pread(fd, to, 1, 0) == 1); // open, though it has no name
  CHECK(m.close(fd) == 0);
  CHECK(m.close(fd) == -EBADF);
  CHECK(m.chmod("d/c", 0640) == 0);
  CHECK(m.rights("d/c") == 0640U);
  CHECK(m.rename("d", "e") == 0);
  CHECK(m.tree() == names{"/e/", "/e/c"});
  CHECK(m.unlink("e/c") == 0);
  CHECK(m.rmdir("e") == 0);
  CHECK(m.tree().empty());
}

TEST_CASE("a lock is held by one descriptor until it is closed or the process dies") {
  simulated_system m;
  const int one = m.open("l", O_RDWR | O_CREAT, 0600);
  const int two = m.open("l", O_RDWR, 0);
  CHECK(m.lock(one) == 0);
  CHECK(m.lock(one) == 0);
  CHECK(m.lock(two) == -EWOULDBLOCK);
  CHECK(m.locked(one) == 0);
  CHECK(m.locked(two) == 1);
  CHECK(m.close(one) == 0);
  CHECK(m.lock(two) == 0);
  m.crash();
  CHECK(m.lock(two) == -EBADF);
  const int three = m.open("l", O_RDWR, 0);
  CHECK(three > two);
  CHECK(m.lock(three) == 0);
}

TEST_CASE("a machine that went off answers nothing, and a half-done write is seen by the next") {
  simulated_system m;
  m.put("a", "");
  const int fd = m.open("a", O_RDWR, 0);
  m.fail_from(2);
  CHECK(m.write(fd, "abcd", 4) == 4);
  CHECK(m.modifying_calls() == 1);
  char to[4];
  CHECK(m.pread(fd, to, 4, 0) == 4);
  CHECK(m.write(fd, "efgh", 4) == -EIO);
  CHECK(m.write(fd, "ijkl", 4) == -EIO);
  vigie::io::file_facts facts;
  std::vector<vigie::io::folder_entry> entries;
  for (const int answer :
       {m.open("a", O_RDONLY, 0), m.fsync(fd), m.ftruncate(fd, 0), m.rename("a", "b"),
        m.unlink("a"), m.mkdir("d", 0700), m.rmdir("d"), m.fstat(fd, facts),
        m.stat("a", true, facts), m.list("/", entries), m.chmod("a", 0), m.lock(fd), m.locked(fd),
        static_cast<int>(m.read(fd, to, 1)), static_cast<int>(m.pread(fd, to, 1, 0)), m.close(fd)})
    CHECK(answer == -EIO);
  m.crash();
  CHECK(m.get("a") == "abcdef");
  CHECK(m.tree() == names{"/a"});
  CHECK(m.open("a", O_RDONLY, 0) >= 0);
}

TEST_CASE("a file renamed without fsync can be empty, old, new or torn under its final name") {
  const std::string old(9'000, 'o');
  const std::string fresh(9'000, 'n');
  const contents seen = contents_after("d/x", [&](simulated_system& m) {
    m.put("d/x", old);
    write_to(m, "d/.x", fresh, false);
    REQUIRE(m.rename("d/.x", "d/x") == 0);
  });
  CHECK(seen.contains(old));
  CHECK(seen.contains(fresh));
  CHECK(seen.contains(""));
  CHECK_FALSE(seen.contains(std::nullopt)); // never none
  CHECK(seen.size() > 6);
}

TEST_CASE("a file written, synced, renamed and its folder synced is there whole for every seed") {
  const contents seen = contents_after("d/x", [&](simulated_system& m) {
    m.put("d/x", "old");
    write_to(m, "d/.x", "new", true);
    REQUIRE(m.rename("d/.x", "d/x") == 0);
    sync_names(m, "d");
  });
  CHECK(seen == contents{"new"});
}

TEST_CASE("the fsync of a file is none of its name, and the fsync of a folder none of its files") {
  CHECK(contents_after("x", [](simulated_system& m) { write_to(m, "x", "new", true); }) ==
        contents{std::nullopt, "new"});
  const contents seen = contents_after("x", [](simulated_system& m) {
    write_to(m, "x", "new", false);
    sync_names(m, "/");
  });
  CHECK(seen.contains(""));
  CHECK(seen.contains("new"));
  CHECK_FALSE(seen.contains(std::nullopt));
}

TEST_CASE("blocks survive on their own, and the size is one the file passed") {
  const contents seen = contents_after("x", [](simulated_system& m) {
    m.put("x", std::string(8192, 'a'));
    const int fd = m.open("x", O_RDWR, 0);
    REQUIRE(m.write(fd, std::string(12'288, 'b').data(), 12'288) == 12'288);
  });
  bool first = false;
  bool second = false;
  bool hole = false;
  for (const auto& s : seen) {
    REQUIRE(s);
    CHECK(s->size() >= 8192);
    CHECK(s->size() <= 12'288);
    first |= s->at(0) == 'b' && s->at(8191) == 'a';
    second |= s->at(0) == 'a' && s->at(8191) == 'b';
    hole |= s->find('\0') != std::string::npos;
  }
  CHECK(first);
  CHECK(second);
  CHECK(hole);
}

TEST_CASE("changes of names survive each on its own, a rename as one") {
  const auto two = [](simulated_system& m) {
    write_to(m, "a", "", true);
    write_to(m, "b", "", true);
  };
  CHECK(trees_after(two) == std::set<names>{{}, {"/a"}, {"/b"}, {"/a", "/b"}});
  const auto within = [](simulated_system& m) {
    m.put("a", "x");
    REQUIRE(m.rename("a", "b") == 0);
  };
  CHECK(trees_after(within) == std::set<names>{{"/a"}, {"/b"}});
  const auto across = [](simulated_system& m) {
    m.put("d/a", "x");
    m.put("e/z", "");
    REQUIRE(m.rename("d/a", "e/b") == 0);
  };
  CHECK(trees_after(across) == std::set<names>{{"/d/", "/d/a", "/e/", "/e/z"},
                                               {"/d/", "/e/", "/e/b", "/e/z"},
                                               {"/d/", "/d/a", "/e/", "/e/b", "/e/z"}});
  const auto source_synced = [&](simulated_system& m) {
    across(m);
    sync_names(m, "d");
  };
  CHECK(trees_after(source_synced) == std::set<names>{{"/d/", "/e/", "/e/b", "/e/z"}});
  const auto target_synced = [&](simulated_system& m) {
    across(m);
    sync_names(m, "e");
  };
  CHECK(trees_after(target_synced) ==
        std::set<names>{{"/d/", "/e/", "/e/b", "/e/z"}, {"/d/", "/d/a", "/e/", "/e/b", "/e/z"}});
}

TEST_CASE("folders and removals survive or not, and a folder that is gone was empty before") {
  const auto made = [](simulated_system& m) {
    REQUIRE(m.mkdir("d", 0700) == 0);
    write_to(m, "d/a", "", true);
    sync_names(m, "d");
  };
  CHECK(trees_after(made) == std::set<names>{{}, {"/d/", "/d/a"}});
  const auto removed = [](simulated_system& m) {
    m.put("d/a", "x");
    REQUIRE(m.unlink("d/a") == 0);
    REQUIRE(m.rmdir("d") == 0);
  };
  CHECK(trees_after(removed) == std::set<names>{{}, {"/d/"}, {"/d/", "/d/a"}});
  const auto emptied = [](simulated_system& m) { // what moved out is somewhere
    m.put("d/a", "x");
    REQUIRE(m.rename("d/a", "b") == 0);
    REQUIRE(m.rmdir("d") == 0);
  };
  for (const names& tree : trees_after(emptied)) {
    CAPTURE(tree);
    CHECK(tree != names{});
    CHECK(tree != names{"/d/"});
  }
}

TEST_CASE("a seed draws the same each time, and a crash without a power failure loses nothing") {
  const auto work = [](simulated_system& m) {
    m.put("x", "old");
    write_to(m, "y", std::string(20'000, 'y'), false);
    REQUIRE(m.rename("y", "x") == 0);
  };
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    simulated_system one;
    simulated_system two;
    work(one);
    work(two);
    two.crash(); // does not make durable either
    CHECK(two.get("x") == std::string(20'000, 'y'));
    one.power_failure(seed);
    two.power_failure(seed);
    CHECK(one.tree() == two.tree());
    CHECK(one.get("x") == two.get("x"));
  }
}

namespace {

// Old or new content after every crash at every call; nothing: as it should be.
std::string worst_of(const std::function<bool()>& write) {
  for (std::uint64_t n = 1;; ++n) {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      simulated_system m;
      const vigie::io::system_guard guard(m);
      m.put("d/x", "old");
      m.fail_from(n);
      const bool done = write();
      const bool ran_through = m.modifying_calls() < n;
      m.power_failure(seed);
      const auto found = m.get("d/x");
      if (!found) return "lost";
      if (*found != "new" && *found != "old") return "torn";
      if (done && *found != "new") return "success that did not last";
      if (!done && ran_through) return "fails";
      if (ran_through && seed + 1 == seeds) return "";
    }
  }
}

bool write_badly(bool sync_data, bool sync_folder) {
  vigie::io::system& m = vigie::io::sys();
  const int fd = m.open("d/.x", O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const bool written = fd >= 0 && m.write(fd, "new", 3) == 3 && (!sync_data || m.fsync(fd) == 0);
  m.close(fd);
  if (!written || m.rename("d/.x", "d/x") != 0) return false;
  return !sync_folder || static_cast<bool>(vigie::io::sync_folder("d"));
}

} // namespace

TEST_CASE("a small file written atomically is old or new after every crash at every call") {
  CHECK(worst_of([] { return bool(vigie::io::write_file_atomically("d/x", "new")); }).empty());
  CHECK(worst_of([] { return write_badly(true, true); }).empty());
}

TEST_CASE("the model catches who forgets an fsync") {
  CHECK(worst_of([] { return write_badly(false, true); }) == "torn");
  CHECK(worst_of([] { return write_badly(true, false); }) == "success that did not last");
}
