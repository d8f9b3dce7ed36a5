// SPDX-License-Identifier: Apache-2.0
#include "io/faults.hpp"
#include "run_folder.hpp"
#include "runs/diff.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <functional>
#include <map>
#include <set>

using vigie::code;
using vigie::runs::diff_options;
using vigie::runs::file_diff;
using vigie::runs::manifest;
using vigie::runs::row_form;
using vigie::runs::run_diff;
using texts = std::vector<std::string>;
using numbers = std::vector<std::uint64_t>;

namespace {

struct pair_of_runs {
  scratch s;
  vigie::runs::folder before, after;

  pair_of_runs(const std::string& file, const std::string& a, const std::string& b)
      : before(tests::put_run(s, "a", {{file, a}})), after(tests::put_run(s, "b", {{file, b}})) {}
};

run_diff diff_of(const pair_of_runs& p, const diff_options& o = {}) {
  auto r = diff(p.before, p.after, o);
  INFO((r ? "" : vigie::render(r.error())));
  REQUIRE(r);
  return *std::move(r);
}

file_diff file_diff_of(const std::string& file, const std::string& a, const std::string& b,
                       const diff_options& o = {}) {
  const run_diff r = diff_of(pair_of_runs(file, a, b), o);
  REQUIRE(r.files.size() == 1);
  CHECK(r.same_outputs() == (a == b));
  CHECK(r.files[0].same_bytes == (a == b));
  return r.files[0];
}

code refusal_of(const std::string& file, const std::string& a, const std::string& b,
                const diff_options& o) {
  const pair_of_runs p(file, a, b);
  const auto r = diff(p.before, p.after, o);
  REQUIRE_FALSE(r);
  CHECK_FALSE(r.error().hint.empty());
  return r.error().code;
}

numbers rows(const std::vector<vigie::runs::row_shown>& list) {
  numbers out;
  for (const auto& r : list) out.push_back(r.row);
  return out;
}

diff_options keyed(texts key) {
  diff_options o;
  o.key = std::move(key);
  return o;
}

// The rows of a file as its reader gives them, one text a row.
texts rows_of(const std::string& name, const std::string& bytes) {
  const scratch s;
  auto reader =
      vigie::runs::row_reader::open(s.put(name, bytes), vigie::runs::form_of(name), nullptr);
  REQUIRE(reader);
  texts out;
  for (vigie::runs::file_row row;;) {
    const auto more = (*reader)->next(row);
    if (!more)
      return {
          fmt::format("V{} row {}", static_cast<int>(more.error().code), more.error().place.row)};
    if (!*more) return out;
    std::string text = std::to_string(row.number);
    for (std::size_t k = 0; k < row.cells.size(); ++k)
      text += "|" + (k < row.names.size() ? row.names[k] + "=" : "") + row.cells[k];
    out.push_back(text);
  }
}

} // namespace

TEST_CASE("the end of a name tells how its rows are read") {
  using vigie::runs::form_of;
  CHECK(form_of("a.jsonl") == row_form::json_lines);
  CHECK(form_of("deep/a.ndjson.gz") == row_form::json_lines);
  CHECK(form_of("a.csv.zst") == row_form::csv);
  CHECK(form_of("a.txt") == row_form::lines);
  CHECK(form_of("a.md.gz") == row_form::lines);
  CHECK(form_of("a.html") == row_form::lines);
  CHECK(form_of("a.sqlite") == row_form::bytes);
  CHECK(form_of("jsonl") == row_form::bytes);
  CHECK(form_of("a.gz") == row_form::bytes);
}

TEST_CASE("rows are read as their format says") {
  CHECK(rows_of("a.jsonl", "{\"b\":1.0,\"a\":[1,{\"x\":\"\\u0041\"}]}\n\n \r\n[1,2]\n{}") ==
        texts{R"(1|b=1|a=[1, {"x": "A"}])", "4|[1, 2]", "5"});
  CHECK(rows_of("a.csv", "x,y\r\n1,2\r\n\"a \"\"q\"\"\",\"l1\nl2\r\nl3\"\r\n,\n3,") ==
        texts{"1|x=1|y=2", "2|x=a \"q\"|y=l1\nl2\r\nl3", "3|x=|y=", "4|x=3|y="});
  CHECK(rows_of("a.csv", "x\n\"1\"\"\"\r\n\"\"\na\"b\"\n") ==
        texts{"1|x=1\"", "2|x=", "3|x=a\"b\""});
  CHECK(rows_of("a.csv", "x,x\n").empty());
  CHECK(rows_of("a.csv", "").empty());
  CHECK(rows_of("a.jsonl", "").empty());
  CHECK(rows_of("a.txt", "a\n\nb\r\nc") == texts{"1|a", "2|", "3|b\r", "4|c"});
  CHECK(rows_of("a.txt", "").empty());
  CHECK(rows_of("a[1]*?.txt", "a\n") == texts{"1|a"});
  CHECK(rows_of("a.jsonl", "{}\n{\"a\":}\n") == texts{"V737 row 2"});
  CHECK(rows_of("a.jsonl", "{\"a\": \"\xff\"}\n") == texts{"V737 row 1"});
  CHECK(rows_of("a.jsonl", "{} {}\n") == texts{"V737 row 1"});
  CHECK(rows_of("a.csv", "x,y\n1,2\n3\n") == texts{"V737 row 2"});
  CHECK(rows_of("a.csv", "x\n1\n\"2\n") == texts{"V737 row 2"});
  std::string deep(2000, '[');
  CHECK(rows_of("a.jsonl", deep + std::string(2000, ']')) == texts{"V737 row 1"});
}

TEST_CASE("a row that begins in one chunk of a file and ends in another stays one") {
  std::string csv = "x,y\n", lines;
  const std::string cell = "\"" + std::string(3000, 'a') + "\n\"\"" + std::string(3000, 'b') + "\"";
  for (int n = 0; n < 400; ++n) csv += std::to_string(n) + "," + cell + "\n";
  for (int n = 0; n < 400; ++n)
    lines += R"({"n": )" + std::to_string(n) + R"(, "x": ")" + std::string(6000, 'a') + "\"}\n";
  const texts read = rows_of("a.csv", csv);
  REQUIRE(read.size() == 400);
  const std::string plain = std::string(3000, 'a') + "\n\"" + std::string(3000, 'b');
  CHECK(read[399] == "400|x=399|y=" + plain);
  CHECK(rows_of("a.jsonl", lines).size() == 400);
}

TEST_CASE("outputs that are the same byte by byte are the same, and nothing more is read") {
  for (const char* file : {"a.jsonl", "a.csv", "a.txt", "a.bin", "a.csv.gz"}) {
    const file_diff d = file_diff_of(file, "not of any form {\n\"", "not of any form {\n\"");
    CHECK(d.same_rows);
    CHECK_FALSE(d.first_byte);
    CHECK(d.problems.empty());
    CHECK(d.rows_before == 1);
  }
}

TEST_CASE("without a key rows are held against each other as a multiset") {
  const file_diff d = file_diff_of("a.txt", "a\nb\na\nc\na\n", "c\na\nd\nb\nd\na\n");
  CHECK_FALSE(d.same_rows);
  CHECK(d.rows_before == 5);
  CHECK(d.rows_after == 6);
  CHECK(d.removed == 1);
  CHECK(d.added == 2);
  CHECK(d.changed == 0);
  CHECK(rows(d.first_removed) == numbers{5});
  CHECK(rows(d.first_added) == numbers{3, 5});
  CHECK(d.first_removed[0].cells.cells.empty());
  const file_diff reordered = file_diff_of("a.txt", "a\nb\n", "b\na\n");
  CHECK(reordered.added + reordered.removed == 0);
  CHECK_FALSE(reordered.same_rows);
  const file_diff rewritten =
      file_diff_of("a.jsonl", "{\"a\": 1, \"b\": \"A\"}\n", "{\"a\":1.0,\"b\":\"\\u0041\"}\n\n");
  CHECK(rewritten.same_rows);
  CHECK(rewritten.added + rewritten.removed == 0);
  const file_diff quoted = file_diff_of("a.csv", "x,y\n1,2\n", "x,y\r\n\"1\",2");
  CHECK(quoted.same_rows);
  const file_diff shifted = file_diff_of("a.csv", "x,y\n12,3\n", "x,y\n1,23\n");
  CHECK(shifted.added == 1);
}

TEST_CASE("with a key rows are added, removed or changed, and the columns that changed are named") {
  const std::string a = "{\"id\":1,\"t\":\"x\",\"n\":1}\n{\"id\":2,\"t\":\"y\"}\n"
                        "{\"id\":3,\"t\":\"z\"}\n{\"id\":5,\"t\":\"w\",\"u\":1}\n";
  const std::string b = "{\"id\":3,\"t\":\"z\"}\n{\"id\":1,\"t\":\"q\",\"n\":2,\"m\":null}\n"
                        "{\"id\":4,\"t\":\"y\"}\n{\"id\":5,\"u\":1,\"t\":\"w\"}\n";
  diff_options o = keyed({"id"});
  const file_diff d = file_diff_of("a.jsonl", a, b, o);
  CHECK(d.keyed);
  CHECK(d.added == 1);
  CHECK(d.removed == 1);
  CHECK(d.changed == 2);
  CHECK(d.keys_twice == 0);
  CHECK(rows(d.first_added) == numbers{3});
  CHECK(d.first_added[0].key == texts{"4"});
  CHECK(d.first_removed[0].key == texts{"2"});
  CHECK(d.first_removed[0].cells.cells.empty());
  REQUIRE(d.first_changed.size() == 2);
  CHECK(d.first_changed[0].before == 1);
  CHECK(d.first_changed[0].after == 2);
  CHECK(d.first_changed[0].key == texts{"1"});
  CHECK(d.first_changed[0].columns == texts{"t", "n", "m"});
  CHECK(d.first_changed[0].cells_before.cells.empty());
  CHECK(d.first_changed[1].columns.empty());
  CHECK(d.columns_added == texts{"m"});
  CHECK(d.columns_removed.empty());
  o.cells = true;
  const file_diff full = file_diff_of("a.jsonl", a, b, o);
  CHECK(full.first_changed[0].cells_before.cells == texts{"1", "\"x\"", "1"});
  CHECK(full.first_changed[0].cells_after.cells == texts{"1", "\"q\"", "2", "null"});
  CHECK(full.first_added[0].cells.cells == texts{"4", "\"y\""});
}

TEST_CASE("keys of several columns, of absent cells and of texts that look alike stay apart") {
  const auto added = [](const std::string& file, const std::string& a, const std::string& b,
                        texts key) {
    const file_diff d = file_diff_of(file, a, b, keyed(std::move(key)));
    CHECK(d.keyed);
    return std::pair(d.added, d.changed);
  };
  using two = std::pair<std::uint64_t, std::uint64_t>;
  CHECK(added("a.csv", "x,y,z\na,bc,1\n", "x,y,z\nab,c,1\n", {"x", "y"}) == two(1, 0));
  CHECK(added("a.csv", "x,y,z\na,b,1\n", "x,y,z\na,b,2\n", {"y", "x"}) == two(0, 1));
  CHECK(added("a.jsonl", "{\"k\":\"\",\"v\":1}\n", "{\"v\":1}\n{\"k\":3}\n", {"k"}) == two(2, 0));
  CHECK(added("a.jsonl", "{\"k\":\"1\",\"v\":1}\n", "{\"k\":1,\"v\":1}\n", {"k"}) == two(1, 0));
  CHECK(added("a.jsonl", "{\"v\":1}\n{\"k\":1}\n", "{\"v\":2}\n{\"k\":1}\n", {"k"}) == two(0, 1));
  CHECK(added("a.jsonl", "", "{\"k\":1}\n", {"k"}) == two(1, 0));
}

TEST_CASE("keys that stand twice are said, and their rows compared as wholes") {
  const file_diff d = file_diff_of("a.csv", "k,v\n1,a\n1,b\n2,c\n3,d\n",
                                   "k,v\n1,b\n1,x\n2,y\n3,d\n3,d\n", keyed({"k"}));
  CHECK(d.keys_twice == 2);
  CHECK(d.changed == 1);
  CHECK(d.removed == 1);
  CHECK(d.added == 2);
  CHECK(rows(d.first_removed) == numbers{1});
  CHECK(rows(d.first_added) == numbers{2, 5});
  CHECK(rows(d.first_twice) == numbers{1, 4});
  CHECK(d.first_twice[1].key == texts{"3"});
}

TEST_CASE("the counts of a diff are exact where only the first rows are named") {
  std::string a, b;
  for (int n = 0; n < 500; ++n) a += fmt::format("{{\"id\": {}, \"v\": {}}}\n", n, n % 7);
  for (int n = 499; n >= 0; --n)
    b += fmt::format("{{\"id\": {}, \"v\": {}}}\n", n + 100, (n + 1) % 7);
  for (const std::size_t limit : {1U, 3U, 20U, 1000U}) {
    diff_options o = keyed({"id"});
    o.limit = limit;
    const file_diff d = file_diff_of("a.jsonl", a, b, o);
    CHECK(d.added == 100);
    CHECK(d.removed == 100);
    CHECK(d.changed == 400);
    CHECK(d.first_added.size() == std::min<std::size_t>(limit, 100));
    CHECK(d.first_changed.size() == std::min<std::size_t>(limit, 400));
    CHECK(d.first_added[0].row == 1);
    CHECK(d.first_added[0].key == texts{"599"});
    CHECK(d.first_removed[0].row == 1);
    CHECK(d.first_changed[0].before == 101);
    CHECK(d.first_changed[0].after == 500);
  }
}

TEST_CASE("a diff of random rows agrees with one made by counting") {
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    std::map<int, int> count;
    std::string a, b;
    const auto fill = [&](std::string& to, int sign) {
      for (auto n = random() % 30; n > 0; --n) {
        const int v = static_cast<int>(random() % 12);
        to += std::to_string(v) + "\n";
        count[v] += sign;
      }
    };
    fill(a, -1);
    fill(b, 1);
    if (a == b) continue;
    std::uint64_t added = 0, removed = 0;
    for (const auto& [v, n] : count)
      (n > 0 ? added : removed) += static_cast<std::uint64_t>(std::abs(n));
    const file_diff d = file_diff_of("a.txt", a, b);
    INFO(a << "/\n" << b);
    REQUIRE(d.added == added);
    REQUIRE(d.removed == removed);
  }
}

TEST_CASE("compressed outputs are compared by what they hold") {
  const std::string a = "{\"id\": 1}\n{\"id\": 2}\n", b = "{\"id\": 1}\n{\"id\": 3}\n";
  using vigie::io::compression;
  for (const auto& [end, c] : {std::pair{".gz", compression::gzip}, {".zst", compression::zstd}}) {
    const std::string file = std::string("a.jsonl") + end;
    const file_diff d = file_diff_of(file, compressed(a, c), compressed(b, c));
    CHECK(d.form == row_form::json_lines);
    CHECK(d.added == 1);
    CHECK(rows(d.first_added) == numbers{2});
    const file_diff level =
        file_diff_of(file, compressed(a, c, 1), compressed(a, c, 1) + compressed("", c));
    CHECK(level.same_rows);
    const std::string torn = compressed(b, c).substr(0, 12);
    const file_diff damaged = file_diff_of(file, compressed(a, c), torn);
    CHECK(damaged.form == row_form::bytes);
    REQUIRE(damaged.problems.size() == 1);
    CHECK(damaged.problems[0].severity == vigie::severity::warning);
  }
}

TEST_CASE("what cannot be read as rows is compared by lines, and what has none by bytes") {
  const file_diff d =
      file_diff_of("a.jsonl", "{\"id\": 1}\nno\n", "{\"id\": 1}\nyes\n", keyed({"id"}));
  CHECK(d.form == row_form::lines);
  CHECK_FALSE(d.keyed);
  CHECK(d.added == 1);
  REQUIRE_FALSE(d.problems.empty());
  CHECK(d.problems[0].code == code::diff_rows);
  CHECK(d.problems[0].place.row == 2);
  CHECK(d.problems[0].hint == "it is compared line by line");
  const std::string big(300'000, 'x');
  const file_diff bytes = file_diff_of("a.bin", big + "a" + big, big + "b" + big + "c");
  CHECK(bytes.form == row_form::bytes);
  CHECK(bytes.first_byte == 300'000U);
  CHECK(bytes.bytes_before == 600'001);
  CHECK(bytes.bytes_after == 600'002);
  CHECK(file_diff_of("a.bin", big, big + "c").first_byte == 300'000U);
  CHECK(file_diff_of("a.bin", "", "c").first_byte == 0U);
  const std::string block(1U << 18U, 'x');
  CHECK(file_diff_of("a.bin", block, block + "c").first_byte == block.size());
  CHECK(file_diff_of("a.bin", block + block, block + block).same_bytes);
}

TEST_CASE("outputs of one run only, and outputs that are gone, are said") {
  const scratch s;
  const auto a =
      tests::put_run(s, "a", {{"both.txt", "x\n"}, {"gone.txt", "x\n"}, {"left.txt", "x\n"}});
  const auto b =
      tests::put_run(s, "b", {{"right.txt", "x\n"}, {"both.txt", "x\n"}, {"gone.txt", "x\n"}});
  std::filesystem::remove(s.path("b/gone.txt"));
  const auto r = diff(a, b, {});
  REQUIRE(r);
  REQUIRE(r->files.size() == 4);
  CHECK(r->files[0].file == "both.txt");
  CHECK(r->files[0].same_bytes);
  REQUIRE(r->files[1].problems.size() == 1);
  CHECK(r->files[1].problems[0].code == code::verify_missing);
  CHECK_FALSE(r->files[1].same_bytes);
  CHECK_FALSE(r->files[2].in_after);
  CHECK_FALSE(r->files[3].in_before);
  CHECK_FALSE(r->same_outputs());
  diff_options o;
  o.file = "both.txt";
  CHECK(diff(a, b, o)->same_outputs());
  CHECK(diff(a, b, o)->files.size() == 1);
}

TEST_CASE("a key or a file that nothing has is refused with what there is") {
  CHECK(refusal_of("a.csv", "id,v\n1,2\n", "id,v\n1,3\n", keyed({"idd"})) == code::diff_key);
  CHECK(refusal_of("a.csv", "id,v\n1,2\n", "id,v\n1,3\n", keyed({"id", "nothing"})) ==
        code::diff_key);
  CHECK(refusal_of("a.csv", "id,v\n1,2\n", "ix,v\n1,2\n", keyed({"id"})) == code::diff_key);
  diff_options o;
  o.file = "b.csv";
  CHECK(refusal_of("a.csv", "x\n", "y\n", o) == code::diff_file);
  // A key of one file does not hinder another.
  const scratch s;
  const auto a =
      tests::put_run(s, "a", {{"k.csv", "id\n1\n"}, {"l.csv", "x\n1\n"}, {"m.txt", "1\n"}});
  const auto b =
      tests::put_run(s, "b", {{"k.csv", "id\n2\n"}, {"l.csv", "x\n2\n"}, {"m.txt", "2\n"}});
  const auto r = diff(a, b, keyed({"id"}));
  REQUIRE(r);
  CHECK(r->files[0].keyed);
  CHECK_FALSE(r->files[1].keyed);
  REQUIRE(r->files[1].problems.size() == 1);
  CHECK(r->files[1].problems[0].severity == vigie::severity::note);
  CHECK(r->files[1].added == 1);
  CHECK(r->files[2].added == 1);
}

TEST_CASE("only finished runs are compared") {
  const scratch s;
  const auto a = tests::put_run(s, "a", {});
  tests::put_journal(s, "dead", tests::bare_manifest(s.path()), {});
  CHECK(diff(a, {s.path("dead")}, {}).error().code == code::run_unfinished);
  CHECK(diff({s.path("dead")}, a, {}).error().code == code::run_unfinished);
  CHECK(diff(a, {s.path("none")}, {}).error().code == code::run_none);
  const std::atomic<bool> stop = true;
  diff_options o;
  o.cancel = &stop;
  const pair_of_runs p("a.txt", "a\n", "b\n");
  CHECK(diff(p.before, p.after, o).error().code == code::input_cancelled);
}

TEST_CASE("a disk that fails at any read of a diff never makes two outputs seem the same") {
  const pair_of_runs p("a.csv", "id,v\n1,2\n", "id,v\n1,3\n");
  using vigie::io::call;
  for (const call kind : {call::open, call::pread, call::read, call::fstat, call::stat})
    for (std::uint64_t n = 1; n < 100; ++n) {
      vigie::io::faulty_system faulty(vigie::io::sys(), {{.kind = kind, .nth = n, .error = EIO}});
      const vigie::io::system_guard guard(faulty);
      const auto r = diff(p.before, p.after, keyed({"id"}));
      if (faulty.calls(kind) < n) break;
      INFO(name_of(kind) << " " << n);
      if (r) REQUIRE_FALSE(r->same_outputs());
    }
}

TEST_CASE("what differs between two manifests is told one by one") {
  manifest a = tests::bare_manifest("/w");
  a.params = {{"day", "1"}, {"gone", "2"}, {"out", "\"out/a\""}};
  a.plugins = {{"core", "1.0", tests::hex_of("x"), "p", true}};
  a.resources = {{"read", "words", "w", 1, tests::hex_of("x")}};
  a.inputs = {tests::input_of("same", "0123", {2}), tests::input_of("changed", "0123", {2}),
              tests::input_of("gone", "0"), tests::input_of("cut", "0123", {2}),
              tests::input_of("longer", "0")};
  CHECK(diff_manifests(a, a).empty());
  manifest b = a;
  b.started = "2002-01-01T00:00:00Z";
  b.host = "other";
  b.called.folder = "/elsewhere";
  CHECK(diff_manifests(a, b).empty());
  b.vigie = "0.2.0";
  b.pipeline_sha256 = tests::hex_of("y");
  b.split_bytes = 17;
  b.params = {{"day", "2"}, {"new", "null"}, {"out", "\"out/b\""}};
  b.plugins[0].sha256 = tests::hex_of("y");
  b.resources[0].sha256 = tests::hex_of("y");
  b.inputs = {tests::input_of("same", "0123", {2}), tests::input_of("changed", "0124", {2}),
              tests::input_of("new", "0"), tests::input_of("cut", "0123", {3}),
              tests::input_of("longer", "01")};
  std::map<std::string, std::pair<std::string, std::string>> told;
  for (const auto& d : diff_manifests(a, b))
    CHECK(told.emplace(d.what, std::pair(d.before, d.after)).second);
  std::set<std::string> names;
  for (const auto& [what, values] : told) names.insert(what);
  CHECK(names ==
        std::set<std::string>{"program", "pipeline", "split size", "parameter 'day'",
                              "parameter 'gone'", "parameter 'new'", "plugin 'core'",
                              "data file 'words' of step 'read'", "input 'changed' of step 'read'",
                              "input 'gone' of step 'read'", "input 'new' of step 'read'",
                              "input 'cut' of step 'read'", "input 'longer' of step 'read'"});
  CHECK(told["program"] == std::pair<std::string, std::string>("0.1.0", "0.2.0"));
  CHECK(told["parameter 'gone'"] == std::pair<std::string, std::string>("2", ""));
  CHECK(told["parameter 'new'"] == std::pair<std::string, std::string>("", "null"));
  CHECK(told["input 'new' of step 'read'"].first.empty());
  CHECK(told["input 'cut' of step 'read'"].second.find("cannot be compared") != std::string::npos);
  CHECK(told["input 'longer' of step 'read'"].second.find("compared") == std::string::npos);
}
