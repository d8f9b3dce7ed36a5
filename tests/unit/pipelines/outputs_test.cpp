// SPDX-License-Identifier: Apache-2.0
// A disk that fails at every call in turn: whatever happens, an output is complete or absent, the
// error has a code, and no temporary file is left.
#include "catch.hpp"
#include "lines.hpp"

#include <algorithm>

namespace {

using tests::good_lines;

const std::string pipeline_text = R"(vigie: 1
name: lines
steps:
  - name: lines
    use: core.read_jsonl
    with: {files: in.jsonl, columns: [{name: id, type: int}, {name: text}]}
  - use: core.sort
    with: {by: [id desc]}
  - use: core.write_jsonl
    with: {file: all.jsonl}
  - use: core.write_csv
    with: {file: deep/all.csv.gz}
  - use: core.write_sqlite
    with: {file: all.sqlite}
)";
const std::vector<std::string> outputs{"out/all.jsonl", "out/deep/all.csv.gz", "out/all.sqlite"};

bool is_temporary(const std::string& file) {
  return file.ends_with(".part") || file.ends_with(".sink") ||
         file.find("/work/") != std::string::npos || file.find(".tmp") != std::string::npos;
}

struct disk {
  tests::workplace at;
  std::vector<std::string> whole; // the outputs' bytes

  disk() {
    at.put("in.jsonl", good_lines(0, 2000));
    at.put("p.yaml", pipeline_text);
    const tests::ended e = run("");
    INFO(e.err);
    REQUIRE(e.code == 0);
    for (const std::string& o : outputs) whole.push_back(at.get(o));
    clear();
  }
  void clear() const { std::filesystem::remove_all(at.path("out")); }
  [[nodiscard]] tests::ended run(const std::string& fault) const {
    tests::child_options o;
    o.environment.emplace_back("VIGIE_IO_FAULT", fault);
    if (fault.empty()) o.environment.clear();
    return tests::vigie(at, {"run", "p.yaml", "--out", "out", "--quiet", "--threads", "2"},
                        std::move(o));
  }
};

// Runs with the fault and judges what is left. True where the run noticed it.
bool survives(const disk& d, const std::string& fault, bool cleans_up) {
  d.clear();
  const tests::ended e = d.run(fault);
  INFO(fault << ": exit " << e.code << "\n" << e.err);
  CHECK(e.in_time);
  const bool ended_well = e.code == 0 || ((e.code == 1 || e.code == 2) && !e.errors().empty());
  CHECK(ended_well);
  CHECK_FALSE(e.says("V0901"));
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (e.code == 0) CHECK(d.at.has(outputs[i]));
    if (d.at.has(outputs[i])) CHECK(d.at.get(outputs[i]) == d.whole[i]);
  }
  if (cleans_up) CHECK(std::ranges::none_of(d.at.files("out"), is_temporary));
  return e.code != 0;
}

} // namespace

TEST_CASE("each failing call on the way to the outputs leaves them complete or absent") {
  const disk d;
  const auto kind = GENERATE(as<std::string>(), "open", "read", "pread", "write", "fsync", "close",
                             "rename", "unlink", "mkdir", "rmdir", "fstat", "stat", "list");
  const bool cleans_up = kind != "unlink" && kind != "rmdir" && kind != "list" && kind != "stat";
  int noticed = 0;
  // Until all calls of the kind that would fail lie behind the run's last one.
  for (int n = 1; n <= 100; ++n) {
    const std::string nth = kind + ":" + std::to_string(n);
    noticed += survives(d, nth + ":EIO", cleans_up) ? 1 : 0;
    if (!survives(d, nth + "+:EIO", false)) break;
  }
  INFO(kind);
  const bool is_used = kind != "read" && kind != "list" && kind != "unlink" && kind != "rmdir";
  if (is_used) CHECK(noticed > 0);
}

TEST_CASE("a full disk, a read-only one and short writes are told apart") {
  const disk d;
  for (int n = 1; n <= 6; ++n) {
    const std::string nth = std::to_string(n);
    survives(d, "write:" + nth + "+:ENOSPC", true);
    survives(d, "write:" + nth + ":short", true);
    survives(d, "pread:" + nth + ":short", true);
  }
  const auto code_of = [&](const std::string& fault) {
    d.clear();
    const tests::ended e = d.run(fault);
    INFO(fault << "\n" << e.err);
    CHECK(d.at.files("out").empty());
    return e.errors().size() == 1 ? e.errors()[0] : "not one error";
  };
  CHECK(code_of("write:1+:ENOSPC") == "V0711");
  CHECK(code_of("write:1+:EIO") == "V0713");
  CHECK(code_of("fsync:3:EIO") == "V0714");
  CHECK(code_of("rename:1+:EIO") == "V0715");
  CHECK(code_of("mkdir:1+:EROFS") == "V0712");
  CHECK(code_of("mkdir:1+:EIO") == "V0716");
  CHECK(code_of("nothing") == "V0519");
}

TEST_CASE("a run that replaces outputs by force keeps the old ones where it fails") {
  const disk d;
  REQUIRE(d.run("").code == 0);
  for (const std::string& o : outputs) d.at.put(o, "old");
  tests::child_options o;
  o.environment.emplace_back("VIGIE_IO_FAULT", "write:2+:ENOSPC");
  const tests::ended e =
      tests::vigie(d.at, {"run", "p.yaml", "--out", "out", "--force", "--quiet"}, std::move(o));
  CHECK(e.code == 1);
  for (const std::string& file : outputs) CHECK(d.at.get(file) == "old");
}
