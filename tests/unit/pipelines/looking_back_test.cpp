// SPDX-License-Identifier: Apache-2.0
// The commands that look at what runs left: verify, runs, clean and diff, through the program.
#include "catch.hpp"
#include "child.hpp"
#include "io/lock.hpp"
#include "runs/journal.hpp"
#include "runs/manifest.hpp"

#include <simdjson.h>

namespace {

using tests::ended;
using tests::workplace;

std::string hex_of(const std::string& bytes) {
  const auto v = vigie::io::sha256(bytes);
  REQUIRE(v);
  return vigie::io::to_hex(*v);
}

// A finished run of one input and these outputs, made by hand.
vigie::runs::manifest put_run(const workplace& at, const std::string& out,
                              const std::vector<std::pair<std::string, std::string>>& outputs) {
  vigie::runs::manifest m;
  m.vigie = "0.1.0";
  m.started = "2001-02-03T04:05:06Z";
  m.pipeline_name = "sample";
  m.pipeline_file = "p.yaml";
  m.pipeline_source = "vigie: 1\n";
  m.pipeline_sha256 = hex_of(m.pipeline_source);
  m.called.folder = at.path();
  at.put("p.yaml", m.pipeline_source);
  at.put("in.txt", "0123456789");
  vigie::runs::manifest_input in;
  in.step = "read";
  in.name = in.path = "in.txt";
  in.size = 10;
  in.splits = {{0, 4, *vigie::io::sha256("0123")}, {4, 6, *vigie::io::sha256("456789")}};
  in.sha256 = *vigie::io::root_digest(in.splits);
  m.inputs = {in};
  for (const auto& [file, bytes] : outputs) {
    at.put(out + "/" + file, bytes);
    m.outputs.push_back({.step = "write",
                         .file = file,
                         .rows = std::count(bytes.begin(), bytes.end(), '\n'),
                         .bytes = bytes.size(),
                         .sha256 = hex_of(bytes)});
  }
  at.put(out + "/.vigie/manifest.json", manifest_text(m));
  return m;
}

void put_dead_run(const workplace& at, const std::string& out) {
  vigie::json_writer w(0);
  w.begin_object().field("vigie_journal", 1).key("run");
  auto m = put_run(at, ".other", {});
  m.pipeline_name = "dead";
  write(w, m);
  w.end_object();
  auto j = vigie::runs::journal::create(at.path(out) + "/.vigie/journal", w.text());
  REQUIRE(j);
  REQUIRE(j->append(R"({"settled": 12})"));
  at.put(out + "/.vigie/work/parts/0", "123");
  at.put(out + "/.vigie/lock", "");
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

simdjson::dom::element parsed(simdjson::dom::parser& parser, const ended& e) {
  simdjson::dom::element json;
  INFO(e.out << e.err);
  REQUIRE(parser.parse(e.out).get(json) == simdjson::SUCCESS);
  CHECK(e.err.empty());
  return json;
}

std::int64_t number(const simdjson::dom::element& e, std::string_view pointer) {
  std::int64_t n = -1;
  REQUIRE(e.at_pointer(pointer).get(n) == simdjson::SUCCESS);
  return n;
}

std::string text(const simdjson::dom::element& e, std::string_view pointer) {
  std::string_view t;
  REQUIRE(e.at_pointer(pointer).get(t) == simdjson::SUCCESS);
  return std::string(t);
}

} // namespace

TEST_CASE("verify counts what it checked and quotes the digest of the manifest") {
  const workplace at;
  const auto m = put_run(at, "out/a", {{"x.csv", "k\n1\n"}, {"y.txt", "a\n"}});
  const ended e = tests::vigie(at, {"verify", "out/a"});
  INFO(e.err);
  CHECK(e.code == 0);
  CHECK(e.err.empty());
  CHECK(e.out ==
        "1 input (10 bytes), 2 outputs (6 bytes), 0 plugins, 0 resources checked; manifest "
        "sha256 " +
            hex_of(manifest_text(m)) + "\n");
  at.put("in.txt", "0123x56789");
  at.put("out/a/y.txt", "");
  const ended changed = tests::vigie(at, {"verify", "out/a"});
  CHECK(changed.code == 1);
  CHECK(changed.errors() == std::vector<std::string>{"V0734", "V0734"});
  CHECK(changed.says("in.txt, bytes 4-10"));
  CHECK(changed.says("y.txt"));
  const ended json = tests::vigie(at, {"verify", "out/a", "--json"});
  CHECK(json.code == 1);
  simdjson::dom::parser parser;
  const auto v = parsed(parser, json);
  CHECK(text(v, "/manifest_sha256") == hex_of(manifest_text(m)));
  CHECK(number(v, "/inputs/bytes") == 10);
  CHECK(number(v, "/findings/0/offset") == 4);
  CHECK(number(v, "/findings/0/length") == 6);
  CHECK(text(v, "/findings/0/code") == "V0734");
  CHECK_FALSE(text(v, "/findings/0/help").empty());
}

TEST_CASE("verify refuses runs that are not finished and finds fault with damaged ones") {
  const workplace at;
  put_dead_run(at, "dead");
  const ended dead = tests::vigie(at, {"verify", "dead"});
  CHECK(dead.code == 2);
  CHECK(dead.errors() == std::vector<std::string>{"V0732"});
  CHECK(dead.says("vigie resume dead"));
  CHECK(tests::vigie(at, {"verify", "nowhere"}).code == 2);
  CHECK(tests::vigie(at, {"verify"}).code == 2);
  at.put("bad/.vigie/manifest.json", "{\"vigie_manifest\": 1}");
  const ended bad = tests::vigie(at, {"verify", "bad"});
  CHECK(bad.code == 1);
  CHECK(bad.errors() == std::vector<std::string>{"V0730"});
  CHECK(tests::vigie(at, {"verify", "nowhere", "--json"}).out.starts_with("["));
}

TEST_CASE("runs lists what is below a folder, and what is damaged stops nothing") {
  const workplace at;
  const ended none = tests::vigie(at, {"runs"});
  CHECK(none.code == 0);
  CHECK(none.out == "no runs below '.'\n");
  put_run(at, "b", {{"x.csv", "k\n1\n"}});
  put_dead_run(at, "a/deep");
  const ended here = tests::vigie(at, {"runs"});
  CHECK(here.code == 0);
  CHECK(here.out == "state       pipeline  started               work        outputs   folder\n"
                    "unfinished  dead      2001-02-03T04:05:06Z  12 settled            a/deep\n"
                    "finished    sample    2001-02-03T04:05:06Z  2 rows      1 output  b\n");
  at.put("out/c/.vigie/manifest.json", "{");
  put_run(at, "out/d", {});
  const ended out = tests::vigie(at, {"runs"});
  CHECK(out.code == 1);
  CHECK(out.errors() == std::vector<std::string>{"V0730"});
  CHECK(holds(out.out, "out/c\n"));
  CHECK(holds(out.out, "out/d\n"));
  CHECK_FALSE(holds(out.out, "a/deep"));
  simdjson::dom::parser parser;
  const auto list = parsed(parser, tests::vigie(at, {"runs", ".", "--json"}));
  CHECK(text(list, "/runs/0/folder") == "a/deep");
  CHECK(text(list, "/runs/0/state") == "unfinished");
  CHECK(number(list, "/runs/0/settled") == 12);
  CHECK(number(list, "/runs/1/rows") == 2);
  CHECK(text(list, "/runs/2/state") == "damaged");
  CHECK(text(list, "/runs/2/problem/code") == "V0730");
  CHECK(tests::vigie(at, {"runs", "nowhere"}).code == 2);
}

TEST_CASE("clean says what it took away, and takes nothing from a run at work") {
  const workplace at;
  put_run(at, "out", {{"x.csv", "k\n1\n"}});
  CHECK(tests::vigie(at, {"clean", "out"}).out == "nothing to clean in 'out'\n");
  put_dead_run(at, "out");
  {
    const auto held = vigie::io::file_lock::take(at.path("out/.vigie/lock"));
    REQUIRE(held);
    REQUIRE(*held);
    const ended busy = tests::vigie(at, {"clean", "out"});
    CHECK(busy.code == 2);
    CHECK(busy.errors() == std::vector<std::string>{"V0733"});
    CHECK(holds(tests::vigie(at, {"runs", "out"}).out, "running"));
    CHECK(tests::vigie(at, {"verify", "out"}).errors() == std::vector<std::string>{"V0733"});
  }
  CHECK(at.has("out/.vigie/work/parts/0"));
  const ended e = tests::vigie(at, {"clean", "out"});
  CHECK(e.code == 0);
  CHECK(holds(e.out, "removed out/.vigie/work  1 file, 3 bytes\n"));
  CHECK(at.files("out") ==
        std::vector<std::string>{"out/.vigie/lock", "out/.vigie/manifest.json", "out/x.csv"});
  CHECK(tests::vigie(at, {"verify", "out"}).code == 0);
  simdjson::dom::parser parser;
  put_dead_run(at, "out");
  const auto gone = parsed(parser, tests::vigie(at, {"clean", "out", "--json"}));
  CHECK(number(gone, "/removed/1/bytes") == 3);
  CHECK(tests::vigie(at, {"clean", "nowhere"}).code == 2);
}

TEST_CASE("diff names rows, keys and columns, and cells only when it is told to") {
  const workplace at;
  put_run(at, "a",
          {{"x.csv", "k,v\n1,secret-a\n2,b\n3,c\n"}, {"same.txt", "s\n"}, {"m.bin", "12"}});
  put_run(at, "b",
          {{"x.csv", "k,v\n1,secret-b\n3,c\n4,d\n"}, {"same.txt", "s\n"}, {"m.bin", "13"}});
  const ended e = tests::vigie(at, {"diff", "a", "b", "--key", "k"});
  INFO(e.out << e.err);
  CHECK(e.code == 1);
  CHECK(e.err.empty());
  CHECK(e.out == "m.bin: differs from byte 1 on (2 bytes, then 2)\n"
                 "x.csv: 3 rows, then 3: 1 added, 1 removed, 1 changed\n"
                 "  + row 3  k=4\n"
                 "  - row 2  k=2\n"
                 "  ~ row 1, then 1  k=1: v\n"
                 "1 of 3 outputs the same, byte by byte\n");
  const ended cells = tests::vigie(at, {"diff", "a", "b", "--key", "k", "--cells"});
  CHECK(holds(cells.out, "      v: secret-a -> secret-b\n"));
  CHECK(holds(cells.out, "  + row 3  k=4  k=4  v=d\n"));
  const ended whole = tests::vigie(at, {"diff", "a", "b", "--file", "x.csv", "--limit", "1"});
  CHECK(whole.out == "x.csv: 3 rows, then 3: 2 added, 2 removed\n"
                     "  + row 1\n  + and 1 more\n  - row 1\n  - and 1 more\n"
                     "0 of 1 output the same, byte by byte\n");
  simdjson::dom::parser parser;
  const auto json = parsed(parser, tests::vigie(at, {"diff", "a", "b", "--key", "k", "--json"}));
  CHECK(number(json, "/files/2/changed") == 1);
  CHECK(text(json, "/files/2/first_changed/0/columns/0") == "v");
  CHECK(text(json, "/files/2/first_added/0/key/0") == "4");
  CHECK_FALSE(holds(tests::vigie(at, {"diff", "a", "b", "--key", "k", "--json"}).out, "secret"));
  CHECK(number(json, "/files/0/first_byte") == 1);
}

TEST_CASE("diff ends with 0 for the same outputs, also where the manifests differ") {
  const workplace at;
  put_run(at, "a", {{"x.txt", "1\n"}});
  auto m = put_run(at, "b", {{"x.txt", "1\n"}});
  CHECK(tests::vigie(at, {"diff", "a", "b"}).out == "1 of 1 output the same, byte by byte\n");
  m.vigie = "0.0.9";
  m.params = {{"day", "\"\\u001b[1m\""}};
  at.put("b/.vigie/manifest.json", manifest_text(m));
  const ended e = tests::vigie(at, {"diff", "a", "b"});
  CHECK(e.code == 0);
  CHECK(holds(e.out, "program: 0.1.0 -> 0.0.9\n"));
  CHECK(holds(e.out, "parameter 'day': (none) -> "));
  CHECK_FALSE(holds(e.out, "\x1b"));
}

TEST_CASE("diff refuses what it cannot compare, and options it cannot read") {
  const workplace at;
  put_run(at, "a", {{"x.csv", "k,v\n1,2\n"}});
  put_run(at, "b", {{"x.csv", "k,v\n1,3\n"}});
  put_dead_run(at, "dead");
  const auto refused_with = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "diff");
    const ended e = tests::vigie(at, words);
    CHECK(e.code == 2);
    return e.errors().empty() ? e.err : e.errors()[0];
  };
  CHECK(refused_with({"a", "dead"}) == "V0732");
  CHECK(refused_with({"nowhere", "b"}) == "V0731");
  CHECK(refused_with({"a", "b", "--key", "kk"}) == "V0738");
  CHECK(refused_with({"a", "b", "--file", "y.csv"}) == "V0739");
  CHECK(refused_with({"a", "b", "--key", "k,"}) == "V0902");
  CHECK(refused_with({"a", "b", "--limit", "0"}) == "V0902");
  CHECK(refused_with({"a"}) == "V0902");
}
