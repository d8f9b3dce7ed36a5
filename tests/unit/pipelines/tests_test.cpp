// SPDX-License-Identifier: Apache-2.0
// `vigie test` as people and programs meet it: what it prints, how it ends, what --accept changes;
// and the tests of all pipelines that ship or stand beside this one.
#include "catch.hpp"
#include "lines.hpp"

#include <algorithm>
#include <regex>

namespace {

namespace fs = std::filesystem;

const std::string head = R"yaml(vigie: 1
name: t
params: {least: {type: int, default: 2}}
steps:
  - name: lines
    use: core.read_jsonl
    with: {files: in.jsonl, columns: [{name: id, type: int}, {name: day, type: date}, {name: text}]}
  - name: kept
    use: core.filter
    with: {where: "id >= :least", values: {least: "${params.least}"}}
  - name: longer
    use: core.derive
    with: {columns: {twice: "id * 2", name: "upper(text)"
}
}
  - use: core.write_jsonl
    with: {file: o.jsonl}
tests:
)yaml";

tests::ended test(const tests::workplace& at, const std::string& body,
                  std::vector<std::string> more = {}) {
  at.put("p.yaml", head + body);
  std::vector<std::string> words{"test", "p.yaml"};
  words.insert(words.end(), more.begin(), more.end());
  return tests::vigie(at, words);
}

const std::string passing = "  - name: good\n    given: {lines: {rows: [{id: 1}, {id: 2, text: "
                            "a}]}}\n    expect: {longer: [{twice: 4, name: A, day: null}]}\n";

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

} // namespace

TEST_CASE("a test that passes is one line, and the summary ends with success") {
  const tests::workplace at;
  const tests::ended e = test(at, passing);
  CHECK(e.code == 0);
  CHECK(e.err.empty());
  CHECK(e.out == "ok        p.yaml: good\n1 passed, 0 failed\n");
  CHECK(test(at, passing, {"--quiet"}).out == "1 passed, 0 failed\n");
}

TEST_CASE("a test that fails shows where, what was expected and what was found") {
  const tests::workplace at;
  const tests::ended e =
      test(at, "  - name: wrong\n    given: {lines: {rows: [{id: 2}, {id: 3, day: 2014-05-18}]}}\n"
               "    expect:\n      longer:\n        - {twice: 4}\n        - {twice: 5, day: "
               "2014-05-19}\n");
  CHECK(e.code == 1);
  CHECK(e.out == "FAILED    p.yaml: wrong\n0 passed, 1 failed\n");
  CHECK(e.errors() == std::vector<std::string>{"V0801"});
  CHECK(e.says("p.yaml:19:5: error[V0801]: test 'wrong' failed"));
  CHECK(
      e.says("line 24: step 'longer', row 1, column 'twice'\n    expected  5\n    found     6\n"));
  CHECK(e.says("column 'day'\n    expected  \"2014-05-19\"\n    found     \"2014-05-18\"\n"));
}

TEST_CASE("number and order of rows count") {
  const tests::workplace at;
  const std::string given =
      "  - name: t\n    given: {lines: {rows: [{id: 2}, {id: 3}]}}\n    expect: ";
  CHECK(test(at, given + "{kept: [{id: 2}, {id: 3}]}\n").code == 0);
  CHECK(test(at, given + "{kept: [{id: 3}, {id: 2}]}\n").code == 1);
  CHECK(test(at, given + "{kept: [{id: 2}]}\n").says("1 rows expected, 2 found"));
  CHECK(test(at, given + "{kept: [{}, {}, {}]}\n").says("3 rows expected, 2 found"));
  CHECK(test(at, given + "{kept: []}\n").code == 1);
  CHECK(test(at, given + "{kept: {contains: [{id: 3}]}}\n").code == 0);
  CHECK(test(at, given + "{kept: {contains: [{id: 3}, {id: 4}]}}\n").code == 1);
  CHECK(test(at, given + "{kept: {count: 2}, longer: {count: 2}}\n").code == 0);
  CHECK(test(at, given + "{kept: {count: 1}}\n").code == 1);
  CHECK(test(at, given + "{kept: {errors: []}}\n").code == 0);
  CHECK(test(at, given + "{kept: {errors: [{code: V0601}]}}\n").code == 1);
}

TEST_CASE("parameters of a test are set for it alone") {
  const tests::workplace at;
  const std::string given = "    given: {lines: {rows: [{id: 5}]}}\n    expect: {kept: {count: ";
  const std::string body =
      "  - name: a\n    set: {least: 6}\n" + given + "0}}\n  - name: b\n" + given + "1}}\n";
  CHECK(test(at, body).code == 0);
  CHECK(test(at, body, {"--set", "least=7"}).code == 1);
}

TEST_CASE("a file given to a reader lies beside the pipeline, and rejected lines are errors of "
          "the step") {
  const tests::workplace at;
  at.put("sub/given.jsonl", "{\"id\": 7}\nnonsense\n{\"id\": \"x\"}\n");
  at.put("sub/p.yaml", head + "  - name: f\n    given: {lines: {file: given.jsonl}}\n    "
                              "expect:\n      kept: [{id: 7}]\n"
                              "      lines: {errors: [{code: V0601, file: given.jsonl, offset: "
                              "10}, {column: id}]}\n");
  const tests::ended e = tests::vigie(at, {"test", "sub/p.yaml"});
  INFO(e.err);
  CHECK(e.code == 0);
  const tests::ended missing =
      test(at, "  - name: f\n    given: {lines: {file: no.jsonl}}\n    expect: {kept: []}\n");
  CHECK(missing.code == 1);
  CHECK(missing.errors() == std::vector<std::string>{"V0501"});
}

TEST_CASE("a pipeline that must be refused is, with the code that was said") {
  const tests::workplace at;
  const std::string text =
      "vigie: 1\nname: t\nparams: {f: {type: text, default: o}}\nsteps:\n  - use: "
      "core.read_text\n    with: {files: a}\n  - use: core.write_jsonl\n    with: {file: "
      "\"${params.f}\"}\ntests:\n  - {name: r, set: {f: ../o}, error: ";
  const auto with = [&](const std::string& code) {
    at.put("p.yaml", text + code + "}\n");
    return tests::vigie(at, {"test", "p.yaml"});
  };
  CHECK(with("V0411").code == 0);
  CHECK(with("V0412").code == 1);
  CHECK(with("V0412").says("found     V0411"));
  CHECK(with("V9999").errors() == std::vector<std::string>{"V0802"});
  at.put("p.yaml", head + "  - {name: r, error: V0402}\n");
  CHECK(tests::vigie(at, {"test", "p.yaml"}).says("found     no error"));
}

TEST_CASE("names that do not exist and values of the wrong type refuse the test, and others "
          "still run") {
  const tests::workplace at;
  const auto refused = [&](const std::string& test_text, const std::string& code) {
    const tests::ended e = test(at, "  - name: bad\n" + test_text + passing);
    INFO(test_text << e.err);
    CHECK(e.code == 2);
    CHECK(e.errors() == std::vector<std::string>{code});
    CHECK(e.out ==
          "REFUSED   p.yaml: bad\nok        p.yaml: good\n1 passed, 0 failed, 1 refused\n");
    CHECK(std::regex_search(e.err, std::regex("p.yaml:[0-9]+:[0-9]+")));
  };
  refused("    given: {lins: {rows: []}}\n    expect: {kept: []}\n", "V0802");
  refused("    given: {lines: {row: []}}\n    expect: {kept: []}\n    property: threads_agree\n",
          "V0802");
  refused("    given: {lines: {rows: [{idd: 1}]}}\n    expect: {kept: []}\n", "V0802");
  refused("    given: {lines: {rows: [{id: x}]}}\n    expect: {kept: []}\n", "V0803");
  refused("    given: {lines: {rows: [{day: 2014-02-30}]}}\n    expect: {kept: []}\n", "V0803");
  refused("    given: {lines: {rows: {id: 1}}}\n    expect: {kept: []}\n", "V0803");
  refused("    given: {lines: {rows: [], file: x}}\n    expect: {kept: []}\n", "V0803");
  refused("    given: {kept: {file: x}}\n    expect: {longer: []}\n", "V0802");
  refused("    given: {lines: {rows: []}}\n    expect: {write_jsonl: []}\n", "V0802");
  refused("    given: {write_jsonl: {rows: []}}\n    expect: {kept: []}\n", "V0802");
  refused("    given: {longer: {rows: []}}\n    expect: {kept: []}\n", "V0802");
  refused("    given: {kept: {rows: []}}\n    expect: {kept: []}\n", "V0802");
  refused("    given: {lines: {rows: []}}\n    expect: {kept: {rwos: []}}\n", "V0802");
  refused("    given: {lines: {rows: []}}\n    expect: {kept: 3}\n", "V0803");
  refused("    given: {lines: {rows: []}}\n    expect: {kept: {count: -1}}\n", "V0803");
  refused("    given: {lines: {rows: []}}\n    expect: {kept: {errors: [{cod: V0601}]}}\n",
          "V0802");
  refused("    given: {lines: {rows: []}}\n    expect: {}\n", "V0216");
  refused("    property: threads_agre\n", "V0802");
  refused("    set: {lest: 3}\n    given: {lines: {rows: []}}\n    expect: {kept: []}\n", "V0802");
  refused("    set: {least: x}\n    given: {lines: {rows: []}}\n    expect: {kept: []}\n", "V0223");
  refused("    error: V0402\n    expect: {kept: []}\n", "V0216");
}

TEST_CASE("a run that fails inside a test fails the test with its own error") {
  const tests::workplace at;
  const tests::ended e = test(at, "  - name: o\n    given: {lines: {rows: [{id: "
                                  "9223372036854775807}]}}\n    expect: {longer: []}\n");
  CHECK(e.code == 1);
  CHECK(e.errors() == std::vector<std::string>{"V0601"});
}

TEST_CASE("a test never waits for standard input") {
  const tests::workplace at;
  at.put("p.yaml", tests::lines_pipeline{.files = "-"}.text() +
                       "tests:\n  - {name: p, property: splits_agree}\n");
  tests::child run(at, {"test", "p.yaml"}, {.limit = 30, .keep_stdin = true});
  const tests::ended e = run.wait();
  CHECK(e.in_time);
  CHECK(e.code == 1);
  CHECK(e.errors() == std::vector<std::string>{"V0802"});
}

TEST_CASE("a file without tests is a warning, and one that cannot be read ends with 2") {
  const tests::workplace at;
  const std::string bare = head.substr(0, head.find("tests:"));
  at.put("p.yaml", bare);
  const tests::ended none = tests::vigie(at, {"test", "p.yaml"});
  CHECK(none.code == 0);
  CHECK(none.says("warning[V0805]"));
  at.put("q.yaml", head + passing);
  const tests::ended both = tests::vigie(at, {"test", "nowhere.yaml", "q.yaml"});
  CHECK(both.code == 2);
  CHECK(both.out.find("ok        q.yaml: good") != std::string::npos);
  CHECK(both.errors() == std::vector<std::string>{"V0501"});
}

TEST_CASE("properties run the whole pipeline, leave nothing behind and are added on request") {
  const tests::workplace at;
  at.put("in.jsonl", "{\"id\": 1}\n{\"id\": 2}\n{\"id\": 3}\n");
  at.put("p.yaml", head + passing +
                       "  - name: threads\n    property: threads_agree\n  - name: rows\n    "
                       "given: {lines: {rows: [{id: 2}, {id: 3}]}}\n    expect: {longer: "
                       "[{twice: 4}, {twice: 6}]}\n    property: splits_agree\n");
  std::filesystem::create_directory(at.path("tmp"));
  const auto run = [&](std::vector<std::string> words) {
    return tests::vigie(at, words, {.environment = {{"TMPDIR", at.path("tmp")}}});
  };
  CHECK(run({"test", "p.yaml"}).out.ends_with("3 passed, 0 failed\n"));
  CHECK(run({"test", "p.yaml", "--properties"}).out.ends_with("3 passed, 0 failed\n"));
  at.put("q.yaml", head.substr(0, head.find("tests:")));
  CHECK(run({"test", "q.yaml", "--properties"}).out.ends_with("3 passed, 0 failed\n"));
  std::filesystem::remove(at.path("in.jsonl"));
  const tests::ended e = run({"test", "q.yaml", "--properties"});
  CHECK(e.code == 1);
  CHECK(e.says("V0501"));
  CHECK(at.files() == std::vector<std::string>{"p.yaml", "q.yaml"});
}

TEST_CASE("accept rewrites the rows of tests that fail and nothing else") {
  const tests::workplace at;
  const std::string given =
      "    given: {lines: {rows: [{id: 2, text: \"a \\\"b\\\"\"}, {id: 3}]}}\n";
  const std::string wrong = "  - name: wrong   # kept\n" + given +
                            "    expect:\n      longer:\n        - {twice: 1, name: x}\n\n";
  const tests::ended e = test(at,
                              passing + wrong + "  - name: contains\n" + given +
                                  "    expect: {kept: {contains: [{id: 9}]}}\n",
                              {"--accept"});
  INFO(e.err);
  CHECK(e.code == 1);
  CHECK(e.out == "ok        p.yaml: good\naccepted  p.yaml: wrong\nFAILED    p.yaml: contains\n1 "
                 "passed, 1 failed, 1 accepted\n");
  CHECK(at.get("p.yaml") == head + passing + "  - name: wrong   # kept\n" + given +
                                "    expect:\n      longer:\n        - {twice: 4, name: \"A "
                                "\\\"B\\\"\"}\n        - {twice: 6, name: null}\n\n"
                                "  - name: contains\n" +
                                given + "    expect: {kept: {contains: [{id: 9}]}}\n");
  CHECK(tests::vigie(at, {"test", "p.yaml"}).out.ends_with("2 passed, 1 failed\n"));
  CHECK(at.files() == std::vector<std::string>{"p.yaml"});
}

TEST_CASE("accept keeps the rights of the file and follows a link to it") {
  const tests::workplace at;
  at.put("real.yaml",
         head + "  - {name: w, given: {lines: {rows: []}}, expect: {kept: {count: 3}}}\n");
  fs::permissions(at.path("real.yaml"),
                  fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  fs::create_symlink("real.yaml", at.path("p.yaml"));
  CHECK(tests::vigie(at, {"test", "p.yaml", "--accept"}).code == 0);
  CHECK(fs::is_symlink(at.path("p.yaml")));
  CHECK(at.get("real.yaml").find("{count: 0}") != std::string::npos);
  CHECK(fs::status(at.path("real.yaml")).permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read));
}

TEST_CASE("json says the same to programs") {
  const tests::workplace at;
  const tests::ended e = test(at,
                              passing + "  - name: wrong\n    given: {lines: {rows: [{id: "
                                        "2}]}}\n    expect: {longer: [{twice: 5}]}\n",
                              {"--json"});
  CHECK(e.code == 1);
  CHECK(e.err.empty());
  for (const char* part :
       {"\"name\": \"good\"", "\"result\": \"ok\"", "\"result\": \"failed\"", "\"code\": \"V0801\"",
        "\"step\": \"longer\"", "\"row\": 0", "\"column\": \"twice\"", "\"expected\": \"5\"",
        "\"found\": \"4\"", "\"passed\": 1", "\"failed\": 1"})
    CHECK(e.out.find(part) != std::string::npos);
}

TEST_CASE("the tests of all pipelines that ship pass") {
  const tests::workplace at;
  std::vector<std::string> words{"test"};
  for (const auto& folder : {"pipelines", "tests/pipelines"})
    for (const auto& e : fs::recursive_directory_iterator(fs::path(VIGIE_SOURCE_DIR) / folder)) {
      const std::string parent = e.path().parent_path().filename();
      if (e.path().extension() == ".yaml" && parent != "broken" && parent != "refused")
        words.push_back(e.path());
    }
  std::ranges::sort(words.begin() + 1, words.end());
  const tests::ended e = tests::vigie(at, words, {.limit = 300});
  INFO(e.out << e.err);
  CHECK(e.code == 0);
  CHECK(lines_of(e.out) > 10);
}
