// SPDX-License-Identifier: Apache-2.0
// Pipelines that are wrong: each file of tests/pipelines/broken (the document) and refused (the
// components) names in its first line every code and place that `vigie check` must report, and no
// other.
#include "catch.hpp"
#include "child.hpp"

#include <algorithm>
#include <fstream>
#include <regex>

namespace {

namespace fs = std::filesystem;
using found = std::vector<std::pair<std::pair<int, int>, std::string>>; // place, code

found sorted(found f) {
  std::ranges::sort(f);
  return f;
}

// "V0103 7:5; V0201 8:1"
found expected_in(const std::string& line) {
  found out;
  const std::regex one("(V[0-9]{4}) ([0-9]+):([0-9]+)");
  for (std::sregex_iterator at(line.begin(), line.end(), one), end; at != end; ++at)
    out.push_back({{std::stoi((*at)[2]), std::stoi((*at)[3])}, (*at)[1]});
  return sorted(out);
}

// What was printed, notes and warnings left out.
found printed_in(const std::string& err) {
  found out;
  const std::regex one("(^|\n)[^\n:]+:([0-9]+):([0-9]+)[^\n]*: error\\[(V[0-9]{4})\\]");
  for (std::sregex_iterator at(err.begin(), err.end(), one), end; at != end; ++at)
    out.push_back({{std::stoi((*at)[2]), std::stoi((*at)[3])}, (*at)[4]});
  return sorted(out);
}

std::vector<fs::path> files_of(const std::string& folder) {
  std::vector<fs::path> out;
  for (const auto& e :
       fs::directory_iterator(fs::path(VIGIE_SOURCE_DIR) / "tests/pipelines" / folder))
    if (e.path().extension() == ".yaml") out.push_back(e.path());
  std::ranges::sort(out);
  return out;
}

void check_folder(const std::string& folder, std::size_t least) {
  const tests::workplace at;
  const std::vector<fs::path> files = files_of(folder);
  CHECK(files.size() >= least);
  for (const fs::path& file : files) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    REQUIRE(line.starts_with("# expect: "));
    fs::copy_file(file, at.path("p.yaml"), fs::copy_options::overwrite_existing);
    const tests::ended e = tests::vigie(at, {"check", "p.yaml"});
    INFO(file.filename() << "\n" << e.err);
    CHECK(e.in_time);
    CHECK(e.code == 2);
    CHECK(printed_in(e.err) == expected_in(line));
    CHECK(e.errors().size() == expected_in(line).size()); // none without a place
  }
}

} // namespace

TEST_CASE("broken documents are refused with exactly the codes and places they name") {
  check_folder("broken", 30);
}

TEST_CASE("pipelines that their components cannot run are refused with exactly the codes and "
          "places they name") {
  check_folder("refused", 30);
}

TEST_CASE("a name that is almost right gets the right one as a hint") {
  const tests::workplace at;
  const auto hint = [&](const std::string& step) {
    at.put("p.yaml", "vigie: 1\nname: x\nsteps:\n  - use: core.read_jsonl\n    with: {files: a, "
                     "columns: [{name: host}]}\n" +
                         step + "  - use: core.write_jsonl\n    with: {file: o}\n");
    return tests::vigie(at, {"check", "p.yaml"}).err;
  };
  CHECK(hint("  - use: core.fliter\n").find("did you mean 'core.filter'?") != std::string::npos);
  CHECK(hint("  - use: core.head\n    with: {row: 1}\n").find("did you mean 'rows'?") !=
        std::string::npos);
  CHECK(hint("  - use: core.filter\n    with: {where: \"hots = 'a'\"}\n")
            .find("did you mean 'host'?") != std::string::npos);
  CHECK(hint("  - use: core.head\n    form: read_jsonl\n").find("did you mean 'from'?") !=
        std::string::npos);
}

TEST_CASE("check opens no data file and knows nothing of what the files hold") {
  const tests::workplace at;
  at.put("p.yaml",
         "vigie: 1\nname: x\nsteps:\n  - use: core.read_jsonl\n    with: {files: nowhere.jsonl, "
         "columns: [{name: a}]}\n  - use: core.write_jsonl\n    with: {file: o.jsonl}\n");
  CHECK(tests::vigie(at, {"check", "p.yaml"}).code == 0);
  CHECK(at.files() == std::vector<std::string>{"p.yaml"});
}
