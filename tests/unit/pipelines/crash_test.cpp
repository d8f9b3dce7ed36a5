// SPDX-License-Identifier: Apache-2.0
// A process that dies at every place in turn where something of a run becomes durable: outputs are
// whole or not there, and the run is brought to the same bytes.
#include "catch.hpp"
#include "dying_samples.hpp"

#include <algorithm>
#include <functional>
#include <regex>
#include <set>

namespace {

using namespace std::string_literals;
using tests::job;
using tests::sample;
using tests::workplace;
using words = std::vector<std::string>;

constexpr int killed = 128 + SIGKILL;

// One command to die in, and the folder it starts from.
struct scene {
  std::string name;
  sample of;
  std::function<void(const workplace&, job&)> prepare = [](const workplace&, job&) {};
};

std::string first_error(const tests::ended& e) { return e.errors().empty() ? "" : e.errors()[0]; }

void must(const workplace& at, const words& command) {
  const tests::ended e = tests::vigie(at, command);
  INFO(e.err);
  REQUIRE(e.code == 0);
}

std::string shard_folder(int i) { return "shard" + std::to_string(i); }

// Old outputs are there, by a run over other inputs.
void over_old(const workplace& at, job& j) {
  const std::string whole = at.get("in/a.jsonl");
  at.put("in/a.jsonl", tests::some_lines(5, 9, false));
  must(at, j.words);
  at.put("in/a.jsonl", whole);
  j.words.emplace_back("--force");
}

// Outputs of a run over more inputs are there, some of which will not be made again.
void over_more(const workplace& at, job& j) {
  const std::string whole = at.get("in/a.jsonl");
  at.put("in/a.jsonl", whole + "{\"id\": 1, \"text\": \"a\", \"group\": \"gone\"}\n");
  must(at, j.words);
  REQUIRE(tests::visible(at, j.out).contains("gone/part-0001.jsonl"));
  at.put("in/a.jsonl", whole);
  j.words.emplace_back("--force");
}

// A run that died is there, which nobody wants to go on with.
void over_unfinished(const workplace& at, job& j) {
  REQUIRE(tests::die_at(at, j.words, "journal.append.after:3").code == killed);
  j.words.emplace_back("--force");
}

void a_shard(const workplace&, job& j) {
  j.words = tests::joined({j.words, {"--shard", "2/3"}});
  j.after.clear();
}

void a_merge(const workplace& at, job& j) {
  j.words = {"merge"};
  for (int i = 1; i <= 3; ++i) {
    must(at, tests::run_words(shard_folder(i), {"--shard", std::to_string(i) + "/3"}));
    j.words.push_back(shard_folder(i));
  }
  j.words = tests::joined({j.words, {"--out", "out"}, tests::durable_options});
}

// The next generation of a folder: the first knows one of the two inputs.
void what_is_new(const workplace& at, job& j) {
  const std::string later = at.get("in/b.jsonl");
  std::filesystem::remove(at.path("in/b.jsonl"));
  must(at, tests::run_words("all"));
  at.put("in/b.jsonl", later);
  j.words = tests::joined({{"run", "p.yaml", "--since", "all"}, tests::run_options});
  j.out = "all/g0002";
  const std::string known = at.get("in/a.jsonl");
  std::filesystem::remove(at.path("in/a.jsonl"));
  tests::put_copy(at, "nowhere", "reference");
  j.after = tests::reference(at);
  at.put("in/a.jsonl", known);
}

const std::vector<scene>& scenes() {
  static const std::vector<scene> all{{"ordered", sample::ordered},
                                      {"many", sample::many},
                                      {"routed", sample::routed},
                                      {"old outputs, ordered", sample::ordered, over_old},
                                      {"old outputs, many", sample::many, over_old},
                                      {"unfinished, many", sample::many, over_unfinished},
                                      {"shard, ordered", sample::ordered, a_shard},
                                      {"shard, routed", sample::routed, a_shard},
                                      {"merge, ordered", sample::ordered, a_merge},
                                      {"merge, many", sample::many, a_merge},
                                      {"since, routed", sample::routed, what_is_new},
                                      {"parts", sample::parts},
                                      {"runs", sample::runs},
                                      {"merge, runs", sample::runs, a_merge},
                                      {"more outputs, parts", sample::parts, over_more},
                                      {"merge, parts", sample::parts, a_merge}};
  return all;
}

// A scene that can be set up again and again.
struct stage {
  workplace at{tests::memory_folder()};
  job j;
  std::vector<std::string> places;

  explicit stage(const scene& s) {
    tests::put_sample(at, s.of);
    j.words = tests::run_words();
    j.after = tests::reference(at);
    s.prepare(at, j);
    j.before = tests::visible(at, j.out);
    keep();
    places = tests::places_of(at, j);
    if (!j.after.empty()) j.told = tests::told_of(at, j.out);
    INFO(s.name);
    REQUIRE(tests::wrong_at_end(at, j) == "");
    REQUIRE(places.size() > 20);
  }
  void keep() const { tests::put_copy(at, j.out, ".kept"); }
  void again() const { tests::put_copy(at, ".kept", j.out); }
};

// Dies in `command` at the place and brings the run to its end. Empty, or what is wrong.
std::string dies_well(const stage& s, const words& command, const std::string& place) {
  const tests::ended e = tests::die_at(s.at, command, place);
  if (e.code != killed) return "did not die but ended with " + std::to_string(e.code) + e.err;
  if (std::string wrong = tests::wrong_meanwhile(s.at, s.j); !wrong.empty()) return wrong;
  return tests::bring_to_end(s.at, s.j);
}

// The names of places that the sources of the host know, each before and after.
std::set<std::string> names_in_sources() {
  namespace fs = std::filesystem;
  static const std::regex made("(durable_act [a-z_]+|crash_point)\\(\"([a-z0-9_.]+)\"\\)");
  std::set<std::string> out;
  const workplace at;
  for (const auto& e : fs::recursive_directory_iterator(fs::path(VIGIE_SOURCE_DIR) / "host")) {
    if (e.path().extension() != ".cpp" && e.path().extension() != ".hpp") continue;
    fs::copy_file(e.path(), at.path("source"), fs::copy_options::overwrite_existing);
    const std::string text = at.get("source");
    for (std::sregex_iterator i(text.begin(), text.end(), made), end; i != end; ++i) {
      const std::string name = (*i)[2];
      if ((*i)[1] == "crash_point") {
        out.insert(name);
        continue;
      }
      out.insert(name + ".before");
      out.insert(name + ".after");
    }
  }
  return out;
}

} // namespace

TEST_CASE("wherever a command dies that writes to a folder, it is brought to the same bytes") {
  for (const scene& of : scenes()) {
    const stage s(of);
    for (std::size_t i = 0; i < s.places.size(); i += tests::stride) {
      s.again();
      INFO(of.name << " at " << s.places[i]);
      CHECK(dies_well(s, s.j.words, s.places[i]) == "");
    }
  }
}

TEST_CASE("wherever `vigie resume` dies, another one brings the run to the same bytes") {
  const words resume = words{"resume", "out", "--quiet", "--threads", "2", "--checkpoint", "0"};
  for (const sample of :
       {sample::ordered, sample::many, sample::routed, sample::parts, sample::runs}) {
    stage s({"", of});
    for (const std::string& first :
         {"journal.append.after:1"s, "journal.append.before:4"s, "output.rename.after:5"s}) {
      tests::put_copy(s.at, "nowhere", "out");
      REQUIRE(tests::die_at(s.at, s.j.words, first).code == killed);
      REQUIRE(tests::has_journal(s.at, s.j));
      s.keep();
      job going = s.j;
      going.words = resume;
      const std::vector<std::string> places = tests::places_of(s.at, going);
      CHECK(places.size() > 5);
      for (std::size_t i = 0; i < places.size(); i += tests::stride) {
        s.again();
        INFO(static_cast<int>(of) << ": died at " << first << ", then at " << places[i]);
        CHECK(dies_well(s, resume, places[i]) == "");
      }
    }
  }
}

TEST_CASE("a run that dies again and again, each time a little later, comes to its end") {
  const stage s({"", sample::many});
  s.again();
  REQUIRE(tests::die_at(s.at, s.j.words, "journal.create.after:1").code == killed);
  // Five units and the list of what is to be renamed, one in each life; then one rename in each.
  constexpr int records = 6;
  int deaths = 0;
  for (; deaths < 50 && tests::has_journal(s.at, s.j); ++deaths) {
    const tests::ended e =
        tests::die_at(s.at, {"resume", "out", "--quiet", "--checkpoint", "0"},
                      deaths < records ? "journal.append.after:1" : "output.rename.after:1");
    INFO(e.err);
    const bool ends = e.code == killed || e.code == 0;
    CHECK(ends);
    CHECK(tests::wrong_meanwhile(s.at, s.j) == "");
  }
  CHECK(deaths > records + 4);
  CHECK(tests::wrong_at_end(s.at, s.j) == "");
}

TEST_CASE("what was settled is not done again: a resume takes over as many units as were durable") {
  for (const sample of :
       {sample::ordered, sample::many, sample::routed, sample::parts, sample::runs}) {
    const stage s({"", of});
    for (int settled = 0; settled <= 5; ++settled) {
      tests::put_copy(s.at, "nowhere", "out");
      const std::string place = settled == 0 ? "journal.create.after:1"
                                             : "journal.append.after:" + std::to_string(settled);
      REQUIRE(tests::die_at(s.at, s.j.words, place).code == killed);
      const tests::ended e = tests::vigie(s.at, {"resume", "out"});
      INFO(e.err << e.out);
      CHECK(e.code == 0);
      CHECK(e.says("went on with the run: " + std::to_string(settled) + " of "));
      CHECK(tests::wrong_at_end(s.at, s.j) == "");
    }
  }
}

TEST_CASE("a run with `--checkpoint none` that dies begins again, and one that commits goes on") {
  stage s({"", sample::many});
  for (std::string& w : s.j.words)
    if (w == "0") w = "none";
  s.again();
  const std::vector<std::string> places = tests::places_of(s.at, s.j);
  CHECK(places.size() > 20);
  for (std::size_t i = 0; i < places.size(); i += tests::stride) {
    s.again();
    INFO(places[i]);
    CHECK(dies_well(s, s.j.words, places[i]) == "");
  }
}

TEST_CASE("every place that the sources name is one where these tests die") {
  std::set<std::string> passed;
  for (const scene& of : scenes())
    for (const std::string& place : stage(of).places)
      passed.insert(place.substr(0, place.rfind(':')));
  const std::set<std::string> named = names_in_sources();
  CHECK(named.size() > 10);
  CHECK(passed == named);
}

TEST_CASE("a place that does not exist is passed by no run, and one that is none is refused") {
  const stage s({"", sample::many});
  s.again();
  CHECK(tests::die_at(s.at, s.j.words, "no.such.place:1").code == 0);
  s.again();
  const tests::ended e = tests::die_at(s.at, s.j.words, "nonsense");
  CHECK(e.code == 2);
  CHECK(first_error(e) == "V0519");
}
