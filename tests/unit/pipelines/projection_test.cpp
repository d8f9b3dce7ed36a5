// SPDX-License-Identifier: Apache-2.0
// What a reader parses follows what later steps read; which lines are well formed does not.
#include "catch.hpp"
#include "child.hpp"

#include <simdjson.h>

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

result run(const workplace& at, const std::string& out, const std::string& written) {
  at.put("p.yaml", "vigie: 1\nname: lines\nsteps:\n  - name: lines\n    use: core.read_jsonl\n"
                   "    with: {files: \"in.jsonl\", columns: [{name: id, type: int}, {name: text}, "
                   "{name: extra, type: json}]}\n"
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

} // namespace

TEST_CASE("a column more downstream rejects the same malformed lines and parses more cells") {
  const workplace at;
  at.put("in.jsonl", lines);
  const result narrow = run(at, "narrow", "[id]"), wide = run(at, "wide", "[id, text, extra]");
  CHECK(narrow.rows == "{\"id\":1}\n{\"id\":4}\n{\"id\":7}\n");
  CHECK(wide.rows == "{\"id\":1,\"text\":\"a\",\"extra\":{\"n\":1}}\n"
                     "{\"id\":4,\"text\":\"d\",\"extra\":{}}\n"
                     "{\"id\":7,\"text\":null,\"extra\":null}\n");
  CHECK(narrow.bad == wide.bad);
  CHECK(std::count(narrow.bad.begin(), narrow.bad.end(), '\n') == 4);
  CHECK(narrow.cells == 3);
  CHECK(wide.cells == 9);
}
