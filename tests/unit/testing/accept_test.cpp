// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "config/pipeline.hpp"
#include "testing/accept.hpp"

using namespace vigie;
using namespace vigie::testing;

namespace {

const std::string head =
    "vigie: 1\nname: x\nsteps:\n  - use: core.read_text\n    with: {files: a}\ntests:\n";

pipeline load(const std::string& tests) {
  loaded l = load_pipeline(head + tests, "p.yaml");
  for (const diagnostic& d : l.problems) UNSCOPED_INFO(render(d));
  REQUIRE(l.doc);
  return *std::move(l.doc);
}

// The value of `expect: {read_text: ...}` of each test.
std::vector<edit> edits_of(const pipeline& p, std::vector<std::string> rows) {
  std::vector<edit> out;
  for (const pipeline_test& t : p.tests)
    out.push_back({t.body.find("expect")->value.find("read_text")->value, rows, "7"});
  return out;
}

std::string rewritten(const std::string& tests, std::vector<std::string> rows) {
  const pipeline p = load(tests);
  const auto text = rewrite(p, edits_of(p, std::move(rows)));
  if (!text) UNSCOPED_INFO(render(text.error()));
  REQUIRE(text);
  REQUIRE(text->starts_with(head));
  return text->substr(head.size());
}

bool refuses(const std::string& tests) {
  const pipeline p = load(tests);
  const auto text = rewrite(p, edits_of(p, {"{a: 1}"}));
  return !text && text.error().code == code::test_failed && text.error().place.line > 6;
}

} // namespace

TEST_CASE("rows in block style are replaced and every other byte stays") {
  CHECK(rewritten("  - name: one   # a remark\n    expect:\n      read_text:\n        - {a: 1}  \n "
                  "       - a: 2\n          b: 3\n\n  # behind\n  - name: two\n    property: "
                  "threads_agree\n    expect: {read_text: []}\n",
                  {"{a: 5}", "{a: 6}"}) ==
        "  - name: one   # a remark\n    expect:\n      read_text:\n        - {a: 5}\n        - "
        "{a: 6}\n\n  # behind\n  - name: two\n    property: threads_agree\n    expect: "
        "{read_text: [{a: 5}, {a: 6}]}\n");
}

TEST_CASE("rows in flow style stay in flow style, over several lines where one is too short") {
  CHECK(rewritten("  - {name: \"a ] b\", expect: {read_text: [{a: \"x]'\"}, {a: 'it''s }'}]}}\n",
                  {"{a: 1}"}) == "  - {name: \"a ] b\", expect: {read_text: [{a: 1}]}}\n");
  const std::string longer = "{a: \"" + std::string(60, 'x') + "\"}";
  CHECK(rewritten("  - name: one\n    expect:\n      read_text: [\n        {a: 1}]\n",
                  {longer, longer}) == "  - name: one\n    expect:\n      read_text: [\n        " +
                                           longer + ",\n        " + longer + "]\n");
}

TEST_CASE("an empty list takes the place of block rows") {
  CHECK(rewritten("  - name: one\n    expect:\n      read_text:\n        - {a: 1}\n", {}) ==
        "  - name: one\n    expect:\n      read_text:\n          []\n");
}

TEST_CASE("a count is replaced") {
  const pipeline p = load("  - name: one\n    expect: {read_text: {count: 3}}   # rows\n");
  const yaml::node& count =
      p.tests[0].body.find("expect")->value.find("read_text")->value.find("count")->value;
  const auto text = rewrite(p, {{count, {}, "12"}});
  REQUIRE(text);
  CHECK(*text == head + "  - name: one\n    expect: {read_text: {count: 12}}   # rows\n");
}

TEST_CASE("a comment between rows and other line ends make it refuse") {
  CHECK(refuses(
      "  - name: one\n    expect:\n      read_text:\n        - {a: 1} # why\n        - {a: 2}\n"));
  CHECK(refuses("  - name: one\n    expect:\n      read_text:\n        - {a: 1}\n        # why\n   "
                "     - {a: 2}\n"));
  CHECK(refuses("  - name: one\n    expect: {read_text: [{a: 1}, # why\n      {a: 2}]}\n"));
  const std::string windows =
      "vigie: 1\r\nname: x\r\nsteps:\r\n  - use: core.read_text\r\n    with: {files: "
      "a}\r\ntests:\r\n  - {name: t, expect: {read_text: []}}\r\n";
  const loaded l = load_pipeline(windows, "p.yaml");
  REQUIRE(l.doc);
  CHECK_FALSE(rewrite(*l.doc, edits_of(*l.doc, {"{a: 1}"})));
}

TEST_CASE("a list as deep as its key becomes empty in a place YAML allows") {
  CHECK(rewritten("  - name: one\n    expect:\n      read_text:\n      - {a: 1}\n", {}) ==
        "  - name: one\n    expect:\n      read_text:\n        []\n");
}
