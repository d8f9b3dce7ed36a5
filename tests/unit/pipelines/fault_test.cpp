// SPDX-License-Identifier: Apache-2.0
// A disk that fails at every call in turn, of a run and of its resume: whatever happens, an output
// is complete or absent, the error has a code, and once the disk works again the run comes to the
// same bytes.
#include "catch.hpp"
#include "dying_samples.hpp"

#include <algorithm>

namespace {

using tests::ended;
using tests::job;
using tests::workplace;
using words = std::vector<std::string>;

// All kinds of components that write: an encoder of the host, a compressed one, a sink, one of many
// files, one whose lines are so long that they leave while it writes them.
const std::string pipeline_text = R"(vigie: 1
name: lines
steps:
  - name: lines
    use: core.read_jsonl
    with: {files: in.jsonl, columns: [{name: id, type: int}, {name: text}]}
  - use: core.write_jsonl
    with: {file: all.jsonl}
  - use: core.sort
    from: lines
    with: {by: [id desc]}
  - use: core.write_csv
    with: {file: deep/all.csv.gz}
  - use: core.write_sqlite
    from: sort
    with: {file: all.sqlite}
  - use: core.derive
    from: lines
    with: {columns: {odd: id % 2 = 1}}
  - name: parts
    use: core.write_jsonl
    with: {file: "by {odd}/part.jsonl", split_size: 3KiB}
  - name: long
    use: core.read_lines
    with: {files: long.txt}
  - use: core.write_lines
    with: {file: long.txt, column: line}
)";

constexpr int killed = 128 + SIGKILL;
constexpr int most_calls = 400; // of one kind; more than any of these runs makes
constexpr int quiet_calls = 15; // that fail and nobody notices, then the kind is given up

// A command on a disk that fails, and the folder it starts from.
struct disk {
  workplace at{tests::memory_folder()};
  job j;

  disk() {
    at.put("in.jsonl", tests::good_lines(0, 120));
    at.put("long.txt", std::string(70'000, 'a') + "\n" + std::string(70'000, 'b') + "\n");
    at.put("p.yaml", pipeline_text);
    j.words = {"run",  "p.yaml",    "--out", "out",          "--quiet", "--split",
               "2KiB", "--threads", "2",     "--checkpoint", "0"};
    const ended e = tests::vigie(at, j.words);
    INFO(e.err);
    REQUIRE(e.code == 0);
    j.after = tests::visible(at, "out");
    j.told = tests::told_of(at, "out");
    clear();
  }
  void clear() const { tests::put_copy(at, "nowhere", "out"); }
  void keep() const { tests::put_copy(at, "out", ".kept"); }
  void again() const { tests::put_copy(at, ".kept", "out"); }
  [[nodiscard]] ended run(const words& command, const std::string& fault) const {
    tests::child_options o;
    if (!fault.empty()) o.environment.emplace_back("VIGIE_IO_FAULT", fault);
    return tests::vigie(at, command, std::move(o));
  }
};

bool is_temporary(const std::string& file) {
  return file.ends_with(".part") || file.ends_with(".sink") ||
         file.find(".vigie/work") != std::string::npos || file.find(".tmp") != std::string::npos;
}

// A run that nobody can go on with leaves nothing of its work, unless the disk would not let it.
void check_left(const disk& d, const std::string& fault, const ended& e) {
  if (tests::has_journal(d.at, d.j)) {
    CHECK(e.says("`vigie resume out` goes on with this run"));
    return;
  }
  CHECK_FALSE(e.says("goes on with this run"));
  for (const char* kind : {"unlink:", "rmdir:", "list:", "stat:"})
    if (fault.starts_with(kind)) return;
  CHECK(std::ranges::none_of(d.at.files("out"), is_temporary));
}

// Runs the command with the fault, judges what is left, and goes on without. True where the command
// noticed it.
bool survives(const disk& d, const words& command, const std::string& fault) {
  d.again();
  const ended e = d.run(command, fault);
  INFO(command[0] << " with " << fault << ": exit " << e.code << "\n" << e.err);
  CHECK(e.in_time);
  const bool ended_well = e.code == 0 || ((e.code == 1 || e.code == 2) && !e.errors().empty());
  CHECK(ended_well);
  CHECK_FALSE(e.says("V0901"));
  CHECK(tests::wrong_meanwhile(d.at, d.j) == "");
  if (e.code == 0)
    CHECK(tests::wrong_at_end(d.at, d.j) == "");
  else if (command[0] == "run") // who resumes knows that one can
    check_left(d, fault, e);
  CHECK(tests::bring_to_end(d.at, d.j) == "");
  return e.code != 0;
}

struct call_kind {
  std::string name;
  std::vector<std::string> errors;
  bool always_used = true; // some call of it fails the run
};

const std::vector<call_kind>& kinds() {
  static const std::vector<call_kind> all{
      {"open", {"EIO"}},           {"read", {"EIO", "short"}},
      {"pread", {"EIO", "short"}}, {"write", {"EIO", "ENOSPC", "short"}},
      {"fsync", {"EIO"}},          {"close", {"EIO"}, false},
      {"rename", {"EIO"}},         {"unlink", {"EIO"}},
      {"mkdir", {"EIO"}},          {"rmdir", {"EIO"}},
      {"fstat", {"EIO"}},          {"stat", {"EIO"}},
      {"list", {"EIO"}},           {"ftruncate", {"EIO"}, false},
      {"chmod", {"EIO"}, false},   {"lock", {"EIO"}},
      {"locked", {"EIO"}, false},
  };
  return all;
}

// Each count of the kind, until all calls of the command lie before it: once, and where a run or a
// full disk is tried also from it on.
int try_all(const disk& d, const words& command, const call_kind& kind, const std::string& error) {
  constexpr int step = static_cast<int>(tests::stride);
  const bool is_error = error != "short";
  const bool tries_onwards = is_error && (command[0] == "run" || error == "ENOSPC");
  const int quiet = is_error ? quiet_calls : 5 * quiet_calls;
  int noticed = 0;
  for (int n = 1; n <= most_calls; n += step) {
    const std::string nth = kind.name + ":" + std::to_string(n);
    const bool once = survives(d, command, nth + ":" + error);
    const bool onwards = tries_onwards && survives(d, command, nth + "+:" + error);
    noticed += once || onwards ? step : 0;
    if (!once && !onwards && n >= noticed + quiet) return noticed;
  }
  FAIL("calls without end: " << kind.name);
  return noticed;
}

} // namespace

TEST_CASE("each failing call of a run leaves outputs complete or absent, and is gone on with") {
  const disk d;
  d.keep();
  for (const call_kind& kind : kinds())
    for (const std::string& error : kind.errors) {
      INFO(kind.name << " " << error);
      const int noticed = try_all(d, d.j.words, kind, error);
      if (error == "short")
        CHECK(noticed == 0);
      else if (kind.always_used)
        CHECK(noticed > 0);
    }
}

TEST_CASE("each failing call of a resume leaves outputs complete or absent, and is gone on with") {
  const disk d;
  const words resume{"resume", "out", "--quiet", "--threads", "2", "--checkpoint", "0"};
  for (const char* died_at : {"journal.append.after:2", "output.rename.after:5"}) {
    d.clear();
    REQUIRE(tests::die_at(d.at, d.j.words, died_at).code == killed);
    REQUIRE(tests::has_journal(d.at, d.j));
    d.keep();
    for (const call_kind& kind : kinds())
      for (const std::string& error : kind.errors) {
        INFO(died_at << ": " << kind.name << " " << error);
        const int noticed = try_all(d, resume, kind, error);
        if (error == "short") CHECK(noticed == 0);
      }
  }
}

TEST_CASE("a full disk, a read-only one and a failing one are told apart, and a run is kept") {
  const disk d;
  d.keep();
  const auto code_of = [&](const std::string& fault) {
    d.again();
    const ended e = d.run(d.j.words, fault);
    INFO(fault << "\n" << e.err);
    CHECK(tests::visible(d.at, "out").empty());
    CHECK(tests::bring_to_end(d.at, d.j) == "");
    return e.errors().size() == 1 ? e.errors()[0] : "not one error";
  };
  CHECK(code_of("write:1+:ENOSPC") == "V0711");
  CHECK(code_of("write:5+:ENOSPC") == "V0711");
  CHECK(code_of("write:1+:EIO") == "V0713");
  CHECK(code_of("fsync:4:EIO") == "V0714");
  CHECK(code_of("rename:2+:EIO") == "V0715");
  CHECK(code_of("mkdir:1+:EROFS") == "V0712");
  CHECK(code_of("mkdir:1+:EIO") == "V0716");
  CHECK(code_of("nothing") == "V0519");
}

TEST_CASE(
    "a disk that is full keeps the units that are settled, and a fault of the rows does not") {
  const disk d;
  const ended full = d.run(d.j.words, "write:12+:ENOSPC");
  INFO(full.err);
  CHECK(full.errors() == words{"V0711"});
  CHECK(full.says("`vigie resume out` goes on with this run"));
  REQUIRE(tests::has_journal(d.at, d.j));
  const ended e = tests::vigie(d.at, {"resume", "out"});
  INFO(e.err);
  CHECK(e.code == 0);
  CHECK_FALSE(e.says("went on with the run: 0 of"));
  CHECK(tests::wrong_at_end(d.at, d.j) == "");
  d.clear();
  d.at.put("in.jsonl", tests::good_lines(0, 110) + "no row\n");
  const ended bad = d.run(d.j.words, "");
  CHECK(bad.errors() == words{"V0601"});
  CHECK_FALSE(bad.says("vigie resume"));
  CHECK_FALSE(d.at.has("out"));
}

TEST_CASE("a run that replaces outputs by force keeps the old ones where it fails") {
  disk d;
  REQUIRE(d.run(d.j.words, "").code == 0);
  for (const auto& [name, bytes] : d.j.after) d.at.put("out/" + name, "old " + name);
  d.j.before = tests::visible(d.at, "out");
  d.j.words.emplace_back("--force");
  d.keep();
  for (const char* kind : {"write", "fsync", "rename", "open"})
    try_all(d, d.j.words, {kind, {}}, "ENOSPC");
}
