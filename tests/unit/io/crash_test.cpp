// SPDX-License-Identifier: Apache-2.0
#include "io/child.hpp"
#include "io/crash.hpp"
#include "io/files.hpp"
#include "io/output.hpp"
#include "scratch.hpp"

#include <cerrno>

using namespace vigie::io;
using tests::exited;
using tests::in_child;
using tests::killed;

namespace {

// Three passes of one place and one act that fails; between them lines in a file.
int walk(const scratch& s) {
  if (!install_crash_points_from_environment()) return 9;
  for (int i = 0; i < 3; ++i) {
    crash_point("here");
    std::ofstream(s.path("steps"), std::ios::app) << i << '\n';
  }
  const durable_act failing("act");
  const durable_act good("other.act");
  good.done();
  return 0;
}

} // namespace

TEST_CASE("a process dies at the pass it was told, as by kill -9, and at no other") {
  const std::pair<const char*, std::string> cases[] = {
      {"here:1", ""}, {"here:2", "0\n"}, {"here:3", "0\n1\n"}};
  for (const auto& [at, steps] : cases) {
    const scratch s;
    CAPTURE(at);
    CHECK(killed(in_child({{"VIGIE_CRASH_AT", at}}, [&] { return walk(s); })));
    CHECK(s.get(s.path("steps")) == steps);
  }
  for (const char* never : {"here:4", "her:1", "here.before:1", "act.after:1", "other.act:1"}) {
    const scratch s;
    CAPTURE(never);
    CHECK(exited(in_child({{"VIGIE_CRASH_AT", never}}, [&] { return walk(s); })));
    CHECK(s.get(s.path("steps")) == "0\n1\n2\n");
  }
  for (const char* act : {"act.before:1", "other.act.before:1", "other.act.after:1"}) {
    const scratch s;
    CAPTURE(act);
    CHECK(killed(in_child({{"VIGIE_CRASH_AT", act}}, [&] { return walk(s); })));
  }
}

TEST_CASE("the log lists every place that was passed, that of the death too, behind what it held") {
  const scratch s;
  const std::string log = s.put("log", "before\n");
  CHECK(exited(in_child({{"VIGIE_CRASH_LOG", log}}, [&] { return walk(s); })));
  const std::string all =
      "here:1\nhere:2\nhere:3\nact.before:1\nother.act.before:1\nother.act.after:1\n";
  CHECK(s.get(log) == "before\n" + all);
  CHECK(killed(
      in_child({{"VIGIE_CRASH_LOG", log}, {"VIGIE_CRASH_AT", "here:2"}}, [&] { return walk(s); })));
  CHECK(s.get(log) == "before\n" + all + "here:1\nhere:2\n");
}

TEST_CASE("a place that is not understood, or a log that cannot be, is refused") {
  for (const char* bad :
       {"", "here", "here:", ":1", "here:0", "here:-1", "here:+1", "here:x", "here:1x", "here: 1",
        "here:99999999999999999999", "Here:1", "he re:1", "here:1,there:1", "here:1:2"}) {
    CAPTURE(bad);
    ::setenv("VIGIE_CRASH_AT", bad, 1);
    const vigie::status refused = install_crash_points_from_environment();
    ::unsetenv("VIGIE_CRASH_AT");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == vigie::code::io_fault_syntax);
    CHECK_FALSE(refused.error().hint.empty());
  }
  const scratch s;
  ::setenv("VIGIE_CRASH_LOG", s.path("no/folder").c_str(), 1);
  const vigie::status refused = install_crash_points_from_environment();
  ::unsetenv("VIGIE_CRASH_LOG");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == vigie::code::output_create_failed);
  CHECK(install_crash_points_from_environment());
}

TEST_CASE("every durable act of outputs and files has its two places, and dying at each is clean") {
  const auto all = [](const scratch& s) {
    if (!install_crash_points_from_environment()) return 9;
    {
      auto out = output_file::create(s.path(".tmp"), "x");
      if (!out || !out->write("one") || !out->checkpoint()) return 1;
      out->keep();
    }
    auto out = output_file::open_again(s.path(".tmp"), "x", 3);
    if (!out || !out->write("two") || !out->finish()) return 2;
    out->keep();
    if (!move_into_place(s.path(".tmp"), s.path("x"))) return 3;
    if (!write_file_atomically(s.path("small"), "small")) return 4;
    s.put("tree/a/b");
    if (!remove_tree(s.path(), s.path("tree")) || !remove_file(s.path("small"))) return 5;
    return 0;
  };
  const scratch s;
  CHECK(exited(in_child({{"VIGIE_CRASH_LOG", s.path("log")}}, [&] { return all(s); })));
  const std::string log = s.get(s.path("log"));
  std::string expected;
  for (const char* act :
       {"output.create.before:1", "output.create.after:1", "output.checkpoint.before:1",
        "output.checkpoint.after:1", "output.finish.before:1", "output.finish.after:1",
        "output.rename.before:1", "output.rename.after:1", "output.create.before:2",
        "output.create.after:2", "output.finish.before:2", "output.finish.after:2",
        "output.rename.before:2", "output.rename.after:2", "tree.remove.before:1",
        "tree.remove.after:1", "file.remove.before:1", "file.remove.after:1"})
    expected.append(act).append("\n");
  CHECK(log == expected);
  for (std::size_t at = 0; at < log.size(); at = log.find('\n', at) + 1) {
    const std::string point = log.substr(at, log.find('\n', at) - at);
    CAPTURE(point);
    const scratch dying;
    CHECK(killed(in_child({{"VIGIE_CRASH_AT", point}}, [&] { return all(dying); })));
    const std::string x = dying.get(dying.path("x"));
    CHECK(x == (at >= log.find("output.rename.after:1") ? "onetwo" : ""));
    CHECK(std::filesystem::exists(dying.path("tree")) == (point == "tree.remove.before:1"));
  }
}

TEST_CASE("an act that fails has no place after it") {
  const scratch s;
  std::filesystem::create_directory(s.path("folder"));
  const auto failing = [&] {
    if (!install_crash_points_from_environment()) return 9;
    const bool any = move_into_place(s.path("nothing"), s.path("x")) ||
                     output_file::create(s.path("folder"), "x") || remove_file(s.path("folder"));
    return any ? 1 : 0;
  };
  CHECK(exited(in_child({{"VIGIE_CRASH_LOG", s.path("log")}}, failing)));
  CHECK(s.get(s.path("log")) ==
        "output.rename.before:1\noutput.create.before:1\nfile.remove.before:1\n");
}
