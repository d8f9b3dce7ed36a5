// SPDX-License-Identifier: Apache-2.0
#include "io/lock.hpp"
#include "run_folder.hpp"
#include "runs/clean.hpp"
#include "runs/list.hpp"

using vigie::code;
using vigie::runs::folder;
using vigie::runs::state;
using texts = std::vector<std::string>;

namespace {

state state_of(const folder& f) {
  const auto seen = vigie::runs::look_at(f);
  INFO((seen ? "" : vigie::render(seen.error())));
  REQUIRE(seen);
  return seen->is;
}

code refusal_of(const folder& f) {
  const auto seen = vigie::runs::look_at(f);
  REQUIRE_FALSE(seen);
  CHECK_FALSE(seen.error().place.file.empty());
  return seen.error().code;
}

// A run that stopped at the end of these records, with parts and half an output.
folder put_dead_run(const scratch& s, const std::string& out, const texts& records) {
  tests::put_journal(s, out, tests::bare_manifest(s.path()), records);
  s.put(out + "/.vigie/work/parts/0001", "12345");
  s.put(out + "/.vigie/work/write.part", "123");
  s.put(out + "/.vigie/lock", "");
  return {s.path(out)};
}

} // namespace

TEST_CASE("the records of a journal tell the state of a run") {
  const std::vector<std::pair<texts, state>> cases{
      {{}, state::unfinished},
      {{R"({"settled": 3})", R"({"settled": 5, "bytes": 7})"}, state::unfinished},
      {{R"({"settled": 5})", R"({"prepared": true})"}, state::committing},
      {{R"({"prepared": {}})", R"({"committed": true})"}, state::finished},
      {{R"({"settled": 5})", R"({"shard_done": true})"}, state::shard},
      {{R"({"something_new": true})"}, state::unfinished},
  };
  for (const auto& [records, is] : cases) {
    const scratch s;
    const folder f = put_dead_run(s, "out", records);
    const auto seen = vigie::runs::look_at(f);
    REQUIRE(seen);
    CHECK(seen->is == is);
    REQUIRE(seen->of);
    CHECK(seen->of == tests::bare_manifest(s.path()));
    CHECK(seen->leftovers == (is == state::finished));
    if (!records.empty() && records[0] != R"({"something_new": true})")
      CHECK(seen->settled == (records[0] == R"({"prepared": {}})" ? 0U : 5U));
  }
}

TEST_CASE("a folder without a journal holds a finished run or none") {
  const scratch s;
  CHECK(state_of({s.path("nowhere")}) == state::none);
  s.put("file", "x");
  CHECK(state_of({s.path("file")}) == state::none);
  s.put("empty/.vigie/lock", "");
  CHECK(state_of({s.path("empty")}) == state::none);
  const folder f = tests::put_run(s, "out", {{"a.txt", "a\n"}});
  const auto seen = vigie::runs::look_at(f);
  REQUIRE(seen);
  CHECK(seen->is == state::finished);
  CHECK_FALSE(seen->leftovers);
  CHECK(seen->of->outputs.size() == 1);
  s.put("out/.vigie/work/x", "x");
  CHECK(vigie::runs::look_at(f)->leftovers);
}

TEST_CASE("a journal speaks before the manifest of the run that was there before") {
  const scratch s;
  const folder f = tests::put_run(s, "out", {{"a.txt", "a\n"}});
  put_dead_run(s, "out", {R"({"settled": 1})"});
  const auto seen = vigie::runs::look_at(f);
  REQUIRE(seen);
  CHECK(seen->is == state::unfinished);
  CHECK(seen->of->outputs.empty());
  std::filesystem::remove(f.journal());
  put_dead_run(s, "out", {R"({"committed": true})"});
  const auto done = vigie::runs::look_at(f);
  CHECK(done->is == state::finished);
  CHECK(done->of->outputs.size() == 1);
}

TEST_CASE("a run whose lock another open holds is running, whatever else is there") {
  const scratch s;
  for (const char* record : {R"({"settled": 1})", R"({"prepared": 1})", R"({"committed": 1})"}) {
    std::filesystem::remove_all(s.path("out"));
    const folder f = put_dead_run(s, "out", {record});
    {
      const auto held = vigie::io::file_lock::take(f.lock());
      REQUIRE(held);
      REQUIRE(*held);
      CHECK(state_of(f) == state::running);
      const auto inside = vigie::runs::look_inside(f);
      REQUIRE(inside);
      CHECK(inside->is != state::running);
    }
    CHECK(state_of(f) != state::running);
  }
  CHECK(name_of(state::committing) == "committing");
}

TEST_CASE("a journal whose records say nothing sound is damaged, and said where") {
  const scratch s;
  const std::vector<texts> bad{{"{"},
                               {"3"},
                               {R"({"settled": "3"})"},
                               {R"({"settled": -1})"},
                               {R"({"settled": 5})", R"({"settled": 4})"}};
  for (const texts& records : bad) {
    std::filesystem::remove_all(s.path("out"));
    INFO(records.back());
    CHECK(refusal_of(put_dead_run(s, "out", records)) == code::run_journal_damaged);
  }
  const auto head = [&](const std::string& first) {
    std::filesystem::remove_all(s.path("out"));
    const folder f{s.path("out")};
    REQUIRE(vigie::runs::journal::create(f.journal(), first));
    return refusal_of(f);
  };
  CHECK(head("{") == code::run_journal_damaged);
  CHECK(head(R"({"vigie_journal": 2, "run": {}})") == code::run_journal_damaged);
  CHECK(head(R"({"vigie_journal": 1})") == code::run_journal_damaged);
  CHECK(head(R"({"vigie_journal": 1, "run": {}})") == code::run_manifest_damaged);
  CHECK(head(R"({"vigie_journal": 1, "run": 3})") == code::run_manifest_damaged);
  s.put("cut/.vigie/journal", "");
  CHECK(refusal_of({s.path("cut")}) == code::run_journal_damaged);
  s.put("bad/.vigie/manifest.json", "{}");
  CHECK(refusal_of({s.path("bad")}) == code::run_manifest_damaged);
}

TEST_CASE("runs are found to a depth of four, in byte order, and links lead nowhere") {
  const scratch s;
  tests::put_run(s, "b", {});
  tests::put_run(s, "b/2", {});
  tests::put_run(s, "b-1", {});
  tests::put_run(s, "1/2/3/4", {});
  tests::put_run(s, "1/2/3/4/5", {});
  put_dead_run(s, ".hidden/c", {R"({"settled": 7})"});
  s.put("empty/.vigie/lock", "");
  s.put("damaged/.vigie/manifest.json", "{");
  std::filesystem::create_directory_symlink(s.path("b"), s.path("link"));
  std::filesystem::create_directory_symlink(s.path(), s.path("b/loop"));
  std::filesystem::create_directory(s.path("trick"));
  std::filesystem::create_directory_symlink(s.path("b/.vigie"), s.path("trick/.vigie"));
  const auto list = vigie::runs::list_runs(s.path());
  REQUIRE(list);
  texts found, problems;
  for (const auto& r : *list) {
    found.push_back(r.out.substr(s.path().size()));
    if (r.problem) problems.push_back(found.back());
    if (found.back() == "/.hidden/c") CHECK(r.seen.settled == 7);
  }
  CHECK(found == texts{"/.hidden/c", "/1/2/3/4", "/b", "/b-1", "/b/2", "/damaged"});
  CHECK(problems == texts{"/damaged"});
  const auto self = vigie::runs::list_runs(s.path("b"));
  REQUIRE(self);
  CHECK(self->size() == 2);
  CHECK(self->front().out == s.path("b"));
  const auto none = vigie::runs::list_runs(s.path("nowhere"));
  REQUIRE_FALSE(none);
  CHECK(none.error().code == code::input_not_found);
}

TEST_CASE("cleaning takes the work of a dead run away and nothing else") {
  const scratch s;
  const folder f = tests::put_run(s, "out", {{"a.txt", "a\n"}, {"deep/b.txt", "b\n"}});
  s.put("out/.vigie/report.json", "{}");
  s.put("out/.vigie/other", "x");
  s.put("out/work/mine", "x");
  s.put("elsewhere/x", "x");
  put_dead_run(s, "out", {R"({"settled": 1})"});
  s.put("out/.vigie/.journal.tmp", "12");
  std::filesystem::create_directory_symlink(s.path("elsewhere"), f.work() + "/link");
  const auto journal_bytes = std::filesystem::file_size(f.journal());
  const auto gone = vigie::runs::clean(f);
  REQUIRE(gone);
  REQUIRE(gone->size() == 3);
  CHECK(gone->at(0).path == f.journal());
  CHECK(gone->at(0).bytes == journal_bytes);
  CHECK(gone->at(1).path == f.own() + "/.journal.tmp");
  CHECK(gone->at(2).path == f.work());
  CHECK(gone->at(2).files == 3); // two parts and the link
  CHECK(gone->at(2).bytes == 8);
  CHECK(s.names("out/.vigie") == texts{"lock", "manifest.json", "other", "report.json"});
  CHECK(s.names("out") == texts{".vigie", "a.txt", "deep", "work"});
  CHECK(s.names("elsewhere") == texts{"x"});
  CHECK(state_of(f) == state::finished);
  CHECK(vigie::runs::clean(f)->empty());
}

TEST_CASE("cleaning a folder without leftovers changes nothing there") {
  const scratch s;
  std::filesystem::create_directory(s.path("plain"));
  CHECK(vigie::runs::clean({s.path("plain")})->empty());
  CHECK(s.names("plain").empty());
  const folder f = tests::put_run(s, "out", {});
  CHECK(vigie::runs::clean(f)->empty());
  CHECK(s.names("out/.vigie") == texts{"manifest.json"});
  std::filesystem::create_directory_symlink(f.own(), s.path("plain/.vigie"));
  s.put("out/.vigie/work/x", "x");
  CHECK(vigie::runs::clean({s.path("plain")})->empty());
  CHECK(std::filesystem::exists(f.work() + "/x"));
}

TEST_CASE("cleaning refuses what runs, what only waits for its names, and what is not there") {
  const scratch s;
  const auto refusal = [&](const std::string& out) {
    const auto gone = vigie::runs::clean({s.path(out)});
    REQUIRE_FALSE(gone);
    return gone.error().code;
  };
  CHECK(refusal("nowhere") == code::run_none);
  const folder f = put_dead_run(s, "committing", {R"({"prepared": true})"});
  CHECK(refusal("committing") == code::run_unfinished);
  put_dead_run(s, "shard", {R"({"shard_done": true})"});
  CHECK(refusal("shard") == code::run_unfinished);
  const folder dead = put_dead_run(s, "running", {R"({"settled": 1})"});
  {
    const auto held = vigie::io::file_lock::take(dead.lock());
    REQUIRE(*held);
    CHECK(refusal("running") == code::run_in_progress);
  }
  for (const folder& kept : {f, dead}) {
    CHECK(std::filesystem::exists(kept.journal()));
    CHECK(std::filesystem::exists(kept.parts() + "/0001"));
  }
  CHECK(vigie::runs::clean(dead)->size() == 2);
}

TEST_CASE("a journal that is damaged can be cleaned away") {
  const scratch s;
  const folder f = put_dead_run(s, "out", {R"({"settled": 1})"});
  s.put("out/.vigie/journal", "nonsense\nmore\n");
  REQUIRE_FALSE(vigie::runs::look_at(f));
  CHECK(vigie::runs::clean(f)->size() == 2);
  CHECK(state_of(f) == state::none);
}
