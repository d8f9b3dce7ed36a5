// SPDX-License-Identifier: Apache-2.0
#include "run_folder.hpp"
#include "runs/same.hpp"

#include <functional>

using vigie::runs::manifest;
using vigie::runs::what_changed;

namespace {

vigie::runs::manifest_step step(const std::string& name, const std::string& use) {
  vigie::runs::manifest_step s;
  s.name = name;
  s.use = use;
  s.plugin = "core";
  s.version = "1";
  return s;
}

vigie::runs::manifest_plugin plugin(const std::string& id) {
  vigie::runs::manifest_plugin p;
  p.id = id;
  p.version = "1";
  p.sha256 = tests::hex_of(id);
  p.path = id + ".so";
  return p;
}

manifest sample() {
  manifest m = tests::bare_manifest("/somewhere");
  m.params = {{"out", "\"out/a\""}, {"pages", "\"*.txt\""}};
  m.steps = {step("read", "core.read_text"), step("write", "core.write_jsonl")};
  m.steps[1].from = {"read"};
  m.steps[1].params = {{"nulls", "\"keep\""}};
  m.plugins = {plugin("core")};
  m.inputs = {tests::input_of("a.txt", "aaaa"), tests::input_of("b.txt", "bb")};
  return m;
}

} // namespace

TEST_CASE("two runs are the same whenever, where and by whom they are done") {
  manifest now = sample();
  now.started = "2030-01-01T00:00:00Z";
  now.host = "another";
  now.called.folder = "/elsewhere";
  now.params[0].json = "\"out/b\"";
  now.plugins[0].path = "/other/core.so";
  now.inputs[0].path = "/other/a.txt";
  CHECK(what_changed(sample(), now).empty());
}

TEST_CASE("whatever would make other outputs is named") {
  const std::vector<std::pair<std::string, std::function<void(manifest&)>>> changes{
      {"this is vigie", [](manifest& m) { m.vigie = "9"; }},
      {"'p.yaml' was edited", [](manifest& m) { m.pipeline_sha256 = tests::hex_of("x"); }},
      {"has 'pages' \"*.html\" and had \"*.txt\"",
       [](manifest& m) { m.params[1].json = "\"*.html\""; }},
      {"has no parameter 'pages' any more", [](manifest& m) { m.params.pop_back(); }},
      {"has a new parameter 'x'", [](manifest& m) { m.params.push_back({"x", "1"}); }},
      {"step 'write' has 'nulls'", [](manifest& m) { m.steps[1].params[0].json = "\"drop\""; }},
      {"step 'write' does something else", [](manifest& m) { m.steps[1].use = "core.write_csv"; }},
      {"step 'write' does something else", [](manifest& m) { m.steps[1].from = {"read.errors"}; }},
      {"step 'more' is new", [](manifest& m) { m.steps.push_back(step("more", "x.y")); }},
      {"steps are missing", [](manifest& m) { m.steps.pop_back(); }},
      {"plugin 'core' is another file",
       [](manifest& m) { m.plugins[0].sha256 = tests::hex_of("x"); }},
      {"plugin 'new' is new", [](manifest& m) { m.plugins.push_back(plugin("new")); }},
      {"'c.txt' stands where 'b.txt' was", [](manifest& m) { m.inputs[1].name = "c.txt"; }},
      {"there are 1 inputs and were 2", [](manifest& m) { m.inputs.pop_back(); }},
      {"input 'a.txt' has 5 bytes and had 4", [](manifest& m) { m.inputs[0].size = 5; }},
      {"--split is 17 and was 16", [](manifest& m) { m.split_bytes = 17; }},
      {"digests were switched", [](manifest& m) { m.digests = false; }},
      {"another shard", [](manifest& m) { m.shard = m.shards = 1; }},
      {"--since names another", [](manifest& m) { m.since = "out"; }},
  };
  for (const auto& [words, change] : changes) {
    manifest now = sample();
    change(now);
    const auto found = what_changed(sample(), now);
    INFO(words);
    REQUIRE(found.size() == 1);
    INFO(found.front());
    CHECK(found.front().find(words) != std::string::npos);
  }
}

TEST_CASE("of many changes ten lines are given, the last of which counts the rest") {
  manifest now = sample();
  for (int i = 0; i < 30; ++i) now.params.push_back({"p" + std::to_string(i), "1"});
  const auto found = what_changed(sample(), now);
  CHECK(found.size() == 10);
  CHECK(found.back() == "and 21 more");
}
