// SPDX-License-Identifier: Apache-2.0
// Components that misbehave, met through `vigie run` and `vigie test`; and faults of the host
// itself, which no pipeline reaches, made by hand.
#include "catch.hpp"
#include "exec/run.hpp"
#include "exec/schedule.hpp"
#include "io/sha256.hpp"
#include "lines.hpp"

#include <algorithm>
#include <cstdlib>

namespace {

namespace fs = std::filesystem;
using tests::good_lines;

tests::ended run_with(const tests::workplace& at, const std::string& step) {
  at.put("in.jsonl", good_lines(0, 10));
  return tests::run_lines(at, {.more = step}, {"--plugin-dir", VIGIE_MOODY});
}

// A pipeline bound in this process, so that a test can bend it.
struct bent {
  vigie::loader::catalog catalog{{.folders = {},
                                  .install_folder = VIGIE_PLUGINS,
                                  .share_folder = VIGIE_SHARE,
                                  .inspector = VIGIE_PROGRAM,
                                  .cache_folder = {}}};
  vigie::loaded doc = vigie::load_pipeline(
      tests::lines_pipeline{.more = "  - use: core.filter\n    with: {where: id > 3}\n"}.text(),
      "p.yaml");
  vigie::diagnostics problems;
  vigie::scope values = vigie::bind_params(*doc.doc, {}, problems);
  vigie::memory_budget memory{1 << 20};
  std::atomic<bool> cancel = false;
  vigie::plan::services shared{nullptr, &memory, &cancel};
  std::optional<vigie::plan::plan> plan = vigie::plan::build(
      *doc.doc, values, catalog, shared, {.given = {"lines"}, .collect = {"filter"}}, problems);

  vigie::result<vigie::exec::run_result> run() {
    vigie::data::batch rows;
    rows.rows = 1;
    for (const vigie::field& f : plan->steps[0].fields) {
      vigie::builder b(f);
      b.null();
      ArrowArray a{};
      b.finish(&a);
      rows.columns.push_back(vigie::data::take_array(&a));
    }
    vigie::exec::run_options o;
    o.write = false;
    o.given["lines"] = {rows};
    return vigie::exec::execute(*plan, shared, o);
  }
};

} // namespace

TEST_CASE("a component that gives up ends the run with the code of its reason") {
  const tests::workplace at;
  for (const auto& [how, code] : std::vector<std::pair<std::string, std::string>>{
           {"data", "V0604"}, {"io", "V0605"}, {"resource", "V0606"}, {"unsupported", "V0607"}}) {
    const tests::ended e = run_with(at, "  - use: moody.fail\n    with: {how: " + how + "}\n");
    INFO(e.err);
    CHECK(e.code == 1);
    CHECK(e.errors() == std::vector<std::string>{code});
    CHECK(e.says("step 'fail'"));
    CHECK(e.says("as told: " + how));
    // What is no fault of the rows passes, so the run is kept.
    const bool passes = how == "io" || how == "resource";
    CHECK(e.says("`vigie resume out` goes on with this run") == passes);
    CHECK(tests::nothing_left(at) == !passes);
    std::filesystem::remove_all(at.path("out"));
  }
}

TEST_CASE("a component gets no file that is neither its own nor a parameter of its step") {
  const tests::workplace at;
  at.put("secret", "x");
  const tests::ended e = run_with(at, "  - use: moody.fail\n    with: {how: outside}\n");
  CHECK(e.code == 2);
  CHECK(e.errors().size() == 1);
  CHECK(
      e.says("'../secret' is neither one of the step's path parameters nor a file of the plugin"));
}

TEST_CASE("a sink that makes more than its file leaves nothing at all") {
  const tests::workplace at;
  const tests::ended e = run_with(at, "  - use: moody.litter\n    with: {file: made.txt}\n");
  CHECK(e.code == 1);
  CHECK(e.errors() == std::vector<std::string>{"V0705"});
  CHECK(tests::nothing_left(at));
}

TEST_CASE("a component that depends on splits fails the property, and the message says under which "
          "conditions") {
  const tests::workplace at;
  at.put("in.jsonl", good_lines(0, 3000));
  at.put("p.yaml", tests::lines_pipeline{.more = "  - use: moody.count\n"}.text() +
                       "tests:\n  - {name: s, property: splits_agree}\n");
  const tests::ended e = tests::vigie(at, {"test", "p.yaml", "--plugin-dir", VIGIE_MOODY});
  INFO(e.err);
  CHECK(e.code == 1);
  CHECK(e.errors() == std::vector<std::string>{"V0804"});
  CHECK(e.says("splits of 4096 bytes: 'all.jsonl': other bytes from byte"));
}

TEST_CASE("shards that do not give what one run gives fail the property") {
  const tests::workplace at;
  at.put("in.jsonl", good_lines(0, 300));
  at.put("p.yaml", tests::lines_pipeline{.more = "  - use: moody.makings\n"}.text() +
                       "tests:\n  - {name: s, property: shards_agree}\n");
  const tests::ended e = tests::vigie(at, {"test", "p.yaml", "--plugin-dir", VIGIE_MOODY});
  INFO(e.err);
  CHECK(e.code == 1);
  CHECK(e.errors() == std::vector<std::string>{"V0804"});
  CHECK(e.says("with 1 shard and the merge, 2 threads"));
}

TEST_CASE("shards have nothing to agree on where no file is written") {
  const tests::workplace at;
  at.put("in.jsonl", good_lines(0, 3));
  at.put("p.yaml",
         "vigie: 1\nname: p\nsteps:\n  - use: core.read_jsonl\n    with: {files: in.jsonl, "
         "columns: [{name: id}]}\ntests:\n  - {name: s, property: shards_agree}\n"
         "  - {name: t, expect: {read_jsonl: []}, property: shards_agree}\n");
  const tests::ended e = tests::vigie(at, {"test", "p.yaml"});
  INFO(e.err);
  CHECK(e.code == 2);
  CHECK(e.errors() == std::vector<std::string>{"V0804", "V0216"});
}

TEST_CASE("of two plugins of one name the first is used and the other is shown as left alone") {
  const tests::workplace at;
  for (const char* folder : {"one", "two"}) {
    fs::create_directory(at.path(folder));
    fs::copy_file(std::string(VIGIE_MOODY) + "/moody.so",
                  at.path(std::string(folder) + "/moody.so"));
  }
  const tests::ended e =
      tests::vigie(at, {"plugin", "list", "--plugin-dir", "one", "--plugin-dir", "two"});
  CHECK(e.code == 0);
  CHECK((e.out + e.err).find("V0309") != std::string::npos);
}

TEST_CASE("standard input is a note, and its rows arrive") {
  const tests::workplace at;
  at.put("p.yaml", tests::lines_pipeline{.files = "-"}.text());
  tests::child run(at, {"run", "p.yaml", "--out", "out"}, {.keep_stdin = true});
  REQUIRE(run.feed(good_lines(0, 5)));
  run.close_input();
  const tests::ended e = run.wait();
  CHECK(e.code == 0);
  CHECK(e.says("note[V0417]"));
  CHECK(std::ranges::count(at.get("out/all.jsonl"), '\n') == 5);
}

namespace {

// A configuration of the cryptographic library that offers nothing.
const std::string no_digests =
    "openssl_conf = main\n[main]\nproviders = those\n[those]\nnull = on\n[on]\nactivate = 1\n";

} // namespace

TEST_CASE("without SHA-256 a run is refused before any output and says why") {
  const tests::workplace at;
  at.put("in.jsonl", good_lines(0, 3));
  at.put("openssl.cnf", no_digests);
  const tests::ended e =
      tests::run_lines(at, {}, {}, {.environment = {{"OPENSSL_CONF", at.path("openssl.cnf")}}});
  INFO(e.err);
  CHECK(e.code == 2);
  CHECK(e.says("cannot compute SHA-256"));
  CHECK(tests::nothing_left(at));
}

// Run by the next test in a process of its own: the library reads its configuration once.
TEST_CASE("no digest is an error and not an empty digest", "[.no_digests]") {
  const auto digest = vigie::io::sha256("x");
  REQUIRE_FALSE(digest);
  CHECK(digest.error().code == vigie::code::digest_failed);
}

TEST_CASE("a cryptographic library that offers nothing is told by its code") {
  const tests::workplace at;
  at.put("openssl.cnf", no_digests);
  const std::string self = fs::read_symlink("/proc/self/exe").string();
  const std::string line = "VIGIE_CODES_SEEN= OPENSSL_CONF='" + at.path("openssl.cnf") + "' '" +
                           self + "' '[.no_digests]' >/dev/null";
  REQUIRE(std::system(line.c_str()) == 0);
  tests::saw_code("V0518");
}

TEST_CASE("a cancelled run ends with its code") {
  bent b;
  REQUIRE(b.plan);
  b.cancel = true;
  const auto r = b.run();
  REQUIRE_FALSE(r);
  CHECK(r.error().code == vigie::code::run_interrupted);
}

TEST_CASE("rows that get lost between two steps fail the run") {
  bent b;
  REQUIRE(b.plan);
  CHECK(b.run());
  b.plan->steps[0].consumers.clear();
  const auto r = b.run();
  REQUIRE_FALSE(r);
  CHECK(r.error().code == vigie::code::run_not_conserved);
  CHECK(r.error().place.step == "filter");
}

TEST_CASE("an exception inside a task is an error and not the end of the program") {
  vigie::exec::schedule_calls calls;
  calls.work = [](std::size_t, const vigie::exec::unit_turn&) -> vigie::exec::split_result {
    throw std::runtime_error("what nobody expected");
  };
  calls.settle = [](std::size_t, vigie::exec::split_result, bool) { return vigie::status(); };
  calls.enough = [] { return false; };
  const vigie::status s = vigie::exec::run_in_order(3, {.threads = 2, .delay_seed = {}}, calls);
  REQUIRE_FALSE(s);
  CHECK(s.error().code == vigie::code::internal);
}
