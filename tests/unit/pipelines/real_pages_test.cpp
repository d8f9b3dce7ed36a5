// SPDX-License-Identifier: Apache-2.0
// The timeline of real pages that no one here wrote: what it must find, what it must leave alone,
// and that every value leads back to its bytes. Skipped where the shared data are absent.
#include "catch.hpp"
#include "child.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

using simdjson::dom::element;

std::string articles_folder() {
  const char* set = std::getenv("VIGIE_SHARED");
  const std::string shared = set != nullptr ? set : VIGIE_SOURCE_DIR "/../shared";
  return shared + "/data/press/articles";
}

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// A row of the timeline with what it says as text.
struct row {
  std::string file, from, to, published, text;
  std::vector<std::pair<std::string, double>> figures; // words and value
};

std::string text_at(const element& e, std::string_view key) {
  std::string_view found;
  return e[key].get(found) == simdjson::SUCCESS ? std::string(found) : std::string();
}

// The bytes a place names; every value must stand there.
std::string place(const std::string& page, const element& e) {
  const auto offset = static_cast<std::size_t>(std::int64_t{e["offset"]});
  return page.substr(offset, static_cast<std::size_t>(std::int64_t{e["length"]}));
}

row read_row(const element& e, const std::string& folder) {
  row out{text_at(e, "file"),      text_at(e, "from"), text_at(e, "to"),
          text_at(e, "published"), text_at(e, "text"), {}};
  const std::string page = bytes_of(folder + "/" + out.file);
  const std::string sentence = place(page, e["span"]);
  CHECK(sentence.starts_with(out.text.substr(0, 20)));
  for (const element f : e["figures"].get_array()) {
    CHECK(place(page, f) == text_at(f, "text"));
    out.figures.emplace_back(text_at(f, "text"), double{f["value"]});
  }
  return out;
}

std::vector<row> timeline(const tests::workplace& at, const std::string& folder) {
  std::vector<row> out;
  simdjson::dom::parser parser;
  std::istringstream lines(at.get("out/timeline.jsonl"));
  for (std::string line; std::getline(lines, line);)
    out.push_back(read_row(parser.parse(line), folder));
  return out;
}

std::vector<row> of_page(const std::vector<row>& rows, std::string_view number) {
  std::vector<row> out;
  for (const row& r : rows)
    if (r.file.starts_with(number)) out.push_back(r);
  return out;
}

bool has_figure(const std::vector<row>& rows, double value) {
  for (const row& r : rows)
    for (const auto& [words, v] : r.figures)
      if (v == value) return true;
  return false;
}

} // namespace

TEST_CASE(
    "the timeline of the real pages holds their figures and dates, and none of their residue") {
  const std::string folder = articles_folder();
  if (!std::filesystem::exists(folder)) {
    std::puts("SKIPPED: the shared data are not there (real pages)");
    return;
  }
  const tests::workplace at;
  const tests::ended e =
      tests::vigie(at, {"run", VIGIE_SOURCE_DIR "/pipelines/press/timeline.yaml", "--set",
                        "pages=" + folder + "/*.txt", "--set", "given=", "--out", "out"});
  INFO(e.err);
  REQUIRE(e.code == 0);
  const std::vector<row> rows = timeline(at, folder);

  const auto botnets = of_page(rows, "004");
  REQUIRE(!botnets.empty());
  for (const row& r : botnets) CHECK(r.published == "2014-05-20");
  const auto counted = std::ranges::find(botnets, "2014-03-19", &row::from);
  REQUIRE(counted != botnets.end());
  CHECK(counted->to == "2014-05-18");
  CHECK(has_figure({*counted}, 2077));
  CHECK(has_figure({*counted}, 1'180'000));
  CHECK_FALSE(has_figure(botnets, 28)); // weather, and hostages of another headline

  const auto records = of_page(rows, "001");
  CHECK(has_figure(records, 364'000'000));
  for (const row& r : records) {
    CHECK(r.published.empty());
    CHECK(r.from.empty());
  }
  CHECK_FALSE(has_figure(of_page(rows, "003"), 398)); // a share counter
  for (const row& r : of_page(rows, "000")) {         // its comments name a later month
    CHECK(r.published.empty());
    CHECK(r.from.empty());
  }
}
