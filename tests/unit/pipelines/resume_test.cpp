// SPDX-License-Identifier: Apache-2.0
// `vigie resume`: it goes on with the run that died and with no other one, wherever that lies and
// from wherever it is called; and what else is tried in the folder of such a run.
#include "catch.hpp"
#include "dying_samples.hpp"
#include "io/lock.hpp"

#include <chrono>
#include <regex>
#include <thread>

namespace {

namespace fs = std::filesystem;
using tests::ended;
using tests::sample;
using tests::workplace;
using words = std::vector<std::string>;

constexpr int killed = 128 + SIGKILL;

// A run that died with three of its five units settled.
struct dead_run {
  workplace at{tests::memory_folder()};
  tests::job j;

  explicit dead_run(sample s = sample::many, const std::string& died_at = "journal.append.after:3",
                    const words& more = {}) {
    tests::put_sample(at, s);
    j.words = tests::run_words("out", more);
    die(died_at);
  }
  void die(const std::string& place) {
    tests::put_copy(at, "nowhere", "reference");
    j.after = tests::reference(at);
    fs::remove_all(at.path("out"));
    REQUIRE(tests::die_at(at, j.words, place).code == killed);
    REQUIRE(tests::has_journal(at, j));
  }
  [[nodiscard]] ended resume(const words& more = {}) const {
    return tests::vigie(at, tests::joined({{"resume", "out"}, more}));
  }
  // Is refused with this code and these words, and has changed nothing.
  void refuses(const std::string& code, const std::string& why) const {
    const auto files = at.files("out");
    const ended e = resume();
    INFO(e.err);
    CHECK(e.code == 2);
    CHECK(e.errors() == words{code});
    CHECK(e.says(why));
    CHECK(at.files("out") == files);
  }
  void comes_to_its_end(const words& more = {}) const {
    const ended e = resume(more);
    INFO(e.err << e.out);
    CHECK(e.code == 0);
    CHECK(tests::wrong_at_end(at, j) == "");
  }
};

// Stopped while it read, or between two reads.
bool is_interrupted(const ended& e) {
  return e.errors() == words{"V0702"} || e.errors() == words{"V0515"};
}

std::string replaced(std::string in, const std::string& what, const std::string& by) {
  const std::size_t at = in.find(what);
  REQUIRE(at != std::string::npos);
  return in.replace(at, what.size(), by);
}

} // namespace

TEST_CASE("a run is not gone on with when an input has other bytes, and is once they are back") {
  const dead_run d;
  const std::string a = d.at.get("in/a.jsonl");
  d.at.put("in/a.jsonl", replaced(a, "row 3", "row 4")); // in a unit that is settled
  {
    const ended e = d.resume();
    INFO(e.err);
    CHECK(e.code == 2);
    CHECK(e.errors() == words{"V0752"});
    CHECK(e.says("'in/a.jsonl' has other bytes from 0 to "));
    CHECK(tests::visible(d.at, "out").empty());
  }
  d.at.put("in/a.jsonl", a + a);
  d.refuses("V0752", "input 'a.jsonl' has " + std::to_string(2 * a.size()) + " bytes and had " +
                         std::to_string(a.size()));
  d.at.put("in/a.jsonl", a);
  d.comes_to_its_end();
}

TEST_CASE("a run is not gone on with when its list of inputs is another one") {
  const dead_run d;
  d.at.put("in/c.jsonl", "");
  d.refuses("V0752", "there are 3 inputs and were 2");
  fs::rename(d.at.path("in/a.jsonl"), d.at.path("in/c.jsonl"));
  d.refuses("V0752", "the inputs are others: 'b.jsonl' stands where 'a.jsonl' was");
  fs::rename(d.at.path("in/c.jsonl"), d.at.path("in/a.jsonl"));
  d.comes_to_its_end();
}

TEST_CASE("a run is not gone on with when its pipeline was edited") {
  const dead_run d;
  const std::string p = d.at.get("p.yaml");
  for (const std::string& edited : {p + "# nothing\n", replaced(p, "all.csv.gz", "all.csv"),
                                    replaced(p, "name: text", "name: id2, path: id")}) {
    d.at.put("p.yaml", edited);
    d.refuses("V0752", "the pipeline file 'p.yaml' was edited");
  }
  fs::remove(d.at.path("p.yaml"));
  CHECK(d.resume().errors() == words{"V0501"});
  d.at.put("p.yaml", p);
  d.comes_to_its_end();
}

TEST_CASE("a run takes its parameters and its size of splits along, so a resume needs none") {
  dead_run d(sample::ordered);
  d.at.put("p.yaml", replaced(d.at.get("p.yaml"),
                              "steps:", "params: {from: {type: path, list: true}}\nsteps:"));
  d.at.put("p.yaml", replaced(d.at.get("p.yaml"), "\"in/*.jsonl\"", "\"${params.from}\""));
  d.j.after.clear();
  d.j.words = tests::run_words("out", {"--set", "from=in/b.jsonl"});
  fs::remove_all(d.at.path("out"));
  REQUIRE(tests::die_at(d.at, d.j.words, "journal.append.after:1").code == killed);
  const ended e = d.resume();
  INFO(e.err);
  CHECK(e.code == 0);
  CHECK(e.says("went on with the run: 1 of 5 units"));
  CHECK(d.at.get("out/lines.txt").find("row 94") != std::string::npos);
  CHECK(d.at.get("out/lines.txt").find("row 59") == std::string::npos);
  for (const char* option : {"--split", "--set", "--out", "--force", "--shard"})
    CHECK(d.resume({option, "1"}).errors() == words{"V0902"});
}

TEST_CASE("a run is not gone on with when a plugin is another file now") {
  const workplace at(tests::memory_folder());
  tests::put_sample(at, sample::ordered);
  fs::create_directory(at.path("own"));
  for (const auto& e : fs::directory_iterator(VIGIE_EXAMPLES))
    if (e.path().stem() == "tally" && e.is_regular_file())
      fs::copy_file(e.path(), at.path("own/") + e.path().filename().string());
  const words run = {"run",          "p.yaml", "--out",   "out",  "--plugin-dir", "own",
                     "--checkpoint", "0",      "--split", "900B", "--quiet"};
  REQUIRE(tests::die_at(at, run, "journal.append.after:3").code == killed);
  const std::string so = at.get("own/tally.so");
  at.put("own/tally.new", so + "more");
  fs::rename(at.path("own/tally.new"), at.path("own/tally.so"));
  const ended e = tests::vigie(at, {"resume", "out"});
  INFO(e.err);
  CHECK(e.code == 2);
  CHECK(e.errors() == words{"V0752"});
  CHECK(e.says("plugin 'tally' is another file now"));
  at.put("own/tally.new", so);
  fs::rename(at.path("own/tally.new"), at.path("own/tally.so"));
  CHECK(tests::vigie(at, {"resume", "out"}).code == 0);
}

TEST_CASE("a run is not gone on with when a side table that it read has other bytes") {
  const workplace at(tests::memory_folder());
  const std::string pages = VIGIE_SOURCE_DIR "/pipelines/press/";
  fs::copy(pages + "samples", at.path("samples"));
  fs::copy_file(pages + "timeline.yaml", at.path("p.yaml"));
  const words run{"run",  "p.yaml",    "--out", "out",          "--quiet", "--split",
                  "512B", "--threads", "2",     "--checkpoint", "0"};
  REQUIRE(tests::vigie(at, run).code == 0);
  const tests::bytes_by_name whole = tests::visible(at, "out");
  fs::remove_all(at.path("out"));
  REQUIRE(tests::die_at(at, run, "journal.append.after:4").code == killed);
  const std::string given = at.get("samples/given.csv");
  at.put("samples/given.csv", given + "\n");
  const ended e = tests::vigie(at, {"resume", "out"});
  INFO(e.err);
  CHECK(e.code == 2);
  CHECK(e.errors() == words{"V0752"});
  CHECK(e.says("given.csv"));
  at.put("samples/given.csv", given);
  CHECK(tests::vigie(at, {"resume", "out"}).code == 0);
  CHECK(tests::visible(at, "out") == whole);
}

TEST_CASE("an input that was only touched or copied is the same one") {
  const dead_run d;
  fs::last_write_time(d.at.path("in/a.jsonl"),
                      fs::last_write_time(d.at.path("in/a.jsonl")) - std::chrono::hours(1));
  fs::copy_file(d.at.path("in/b.jsonl"), d.at.path("copy"));
  fs::rename(d.at.path("copy"), d.at.path("in/b.jsonl"));
  d.comes_to_its_end();
}

TEST_CASE("without digests a commit that died between its renames is gone on with") {
  for (const char* place : {"output.rename.after:1", "output.rename.before:2"}) {
    CAPTURE(place);
    dead_run d;
    d.at.put("p.yaml", replaced(d.at.get("p.yaml"), "steps:", "run: {digest: none}\nsteps:"));
    d.die(place);
    d.comes_to_its_end();
  }
}

TEST_CASE("without digests a touched input is not known any more, and an untouched one is") {
  dead_run d;
  d.at.put("p.yaml", replaced(d.at.get("p.yaml"), "steps:", "run: {digest: none}\nsteps:"));
  d.die("journal.append.after:3");
  SECTION("untouched") { d.comes_to_its_end(); }
  SECTION("touched") {
    fs::last_write_time(d.at.path("in/a.jsonl"),
                        fs::last_write_time(d.at.path("in/a.jsonl")) - std::chrono::hours(1));
    const ended e = d.resume();
    INFO(e.err);
    CHECK(e.errors() == words{"V0752"});
    CHECK(e.says("without digests nobody can tell"));
  }
}

TEST_CASE("a run is gone on with from another folder, by another path, and after it was moved") {
  const dead_run d(sample::ordered);
  fs::create_directories(d.at.path("else/where"));
  SECTION("by an absolute path") {
    CHECK(tests::vigie(d.at, {"resume", d.at.path("out")}).code == 0);
  }
  SECTION("from another folder") {
    const std::string here = fs::current_path().string();
    const workplace other(tests::memory_folder());
    CHECK(tests::vigie(other, {"resume", d.at.path("out")}).code == 0);
    CHECK(other.files().empty());
    CHECK(fs::current_path().string() == here);
  }
  SECTION("by a way through other folders") {
    CHECK(tests::vigie(d.at, {"resume", "else/../out"}).code == 0);
  }
  SECTION("moved") {
    fs::rename(d.at.path("out"), d.at.path("else/where/moved"));
    CHECK(tests::vigie(d.at, {"resume", "else/where/moved"}).code == 0);
    fs::rename(d.at.path("else/where/moved"), d.at.path("out"));
  }
  CHECK(tests::wrong_at_end(d.at, d.j) == "");
}

TEST_CASE("a run over an unfinished one is refused, and by force it begins anew") {
  const dead_run d;
  const ended e = tests::vigie(d.at, d.j.words);
  INFO(e.err);
  CHECK(e.code == 2);
  CHECK(e.errors() == words{"V0732"});
  CHECK(e.says("vigie resume out"));
  CHECK(tests::vigie(d.at, {"verify", "out"}).errors() == words{"V0732"});
  // Another pipeline may take the place, too; nothing of the dead run gets into it.
  tests::put_sample(d.at, sample::routed);
  const words anew = tests::joined({d.j.words, {"--force"}});
  CHECK(tests::vigie(d.at, anew).code == 0);
  tests::put_copy(d.at, "nowhere", "reference");
  tests::job other{.words = anew, .after = tests::reference(d.at)};
  CHECK(tests::wrong_at_end(d.at, other) == "");
}

TEST_CASE("of two processes in one folder the second is turned away, whatever it wants to do") {
  const dead_run d;
  const auto files = d.at.files("out");
  {
    const auto held = vigie::io::file_lock::take(d.at.path("out/.vigie/lock"));
    REQUIRE(held);
    REQUIRE(*held);
    for (const words& command : {words{"resume", "out"}, d.j.words,
                                 tests::joined({d.j.words, {"--force"}}), words{"clean", "out"}}) {
      const ended e = tests::vigie(d.at, command);
      INFO(e.err);
      CHECK(e.code == 2);
      CHECK(e.errors() == words{"V0733"});
      CHECK(d.at.files("out") == files);
    }
  }
  d.comes_to_its_end();
}

TEST_CASE("a run that waits for its input keeps its folder for itself") {
  const workplace at(tests::memory_folder());
  at.put("in.jsonl", tests::good_lines(0, 3));
  at.put("p.yaml", tests::lines_pipeline{.files = "-"}.text());
  at.put("q.yaml", tests::lines_pipeline{}.text());
  tests::child first(at, {"run", "p.yaml", "--out", "out", "--quiet"}, {.keep_stdin = true});
  REQUIRE(first.feed(tests::good_lines(0, 10)));
  REQUIRE(first.waits_for_input());
  const workplace apart(tests::memory_folder()); // what the second one says goes elsewhere
  const ended second =
      tests::vigie(apart, {"run", at.path("q.yaml"), "--set", "out=" + at.path("out")});
  INFO(second.err);
  CHECK(second.code == 2);
  CHECK(second.errors() == words{"V0733"});
  first.close_input();
  CHECK(first.wait().code == 0);
  CHECK(at.get("out/all.jsonl").find("\"id\":9") != std::string::npos);
}

TEST_CASE("an interrupt leaves a run that is gone on with") {
  const workplace at(tests::memory_folder());
  at.put("p.yaml", tests::lines_pipeline{}.text());
  at.put("in.jsonl", tests::good_lines(0, 400'000));
  const words run{"run",  "p.yaml",    "--out", "out",          "--quiet", "--split",
                  "2KiB", "--threads", "2",     "--checkpoint", "0"};
  tests::child child(at, run);
  // Thousands of units are to come once the first ones are in the journal.
  const std::string journal = at.path("out/.vigie/journal");
  std::error_code none;
  for (std::uintmax_t bytes = 0; none || bytes < 8192; bytes = fs::file_size(journal, none))
    std::this_thread::yield();
  child.signal(GENERATE(SIGINT, SIGTERM));
  const ended e = child.wait();
  INFO(e.err);
  CHECK(e.code == 1);
  CHECK(is_interrupted(e));
  CHECK(e.says("`vigie resume out` goes on with this run"));
  CHECK(tests::visible(at, "out").empty());
  const ended rest = tests::vigie(at, {"resume", "out"});
  INFO(rest.err);
  CHECK(rest.code == 0);
  CHECK_FALSE(rest.says("went on with the run: 0 of"));
  const tests::bytes_by_name whole = tests::visible(at, "out");
  CHECK(tests::vigie(at, {"run", "p.yaml", "--out", "ref", "--quiet"}).code == 0);
  CHECK(whole == tests::visible(at, "ref"));
}

TEST_CASE("standard input cannot be read again, so an interrupted run of it leaves nothing") {
  const workplace at(tests::memory_folder());
  at.put("p.yaml", tests::lines_pipeline{.files = "-"}.text());
  tests::child child(at, {"run", "p.yaml", "--out", "out", "--quiet", "--checkpoint", "0"},
                     {.keep_stdin = true});
  REQUIRE(child.feed(tests::good_lines(0, 1000)));
  REQUIRE(child.waits_for_input());
  child.signal(SIGINT);
  const ended e = child.wait();
  INFO(e.err);
  CHECK(is_interrupted(e));
  CHECK_FALSE(e.says("vigie resume"));
  CHECK(tests::nothing_left(at));
}

TEST_CASE("there is nothing to resume in a folder without a run and in one whose run is done") {
  const workplace at(tests::memory_folder());
  tests::put_sample(at, sample::many);
  fs::create_directory(at.path("empty"));
  for (const char* out : {"nowhere", "empty", "p.yaml"}) {
    const ended e = tests::vigie(at, {"resume", out});
    INFO(out << "\n" << e.err);
    CHECK(e.code == 2);
    CHECK(e.errors() == words{"V0731"});
  }
  CHECK_FALSE(at.has("nowhere"));
  CHECK(at.files("empty").empty());
  REQUIRE(tests::vigie(at, tests::run_words()).code == 0);
  const auto files = at.files("out");
  const ended e = tests::vigie(at, {"resume", "out"});
  CHECK(e.code == 2);
  CHECK(e.errors() == words{"V0757"});
  CHECK(at.files("out") == files);
}

TEST_CASE("a journal that is damaged stops a resume; one that is torn at its end does not") {
  const dead_run d;
  const std::string whole = d.at.get("out/.vigie/journal");
  for (std::size_t at = 0; at < whole.size() / 2; at += 1 + whole.size() / 40) {
    std::string bent = whole;
    bent[at] = static_cast<char>(bent[at] ^ 0x20);
    d.at.put("out/.vigie/journal", bent);
    const ended e = d.resume();
    INFO(at << " of " << whole.size() << "\n" << e.err);
    CHECK(e.code == 2);
    CHECK(e.errors() == words{"V0721"});
  }
  d.at.put("out/.vigie/journal", "");
  CHECK(d.resume().errors() == words{"V0721"});
  d.at.put("out/.vigie/journal", whole.substr(0, whole.size() - 3));
  d.comes_to_its_end();
}

TEST_CASE("parts that are damaged, too short or gone stop a resume") {
  const dead_run d(sample::ordered);
  const std::string parts = "out/.vigie/work/parts", whole = d.at.get(parts);
  REQUIRE(whole.size() > 100);
  const auto code = [&] {
    const ended e = d.resume();
    INFO(e.err);
    CHECK(e.code != 0);
    CHECK(tests::visible(d.at, "out").empty());
    CHECK(e.errors().size() == 1);
    return e.errors().empty() ? "" : e.errors()[0];
  };
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{9}, whole.size() / 3, whole.size() / 2}) {
    std::string bent = whole;
    bent[at] = static_cast<char>(bent[at] ^ 1);
    d.at.put(parts, bent);
    INFO(at);
    CHECK(code() == "V0753");
  }
  d.at.put(parts, whole.substr(0, 20));
  CHECK(code() == "V0722");
  fs::remove(d.at.path(parts));
  const std::string gone = code();
  INFO(gone);
  CHECK(gone.starts_with("V0"));
  d.at.put(parts, whole);
  d.comes_to_its_end();
}

TEST_CASE("an unfinished output that is gone or too short stops a resume, one that grew does not") {
  const dead_run d;
  const std::string part = "out/.vigie/work/write_jsonl.part", whole = d.at.get(part);
  REQUIRE(whole.size() > 10);
  d.at.put(part, whole.substr(0, whole.size() / 2));
  const ended torn = d.resume();
  INFO(torn.err);
  CHECK(torn.errors() == words{"V0722"});
  fs::remove(d.at.path(part));
  const ended gone = d.resume();
  INFO(gone.err);
  CHECK(gone.code != 0);
  CHECK(gone.errors().size() == 1);
  CHECK(tests::visible(d.at, "out").empty());
  d.at.put(part, whole + "what was written behind the last checkpoint");
  d.comes_to_its_end();
}

TEST_CASE("an output that is lost or changed between its rename and the resume is missed") {
  const dead_run d(sample::many, "output.rename.after:6");
  const tests::bytes_by_name there = tests::visible(d.at, "out");
  REQUIRE_FALSE(there.empty());
  const auto& [name, bytes] = *there.begin();
  const auto misses = [&] {
    const ended e = d.resume();
    INFO(e.err);
    CHECK(e.code == 1);
    CHECK(e.errors() == words{"V0754"});
    CHECK(e.says(name));
  };
  fs::remove(d.at.path("out/" + name));
  misses();
  d.at.put("out/" + name, "changed");
  misses();
  d.at.put("out/" + name, bytes);
  d.comes_to_its_end();
}

TEST_CASE("a commit does not depend on inputs that are gone or changed since") {
  const dead_run d(sample::many, "output.rename.after:6");
  d.at.put("in/a.jsonl", replaced(d.at.get("in/a.jsonl"), "row 3", "row 4"));
  d.comes_to_its_end();
}

TEST_CASE(
    "a run that holds rows on disk is gone on with, whatever scratch files the dead one left") {
  const workplace at(tests::memory_folder());
  at.put("p.yaml",
         tests::lines_pipeline{.more = "  - use: core.sort\n    with: {by: [text desc]}\n"}.text());
  at.put("in.jsonl", tests::good_lines(0, 60'000));
  const words run{"run",     "p.yaml", "--out",     "out", "--quiet",      "--memory", "1MiB",
                  "--split", "128KiB", "--threads", "2",   "--checkpoint", "0"};
  REQUIRE(tests::die_at(at, run, "journal.append.after:12").code == killed);
  at.put("out/.vigie/work/spill/0", "of the dead");
  const ended e = tests::vigie(at, {"resume", "out", "--memory", "1MiB"});
  INFO(e.err);
  CHECK(e.code == 0);
  const tests::bytes_by_name whole = tests::visible(at, "out");
  CHECK(tests::vigie(at, {"run", "p.yaml", "--out", "ref", "--quiet"}).code == 0);
  CHECK(whole == tests::visible(at, "ref"));
}

TEST_CASE("a step that lacks a file or memory leaves a run to go on with, one with bad rows none") {
  const auto run = [](const workplace& at, const std::string& how) {
    at.put("in.jsonl", tests::good_lines(0, 100));
    at.put("p.yaml",
           tests::lines_pipeline{.more = "  - use: moody.fail\n    with: {how: " + how + "}\n"}
               .text());
    return tests::vigie(at, {"run", "p.yaml", "--out", "out", "--plugin-dir", VIGIE_MOODY});
  };
  for (const char* how : {"io", "resource"}) {
    const workplace at(tests::memory_folder());
    const ended e = run(at, how);
    INFO(e.err);
    CHECK(e.code == 1);
    CHECK(e.says("`vigie resume out` goes on with this run"));
    CHECK(at.has("out/.vigie/journal"));
    // It fails again, as nothing was mended, and can be gone on with as before.
    const ended again = tests::vigie(at, {"resume", "out"});
    INFO(again.err);
    CHECK(again.code == 1);
    CHECK(again.errors() == e.errors());
    CHECK(at.has("out/.vigie/journal"));
  }
  const workplace at(tests::memory_folder());
  const ended bad = run(at, "data");
  INFO(bad.err);
  CHECK(bad.code == 1);
  CHECK_FALSE(bad.says("vigie resume"));
  CHECK(tests::nothing_left(at));
}
