// SPDX-License-Identifier: Apache-2.0
// The real program with little memory: what press steps hold goes to disk, and the files are those
// of a run that has enough.
#include "../../program.hpp"
#include "catch.hpp"
#include "made_texts.hpp"

using namespace vigie::press::test;

namespace {

namespace fs = std::filesystem;

// Runs the pipeline and gives the bytes of its files, by name.
std::string files_of(const fs::path& folder, const std::string& pipeline, const std::string& out,
                     const std::vector<std::string>& more) {
  std::vector<std::string> words{VIGIE_PROGRAM, "run",     pipeline, "--plugin-dir",
                                 VIGIE_PLUGINS, "--quiet", "--out",  out};
  words.insert(words.end(), more.begin(), more.end());
  const auto ended = tests::run(words, folder, {{"VIGIE_SHARE", VIGIE_SHARE}});
  INFO(ended.err);
  REQUIRE(ended.code == 0);
  std::string all;
  for (const char* name : {"first.jsonl", "copies.jsonl", "claims.jsonl"})
    if (fs::exists(folder / out / name))
      all += std::string(name) + "\n" + tests::read_file(folder / out / name);
  return all;
}

void same_in_little_memory(const fs::path& folder, const std::string& pipeline,
                           const std::vector<std::string>& settings, const std::string& memory) {
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.end(), settings.begin(), settings.end());
    return more;
  };
  const std::string enough = files_of(folder, pipeline, "enough", with({"--memory", "1GiB"}));
  CHECK(enough.size() > 100000);
  CHECK(files_of(folder, pipeline, "little", with({"--memory", memory})) == enough);
  CHECK(files_of(folder, pipeline, "threads", with({"--memory", memory, "--threads", "3"})) ==
        enough);
}

} // namespace

TEST_CASE("the program drops and groups copies in less memory than their fingerprints take") {
  const tests::scratch_folder folder;
  std::string pages;
  for (std::uint64_t i = 0; i < 16000; ++i) {
    const std::uint64_t text = i % 5 == 0 ? i / 10 : i;
    pages += R"({"file": "p)" + std::to_string(i * 7919 % 16000) + R"(", "body": ")" +
             changed_text(text * 90, 70, i % 2) + "\"}\n";
  }
  tests::write_file(folder.path() / "pages.jsonl", pages);
  tests::write_file(folder.path() / "copies.yaml", R"(vigie: 1
name: copies
steps:
  - name: pages
    use: core.read_jsonl
    with: {files: pages.jsonl, columns: [{name: file}, {name: body}]}
  - name: prints
    use: press.fingerprint
  - name: first
    use: press.dedup
  - use: core.select
    with: {columns: [file]}
  - name: first_list
    use: core.write_jsonl
    with: {file: first.jsonl}
  - name: copies
    use: press.copies
    from: prints
  - name: copies_list
    use: core.write_jsonl
    with: {file: copies.jsonl}
)");
  same_in_little_memory(folder.path(), "copies.yaml", {}, "8MiB");
}

TEST_CASE("the program makes claims and incidents in less memory than the claims take") {
  const tests::scratch_folder folder;
  std::string pages;
  for (int i = 0; i < 12000; ++i) {
    const std::string text = made_text(static_cast<std::uint64_t>(i) * 90, 60);
    const std::string size = std::to_string(text.size());
    const std::string day = "20" + std::to_string(10 + i % 13) + "-0" + std::to_string(1 + i % 9) +
                            "-1" + std::to_string(i % 7);
    pages += R"({"page": "p)" + std::to_string(i * 7919 % 9000) + R"(", "published": ")" + day +
             R"(", "body": ")" + text + R"(", "sentences": [{"at": 0, "size": )" + size +
             R"(}], "dates": [{"basis": "explicit", "from": ")" + day + R"(", "to": ")" + day +
             R"("}], "figures": [], "entities": [{"name": "Corvus", "key": "corvus)" +
             std::to_string(i % 50) + R"("}, {"name": "Varne", "key": "varne", "iso": "ZZ-VA"}],)" +
             R"( "events": [{"sentence": 0, "type": "block", "actors": [], "targets": [0],)" +
             R"( "places": [1], "date": 0, "figures": [], "modality": ")" +
             (i % 4 == 0 ? "denied" : "asserted") +
             R"(", "measurable": true, "at": 0, "size": 9}]})" + "\n";
  }
  tests::write_file(folder.path() / "pages.jsonl", pages);
  const auto pipeline = fs::path(VIGIE_SOURCE_DIR) / "pipelines/press/claims.yaml";
  same_in_little_memory(folder.path(), pipeline.string(),
                        {"--set", "pages=" + (folder / "pages.jsonl")}, "8MiB");
}
