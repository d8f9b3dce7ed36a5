// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "program.hpp"

#include <algorithm>

namespace {

using tests::ended;

// A pipeline of one source, the hostile transform and a writer of all columns.
std::string pipeline(const std::string& mode, int rows = 1000) {
  return "vigie: 1\nname: contract\nsteps:\n"
         "  - {name: rows, use: watch.make, with: {rows: " +
         std::to_string(rows) +
         "}}\n"
         "  - {name: evil, use: hostile.transform, with: {mode: \"" +
         mode +
         "\"}}\n"
         "  - {name: kept, use: core.write_jsonl, with: {file: kept.jsonl, columns: [a, b, c]}}\n";
}

ended run_pipeline(const tests::scratch_folder& dir, const std::string& text) {
  tests::write_file(dir / "p.yaml", text);
  return tests::run({VIGIE_PROGRAM, "run", "p.yaml", "--plugin-dir", VIGIE_GOOD, "--out", "out"},
                    dir.path(), {{"XDG_CACHE_HOME", dir / "cache"}});
}

bool says(const ended& e, const std::string& text) { return e.err.find(text) != std::string::npos; }

} // namespace

TEST_CASE("a plugin that scribbles over all it is handed changes no column it did not add") {
  const tests::scratch_folder dir;
  REQUIRE(run_pipeline(dir, pipeline("none")).code == 0);
  const std::string clean = tests::read_file(dir / "out/kept.jsonl");
  REQUIRE(std::ranges::count(clean, '\n') == 1000);
  std::filesystem::remove_all(dir / "out");
  const ended e = run_pipeline(dir, pipeline("scribble"));
  INFO(e.err);
  REQUIRE(e.code == 0);
  CHECK(tests::read_file(dir / "out/kept.jsonl") == clean);
}

TEST_CASE("a plugin that loses one row in a million fails the run and leaves nothing") {
  const tests::scratch_folder dir;
  // Batches hold 16 Ki rows; only the last one, of 576, loses its last row: the loser waits for it.
  const ended e = run_pipeline(dir, pipeline("lose", 1'000'000));
  CHECK(e.code == 1);
  CHECK(says(e, "V0312"));
  CHECK_FALSE(std::filesystem::exists(dir / "out"));
}

TEST_CASE("a source is asked only for columns that somebody reads") {
  const tests::scratch_folder dir;
  const auto with = [&](const std::string& columns) {
    std::filesystem::remove_all(dir / "out");
    return run_pipeline(dir, "vigie: 1\nname: contract\nsteps:\n  - {name: rows, use: watch.make, "
                             "with: {forbidden: b}}\n"
                             "  - {use: core.filter, with: {where: \"a > 3\"}}\n"
                             "  - {use: core.write_jsonl, with: {file: x.jsonl, columns: [" +
                                 columns + "]}}\n");
  };
  const ended without = with("c");
  INFO(without.err);
  CHECK(without.code == 0);
  CHECK(says(with("b"), "asked for column b"));
}

TEST_CASE("a broken rule stops the run with its code, blames the plugin and leaves no output") {
  const auto [mode, code] = GENERATE(table<std::string, std::string>({{"short", "V0310"},
                                                                      {"negative", "V0310"},
                                                                      {"buffers", "V0310"},
                                                                      {"null_values", "V0310"},
                                                                      {"children", "V0310"},
                                                                      {"no_children", "V0310"},
                                                                      {"count", "V0310"},
                                                                      {"rows", "V0310"},
                                                                      {"twice", "V0311"},
                                                                      {"silent", "V0311"},
                                                                      {"parent", "V0311"},
                                                                      {"descend", "V0311"},
                                                                      {"reject", "V0311"},
                                                                      {"reject_twice", "V0311"},
                                                                      {"span", "V0311"},
                                                                      {"lose", "V0312"},
                                                                      {"invent", "V0312"},
                                                                      {"throw", "V0608"},
                                                                      {"fail", "V0608"}}));
  const tests::scratch_folder dir;
  const ended e = run_pipeline(dir, pipeline(mode));
  INFO(mode << ": " << e.err);
  CHECK(e.code == 1);
  CHECK(says(e, code));
  CHECK(says(e, "step 'evil'"));
  CHECK_FALSE(std::filesystem::exists(dir / "out"));
}

TEST_CASE("broken plugin files are refused with the reason, and the others load") {
  const tests::scratch_folder dir;
  const auto folder = dir.path() / "plugins";
  std::filesystem::create_directories(folder);
  for (const auto& f : std::filesystem::directory_iterator(VIGIE_BAD))
    if (f.path().extension() == ".so") std::filesystem::copy(f, folder);
  const std::string sound = tests::read_file(std::string(VIGIE_GOOD) + "/watch.so");
  tests::write_file(folder / "watch.so", sound);
  tests::write_file(folder / "cut.so", sound.substr(0, 3000));
  tests::write_file(folder / "short.so", sound.substr(0, 20'000));
  tests::write_file(folder / "text.so", "this is no library\n");
  tests::write_file(folder / "empty.so", "");
  tests::write_file(folder / "renamed.so", sound);
  const ended e = tests::run({VIGIE_PROGRAM, "plugin", "list", "--plugin-dir", folder.string()},
                             dir.path(), {{"XDG_CACHE_HOME", dir / "cache"}});
  INFO(e.out << e.err);
  REQUIRE(e.code == 0);
  const auto refused = [&](const std::string& name, const std::string& code) {
    return e.out.find("refused " + (folder / name).string() + ": [" + code + "]") !=
           std::string::npos;
  };
  CHECK(e.out.find("watch.make") != std::string::npos);
  for (const char* part :
       {"cut.so", "short.so"}) // some dynamic linkers notice, others touch what is not there
    CHECK((refused(part, "V0302") || refused(part, "V0305")));
  CHECK(refused("text.so", "V0302"));
  CHECK(refused("empty.so", "V0302"));
  CHECK(refused("noentry.so", "V0303"));
  CHECK(refused("newer.so", "V0304"));
  CHECK(refused("minor.so", "V0304"));
  CHECK(refused("crash.so", "V0305"));
  CHECK(refused("missing.so", "V0306"));
  CHECK(refused("renamed.so", "V0307"));
}

TEST_CASE("a library is inspected in a child only while its hash is unknown") {
  const tests::scratch_folder dir;
  const auto folder = dir.path() / "plugins";
  tests::write_file(folder / "watch.so", tests::read_file(std::string(VIGIE_GOOD) + "/watch.so"));
  const auto how = [&] {
    const ended e =
        tests::run({VIGIE_PROGRAM, "plugin", "list", "--json", "--plugin-dir", folder.string()},
                   dir.path(), {{"XDG_CACHE_HOME", dir / "cache"}});
    const auto at = e.out.find("\"id\": \"watch\"");
    const auto by = e.out.find("\"described_by\": \"", at) + 17;
    return e.out.substr(by, e.out.find('"', by) - by);
  };
  CHECK(how() == "inspection");
  CHECK(how() == "cache");
  std::filesystem::copy(std::string(VIGIE_GOOD) + "/watch.json", folder / "watch.json");
  CHECK(how() == "manifest");
  tests::write_file(folder / "watch.so", tests::read_file(folder / "watch.so") +
                                             "x"); // another hash: nothing stored speaks of it
  CHECK(how() == "inspection");
}
