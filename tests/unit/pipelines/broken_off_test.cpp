// SPDX-License-Identifier: Apache-2.0
// Inputs that break off, through the program: cut at every byte, in one run, with every rule.
#include "../io/tars.hpp"
#include "catch.hpp"
#include "io/compressed.hpp"
#include "lines.hpp"

#include <algorithm>
#include <map>

namespace {

using tests::good_lines;
using tests::lines_pipeline;
using vigie::io::compression;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
    out.push_back(text.substr(at, text.find('\n', at) - at));
  return out;
}

// Every beginning of `stored` from `least` bytes on, each in a file of its own below cut/.
std::size_t put_cuts(const tests::workplace& at, const std::string& stored, std::size_t least) {
  for (std::size_t n = least; n < stored.size(); ++n)
    at.put("cut/" + std::to_string(1000 + n), stored.substr(0, n));
  return stored.size() - least;
}

// Good rows and broken ones of all cuts; each cut file has exactly one broken row with this code.
void reads_all_cuts(const tests::workplace& at, std::size_t cuts, const std::string& code) {
  const lines_pipeline p{.files = "cut/*", .on_error = "{do: route}", .writes_errors = true};
  const tests::ended e = tests::run_lines(at, p, {"--threads", "1"});
  INFO(e.err);
  REQUIRE(e.code == 0);
  const auto bad = lines_of(at.get("out/bad.jsonl"));
  CHECK(bad.size() == cuts);
  std::map<std::string, int> files;
  for (const std::string& row : bad) {
    CHECK(row.find("\"code\":\"" + code + "\"") != std::string::npos);
    ++files[row.substr(row.find("\"file\""), 13)];
  }
  CHECK(files.size() == cuts);
  CHECK(tests::vigie(at, {"verify", "out"}).code == 0);
  const std::string rows = at.get("out/all.jsonl"), broken = at.get("out/bad.jsonl");
  CHECK(tests::run_lines(at, p, {"--threads", "4", "--split", "1", "--force"}).code == 0);
  CHECK(at.get("out/all.jsonl") == rows);
  CHECK(at.get("out/bad.jsonl") == broken);
}

std::string cut_lines(int rows) {
  const std::string whole = compressed(good_lines(0, rows), compression::gzip);
  return whole.substr(0, whole.size() / 2);
}

} // namespace

TEST_CASE("compressed lines cut at every byte give what stands before, and one rejected row") {
  const tests::workplace at;
  const std::string stored = compressed(good_lines(0, 3), compression::gzip) +
                             compressed(good_lines(3, 5), compression::gzip);
  const std::size_t first = compressed(good_lines(0, 3), compression::gzip).size();
  for (std::size_t n = 2; n < first; ++n)
    at.put("cut/" + std::to_string(1000 + n), stored.substr(0, n));
  for (std::size_t n = first + 2; n < stored.size(); ++n)
    at.put("cut/" + std::to_string(1000 + n), stored.substr(0, n));
  reads_all_cuts(at, stored.size() - 4, "V0509");
  const std::string rows = at.get("out/all.jsonl");
  CHECK(std::ranges::count(rows, '\n') >
        static_cast<std::ptrdiff_t>(3 * (stored.size() - first - 2)));
}

TEST_CASE("a compressed archive cut at every byte gives what stands before, and one rejected row") {
  const tests::workplace at;
  const std::string tar = tars::member({"a.jsonl", good_lines(0, 3)}) +
                          tars::member({"b.jsonl", good_lines(3, 6)}) + tars::end;
  const std::string stored = compressed(tar, compression::gzip);
  // Of fewer bytes no archive is seen, and its header is no line.
  const std::size_t cuts = put_cuts(at, stored, stored.size() / 2);
  reads_all_cuts(at, cuts, "V0509");
  CHECK(at.get("out/all.jsonl").find("row 5") != std::string::npos);
}

TEST_CASE("a run that stops at the first bad row stops where data break off, and leaves nothing") {
  const tests::workplace at;
  at.put("in.jsonl", cut_lines(20'000));
  for (const char* rule : {"", "{do: stop}"}) {
    const tests::ended e = tests::run_lines(at, {.on_error = rule});
    CHECK(e.code == 1);
    CHECK(e.errors() == std::vector<std::string>{"V0509"});
    CHECK(e.says("in.jsonl"));
    CHECK(tests::nothing_left(at));
  }
}

TEST_CASE("what breaks off counts against at_most, and is counted where it is dropped") {
  const tests::workplace at;
  at.put("a.jsonl", cut_lines(20'000));
  at.put("b.jsonl", cut_lines(10'000));
  const tests::ended limited =
      tests::run_lines(at, {.files = "?.jsonl", .on_error = "{do: drop, at_most: 1}"});
  CHECK(limited.errors() == std::vector<std::string>{"V0603"});
  CHECK(tests::nothing_left(at));
  const tests::ended dropped = tests::run_lines(at, {.files = "?.jsonl", .on_error = "{do: drop}"});
  CHECK(dropped.code == 0);
  CHECK(dropped.says("2 of "));
  CHECK(
      tests::run_lines(at, {.files = "?.jsonl", .on_error = "{do: drop}"}, {"--force", "--strict"})
          .code == 3);
}

TEST_CASE("rows before a break and the rejected rest lead to their bytes") {
  const tests::workplace at;
  at.put("in.jsonl", cut_lines(2000));
  const lines_pipeline p{.on_error = "{do: route, keep: row}", .writes_errors = true};
  REQUIRE(tests::run_lines(at, p).code == 0);
  const tests::ended good = tests::vigie(at, {"trace", "out", "all.jsonl:3"});
  INFO(good.err);
  CHECK(good.code == 0);
  CHECK(good.out.find("row 2") != std::string::npos);
  const tests::ended bad = tests::vigie(at, {"trace", "out", "bad.jsonl:1"});
  INFO(bad.err);
  CHECK(bad.code == 0);
  CHECK(bad.out.find("{\"") != std::string::npos);
}
