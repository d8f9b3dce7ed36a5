// SPDX-License-Identifier: Apache-2.0
#include "io/faults.hpp"
#include "io/inputs.hpp"
#include "scratch.hpp"

#include <sys/stat.h>

#include <cerrno>

using vigie::code;
using vigie::io::list_inputs;

namespace {

std::vector<std::string> names_of(const std::vector<std::string>& patterns) {
  auto in = list_inputs(patterns);
  if (!in) UNSCOPED_INFO(vigie::render(in.error()));
  REQUIRE(in);
  std::vector<std::string> out;
  for (const auto& i : *in) out.push_back(i.name);
  return out;
}

vigie::diagnostic refused(const std::vector<std::string>& patterns) {
  auto in = list_inputs(patterns);
  REQUIRE_FALSE(in);
  CHECK_FALSE(in.error().hint.empty());
  return in.error();
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

using names = std::vector<std::string>;

} // namespace

TEST_CASE("names are what lies below the fixed part of a glob, or the last part of a path") {
  const scratch s;
  s.put("a/x.txt");
  s.put("a/d/c.txt");
  CHECK(names_of({s.path("a/*.txt")}) == names{"x.txt"});
  CHECK(names_of({s.path("a/**/c.txt")}) == names{"d/c.txt"});
  CHECK(names_of({s.path("a/d/c.txt")}) == names{"c.txt"});
  CHECK(names_of({s.path("*/*/c.txt")}) == names{"a/d/c.txt"});
}

TEST_CASE("size and time of a file are listed with it") {
  const scratch s;
  const auto in = one_input(s.put("x", "12345"));
  CHECK(in.facts.size == 5);
  CHECK(in.facts.mtime_ns > 0);
  CHECK_FALSE(in.standard_input);
}

TEST_CASE("equal names get as many parents as tell them apart") {
  const scratch s;
  for (const char* name : {"a/p/x", "b/p/x", "c/x", "y"}) s.put(name);
  CHECK(names_of({s.path("a/p/*"), s.path("b/p/*"), s.path("c/*"), s.path("y")}) ==
        names{"a/p/x", "b/p/x", "c/x", "y"});
  CHECK(names_of({s.path("a/p/x"), s.path("c/x")}) == names{"p/x", "c/x"});
}

TEST_CASE("names that parents cannot tell apart are numbered") {
  const scratch s;
  s.put("\xff");
  s.put("\\xff");
  CHECK(names_of({s.path("*")}).at(0) != names_of({s.path("*")}).at(1));
}

TEST_CASE("a file named by two patterns is taken once, in first place") {
  const scratch s;
  s.put("a/x");
  s.put("a/y");
  CHECK(names_of({s.path("a/y"), s.path("a/*"), s.path("./a//x"), s.path("a/**")}) ==
        names{"y", "x"});
}

TEST_CASE("links to one file are files of their own") {
  const scratch s;
  s.put("day1");
  std::filesystem::create_symlink("day1", s.path("day2"));
  CHECK(names_of({s.path("day*")}) == names{"day1", "day2"});
}

TEST_CASE("a dash is standard input, once") {
  auto in = list_inputs({"-", "-"});
  REQUIRE(in);
  REQUIRE(in->size() == 1);
  CHECK(in->at(0).standard_input);
  CHECK(in->at(0).name == "-");
}

TEST_CASE("odd names are found as they are written") {
  const scratch s;
  for (const char* name : {"a[1].txt", "b c", "new\nline", "star*", "\xff.txt", "back\\slash"})
    s.put(name);
  CHECK(names_of({s.path("a[1].txt")}) == names{"a[1].txt"});
  CHECK(names_of({s.path("b c"), s.path("new\nline")}) == names{"b c", "new\nline"});
  CHECK(names_of({s.path("star\\*")}) == names{"star*"});
  CHECK(names_of({s.path("back\\slash")}) == names{"back\\slash"});
  CHECK(names_of({s.path("\xff.txt")}) == names{"\\xff.txt"});
}

TEST_CASE("a file that bears the text of a glob does not hide what the glob matches") {
  const scratch s;
  s.put("*.txt");
  s.put("a.txt");
  s.put("a1");
  s.put("a[1]");
  CHECK(names_of({s.path("*.txt")}) == names{"*.txt", "a.txt"});
  CHECK(names_of({s.path("a[1]")}) == names{"a1"});
}

TEST_CASE("a path that does not exist says where the search ended and what is near") {
  const scratch s;
  s.put("a/report.csv");
  s.put("a/other.csv");
  const auto near = refused({s.path("a/reprot.csv")});
  CHECK(near.code == code::input_not_found);
  CHECK(has(near.message, "with 2 files"));
  CHECK(has(near.hint, "report.csv"));
  const auto far = refused({s.path("a/b/c/report.csv")});
  CHECK(far.code == code::input_not_found);
  CHECK(has(far.message, s.path("a") + "'"));
}

TEST_CASE("a glob that fits nothing says which folder it looked at") {
  const scratch s;
  s.put("a/x.csv");
  const auto d = refused({s.path("a/*.txt")});
  CHECK(d.code == code::input_no_match);
  CHECK(has(d.message, s.path("a") + "', with 1 file"));
  const auto none = refused({s.path("nowhere/**/*.txt")});
  CHECK(none.code == code::input_no_match);
  CHECK(has(none.message, s.path() + "'"));
}

TEST_CASE("what is no file is refused by its kind") {
  const scratch s;
  s.put("a/x");
  REQUIRE(::mkfifo(s.path("pipe").c_str(), 0600) == 0);
  std::filesystem::create_symlink("gone", s.path("broken"));
  std::filesystem::create_symlink("self", s.path("self"));
  CHECK(refused({s.path("a")}).code == code::input_is_folder);
  CHECK(refused({s.path("pipe")}).code == code::input_not_a_file);
  CHECK(refused({s.path("p*")}).code == code::input_not_a_file);
  CHECK(refused({s.path("broken")}).code == code::input_not_found);
  CHECK(has(refused({s.path("b*")}).message, "symbolic link"));
  CHECK(refused({s.path("self")}).code == code::input_read_failed);
  CHECK(refused({s.path("a/x/y")}).code == code::input_not_found);
  CHECK(refused({"/dev/zero"}).code == code::input_not_a_file);
}

TEST_CASE("empty lists, empty patterns and NUL bytes are refused") {
  CHECK(refused({}).code == code::input_pattern);
  CHECK(refused({""}).code == code::input_pattern);
  CHECK(refused({std::string("a\0b", 3)}).code == code::input_pattern);
}

TEST_CASE("a file or folder without the right to read is refused") {
  const scratch s;
  s.put("secret");
  s.put("closed/x");
  ::chmod(s.path("secret").c_str(), 0);
  ::chmod(s.path("closed").c_str(), 0);
  if (::geteuid() == 0) {
    WARN("run as root, who may read everything: rights are tested by injected faults alone");
  } else {
    CHECK(refused({s.path("secret")}).code == code::input_unreadable);
    CHECK(refused({s.path("closed/*")}).code == code::input_unreadable);
  }
  ::chmod(s.path("closed").c_str(), 0700);
}

TEST_CASE("every call that fails while listing is reported, none is a gap") {
  using vigie::io::call;
  const scratch s;
  s.put("a/x");
  s.put("b/x");
  for (const call kind : {call::stat, call::list, call::open, call::fstat})
    for (std::uint64_t nth = 1; nth < 12; ++nth) {
      vigie::io::faulty_system faulty(vigie::io::sys(),
                                      {{.kind = kind, .nth = nth, .error = EACCES}});
      const vigie::io::system_guard guard(faulty);
      const auto in = list_inputs({s.path("*/x")});
      if (faulty.calls(kind) < nth) break;
      CAPTURE(static_cast<int>(kind), nth);
      // The first look asks only whether a file bears the glob's text; the answer no is right.
      if (kind == call::stat && nth == 1) continue;
      CHECK_FALSE(in);
      if (!in) CHECK(in.error().code == code::input_unreadable);
    }
}
