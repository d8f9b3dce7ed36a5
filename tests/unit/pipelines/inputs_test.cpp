// SPDX-License-Identifier: Apache-2.0
// Bad inputs through `vigie run`: each ends with its code, in time, and leaves no output behind.
#include "catch.hpp"
#include "io/compressed.hpp"
#include "lines.hpp"

#include <unistd.h>

#include <set>

namespace {

using tests::good_lines;
using tests::lines_pipeline;
using tests::run_lines;

// The run fails with this code alone and leaves nothing.
void fails(const tests::workplace& at, const lines_pipeline& p, const std::string& code) {
  const tests::ended e = run_lines(at, p);
  INFO(p.text() << "\n" << e.err);
  CHECK(e.in_time);
  CHECK(e.code == 1);
  CHECK(e.errors() == std::vector<std::string>{code});
  CHECK(tests::nothing_left(at));
}

} // namespace

TEST_CASE("an input that is not there is refused with what is") {
  const tests::workplace at;
  at.put("other.jsonl", good_lines(0, 3));
  fails(at, {.files = "in.jsonl"}, "V0501");
  fails(at, {.files = "*.csv"}, "V0502");
  fails(at, {.files = "no/such/folder/*.jsonl"}, "V0502");
  fails(at, {.files = ""}, "V0506");
  fails(at, {.files = "/dev/null"}, "V0505");
  at.put("folder/in.jsonl", good_lines(0, 3));
  fails(at, {.files = "folder"}, "V0503");
}

TEST_CASE("an input that may not be read is refused") {
  const tests::workplace at;
  at.put("in.jsonl", good_lines(0, 3));
  std::filesystem::permissions(at.path("in.jsonl"), std::filesystem::perms::none);
  if (::geteuid() != 0) return fails(at, {}, "V0504");
  // Root may read every file: the refusal of the system is put into each open in turn.
  at.put("p.yaml", lines_pipeline{}.text());
  bool refused = false;
  for (int nth = 1; nth <= 20 && !refused; ++nth) {
    const tests::ended e = tests::vigie(
        at, {"run", "p.yaml", "--out", "out"},
        {.environment = {{"VIGIE_IO_FAULT", "open:" + std::to_string(nth) + ":EACCES"}}});
    refused = e.errors() == std::vector<std::string>{"V0504"} && e.says("in.jsonl");
    if (refused) CHECK(tests::nothing_left(at));
    std::filesystem::remove_all(at.path("out"));
  }
  CHECK(refused);
}

TEST_CASE("a file that grows, shrinks or is written anew while the run reads is refused") {
  const std::string rows = "id\n1\n2\n3\n";
  const std::pair<std::string, std::string> becomes[] = {
      {"V0508", rows + "4\n"}, {"V0508", "id\n1\n2\n"}, {"V0508", ""}, {"", rows}};
  for (const auto& [code, bytes] : becomes) {
    const tests::workplace at;
    at.put("rows.csv", rows);
    at.put("p.yaml", R"(vigie: 1
name: moving
steps:
  - {name: first, use: core.read_lines, with: {files: "-"}}
  - {name: held, use: core.write_jsonl, with: {file: held.jsonl}}
  - {name: rows, use: core.read_csv, with: {files: rows.csv, columns: [{name: id, type: int}]}}
  - {name: counted, use: core.aggregate, with: {compute: {n: count(), ids: sum(id)}}}
  - {name: all, use: core.write_jsonl, with: {file: all.jsonl}}
)");
    tests::child run(at, {"run", "p.yaml", "--out", "out", "--quiet", "--threads", "1"},
                     {.keep_stdin = true});
    REQUIRE(run.feed("a line\n"));
    REQUIRE(run.waits_for_input()); // the file is listed by now, and not read
    if (!code.empty()) at.put("rows.csv", bytes);
    run.close_input();
    const tests::ended e = run.wait();
    INFO(e.err);
    if (code.empty()) {
      CHECK(at.get("out/all.jsonl") == "{\"n\":3,\"ids\":6}\n");
      continue;
    }
    CHECK(e.errors() == std::vector<std::string>{code});
    CHECK(e.says("rows.csv"));
    CHECK_FALSE(at.has("out/all.jsonl"));
  }
}

TEST_CASE("one unreadable file among many of a pattern ends the run and is named") {
  const tests::workplace at;
  for (const char* name : {"a", "b", "c"})
    at.put("in/" + std::string(name) + ".jsonl", good_lines(0, 3));
  at.put("p.yaml", lines_pipeline{.files = "in/*.jsonl"}.text());
  std::set<std::string> named; // whoever runs this may be allowed to read everything, as above
  for (int nth = 1; nth <= 30; ++nth) {
    const tests::ended e = tests::vigie(
        at, {"run", "p.yaml", "--out", "out"},
        {.environment = {{"VIGIE_IO_FAULT", "open:" + std::to_string(nth) + ":EACCES"}}});
    for (const char* name : {"in/a.jsonl", "in/b.jsonl", "in/c.jsonl"})
      if (e.errors() == std::vector<std::string>{"V0504"} && e.says(name)) {
        named.insert(name);
        CHECK_FALSE(at.has("out/all.jsonl"));
      }
    std::filesystem::remove_all(at.path("out"));
  }
  CHECK(named.size() == 3);
}

TEST_CASE("an empty file gives empty outputs") {
  const tests::workplace at;
  at.put("in.jsonl", "");
  CHECK(run_lines(at, {}).code == 0);
  CHECK(at.has("out/all.jsonl"));
  CHECK(at.get("out/all.jsonl").empty());
}

TEST_CASE(
    "a line that is no JSON stops the run at its bytes, the first in the order of the input") {
  const tests::workplace at;
  at.put("in.jsonl", good_lines(0, 3000) + "{\"id\": \n" + good_lines(0, 3000) + "[]\n");
  const auto bad_at = good_lines(0, 3000).size();
  for (const char* threads : {"1", "2", "4"}) {
    const tests::ended e = run_lines(at, {}, {"--threads", threads, "--split", "4KiB"});
    INFO(e.err);
    CHECK(e.errors() == std::vector<std::string>{"V0601"});
    CHECK(e.says("in.jsonl, bytes " + std::to_string(bad_at) + "-"));
    CHECK(e.says("step 'lines'"));
    CHECK(tests::nothing_left(at));
  }
}

TEST_CASE("rejected lines are routed with their place or dropped, and none is lost") {
  const tests::workplace at;
  at.put("in.jsonl", good_lines(0, 5) + "nonsense\n{\"id\": \"x\"}\n" + good_lines(5, 8));
  const lines_pipeline routed{.on_error = "{do: route, keep: row}", .writes_errors = true};
  CHECK(run_lines(at, routed).code == 0);
  CHECK(run_lines(at, routed, {"--strict", "--force"}).code == 3);
  CHECK(at.get("out/all.jsonl").find("\"id\":7") != std::string::npos);
  const std::string bad = at.get("out/bad.jsonl");
  CHECK(std::ranges::count(bad, '\n') == 2);
  CHECK(bad.find("\"column\":\"id\"") != std::string::npos);
  CHECK(bad.find("\"file\":\"in.jsonl\"") != std::string::npos);
  tests::saw_codes_in(bad);
  const tests::ended dropped = run_lines(at, {.on_error = "{do: drop}"}, {"--force"});
  CHECK(dropped.code == 0);
  CHECK(dropped.says("2 of 10 rows rejected (dropped)"));
}

TEST_CASE(
    "a number of rejected lines is a limit at once, a percentage at the end and from 100 rows on") {
  const tests::workplace at;
  at.put("in.jsonl", good_lines(0, 90) + "x\nx\nx\n" + good_lines(90, 200));
  fails(at, {.on_error = "{do: drop, at_most: 2}"}, "V0603");
  fails(at, {.on_error = "{do: drop, at_most: 1%}"}, "V0603");
  CHECK(run_lines(at, {.on_error = "{do: drop, at_most: 3}"}).code == 0);
  CHECK(run_lines(at, {.on_error = "{do: drop, at_most: 2%}"}, {"--force"}).code == 0);
  at.put("in.jsonl", good_lines(0, 90) + "x\nx\n");
  CHECK(run_lines(at, {.on_error = "{do: drop, at_most: 1%}"}, {"--force"}).code == 0);
}

TEST_CASE("binary data and other encodings are rejected, or read where the encoding is said") {
  const tests::workplace at;
  at.put("in.jsonl", "{\"id\": 1, \"text\": \"caf\xe9\"}\n");
  fails(at, {}, "V0601");
  CHECK(run_lines(at, {.reader = ", encoding: auto"}).code == 0);
  CHECK(at.get("out/all.jsonl").find("caf\xc3\xa9") != std::string::npos);
  std::filesystem::remove_all(at.path("out"));
  fails(at, {.reader = ", encoding: klingon"}, "V0513");
  std::string noise;
  for (int i = 0; i < 4096; ++i) noise += static_cast<char>((i * 7919) % 256);
  at.put("in.jsonl", noise);
  fails(at, {}, "V0601");
}

TEST_CASE("a line of 100 MB is held against max_record and not against memory") {
  const tests::workplace at;
  at.put("in.jsonl", good_lines(0, 2) + "{\"id\": 3, \"text\": \"" + std::string(100'000'000, 'x') +
                         "\"}\n" + good_lines(4, 6));
  fails(at, {}, "V0602");
  const tests::ended e = run_lines(at, {.on_error = "{do: route}", .writes_errors = true});
  INFO(e.err);
  CHECK(e.code == 0);
  CHECK(std::ranges::count(at.get("out/all.jsonl"), '\n') == 4);
  CHECK(at.get("out/bad.jsonl").find("V0602") != std::string::npos);
  CHECK(run_lines(at, {.reader = ", max_record: 128MiB"}, {"--force"}).code == 0);
  CHECK(at.get("out/all.jsonl").size() > 100'000'000);
}

TEST_CASE("compressed inputs that are cut short, damaged or not compressed are refused") {
  const tests::workplace at;
  using vigie::io::compression;
  const std::string text = good_lines(0, 20'000);
  for (const auto c : {compression::gzip, compression::zstd}) {
    const std::string whole = compressed(text, c);
    at.put("in.jsonl", whole.substr(0, whole.size() / 2));
    fails(at, {}, "V0509");
    at.put("in.jsonl", whole + "more");
    fails(at, {}, "V0511");
    at.put("in.jsonl", whole);
    CHECK(run_lines(at, {}, {"--force"}).code == 0);
    std::filesystem::remove_all(at.path("out"));
  }
  at.put("in.jsonl", "\x1f");
  fails(at, {}, "V0509");
  std::string bent = compressed(text, compression::gzip);
  bent[bent.size() - 8] = static_cast<char>(~bent[bent.size() - 8]); // the check sum
  at.put("in.jsonl", bent);
  fails(at, {}, "V0510");
  at.put("in.jsonl", text);
  fails(at, {.reader = ", compression: gzip"}, "V0512");
}

TEST_CASE("outputs that exist are listed all at once and replaced only by force") {
  const tests::workplace at;
  at.put("in.jsonl", good_lines(0, 3) + "x\n");
  const lines_pipeline p{.on_error = "{do: route}", .writes_errors = true};
  REQUIRE(run_lines(at, p).code == 0);
  at.put("out/all.jsonl", "mine");
  const tests::ended e = run_lines(at, p);
  CHECK(e.code == 2);
  CHECK(e.errors() == std::vector<std::string>{"V0701"});
  CHECK(e.says("out/all.jsonl"));
  CHECK(e.says("out/bad.jsonl"));
  CHECK(at.get("out/all.jsonl") == "mine");
  CHECK(run_lines(at, p, {"--force"}).code == 0);
  CHECK(at.get("out/all.jsonl").find("\"id\":2") != std::string::npos);
}

TEST_CASE("a sort of more than the memory allows goes to disk, says so, and gives the same bytes") {
  const tests::workplace at;
  at.put("in.jsonl", good_lines(0, 100'000));
  const lines_pipeline p{.more = "  - use: core.sort\n    with: {by: [text]}\n"};
  at.put("p.yaml", p.text());
  REQUIRE(tests::vigie(at, {"run", "p.yaml", "--out", "much", "--quiet"}).code == 0);
  const tests::ended e =
      tests::vigie(at, {"run", "p.yaml", "--out", "little", "--quiet", "--memory", "1MiB"});
  INFO(e.err);
  REQUIRE(e.code == 0);
  CHECK(at.get("little/all.jsonl") == at.get("much/all.jsonl"));
  CHECK(at.get("much/.vigie/report.json").find("\"peak_spilled_bytes\": 0,") != std::string::npos);
  CHECK(at.get("little/.vigie/report.json").find("\"peak_spilled_bytes\": 0,") ==
        std::string::npos);
}

TEST_CASE("the command line is refused with a hint and without work") {
  const tests::workplace at;
  const auto refused = [&](const std::vector<std::string>& words, const std::string& code) {
    const tests::ended e = tests::vigie(at, words);
    INFO(e.err);
    CHECK(e.code == 2);
    CHECK(e.errors() == std::vector<std::string>{code});
  };
  at.put("in.jsonl", good_lines(0, 3));
  at.put("p.yaml", lines_pipeline{}.text());
  refused({"run", "p.yaml", "--memory", "1000"}, "V0902");
  refused({"rnu", "p.yaml"}, "V0902");
  refused({"run", "p.yaml", "--thraeds", "2"}, "V0902");
  refused({"run", "p.yaml", "--threads", "many"}, "V0902");
  refused({"run", "p.yaml", "--split", "0"}, "V0902");
  refused({"run"}, "V0902");
  refused({"run", "q.yaml"}, "V0501");
  refused({"run", "."}, "V0503");
  refused({"run", "p.yaml", "--set", "nothing"}, "V0229");
  refused({"run", "p.yaml", "--set", "n=1"}, "V0221");
  refused({"show", "p.yaml", "--step", "lins"}, "V0903");
  refused({"show", "p.yaml", "--columns", "idd"}, "V0402");
  refused({"explain", "V9999"}, "V0904");
  CHECK(at.files() == std::vector<std::string>{"in.jsonl", "p.yaml"});
}
