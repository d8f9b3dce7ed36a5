// SPDX-License-Identifier: Apache-2.0
// Runs that are shared out: shards, on however many machines, and their merge give the bytes of one
// run, or are refused. And runs that take only what is new.
#include "catch.hpp"
#include "dying_samples.hpp"

#include <simdjson.h>

namespace {

namespace fs = std::filesystem;
using tests::ended;
using tests::sample;
using tests::workplace;
using words = std::vector<std::string>;

constexpr int killed = 128 + SIGKILL;

// A pipeline and what every command over it is given.
struct pipeline {
  std::string file;
  words options;
  std::uint64_t least_units = 7;
};

struct shared_out {
  const workplace& at;
  pipeline of;
  tests::bytes_by_name whole; // of one run
  std::uint64_t splits = 0;

  shared_out(const workplace& place, pipeline p) : at(place), of(std::move(p)) {
    fs::remove_all(at.path("whole"));
    const ended e = tests::vigie(
        at, tests::joined(
                {{"run", of.file, "--out", "whole", "--json"}, {"--threads", "2"}, of.options}));
    INFO(of.file << "\n" << e.err);
    REQUIRE(e.code == 0);
    whole = tests::visible(at, "whole");
    simdjson::dom::parser parser;
    simdjson::dom::element json;
    REQUIRE(parser.parse(e.out).get(json) == simdjson::SUCCESS);
    REQUIRE(json["splits"].get(splits) == simdjson::SUCCESS);
  }

  [[nodiscard]] static std::string folder(int i) { return "shard" + std::to_string(i); }
  [[nodiscard]] words shard(int i, int n) const {
    return tests::joined({{"run", of.file, "--out", folder(i), "--shard",
                           std::to_string(i) + "/" + std::to_string(n), "--quiet"},
                          of.options});
  }
  void run_all(int n) const {
    for (int i = 1; i <= n; ++i) {
      fs::remove_all(at.path(folder(i)));
      const ended e = tests::vigie(at, shard(i, n));
      INFO(of.file << " " << i << "/" << n << "\n" << e.err);
      CHECK(e.code == 0);
      CHECK(tests::visible(at, folder(i)).empty());
    }
  }
  [[nodiscard]] static words folders(int n) {
    words out;
    for (int i = 1; i <= n; ++i) out.push_back(folder(i));
    return out;
  }
  [[nodiscard]] ended merge(const words& shards, const words& more = {}) const {
    fs::remove_all(at.path("merged"));
    return tests::vigie(at,
                        tests::joined({{"merge"}, shards, {"--out", "merged", "--quiet"}, more}));
  }
  void merges_to_the_whole(int n) const {
    const ended e = merge(folders(n));
    INFO(of.file << " in " << n << " shards\n" << e.err);
    CHECK(e.code == 0);
    CHECK(tests::visible(at, "merged") == whole);
    CHECK(tests::vigie(at, {"verify", "merged"}).code == 0);
  }
};

// Into how many units a shipped pipeline is cut at least. A Zeek log and a web archive are one
// each.
std::uint64_t least_units_of(const std::string& yaml) {
  if (yaml.find("dialect: zeek") != std::string::npos) return 1;
  return yaml.find("press.read_warc") != std::string::npos ? 3 : 7;
}

// The pipelines that are shipped, with their samples; small ones are cut finely.
std::vector<pipeline> shipped(const workplace& at) {
  fs::copy(VIGIE_SOURCE_DIR "/pipelines", at.path("pipelines"), fs::copy_options::recursive);
  std::vector<pipeline> out;
  for (const std::string& file : at.files("pipelines")) {
    if (!file.ends_with(".yaml")) continue;
    pipeline p{file, {"--split", "1KiB"}, least_units_of(at.get(file))};
    if (shared_out(at, p).splits < p.least_units) {
      p.options = {"--split", "50B"}; // a unit for each of the few lines
      p.least_units = 4;
    }
    out.push_back(std::move(p));
  }
  return out;
}

const std::string join_text =
    "vigie: 1\nname: join\nsteps:\n"
    "  - name: lines\n    use: core.read_jsonl\n    with: {files: \"in/*.jsonl\", columns: "
    "[{name: id, type: int}, {name: group}]}\n"
    "  - name: list\n    use: core.read_jsonl\n    with: {files: \"list/*.jsonl\", columns: "
    "[{name: key}, {name: value}]}\n"
    "  - use: lookup.join\n    from: {probe: lines, list: list}\n    with: {key: group}\n"
    "  - use: core.write_csv\n    with: {file: joined.csv}\n"
    "  - name: order\n    use: core.sort\n    from: join\n    with: {by: [found, id desc]}\n"
    "  - use: core.write_text\n    with: {file: joined.txt}\n";

pipeline put_join(const workplace& at) {
  at.put("in/a.jsonl", tests::some_lines(0, 95, false));
  std::string list;
  for (int i = 0; i < 40; ++i)
    list += "{\"key\": \"g" + std::to_string(i % 7) + "\", \"value\": \"v" + std::to_string(i) +
            "\"}\n";
  at.put("list/a.jsonl", list);
  at.put("join.yaml", join_text);
  return {"join.yaml", {"--split", "600B", "--checkpoint", "0", "--plugin-dir", VIGIE_GOOD}};
}

pipeline put_ordered(const workplace& at) {
  tests::put_sample(at, sample::ordered);
  return {"p.yaml",
          tests::joined({tests::plugin_folders, {"--split", "500B", "--checkpoint", "0"}})};
}

void any_number_of_shards(const workplace& at, const pipeline& p) {
  const shared_out s(at, p);
  INFO(p.file << ": " << s.splits << " units");
  CHECK(s.splits >= p.least_units);
  for (const int n : {1, 2, 3, 7, static_cast<int>(s.splits) + 2}) {
    s.run_all(n);
    s.merges_to_the_whole(n);
  }
}

} // namespace

TEST_CASE("however a shipped pipeline is shared out, its merge is one run, byte by byte") {
  const workplace at(tests::memory_folder());
  const std::vector<pipeline> all = shipped(at);
  CHECK(all.size() >= 3);
  for (const pipeline& p : all) any_number_of_shards(at, p);
}

TEST_CASE("however outputs of many files are shared out, their merge is one run") {
  const workplace at(tests::memory_folder());
  tests::put_sample(at, sample::parts);
  any_number_of_shards(at, {"p.yaml", {"--split", "500B", "--checkpoint", "0"}});
}

TEST_CASE("however an aggregate, sorts and a join are shared out, their merge is one run") {
  const workplace at(tests::memory_folder());
  any_number_of_shards(at, put_ordered(at));
  const workplace other(tests::memory_folder());
  any_number_of_shards(other, put_join(other));
}

TEST_CASE("two readers that feed an aggregate and an output together are shared out, both") {
  const workplace at(tests::memory_folder());
  at.put("in/a.txt", "one\ntwo\nthree\n");
  at.put("more/b.txt", "four\nfive\n");
  at.put("p.yaml", "vigie: 1\nname: both\nsteps:\n"
                   "  - name: a\n    use: core.read_lines\n    with: {files: \"in/*.txt\"}\n"
                   "  - name: b\n    use: core.read_lines\n    with: {files: \"more/*.txt\"}\n"
                   "  - name: all\n    use: core.union\n    from: [a, b]\n"
                   "  - name: counts\n    use: core.aggregate\n    with: {by: [file], compute: "
                   "{lines: count()}}\n"
                   "  - name: together\n    use: core.union\n    from: [counts, all]\n"
                   "  - use: core.write_text\n    with: {file: all.txt}\n");
  any_number_of_shards(at, {"p.yaml", {"--split", "5B"}, 4});
}

TEST_CASE("a shard that died somewhere is gone on with, and the merge is the same") {
  for (const bool join : {false, true}) {
    const workplace at(tests::memory_folder());
    const shared_out s(at, join ? put_join(at) : put_ordered(at));
    s.run_all(3);
    for (const char* place : {"journal.create.after:1", "journal.append.after:1",
                              "parts.sync.before:2", "journal.append.before:3"}) {
      fs::remove_all(at.path("shard2"));
      const words command = s.shard(2, 3);
      INFO(place);
      REQUIRE(tests::die_at(at, command, place).code == killed);
      const ended early = s.merge(s.folders(3));
      CHECK(early.code == 2);
      CHECK(early.errors() == words{"V0755"});
      CHECK(early.says("the shard in '" + at.path("shard2") + "' is not done"));
      const ended e = tests::vigie(at, {"resume", "shard2"});
      INFO(e.err);
      CHECK(e.code == 0);
      s.merges_to_the_whole(3);
    }
  }
}

TEST_CASE("shards may be run and merged from other folders, and be moved") {
  const workplace at(tests::memory_folder());
  const shared_out s(at, put_ordered(at));
  s.run_all(2);
  fs::create_directory(at.path("else"));
  fs::rename(at.path("shard1"), at.path("else/one"));
  CHECK(s.merge({"shard2", "else/one"}).code == 0);
  CHECK(tests::visible(at, "merged") == s.whole);
  const workplace other(tests::memory_folder());
  const ended e = tests::vigie(
      other, {"merge", at.path("else/one"), at.path("shard2"), "--out", "merged", "--quiet"});
  INFO(e.err);
  CHECK(e.code == 0);
  CHECK(tests::visible(other, "merged") == s.whole);
}

TEST_CASE("shards that do not make up one run are not merged, and the reason is told") {
  const workplace at(tests::memory_folder());
  const shared_out s(at, put_ordered(at));
  s.run_all(3);
  const auto refused = [&](const words& shards, const std::string& code, const std::string& why) {
    const ended e = s.merge(shards);
    INFO(why << "\n" << e.err);
    CHECK(e.code == 2);
    CHECK(e.errors() == words{code});
    CHECK(e.says(why));
    CHECK_FALSE(at.has("merged"));
  };
  refused({"shard1", "shard3"}, "V0755", "is shard 1 of 3, but 2 folders are given");
  refused({"shard1", "shard2", "shard2"}, "V0755", "shard 2 is given twice");
  refused({"shard1", "shard2", "shard3", "shard3"}, "V0755", "but 4 folders are given");
  refused({"whole"}, "V0755", "there is no shard in");
  refused({"nowhere"}, "V0731", "there is no run in 'nowhere'");
  refused({"shard1", "shard2", "nowhere"}, "V0755", "there is no shard in");
  s.merges_to_the_whole(3);
}

TEST_CASE("a shard of another pipeline, parameter, split or input is not merged") {
  const workplace at(tests::memory_folder());
  const pipeline p = put_ordered(at);
  at.put("p.yaml",
         "vigie: 1\nname: dying\nparams: {least: {type: int, default: 0}}\n" +
             tests::text_of(sample::ordered).substr(std::string("vigie: 1\nname: dying\n").size()));
  const shared_out s(at, p);
  const auto refused = [&](const std::string& why) {
    const ended e = s.merge({"shard1", "shard2"});
    INFO(e.err);
    CHECK(e.code == 2);
    CHECK(e.errors() == words{"V0752"});
    CHECK(e.says("the shard in '" + at.path("shard2") + "' is of another run"));
    CHECK(e.says(why));
    CHECK_FALSE(at.has("merged"));
    fs::remove_all(at.path("shard2"));
  };
  const auto second = [&](const words& more) {
    fs::remove_all(at.path("shard2"));
    const ended e = tests::vigie(at, tests::joined({s.shard(2, 2), more}));
    INFO(e.err);
    REQUIRE(e.code == 0);
  };
  s.run_all(2);
  second({"--set", "least=1"});
  refused("'least'");
  shared_out other = s;
  other.of.options = tests::joined({tests::plugin_folders, {"--split", "600B"}});
  fs::remove_all(at.path("shard2"));
  REQUIRE(tests::vigie(at, other.shard(2, 2)).code == 0);
  refused("--split is 500 and was 600");
  const std::string b = at.get("in/b.jsonl"), text = at.get("p.yaml");
  at.put("in/b.jsonl", b + b);
  second({});
  at.put("in/b.jsonl", b);
  refused("'b.jsonl'");
  at.put("p.yaml", text + "# another\n");
  second({});
  at.put("p.yaml", text);
  refused("was edited");
  second({});
  CHECK(s.merge({"shard1", "shard2"}).code == 0);
}

TEST_CASE("a shard that is done is neither resumed nor verified, and not overwritten unasked") {
  const workplace at(tests::memory_folder());
  const shared_out s(at, put_ordered(at));
  s.run_all(2);
  for (const words& command :
       {words{"resume", "shard1"}, words{"verify", "shard1"}, s.shard(1, 2)}) {
    const ended e = tests::vigie(at, command);
    INFO(command[0] << "\n" << e.err);
    CHECK(e.code == 2);
    CHECK(e.errors() == words{"V0732"});
  }
  CHECK(tests::vigie(at, tests::joined({s.shard(1, 2), {"--force"}})).code == 0);
  s.merges_to_the_whole(2);
  for (const char* bad : {"0/2", "3/2", "1", "1/", "/2", "a/b", "1/2/3", "-1/2", "1/100001"})
    CHECK(tests::vigie(at, {"run", "p.yaml", "--shard", bad}).errors() == words{"V0902"});
  CHECK(tests::vigie(at, {"merge", "shard1", "shard2"}).errors() == words{"V0902"});
}

TEST_CASE("each generation takes what is new, and a file that is known by its bytes is not new") {
  const workplace at(tests::memory_folder());
  at.put("p.yaml", tests::text_of(sample::many));
  const words run = tests::joined({{"run", "p.yaml", "--since", "all"}, {"--split", "900B"}});
  const auto lines = [](int from, int to) { return tests::some_lines(from, to, false); };
  const auto generation = [&](const std::string& says) {
    const ended e = tests::vigie(at, run);
    INFO(e.err);
    CHECK(e.code == 0);
    CHECK(e.says(says));
    return e;
  };
  at.put("in/a.jsonl", lines(0, 20));
  at.put("in/b.jsonl", lines(20, 40));
  generation("2 inputs are new, 0 known");
  CHECK(at.has("all/all.jsonl"));
  // The same bytes under another name and with another time.
  fs::copy_file(at.path("in/a.jsonl"), at.path("in/c.jsonl"));
  at.put("in/d.jsonl", lines(40, 50));
  generation("1 input is new, 3 known");
  CHECK(std::ranges::count(at.get("all/g0002/all.jsonl"), '\n') == 10);
  at.put("in/b.jsonl", lines(20, 41));
  at.put("in/d.jsonl", lines(50, 40)); // empty
  at.put("in/e.jsonl", lines(40, 50)); // what d was
  generation("2 inputs are new, 3 known");
  CHECK(std::ranges::count(at.get("all/g0003/all.jsonl"), '\n') == 21);
  const auto files = at.files("all");
  const ended none = tests::vigie(at, run);
  INFO(none.err);
  CHECK(none.code == 0);
  CHECK(none.out.find("nothing new") != std::string::npos);
  CHECK(at.files("all") == files);
}

TEST_CASE("a generation that is not done blocks the next one, wherever in the row it is") {
  const workplace at(tests::memory_folder());
  at.put("p.yaml", tests::text_of(sample::many));
  const words run = tests::joined(
      {{"run", "p.yaml", "--since", "all", "--checkpoint", "0"}, {"--split", "900B"}});
  at.put("in/a.jsonl", tests::some_lines(0, 40, false));
  for (const char* folder : {"all", "all/g0002"}) {
    at.put("in/" + std::to_string(at.files("in").size()) + ".jsonl",
           tests::some_lines(static_cast<int>(at.files("in").size()) * 100,
                             static_cast<int>(at.files("in").size()) * 100 + 40, false));
    REQUIRE(tests::die_at(at, run, "journal.append.after:2").code == killed);
    const ended e = tests::vigie(at, run);
    INFO(e.err);
    CHECK(e.code == 2);
    CHECK(e.errors() == words{"V0732"});
    CHECK(e.says(std::string("vigie resume ") + folder));
    CHECK(tests::vigie(at, {"resume", folder}).code == 0);
    CHECK(at.has(std::string(folder) + "/all.jsonl"));
  }
  CHECK_FALSE(at.has("all/g0003"));
  CHECK(tests::vigie(at, run).out.find("nothing new") != std::string::npos);
}

TEST_CASE("--since is refused where it cannot tell what is new") {
  const workplace at(tests::memory_folder());
  at.put("p.yaml", tests::lines_pipeline{}.text());
  at.put("in.jsonl", tests::good_lines(0, 5));
  for (const words& more : {words{"--out", "x"}, words{"--shard", "1/2"}}) {
    const ended e = tests::vigie(at, tests::joined({{"run", "p.yaml", "--since", "all"}, more}));
    CHECK(e.code == 2);
    CHECK(e.errors() == words{"V0756"});
  }
  const std::string text = at.get("p.yaml");
  at.put("q.yaml", std::string(text).insert(text.find("steps:"), "run: {digest: none}\n"));
  REQUIRE(tests::vigie(at, {"run", "q.yaml", "--out", "blind"}).code == 0);
  const ended e = tests::vigie(at, {"run", "p.yaml", "--since", "blind"});
  INFO(e.err);
  CHECK(e.code == 2);
  CHECK(e.errors() == words{"V0756"});
}

TEST_CASE("a shard that could not be continued is refused before any work") {
  const tests::workplace at;
  at.put("in.jsonl", "{\"a\":1}\n");
  const std::string steps =
      "vigie: 1\nname: p\nparams: {in: {type: path, default: in.jsonl}}\nsteps:\n"
      "  - {name: in, use: core.read_jsonl, with: {files: \"${params.in}\", "
      "columns: [{name: a, type: int}]}}\n"
      "  - {name: out, use: core.write_jsonl, with: {file: o.jsonl}}\n";
  at.put("p.yaml", steps);
  for (const auto& more : {std::vector<std::string>{"--checkpoint", "none"}, {"--set", "in=-"}}) {
    std::vector<std::string> words{"run", "p.yaml", "--out", "out", "--quiet", "--shard", "1/2"};
    words.insert(words.end(), more.begin(), more.end());
    const tests::ended e = tests::vigie(at, words);
    CHECK(e.code == 2);
    CHECK(e.errors() == std::vector<std::string>{"V0755"});
    CHECK_FALSE(at.has("out"));
  }
}
