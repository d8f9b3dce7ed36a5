// SPDX-License-Identifier: Apache-2.0
// Sorts over more rows than the memory budget holds: the bytes are those of a run that holds them
// all, whatever the budget, the threads and the splits, and whenever the run died.
#include "catch.hpp"
#include "io/compressed.hpp"
#include "much.hpp"

namespace {

using tests::ended;
using tests::reported;
using tests::workplace;

// Rows in no order, with texts of `width` characters on average; the same for the same arguments.
std::string lines(std::size_t bytes, std::size_t width) {
  std::string out;
  tests::draws draw;
  for (std::uint64_t id = 0; out.size() < bytes; ++id) {
    out += "{\"id\":" + std::to_string(id) + ",\"key\":" + std::to_string(draw() % 5000) +
           ",\"text\":\"";
    for (std::size_t n = draw() % (2 * width); n > 0; --n)
      out += static_cast<char>('a' + draw() % 26);
    out += "\"}\n";
  }
  return out;
}

// Sorted rows once by short keys and once by texts, and the rows as they came.
void put_pipeline(const workplace& at) {
  at.put("p.yaml", R"(vigie: 1
name: memory
params:
  files: {type: path}
steps:
  - name: read
    use: core.read_jsonl
    with: {files: "${params.files}", columns: [{name: id, type: int}, {name: key, type: int}, {name: text}]}
  - name: as_they_came
    use: core.write_jsonl
    with: {file: all.jsonl}
  - name: by_key
    use: core.sort
    from: read
    with: {by: [key desc]}
  - use: core.write_jsonl
    with: {file: by_key.jsonl}
  - name: by_text
    use: core.sort
    from: read
    with: {by: [text, id desc]}
  - use: core.write_csv
    with: {file: by_text.csv}
)");
}

constexpr std::array outputs = {"all.jsonl", "by_key.jsonl", "by_text.csv"};

struct settings {
  std::string files, memory, threads = "2";
  std::vector<std::string> more = {};
  tests::child_options child = {};
};

ended run(const workplace& at, const std::string& out, const settings& s) {
  std::vector<std::string> words{"run",       "p.yaml",  "--set",    "files=" + s.files,
                                 "--out",     out,       "--memory", s.memory,
                                 "--threads", s.threads, "--quiet"};
  words.insert(words.end(), s.more.begin(), s.more.end());
  return tests::vigie(at, words, s.child);
}

void same_outputs(const workplace& at, const std::string& a, const std::string& b) {
  for (const char* name : outputs) {
    INFO(name);
    REQUIRE(at.has(a + "/" + name));
    REQUIRE((at.get(a + "/" + name) == at.get(b + "/" + name))); // without printing them
  }
}

// Runs and compares; the budget must have been too small.
void same_beyond_the_budget(const workplace& at, const settings& s) {
  CAPTURE(s.memory, s.threads);
  std::filesystem::remove_all(at.path("small"));
  const ended e = run(at, "small", s);
  INFO(e.err);
  REQUIRE(e.code == 0);
  CHECK(reported(at, "small", "peak_spilled_bytes") > 0);
  same_outputs(at, "small", "large");
  CHECK_FALSE(at.has("small/.vigie/work"));
}

// Dies at the place, with scratch files or without, and is gone on with.
void dies_and_goes_on(const workplace& at, settings s, const std::string& place, bool spilling) {
  CAPTURE(place);
  std::filesystem::remove_all(at.path("small"));
  s.more = {"--checkpoint", "0", "--split", "64KiB"};
  s.child.environment = {{"VIGIE_CRASH_AT", place}};
  REQUIRE(run(at, "small", s).code == 128 + SIGKILL);
  CHECK(at.files("small/.vigie/work/spill").empty() != spilling);
  const ended e = tests::vigie(at, {"resume", "small", "--memory", s.memory, "--quiet"});
  INFO(e.err);
  REQUIRE(e.code == 0);
  CHECK(reported(at, "small", "splits_taken_over") > 0);
  same_outputs(at, "small", "large");
  CHECK_FALSE(at.has("small/.vigie/work"));
}

void put_and_hold_all(const workplace& at, const std::string& name, const std::string& bytes) {
  at.put(name, bytes);
  put_pipeline(at);
  const ended e = run(at, "large", {name, "1GiB"});
  INFO(e.err);
  REQUIRE(e.code == 0);
  REQUIRE(reported(at, "large", "peak_spilled_bytes") == 0);
}

} // namespace

TEST_CASE("rows beyond the memory budget are sorted to the same bytes, whatever the threads") {
  const workplace at;
  put_and_hold_all(at, "in.jsonl", lines(std::size_t{16} << 20U, 120));
  for (const char* memory : {"2MiB", "4MiB"})
    for (const char* threads : {"1", "2", "3", "4"})
      same_beyond_the_budget(at, {"in.jsonl", memory, threads});
  same_beyond_the_budget(at, {"in.jsonl", "8MiB", "2", {"--split", "4MiB"}});
}

TEST_CASE("sorts that are fed at once leave each other what cannot go to disk") {
  const workplace at;
  put_and_hold_all(at, "in.jsonl", lines(std::size_t{32} << 20U, 4));
  same_beyond_the_budget(at, {"in.jsonl", "1MiB", "2"});
}

TEST_CASE("a large budget that is still too small gives the same bytes") {
  const workplace at;
  put_and_hold_all(at, "in.jsonl", lines(std::size_t{72} << 20U, 2000));
  same_beyond_the_budget(at, {"in.jsonl", "64MiB", "2"});
}

TEST_CASE("one compressed file, which is one unit of work, is sorted in instalments") {
  const workplace at;
  put_and_hold_all(at, "in.jsonl.gz",
                   compressed(lines(std::size_t{30} << 20U, 200), vigie::io::compression::gzip, 1));
  REQUIRE(reported(at, "large", "splits") < 2000); // one of them is the file
  for (const char* threads : {"1", "4"})
    for (const char* memory : {"1MiB", "8MiB"})
      same_beyond_the_budget(at, {"in.jsonl.gz", memory, threads});
}

TEST_CASE("a run that dies while its rows lie in scratch files is gone on with") {
  const workplace at;
  put_and_hold_all(at, "in.jsonl", lines(std::size_t{8} << 20U, 120));
  const settings s{"in.jsonl", "2MiB"};
  for (const char* place : {"journal.append.after:80", "parts.sync.before:100",
                            "output.checkpoint.after:110", "journal.append.after:130"})
    dies_and_goes_on(at, s, place, true);
}

TEST_CASE("a run that dies behind the one unit of a compressed file is gone on with") {
  const workplace at;
  put_and_hold_all(at, "in.jsonl.gz",
                   compressed(lines(std::size_t{8} << 20U, 120), vigie::io::compression::gzip, 1));
  dies_and_goes_on(at, {"in.jsonl.gz", "1MiB"}, "journal.append.after:1", true);
}
