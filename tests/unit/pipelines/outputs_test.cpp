// SPDX-License-Identifier: Apache-2.0
// Outputs of many files: by size and by the cells of columns. Each file is complete, all rows are
// in one of them, in their order, and where they are depends on the input alone.
#include "catch.hpp"
#include "dying_samples.hpp"

#include <algorithm>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using tests::bytes_by_name;
using tests::ended;
using tests::workplace;
using words = std::vector<std::string>;

std::string pipeline(const std::string& writers) {
  return "vigie: 1\nname: many\nsteps:\n  - name: lines\n    use: core.read_jsonl\n    with: "
         "{files: \"in*.jsonl\", columns: [{name: id, type: int}, {name: text}, {name: group}]}\n" +
         writers;
}

ended run(const workplace& at, const std::string& writers, const words& more = {},
          const std::string& out = "out") {
  at.put("p.yaml", pipeline(writers));
  return tests::vigie(at, tests::joined({{"run", "p.yaml", "--out", out, "--quiet"}, more}));
}

bytes_by_name made(const workplace& at, const std::string& writers, const words& more = {}) {
  fs::remove_all(at.path("out"));
  const ended e = run(at, writers, more);
  INFO(e.err);
  REQUIRE(e.code == 0);
  return tests::visible(at, "out");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

words names(const bytes_by_name& files) {
  words out;
  for (const auto& [name, bytes] : files) out.push_back(name);
  return out;
}

std::string writer(const std::string& with, const std::string& use = "core.write_jsonl") {
  return "  - name: w\n    use: " + use + "\n    from: lines\n    with: {" + with + "}\n";
}

const std::string sorted =
    "  - name: order\n    use: core.sort\n    from: lines\n    with: {by: [id]}\n";
std::string sorted_writer(const std::string& with, const std::string& use = "core.write_text") {
  return sorted + "  - name: w\n    use: " + use + "\n    with: {" + with + "}\n";
}

} // namespace

TEST_CASE("parts hold all rows in order, as many as fit and at least one, each with its head") {
  const workplace at(tests::memory_folder());
  at.put("in.jsonl", tests::some_lines(0, 700, false));
  const std::string whole = made(at, writer("file: a.csv", "core.write_csv"))["a.csv"];
  const auto rows = lines_of(whole);
  for (const std::size_t size : {1UL, 20UL, 700UL, 4096UL, 1000000UL}) {
    const auto files =
        made(at, writer("file: a.csv, split_size: " + std::to_string(size) + "B", "core.write_csv"),
             {"--split", "3KiB"});
    INFO(size);
    std::vector<std::string> all{rows[0]};
    std::size_t number = 0;
    for (const auto& [name, bytes] : files) {
      const std::string n = std::to_string(++number);
      CHECK(name == "a-" + std::string(4 - n.size(), '0') + n + ".csv");
      const auto part = lines_of(bytes);
      CHECK(part[0] == rows[0]);
      CHECK(part.size() >= 2);
      if (part.size() > 2) CHECK(bytes.size() <= size);
      // What did not go into it, a sixteenth or a row, would have been too much.
      const std::size_t next = all.size() + part.size() - 1;
      if (next < rows.size())
        CHECK(bytes.size() + std::max(size / 16, rows[next].size() + 1) > size);
      all.insert(all.end(), part.begin() + 1, part.end());
    }
    CHECK(all == rows);
    if (size == 1) CHECK(files.size() == rows.size() - 1);
    if (size == 1000000) CHECK(files.size() == 1);
  }
}

TEST_CASE("an output without rows is one part, and one named by columns is no file") {
  const workplace at(tests::memory_folder());
  at.put("in.jsonl", "");
  CHECK(made(at, writer("file: a.csv, split_size: 1KiB", "core.write_csv")) ==
        bytes_by_name{{"a-0001.csv", "id,text,group\n"}});
  CHECK(made(at, writer("file: \"{group}.csv\"", "core.write_csv")).empty());
  CHECK(tests::vigie(at, {"verify", "out"}).code == 0);
}

TEST_CASE(
    "parts are the same whatever threads, checkpoints and memory, in whatever order rows come") {
  const workplace at(tests::memory_folder());
  at.put("in.jsonl", tests::some_lines(0, 60'000, false));
  const std::string writers =
      writer("file: \"{group}/part.jsonl\", split_size: 20KiB") +
      "  - name: z\n    use: core.write_csv\n    from: lines\n    with: {file: z.csv.zst, "
      "split_size: 300KiB}\n" +
      sorted + "  - name: t\n    use: core.write_csv\n    with: {file: t.csv, split_size: 9KiB}\n";
  const words split{"--split", "100KiB"};
  const auto once = made(at, writers, tests::joined({split, {"--threads", "1"}}));
  CHECK(once.size() > 30);
  CHECK(made(at, writers, tests::joined({split, {"--threads", "4", "--checkpoint", "0"}})) == once);
  CHECK(made(at, writers, tests::joined({split, {"--threads", "3", "--memory", "2MiB"}})) == once);
  CHECK(made(at, writers, tests::joined({split, {"--checkpoint", "none"}})) == once);
}

TEST_CASE("rows go to the file of their cells, in their order, and keep the column") {
  const workplace at(tests::memory_folder());
  at.put("in.jsonl", R"({"id": 1, "text": "a", "group": "x"}
{"id": 2, "text": "b", "group": null}
{"id": 3, "text": "c", "group": "../x"}
{"id": 4, "text": "d", "group": "x"}
{"id": 5, "text": "e", "group": ""}
{"id": -6, "text": "f", "group": "__null__"}
)");
  const bytes_by_name expected{
      {"x/p.jsonl", "{\"id\":1,\"group\":\"x\"}\n{\"id\":4,\"group\":\"x\"}\n"},
      {"__null__/p.jsonl", "{\"id\":2,\"group\":null}\n"},
      {"%2E.%2Fx/p.jsonl", "{\"id\":3,\"group\":\"../x\"}\n"},
      {"__empty__/p.jsonl", "{\"id\":5,\"group\":\"\"}\n"},
      {"%5F_null__/p.jsonl", "{\"id\":-6,\"group\":\"__null__\"}\n"}};
  CHECK(made(at, writer("file: \"{group}/p.jsonl\", columns: [id, group]")) == expected);
  CHECK(made(at, sorted_writer("file: \"{group}/p.jsonl\", columns: [id, group]",
                               "core.write_jsonl")) == expected);
  CHECK(names(made(at, writer("file: \"{group}-{id}.csv\", columns: [text]", "core.write_csv"))) ==
        words{"%2E.%2Fx-3.csv", "%5F_null__--6.csv", "__empty__-5.csv", "__null__-2.csv", "x-1.csv",
              "x-4.csv"});
}

TEST_CASE("more files than max_partitions stop the run before anything is written") {
  const workplace at(tests::memory_folder());
  at.put("in.jsonl", tests::some_lines(0, 100, false));
  for (const std::string& w : {writer("file: \"{id}.jsonl\", max_partitions: 99"),
                               sorted_writer("file: \"{id}.txt\", max_partitions: 99")})
    for (const char* split : {"500B", "1MiB"}) {
      const ended e = run(at, w, {"--split", split, "--threads", "2"});
      INFO(e.err);
      CHECK(e.code == 1);
      CHECK(e.errors() == words{"V0609"});
      CHECK(e.says("max_partitions"));
      CHECK_FALSE(at.has("out"));
    }
  CHECK(made(at, writer("file: \"{id}.jsonl\", max_partitions: 100")).size() == 100);
}

TEST_CASE(
    "what is there already is not mixed with new files, also where only cells tell the names") {
  const workplace at(tests::memory_folder());
  at.put("in.jsonl", tests::some_lines(0, 30, false));
  const std::string by_group = writer("file: \"{group}/p.jsonl\"");
  const auto refused = [&](const std::string& there, const std::string& w) {
    fs::remove_all(at.path("out"));
    at.put("out/" + there, "mine");
    const ended e = run(at, w);
    INFO(there << "\n" << e.err);
    CHECK(e.code == 2);
    CHECK(e.errors() == words{"V0701"});
    CHECK(e.says(there));
    CHECK(tests::visible(at, "out") == bytes_by_name{{there, "mine"}});
  };
  refused("g1/p.jsonl", by_group);
  refused("another/p.jsonl", by_group);
  refused("a-0007.jsonl", writer("file: a.jsonl, split_size: 1KiB"));
  fs::remove_all(at.path("out"));
  at.put("out/g1/other.jsonl", "mine");
  at.put("out/a-x.jsonl", "mine");
  CHECK(run(at, by_group + "  - name: a\n    use: core.write_jsonl\n    from: lines\n    with: "
                           "{file: a.jsonl, split_size: 1KiB}\n")
            .code == 0);
}

TEST_CASE("a run by force removes what the replaced one wrote and it does not, and nothing else") {
  const workplace at(tests::memory_folder());
  at.put("in.jsonl", tests::some_lines(0, 100, false));
  const std::string w = writer("file: \"{group}/p.jsonl\", split_size: 1KiB");
  REQUIRE(run(at, w).code == 0);
  at.put("out/g1/mine.txt", "mine");
  at.put("out/other/p-0001.jsonl", "mine");
  at.put("in.jsonl", "{\"id\": 1, \"text\": \"a\", \"group\": \"g4\"}\n");
  const ended e = run(at, w, {"--force"});
  INFO(e.err);
  CHECK(e.code == 0);
  CHECK(names(tests::visible(at, "out")) ==
        words{"g1/mine.txt", "g4/p-0001.jsonl", "other/p-0001.jsonl"});
  CHECK_FALSE(at.has("out/g0"));
}

TEST_CASE("two writers whose cells lead to one place are refused, and nothing is written") {
  const workplace at(tests::memory_folder());
  at.put("in.jsonl", "{\"id\": 1, \"text\": \"a\", \"group\": \"x\"}\n");
  for (const char* second : {"{text}.jsonl", "a.jsonl", "{text}.jsonl/b.jsonl"}) {
    const ended e =
        run(at, writer("file: \"{text}.{group}sonl\"") +
                    "  - name: v\n    use: core.write_jsonl\n    from: lines\n    with: {file: \"" +
                    second + "\"}\n");
    INFO(second << e.err);
    CHECK(e.code == 0); // a.xsonl and a.jsonl are two
    fs::remove_all(at.path("out"));
  }
  at.put("in.jsonl", "{\"id\": 1, \"text\": \"a\", \"group\": \"a\"}\n");
  for (const char* second : {"{group}.jsonl", "a.jsonl", "{group}.jsonl/b.jsonl"}) {
    const ended e =
        run(at, writer("file: \"{text}.jsonl\"") +
                    "  - name: v\n    use: core.write_jsonl\n    from: lines\n    with: {file: \"" +
                    second + "\"}\n");
    INFO(second << e.err);
    CHECK(e.code == 1);
    CHECK(e.errors() == words{"V0610"});
    CHECK_FALSE(at.has("out"));
  }
}

TEST_CASE("a file in the place of a folder, and a folder in the place of a file, are named") {
  const workplace at(tests::memory_folder());
  at.put("in.jsonl", tests::some_lines(0, 10, false));
  at.put("out/g1", "mine");
  const ended file = run(at, writer("file: \"{group}/p.jsonl\""));
  INFO(file.err);
  CHECK(file.code == 1);
  CHECK(file.says("'out/g1' is no folder"));
  CHECK(tests::visible(at, "out") == bytes_by_name{{"g1", "mine"}});
  CHECK(tests::vigie(at, {"clean", "out", "--force"}).code == 0);
  fs::remove_all(at.path("out"));
  at.put("out/g1/p.jsonl/x", "mine");
  const ended folder = run(at, writer("file: \"{group}/p.jsonl\""), {"--force"});
  INFO(folder.err);
  CHECK(folder.code == 1);
  CHECK(folder.says("'out/g1/p.jsonl' is a folder"));
}

TEST_CASE("a trace leads from a row of a part, or of a file of some cells, to its line") {
  const workplace at(tests::memory_folder());
  tests::put_sample(at, tests::sample::parts);
  const ended e = tests::vigie(at, tests::run_words());
  INFO(e.err);
  REQUIRE(e.code == 0);
  const std::string input = at.get("in/a.jsonl") + at.get("in/b.jsonl");
  int traced = 0;
  for (const auto& [name, bytes] : tests::visible(at, "out")) {
    if (!name.ends_with(".jsonl")) continue;
    const auto rows = lines_of(bytes);
    for (const std::size_t row : {std::size_t{0}, rows.size() / 2, rows.size() - 1}) {
      const ended t =
          tests::vigie(at, {"trace", "out", name + ":" + std::to_string(row + 1), "--json"});
      INFO(name << " " << row << t.err);
      CHECK(t.code == 0);
      const std::string id = rows[row].substr(6, rows[row].find(',') - 6);
      CHECK(t.out.find("{\\\"id\\\": " + id + ",") != std::string::npos);
      ++traced;
    }
  }
  CHECK(traced > 10);
  CHECK(tests::vigie(at, {"trace", "out", "g0/part-0001.jsonl:1000"}).errors() == words{"V0758"});
}

TEST_CASE("verify, its --rerun and diff look at every file of an output") {
  const workplace at(tests::memory_folder());
  tests::put_sample(at, tests::sample::parts);
  REQUIRE(tests::vigie(at, tests::run_words()).code == 0);
  REQUIRE(tests::vigie(at, tests::run_words("two")).code == 0);
  CHECK(
      tests::vigie(at, tests::joined({{"verify", "out", "--rerun"}, tests::plugin_folders})).code ==
      0);
  CHECK(tests::vigie(at, {"diff", "out", "two"}).code == 0);
  at.put("two/g1/part-0002.jsonl", "{}\n");
  const ended changed = tests::vigie(at, {"verify", "two"});
  CHECK(changed.code == 1);
  CHECK(changed.says("two/g1/part-0002.jsonl"));
  CHECK(tests::vigie(at, {"diff", "out", "two"}).code != 0);
}

TEST_CASE("runs of lines too long to be copied stand in their order between short ones") {
  const workplace at;
  std::string text;
  for (int i = 0; i < 60; ++i) {
    const auto longest = static_cast<std::size_t>(i % 3) * 70'000;
    text += std::to_string(i) + std::string(longest, static_cast<char>('a' + i % 26)) + "\n";
    if (i % 4 == 0) text += "with a return\r inside\n"; // is written as it was not read
  }
  at.put("in.txt", text);
  at.put("p.yaml", "vigie: 1\nname: runs\nsteps:\n  - name: lines\n    use: core.read_lines\n"
                   "    with: {files: in.txt}\n"
                   "  - use: core.write_lines\n    with: {file: all.txt, column: line}\n"
                   "  - name: z\n    use: core.write_lines\n    from: lines\n    with: {file: "
                   "all.txt.gz, column: line}\n"
                   "  - name: s\n    use: core.write_lines\n    from: lines\n"
                   "    with: {file: all.parts.txt, split_size: 300KB, column: line}\n");
  std::string expected = text;
  for (std::size_t i = 0; (i = expected.find('\r', i)) != std::string::npos;)
    expected.replace(i, 1, "\\r");
  std::optional<bytes_by_name> first;
  for (const std::string threads : {"1", "4"})
    for (const std::string split : {"10KB", "200KB", "64MB"}) {
      INFO(threads << " threads, splits of " << split);
      fs::remove_all(at.path("out"));
      const ended e = tests::vigie(
          at, {"run", "p.yaml", "--out", "out", "--quiet", "--threads", threads, "--split", split});
      INFO(e.err);
      REQUIRE(e.code == 0);
      const bytes_by_name files = tests::visible(at, "out");
      CHECK(files.at("all.txt") == expected);
      CHECK(tests::vigie(at, {"verify", "out"}).code == 0);
      std::string parts;
      for (const auto& [name, bytes] : files)
        if (name.starts_with("all.parts")) parts += bytes;
      CHECK(parts == expected);
      if (split == "64MB") {
        if (first) CHECK(files == *first);
        first = files;
      }
    }
}
