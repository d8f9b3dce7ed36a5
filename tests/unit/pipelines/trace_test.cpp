// SPDX-License-Identifier: Apache-2.0
// vigie trace: every row of an output leads to bytes that hold what it says; and vigie verify
// --rerun: done again, a run gives the same bytes.
#include "catch.hpp"
#include "child.hpp"
#include "io/sha256.hpp"

#include <simdjson.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

namespace {

using simdjson::dom::element;
using tests::ended;
using tests::workplace;

struct output {
  std::string file;
  std::int64_t rows = 0;
};

std::string text(const element& e, std::string_view key) {
  std::string_view out;
  REQUIRE(e[key].get(out) == simdjson::SUCCESS);
  return std::string(out);
}

std::int64_t number(const element& e, std::string_view key) {
  std::int64_t out = 0;
  REQUIRE(e[key].get(out) == simdjson::SUCCESS);
  return out;
}

std::vector<output> outputs_of(const workplace& at, const std::string& out) {
  simdjson::dom::parser parser;
  const std::string bytes = at.get(out + "/.vigie/manifest.json");
  const element manifest = parser.parse(bytes);
  std::vector<output> found;
  for (const element o : manifest["outputs"].get_array())
    found.push_back({text(o, "file"), number(o, "rows")});
  return found;
}

std::string pipeline(const std::string& name) {
  return std::string(VIGIE_SOURCE_DIR) + "/pipelines/" + name + ".yaml";
}

std::string bytes_at(const std::filesystem::path& path, std::int64_t offset, std::int64_t length) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream all;
  all << in.rdbuf();
  return all.str().substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
}

bool has(const std::string& in, std::string_view what) {
  return in.find(what) != std::string::npos;
}

// Cells that are texts or numbers must stand in the bytes as they are.
void must_hold(const std::string& bytes, const element& cells,
               const std::vector<std::string>& columns) {
  for (const std::string& column : columns) {
    element cell;
    if (cells[column].get(cell) != simdjson::SUCCESS || cell.is_null()) continue;
    const std::string value = cell.is_string() ? text(cells, column) : simdjson::to_string(cell);
    INFO("column " << column << " is " << value << ", the bytes are " << bytes);
    CHECK(has(bytes, value));
  }
}

// Figures of a statement stand in it in the words of the page.
void figures_must_stand(const std::string& bytes, const element& cells) {
  simdjson::dom::array figures;
  if (cells["figures"].get(figures) != simdjson::SUCCESS) return;
  for (const element f : figures) {
    INFO(bytes);
    CHECK(has(bytes, text(f, "text")));
  }
}

// An error row says itself where it comes from.
void place_must_agree(const element& from, const element& cells) {
  CHECK(text(cells, "file") == text(from, "name"));
  CHECK(number(cells, "offset") == number(from, "offset"));
  CHECK(number(cells, "length") == number(from, "length"));
}

struct shipped {
  std::string name;
  std::vector<std::string> columns; // whose cells stand in the input as they are
};

} // namespace

TEST_CASE("fifty random rows of each shipped pipeline lead to bytes that hold their values") {
  const shipped p = GENERATE(shipped{"press/timeline", {"date_text"}},
                             shipped{"core/unreachable", {"country", "service", "id"}},
                             shipped{"core/slowest", {"country", "service", "delay_ms"}},
                             shipped{"core/indicators", {"src", "dst", "bytes", "interface"}},
                             shipped{"core/answers", {"name", "resolver", "address"}},
                             shipped{"core/excerpt", {"id", "country", "service"}});
  INFO(p.name);
  const workplace at;
  REQUIRE(tests::vigie(at, {"run", pipeline(p.name), "--out", "out", "--quiet"}).code == 0);
  const std::vector<output> outputs = outputs_of(at, "out");
  std::mt19937 random(20140319);
  for (int i = 0; i < 50;) {
    const output& o = outputs[random() % outputs.size()];
    if (o.rows == 0) continue;
    ++i;
    const std::int64_t row =
        1 + static_cast<std::int64_t>(random() % static_cast<unsigned>(o.rows));
    const std::string what = o.file + ":" + std::to_string(row);
    INFO(what);
    const ended e = tests::vigie(at, {"trace", "out", what, "--json"});
    INFO(e.err);
    REQUIRE(e.code == 0);
    simdjson::dom::parser parser;
    const element traced = parser.parse(e.out);
    const element from = traced["from"].at(0);
    const std::string bytes = bytes_at(std::filesystem::path(at.path()) / text(from, "path"),
                                       number(from, "offset"), number(from, "length"));
    // A page in another encoding is shown as it was decoded.
    const std::string shown = text(from, "bytes");
    if (has(text(from, "name"), "04_icloud"))
      CHECK(shown != bytes);
    else
      CHECK(shown == bytes.substr(0, 2000));
    const element cells = traced["cells"];
    must_hold(shown, cells, p.columns);
    figures_must_stand(shown, cells);
    if (has(o.file, "rejected")) place_must_agree(from, cells);
  }
}

TEST_CASE("the row of a trace is that of the output, whatever threads and splits made it") {
  const workplace at;
  REQUIRE(tests::vigie(at, {"run", pipeline("core/unreachable"), "--out", "out", "--split", "300B",
                            "--threads", "3", "--quiet"})
              .code == 0);
  std::istringstream lines(at.get("out/unreachable.jsonl"));
  std::string line;
  for (int row = 1; std::getline(lines, line); row += 1) {
    if (row % 5 != 1) continue;
    const ended e =
        tests::vigie(at, {"trace", "out", "unreachable.jsonl:" + std::to_string(row), "--json"});
    REQUIRE(e.code == 0);
    simdjson::dom::parser one, other;
    const element written = one.parse(line), traced = other.parse(e.out);
    CHECK(simdjson::minify(written) == simdjson::minify(traced["cells"]));
  }
}

TEST_CASE("a trace prints the place, the bytes marked, and the steps with their parameters") {
  const workplace at;
  at.put("in.jsonl", "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n{\"a\":3,\"b\":\"z\"}\n");
  at.put("p.yaml", "vigie: 1\nname: p\nsteps:\n"
                   "  - {name: in, use: core.read_jsonl, with: {files: in.jsonl, columns: "
                   "[{name: a, type: int}, {name: b}]}}\n"
                   "  - {name: big, use: core.filter, with: {where: a >= 2}}\n"
                   "  - {name: out, use: core.write_jsonl, with: {file: o.jsonl}}\n");
  REQUIRE(tests::vigie(at, {"run", "p.yaml", "--out", "out", "--quiet"}).code == 0);
  const ended e = tests::vigie(at, {"trace", "out", "o.jsonl:2"});
  REQUIRE(e.code == 0);
  CHECK(has(e.out, "in.jsonl, bytes 32 to 47 (15 B)"));
  CHECK(has(e.out, "»{\"a\":3,\"b\":\"z\"}«"));
  CHECK(has(e.out, "    big: core.filter (core "));
  CHECK(has(e.out, "        where: \"a >= 2\""));
  // From another folder, and with the pipeline file gone: the run knows its text.
  std::filesystem::create_directories(at.path("elsewhere"));
  std::filesystem::remove(at.path("p.yaml"));
  const workplace other;
  CHECK(tests::vigie(other, {"trace", at.path("out"), "o.jsonl:2"}).code == 0);
}

TEST_CASE("rows of an aggregate lead to the rows of their group, counted, the first twenty shown") {
  const workplace at;
  std::string input;
  int in_group = 0;
  for (int i = 0; i < 300; ++i) {
    const bool mine = i % 7 == 3;
    in_group += mine ? 1 : 0;
    input += "{\"service\":\"" +
             std::string(mine         ? "signal"
                         : i % 2 == 0 ? "telegram"
                                      : "tor") +
             "\",\"n\":" + std::to_string(i) + "}\n";
  }
  at.put("in.jsonl", input);
  at.put("p.yaml", "vigie: 1\nname: p\nsteps:\n"
                   "  - {name: in, use: core.read_jsonl, with: {files: in.jsonl, columns: "
                   "[{name: service}, {name: n, type: int}]}}\n"
                   "  - {name: count, use: tally.count, with: {by: service}}\n"
                   "  - {name: most, use: core.sort, with: {by: [count desc]}}\n"
                   "  - {name: out, use: core.write_jsonl, with: {file: o.jsonl}}\n");
  REQUIRE(tests::vigie(at, {"run", "p.yaml", "--out", "out", "--quiet", "--split", "1KiB",
                            "--plugin-dir", VIGIE_EXAMPLES})
              .code == 0);
  std::int64_t all = 0;
  for (const int row : {1, 2, 3}) {
    const ended e = tests::vigie(at, {"trace", "out", "o.jsonl:" + std::to_string(row), "--json"});
    INFO(e.err);
    REQUIRE(e.code == 0);
    simdjson::dom::parser parser;
    const element traced = parser.parse(e.out);
    const std::string service = text(traced["cells"], "service");
    const std::int64_t count = number(traced["cells"], "count");
    CHECK(number(traced["group"], "rows") == count);
    if (service == "signal") CHECK(count == in_group);
    all += count;
    std::set<std::int64_t> places;
    for (const element from : traced["from"].get_array()) {
      places.insert(number(from, "offset"));
      CHECK(has(bytes_at(std::filesystem::path(at.path()) / text(from, "path"),
                         number(from, "offset"), number(from, "length")),
                "\"service\":\"" + service + "\""));
    }
    CHECK(places.size() == 20);
  }
  CHECK(all == 300);
  CHECK(has(tests::vigie(at, {"trace", "out", "o.jsonl:1"}).out, "those of the first 20 are"));
}

TEST_CASE("bytes of compressed inputs are shown as the text that was decoded") {
  const workplace at;
  // Made by the program itself: a gzip output is the input of the next run.
  at.put("in.txt", "one\ntwo\nthree\n");
  at.put("in.jsonl", "{\"a\":\"one\"}\n{\"a\":\"two\"}\n{\"a\":\"three\"}\n");
  const std::string steps = "  - {name: out, use: core.write_jsonl, with: {file: ";
  at.put("zip.yaml", "vigie: 1\nname: zip\nsteps:\n  - {name: in, use: core.read_jsonl, with: "
                     "{files: in.jsonl, columns: [{name: a}]}}\n" +
                         steps + "o.jsonl.gz}}\n");
  at.put("p.yaml", "vigie: 1\nname: p\nsteps:\n  - {name: in, use: core.read_jsonl, with: {files: "
                   "zipped/o.jsonl.gz, columns: [{name: a}]}}\n" +
                       steps + "o.jsonl}}\n");
  REQUIRE(tests::vigie(at, {"run", "zip.yaml", "--out", "zipped", "--quiet"}).code == 0);
  REQUIRE(tests::vigie(at, {"run", "p.yaml", "--out", "out", "--quiet"}).code == 0);
  const ended e = tests::vigie(at, {"trace", "out", "o.jsonl:2"});
  CHECK(e.code == 0);
  CHECK(has(e.out, "»{\"a\":\"two\"}«"));
}

TEST_CASE("a trace is refused where it would speak of other bytes than the run read") {
  const workplace at;
  at.put("in.jsonl", "{\"a\":1}\n{\"a\":2}\n");
  at.put("p.yaml", "vigie: 1\nname: p\nsteps:\n"
                   "  - {name: in, use: core.read_jsonl, with: {files: in.jsonl, columns: [{name: "
                   "a, type: int}]}}\n"
                   "  - {name: out, use: core.write_jsonl, with: {file: o.jsonl}}\n");
  REQUIRE(tests::vigie(at, {"run", "p.yaml", "--out", "out", "--quiet"}).code == 0);
  const auto refused = [&](const std::string& what, int exit, const std::string& code) {
    const ended e = tests::vigie(at, {"trace", "out", what});
    INFO(what << ": " << e.err);
    CHECK(e.code == exit);
    CHECK(e.errors() == std::vector<std::string>{code});
  };
  refused("o.jsonl:3", 2, "V0758");
  refused("o.jsonl:0", 2, "V0902");
  refused("o.jsonl", 2, "V0902");
  refused("other.jsonl:1", 2, "V0758");
  at.put("in.jsonl", "{\"a\":1}\n{\"a\":3}\n");
  refused("o.jsonl:1", 1, "V0752");
  at.put("in.jsonl", "{\"a\":1}\n");
  refused("o.jsonl:2", 1, "V0758");
  std::filesystem::remove(at.path("in.jsonl"));
  refused("o.jsonl:1", 1, "V0501");
  CHECK(tests::vigie(at, {"trace", "nowhere", "o.jsonl:1"}).errors() ==
        std::vector<std::string>{"V0731"});
}

TEST_CASE("verify --rerun does the run again and finds outputs that did not come from it") {
  const workplace at;
  REQUIRE(tests::vigie(at, {"run", pipeline("press/timeline"), "--out", "out", "--quiet"}).code ==
          0);
  const auto before = at.files();
  CHECK(tests::vigie(at, {"verify", "out", "--rerun"}).code == 0);
  CHECK(at.files() == before);
  // An output and a manifest that agree with one another, but not with the inputs.
  const std::string forged = "{}\n";
  const std::string sum = ::vigie::io::to_hex(*::vigie::io::sha256(at.get("out/rejected.jsonl")));
  std::string manifest = at.get("out/.vigie/manifest.json");
  const std::size_t place = manifest.find(sum);
  REQUIRE(place != std::string::npos);
  manifest.replace(place, sum.size(), ::vigie::io::to_hex(*::vigie::io::sha256(forged)));
  const std::string bytes = "\"bytes\": " + std::to_string(at.get("out/rejected.jsonl").size());
  REQUIRE(has(manifest, bytes));
  manifest.replace(manifest.find(bytes), bytes.size(), "\"bytes\": 3");
  at.put("out/.vigie/manifest.json", manifest);
  at.put("out/rejected.jsonl", forged);
  CHECK(tests::vigie(at, {"verify", "out"}).code == 0);
  const ended e = tests::vigie(at, {"verify", "out", "--rerun"});
  CHECK(e.code == 1);
  CHECK(e.errors() == std::vector<std::string>{"V0759"});
}

TEST_CASE("without digests verify compares sizes, and --rerun the bytes of outputs") {
  const workplace at;
  at.put("in.jsonl", "{\"a\":1}\n{\"a\":2}\n");
  at.put("p.yaml", "vigie: 1\nname: p\nrun: {digest: none}\nsteps:\n"
                   "  - {name: in, use: core.read_jsonl, with: {files: in.jsonl, columns: "
                   "[{name: a, type: int}]}}\n"
                   "  - {name: out, use: core.write_jsonl, with: {file: o.jsonl}}\n");
  REQUIRE(tests::vigie(at, {"run", "p.yaml", "--out", "out", "--quiet"}).code == 0);
  const std::string sound = at.get("out/o.jsonl");
  CHECK_FALSE(
      has(at.get("out/.vigie/manifest.json"), ::vigie::io::to_hex(*::vigie::io::sha256(sound))));
  const ended e = tests::vigie(at, {"verify", "out"});
  CHECK(e.code == 0);
  CHECK(e.says("its size alone is compared"));
  CHECK(tests::vigie(at, {"verify", "out", "--rerun"}).code == 0);
  at.put("out/o.jsonl", "{\"a\":1}\n{\"a\":3}\n");
  CHECK(tests::vigie(at, {"verify", "out"}).code == 0);
  CHECK(tests::vigie(at, {"verify", "out", "--rerun"}).says("V0759"));
  at.put("out/o.jsonl", sound + "{}\n");
  CHECK(tests::vigie(at, {"verify", "out"}).says("V0734"));
}

TEST_CASE("where columns are sensitive a trace shows places and no bytes") {
  const workplace at;
  at.put("in.jsonl", "{\"a\":1,\"phone\":\"+33 CANARY\"}\n");
  at.put("p.yaml", "vigie: 1\nname: p\nsteps:\n"
                   "  - {name: in, use: core.read_jsonl, with: {files: in.jsonl, columns: "
                   "[{name: a, type: int}, {name: phone, sensitive: true}]}}\n"
                   "  - {name: out, use: core.write_jsonl, with: {file: o.jsonl}}\n");
  REQUIRE(tests::vigie(at, {"run", "p.yaml", "--out", "out", "--quiet"}).code == 0);
  CHECK(has(at.get("out/o.jsonl"), "CANARY"));
  for (const auto& more : {std::vector<std::string>{}, {"--json"}}) {
    std::vector<std::string> words{"trace", "out", "o.jsonl:1"};
    words.insert(words.end(), more.begin(), more.end());
    const ended e = tests::vigie(at, words);
    CHECK(e.code == 0);
    CHECK_FALSE(has(e.out + e.err, "CANARY"));
    CHECK(has(e.out, "in.jsonl"));
    CHECK(has(e.out, "withheld"));
  }
  CHECK(tests::vigie(at, {"trace", "out", "o.jsonl:1", "--show-sensitive"}).code == 2);
}
