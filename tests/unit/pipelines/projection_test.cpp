// SPDX-License-Identifier: Apache-2.0
// What a reader parses follows what later steps read; which lines are well formed does not.
#include "catch.hpp"
#include "child.hpp"

#include <simdjson.h>

#include <filesystem>

namespace {

using tests::workplace;

const std::string lines = "{\"id\":1,\"text\":\"a\",\"extra\":{\"n\":1}}\n"
                          "{\"id\":2,\"text\":\"b\",\"extra\":{\"n\":tru}}\n" // only in extra
                          "{\"id\":3,\"text\":\"c\",\"extra\":{\"n\":1,\"n\":2}}\n"
                          "{\"id\":4,\"text\":\"d\",\"extra\":{}}\n"
                          "{\"id\":5,\"text\":\"e\xFF\"}\n"
                          "{\"id\":6,\"text\":\"f\",\"extra\":{\"n\":01}}\n"
                          "{\"id\":7}\n";

struct result {
  std::string rows, bad;
  std::int64_t cells = 0;
};

result run(const workplace& at, const std::string& out, const std::string& reader,
           const std::string& written) {
  at.put("p.yaml", "vigie: 1\nname: lines\nsteps:\n  - name: lines\n    use: " + reader +
                       "\n"
                       "    on_error: {do: route}\n"
                       "  - use: core.write_jsonl\n    with: {file: all.jsonl, columns: " +
                       written +
                       "}\n"
                       "  - name: bad\n    use: core.write_jsonl\n    from: lines.errors\n"
                       "    with: {file: bad.jsonl}\n");
  const tests::ended e = tests::vigie(at, {"run", "p.yaml", "--out", out, "--quiet"});
  INFO(e.err);
  CHECK(e.code == 0);
  simdjson::dom::parser parser;
  result r{at.get(out + "/all.jsonl"), at.get(out + "/bad.jsonl"), 0};
  const std::string report = at.get(out + "/.vigie/report.json");
  for (const auto step : parser.parse(report)["steps"].get_array())
    if (std::string_view(step["step"]) == "lines") r.cells = step["cells_parsed"].get_int64();
  return r;
}

const std::string read_jsonl =
    "core.read_jsonl\n    with: {files: in.jsonl, columns: [{name: id, type: int}, {name: text}, "
    "{name: extra, type: json}]}";
const std::string read_csv =
    "core.read_csv\n    with: {files: in.csv, columns: [{name: id, type: int}, {name: text}, "
    "{name: n, type: int}]}";

} // namespace

TEST_CASE("a column more downstream rejects the same malformed lines and parses more cells") {
  const workplace at;
  at.put("in.jsonl", lines);
  const result narrow = run(at, "narrow", read_jsonl, "[id]"),
               wide = run(at, "wide", read_jsonl, "[id, text, extra]");
  CHECK(narrow.rows == "{\"id\":1}\n{\"id\":4}\n{\"id\":7}\n");
  CHECK(wide.rows == "{\"id\":1,\"text\":\"a\",\"extra\":{\"n\":1}}\n"
                     "{\"id\":4,\"text\":\"d\",\"extra\":{}}\n"
                     "{\"id\":7,\"text\":null,\"extra\":null}\n");
  CHECK(narrow.bad == wide.bad);
  CHECK(std::count(narrow.bad.begin(), narrow.bad.end(), '\n') == 4);
  CHECK(narrow.cells == 3);
  CHECK(wide.cells == 9);
}

TEST_CASE("a column more downstream rejects the same records of CSV and parses more cells") {
  const workplace at;
  at.put("in.csv", "id,text,n,more\n"
                   "1,a,1,\n"
                   "2,b,1\n"       // a field is missing
                   "3,\"c\"c,1,\n" // a quote inside
                   "4,d,1,,\n"     // a field too many
                   "5,e\xFF,1,\n"  // no UTF-8, in a column that may be read or not
                   "6,f,1,\xFF\n"  // and in one that is never read
                   "7,\"g\ng\",,\n");
  const result narrow = run(at, "narrow", read_csv, "[id]"),
               wide = run(at, "wide", read_csv, "[id, text, n]");
  CHECK(narrow.rows == "{\"id\":1}\n{\"id\":7}\n");
  CHECK(wide.rows == "{\"id\":1,\"text\":\"a\",\"n\":1}\n"
                     "{\"id\":7,\"text\":\"g\\ng\",\"n\":null}\n");
  CHECK(narrow.bad == wide.bad);
  CHECK(std::count(narrow.bad.begin(), narrow.bad.end(), '\n') == 5);
  CHECK(narrow.cells == 2);
  CHECK(wide.cells == 6);
}

// The reference pages say so: what is no value of its column rejects the row only where it is read.
TEST_CASE("a value of another type is rejected by those who read it") {
  const workplace at;
  at.put("in.csv", "id,text,n\n1,a,x\n");
  at.put("in.jsonl", "{\"id\":1,\"text\":2}\n");
  for (const auto& [reader, all] :
       {std::pair{read_csv, "[id, text, n]"}, std::pair{read_jsonl, "[id, text, extra]"}}) {
    CHECK(run(at, "narrow", reader, "[id]").rows == "{\"id\":1}\n");
    CHECK(run(at, "wide", reader, all).rows.empty());
    std::filesystem::remove_all(at.path("narrow"));
    std::filesystem::remove_all(at.path("wide"));
  }
}
