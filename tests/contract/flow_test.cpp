// SPDX-License-Identifier: Apache-2.0
// Joins, order, rows held back, rejects and memory: what a step may do beside mapping a batch to a
// batch.
#include "catch.hpp"
#include "session.hpp"

namespace {

using tests::session;
using tests::steps;

const std::string make = "  - {name: make, use: flow.make, with: {rows: 20, per_split: 3}}\n";

std::string row_of_join(int n, int last) {
  const auto text = [](int i) { return "\"the value of row " + std::to_string(i) + "\""; };
  return "{\"number\": " + std::to_string(n) + ", \"found\": " + text(last) + ", \"listed\": 20}";
}

// What the join of the rows with themselves must give: for each row the value of the last row with
// its key.
std::vector<std::string> self_join() {
  std::vector<std::string> out;
  for (int n = 0; n < 20; ++n) out.push_back(row_of_join(n, n % 7 < 6 ? 14 + n % 7 : 13));
  return out;
}

const std::string pick =
    "  - {name: end, use: core.select, with: {columns: [number, found, listed]}}\n";

std::vector<std::string> joined(const std::string& text, int threads) {
  session s(steps(text));
  const auto rows = s.rows("end", {.threads = threads});
  INFO(s.said());
  CHECK(s.problems.empty());
  return rows;
}

} // namespace

TEST_CASE("a join finds the rows of another reader, which are read first whatever the order of the "
          "steps") {
  for (const int threads : {1, 4}) {
    const std::string list = "  - {name: list, use: flow.make, with: {rows: 20, per_split: 5}}\n";
    const std::string join =
        "  - {name: join, use: lookup.join, from: {probe: make, list: list}}\n" + pick;
    CHECK(joined(make + list + join, threads) == self_join());
    CHECK(joined(list + make + join, threads) == self_join());
  }
}

TEST_CASE("a join of a step with itself holds its rows until all are known") {
  for (const int threads : {1, 2, 4})
    CHECK(joined(make + "  - {name: join, use: lookup.join, from: {probe: make, list: make}}\n" +
                     pick,
                 threads) == self_join());
}

TEST_CASE("a join waits for its list even where the list comes out of a sort of the same rows") {
  const std::string sorted = "  - {name: sorted, use: core.sort, with: {by: [number]}}\n";
  for (const int threads : {1, 3}) {
    CHECK(joined(make + sorted +
                     "  - {name: join, use: lookup.join, from: {probe: make, list: sorted}}\n" +
                     pick,
                 threads) == self_join());
    CHECK(joined(make + sorted +
                     "  - {name: join, use: lookup.join, from: {probe: sorted, list: make}}\n" +
                     pick,
                 threads) == self_join());
  }
}

TEST_CASE("two readers may each be the other's list") {
  const std::string two = make +
                          "  - {name: other, use: flow.make, with: {rows: 20, per_split: 4}}\n"
                          "  - {name: one, use: lookup.join, from: {probe: make, list: other}}\n"
                          "  - {name: two, use: lookup.join, from: {probe: other, list: make}}\n";
  const std::string pick_from =
      "  - {name: end, use: core.select, with: {columns: [number, found, listed]}, from: ";
  CHECK(joined(two + pick_from + "one}\n", 2) == self_join());
  CHECK(joined(two + pick_from + "two}\n", 2) == self_join());
  auto both = self_join();
  for (const std::string& row : self_join()) both.push_back(row);
  auto rows = joined(two + pick_from + "[one, two]}\n", 2);
  std::ranges::sort(rows);
  std::ranges::sort(both);
  CHECK(rows == both);
}

TEST_CASE("joins chain: the list of the second is what the first gave") {
  const std::string chain =
      make + "  - {name: one, use: lookup.join, from: {probe: make, list: make}}\n"
             "  - {name: join, use: lookup.join, with: {value: found, as: again}, from: {probe: "
             "make, list: one}}\n"
             "  - {name: end, use: core.select, with: {columns: [number, again, listed]}}\n";
  auto expected = self_join();
  for (std::string& row : expected) row.replace(row.find("found"), 5, "again");
  CHECK(joined(chain, 3) == expected);
}

TEST_CASE("a join whose list is empty finds nothing and loses nothing") {
  const std::string text = make +
                           "  - {name: none, use: core.filter, with: {where: \"number < 0\"}}\n"
                           "  - {name: join, use: lookup.join, from: {probe: make, list: none}}\n" +
                           pick;
  const auto rows = joined(text, 2);
  REQUIRE(rows.size() == 20);
  for (int n = 0; n < 20; ++n)
    CHECK(rows[static_cast<std::size_t>(n)] ==
          "{\"number\": " + std::to_string(n) + ", \"found\": null, \"listed\": 0}");
}

TEST_CASE("a component whose second port streams is refused before it gets a row") {
  session s(
      steps(make + "  - {name: join, use: lookup.streams, from: {probe: make, list: make}}\n"));
  CHECK(s.plan() == nullptr);
  REQUIRE_FALSE(s.problems.empty());
  CHECK(s.problems.back().code == vigie::code::plugin_broke_contract);
  CHECK(s.problems.back().place.step == "join");
}

TEST_CASE("an ordered transform numbers the rows the same with any number of threads and splits") {
  for (const int per_split : {1, 7, 500})
    for (const int threads : {1, 2, 3, 4}) {
      session s(steps("  - {name: make, use: flow.make, with: {rows: 500, per_split: " +
                      std::to_string(per_split) +
                      "}}\n"
                      "  - {name: even, use: core.filter, with: {where: \"number % 2 = 0\"}}\n"
                      "  - {name: count, use: flow.number}\n  - {name: end, use: core.select, "
                      "with: {columns: [number, place]}}\n"));
      const auto rows = s.rows("end", {.threads = threads, .delay_seed = 5});
      REQUIRE(rows.size() == 250);
      for (std::size_t i = 0; i < rows.size(); ++i)
        REQUIRE(rows[i] == "{\"number\": " + std::to_string(2 * i) +
                               ", \"place\": " + std::to_string(i) + "}");
    }
}

TEST_CASE("rows held until the end of a split come out with the places their component names") {
  const tests::scratch_folder dir;
  tests::write_file(dir / "in.txt",
                    "text: one\n\ntext: two\n\ntext: three\n\ntext: four\n\ntext: five\n\n");
  session s("vigie: 1\nname: test\nsteps:\n"
            "  - {name: read, use: stanza.read, with: {files: in.txt, keys: [text]}}\n"
            "  - {name: held, use: flow.hold}\n"
            "  - {name: narrowed, use: flow.narrow}\n",
            dir / "p.yaml");
  CHECK(s.rows("narrowed") == std::vector<std::string>{R"({"pair": "three+four", "mark": 0})",
                                                       R"({"pair": "one+two", "mark": 1})"});
  const auto r = s.run({.write = false}, {.collect = {"held", "narrowed"}});
  REQUIRE(r);
  const auto& held = r->collected.at(1).at(0);
  CHECK(held.origin(0).offset == 35);
  CHECK(held.origin(0).length == 10);
  CHECK(held.origin(1).offset == 11);
  CHECK(r->counts[1].rows_in == 5);
  CHECK(r->counts[1].rows_out == 2);
  CHECK(r->counts[1].dropped == 5);
  const auto& narrowed =
      r->collected.at(2).at(0); // three bytes of the row before, and the row's own file
  CHECK(narrowed.origin(0).offset == 35);
  CHECK(narrowed.origin(0).length == 3);
  CHECK(narrowed.origin(0).file == 0);
}

namespace {

// Ten rows of ten bytes each, narrowed.
struct narrow_run {
  explicit narrow_run(const std::string& with, const std::string& on_error = "")
      : s("vigie: 1\nname: test\nsteps:\n  - {name: read, use: stanza.read, with: {files: in.txt, "
          "keys: [t]}}\n"
          "  - {name: narrow, use: flow.narrow, with: {" +
              with + "}" + on_error + "}\n" +
              (on_error.empty() ? ""
                                : "  - {name: bad, use: core.select, from: narrow.errors, with: "
                                  "{columns: [offset, length, message]}}\n"),
          dir / "p.yaml") {
    std::string text;
    for (int i = 0; i < 10; ++i) text += "t: " + std::to_string(1000 + i) + "-\n\n";
    tests::write_file(dir / "in.txt", text);
  }
  tests::scratch_folder dir;
  session s;
};

} // namespace

TEST_CASE("one row out per row in may narrow places, and rejected rows need none") {
  narrow_run n("every: 4", ", on_error: {do: route}");
  const auto r = n.s.run({.write = false}, {.collect = {"narrow", "bad"}});
  INFO((r ? "" : vigie::render(r.error())));
  REQUIRE(r);
  const auto& b = r->collected.at(1).at(0);
  REQUIRE(b.rows == 8);
  for (std::int64_t i = 0; i < 8; ++i) {
    CHECK(b.origin(i).offset == (i + i / 3) * 10);
    CHECK(b.origin(i).length == 3);
    CHECK(b.origin(i).file == 0);
  }
  CHECK(n.s.rows("bad") ==
        std::vector<std::string>{R"({"offset": 30, "length": 8, "message": "unlucky"})",
                                 R"({"offset": 70, "length": 8, "message": "unlucky"})"});
}

TEST_CASE("places beyond the row, and sums of numbers that do not fit, are refused") {
  narrow_run n("beyond: true");
  CHECK(n.s.rows("narrow").at(0).find("ERROR V0311") == 0);
}

TEST_CASE(
    "a component that gives up on a batch is quoted, not blamed for the rows it did not give") {
  narrow_run n("breaks: true");
  CHECK(n.s.rows("narrow") == std::vector<std::string>{"ERROR V0604 these rows are of no use"});
}

TEST_CASE("what a sink refuses is routed, counted and limited like the rows of any step") {
  const tests::scratch_folder dir;
  const auto text = [](const std::string& rule, const std::string& more) {
    return steps("  - {name: make, use: flow.make, with: {rows: 20, per_split: 3}}\n"
                 "  - {name: sink, use: flow.refuse, on_error: {" +
                 rule + "}}\n" + more);
  };
  session routed(text("do: route", "  - {name: bad, use: core.write_jsonl, from: sink.errors, "
                                   "with: {file: bad.jsonl, columns: [step, message]}}\n"),
                 "p.yaml", {"out=" + dir / "out"});
  const auto r = routed.run({.threads = 2});
  INFO((r ? "" : vigie::render(r.error())));
  REQUIRE(r);
  const std::string bad = tests::read_file(dir / "out/bad.jsonl");
  CHECK(std::ranges::count(bad, '\n') == 6);
  CHECK(bad.find("refused") != std::string::npos);
  session limited(text("do: drop, at_most: 5", ""), "p.yaml", {"out=" + dir / "two"});
  const auto l = limited.run();
  REQUIRE_FALSE(l);
  CHECK(l.error().code == vigie::code::too_many_errors);
  session allowed(text("do: drop, at_most: 6", ""), "p.yaml", {"out=" + dir / "three"});
  CHECK(allowed.run());
}

TEST_CASE("a union of texts in other layouts, alone or inside lists and structs, is read right") {
  const auto make_in = [](const std::string& name, const std::string& layout) {
    return "  - {name: " + name + ", use: flow.make, with: {rows: 9, layout: " + layout + "}}\n";
  };
  session plain(steps(make_in("a", "u")));
  auto expected = plain.rows("a");
  REQUIRE(expected.size() == 9);
  expected.insert(expected.end(), expected.begin(), expected.end());
  expected.insert(expected.end(), expected.begin(), expected.begin() + 9);
  for (const char* end : {"core.filter, with: {where: number >= 0}", "flow.number"}) {
    session s(steps(make_in("a", "vu") + make_in("b", "u") + make_in("c", "U") +
                    "  - {name: end, use: " + end + ", from: [a, b, c]}\n"));
    auto rows = s.rows("end", {.threads = 2});
    REQUIRE(rows.size() == expected.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      CHECK(rows[i].starts_with(expected[i].substr(0, expected[i].size() - 1)));
  }
}

TEST_CASE("within a split a union gives all rows of its first input, then all of its second, "
          "however they are cut into batches") {
  const std::string two =
      "  - {name: make, use: flow.make, with: {rows: 40000, per_split: 40000}}\n"
      "  - {name: even, use: core.filter, from: make, with: {where: \"number % 2 = 0\"}}\n"
      "  - {name: odd, use: core.filter, from: make, with: {where: \"number % 2 = 1\"}}\n"
      "  - {name: all, use: ";
  for (const char* use : {"flow.number, from: [odd, even]}\n",
                          "core.select, from: [odd, even], with: {columns: [number]}}\n"}) {
    session s(steps(two + use + "  - {name: end, use: core.select, with: {columns: [number]}}\n"));
    const auto rows = s.rows("end");
    REQUIRE(rows.size() == 40000);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
      wrong +=
          rows[i] != "{\"number\": " + std::to_string(i < 20000 ? 2 * i + 1 : 2 * i - 40000) + "}"
              ? 1
              : 0;
    CHECK(wrong == 0);
  }
}

namespace {

// Two inputs of core.union: one with `size` as an int8, one with other columns and a wider `size`.
const std::string differing =
    "  - {name: make, use: flow.make, with: {rows: 8, per_split: 3}}\n"
    "  - {name: few, use: core.select, from: make, with: {columns: [number, key]}}\n"
    "  - {name: a, use: flow.typed, from: few, with: {as: size, type: int8, value: -3}}\n"
    "  - {name: other, use: flow.make, with: {rows: 8, per_split: 5, layout: vu}}\n"
    "  - {name: some, use: core.select, from: other, with: {columns: [words, pair, number]}}\n"
    "  - {name: b, use: flow.typed, from: some, with: {as: size, type: uint32, value: "
    "4000000000}}\n"
    "  - {name: all, use: core.union, from: [a, b]}\n";

std::string row_of_union(int n, bool first) {
  const std::string number = std::to_string(n);
  if (first)
    return "{\"number\": " + number + ", \"key\": \"key number " + std::to_string(n % 7) +
           "\", \"size\": -3, \"words\": null, \"pair\": null}";
  std::string words;
  for (int k = 0; k < n % 4; ++k)
    words +=
        std::string(k > 0 ? ", " : "") + (k == 1 ? "\"the value of row " + number + "\"" : "\"w\"");
  return "{\"number\": " + number + ", \"key\": null, \"size\": 4000000000, \"words\": [" + words +
         "], \"pair\": {\"a\": \"key number " + std::to_string(n % 7) +
         "\", \"b\": " + (n % 2 == 0 ? "true" : "false") + "}}";
}

} // namespace

TEST_CASE("core.union gives nulls for what an input lacks and widens whole numbers, into streaming "
          "steps, sorts and ordered steps alike") {
  std::vector<std::string> expected;
  for (int n = 0; n < 8; ++n)
    for (const bool first : {true, false}) expected.push_back(row_of_union(n, first));
  for (const int threads : {1, 3}) {
    session streaming(steps(differing));
    std::vector<std::string> rows = streaming.rows("all", {.threads = threads});
    INFO(streaming.said());
    std::ranges::stable_sort(rows, {}, [](const std::string& r) { return r.substr(0, 12); });
    CHECK(rows == expected);
    session sorted(
        steps(differing + "  - {name: end, use: core.sort, with: {by: [number, size]}}\n"));
    CHECK(sorted.rows("end", {.threads = threads}) == expected);
    session ordered(steps(differing + "  - {name: end, use: flow.number}\n"));
    CHECK(ordered.rows("end", {.threads = threads}).size() == 16);
    session spilled(
        steps(differing + "  - {name: end, use: core.sort, with: {by: [number, size]}}\n"),
        "test.yaml", {}, 64 << 10);
    CHECK(spilled.rows("end", {.threads = threads}) == expected);
  }
}

TEST_CASE("a union of columns that differ may be either side of a join") {
  session probe(steps(differing +
                      "  - {name: list, use: flow.make, with: {rows: 3}}\n"
                      "  - {name: end, use: core.join, from: {left: all, right: list}, with: {on: "
                      "[key], kind: semi}}\n"));
  CHECK(probe.rows("end").size() == 4); // numbers 0, 1, 2 and 7 of the input that has keys
  session build(steps(differing +
                      "  - {name: list, use: flow.make, with: {rows: 8}}\n"
                      "  - {name: slim, use: core.select, with: {columns: [number, key]}}\n"
                      "  - {name: end, use: core.join, from: {left: slim, right: all}, with: {on: "
                      "[number], columns: [size], kind: left}}\n"));
  const auto rows = build.rows("end");
  INFO(build.said());
  REQUIRE(rows.size() == 16);
  CHECK(rows[0] == "{\"number\": 0, \"key\": \"key number 0\", \"size\": -3}");
  CHECK(rows[1] == "{\"number\": 0, \"key\": \"key number 0\", \"size\": 4000000000}");
}

TEST_CASE("a right side beyond the memory budget stops the run with its code") {
  const std::string text =
      steps("  - {name: list, use: flow.make, with: {rows: 60000, per_split: 5000}}\n" + make +
            "  - {name: end, use: core.join, from: {left: make, right: list}, with: {on: [value], "
            "kind: semi}}\n");
  session small(text, "test.yaml", {}, 2 << 20);
  const auto rows = small.rows("end");
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].starts_with("ERROR V0703 the first "));
  static_cast<void>(small.plan()); // the one that ran goes
  CHECK(small.memory.held() == 0);
  session large(text);
  CHECK(large.rows("end").size() == 20);
  CHECK(large.memory.peak() > 60000 * 20);
}

TEST_CASE("a column that is sensitive in one input of a union stays masked") {
  session s(steps("  - {name: a, use: flow.make, with: {rows: 1}}\n  - {name: b, use: flow.make, "
                  "with: {rows: 1, secret: true}}\n"
                  "  - {name: end, use: core.select, from: [a, b], with: {columns: [key]}}\n"));
  CHECK(s.rows("end") == std::vector<std::string>{R"({"key": "***"})", R"({"key": "***"})"});
}

TEST_CASE("a sort gives back what it held once its rows are in order") {
  const std::string text =
      steps("  - {name: make, use: flow.make, with: {rows: 40000, per_split: 1000}}\n"
            "  - {name: sorted, use: core.sort, with: {by: [value]}}\n"
            "  - {name: again, use: core.sort, with: {by: [number]}}\n"
            "  - {name: third, use: core.sort, with: {by: [value]}}\n"
            "  - {name: end, use: core.select, with: {columns: [number, value]}}\n");
  const auto peak = [&](const std::string& step) {
    session s(text);
    CHECK(s.rows(step).size() == 40000);
    CHECK(s.memory.held() == 0);
    return s.memory.peak();
  };
  CHECK(peak("end") < peak("sorted") * 2);
}

TEST_CASE("a folder in the place of an output is found before any work, also with --force") {
  const tests::scratch_folder dir;
  tests::write_file(dir / "out/a.jsonl/file", "x");
  session s(steps(make + "  - {name: a, use: core.write_jsonl, with: {file: a.jsonl}}\n  - {name: "
                         "b, use: core.write_jsonl, with: {file: b.jsonl}}\n"),
            "p.yaml", {"out=" + dir / "out"});
  CHECK(s.run().error().code == vigie::code::output_exists);
  const auto r = s.run({.force = true});
  REQUIRE_FALSE(r);
  CHECK(r.error().code == vigie::code::output_rename_failed);
  CHECK_FALSE(std::filesystem::exists(dir / "out/b.jsonl"));
  CHECK_FALSE(std::filesystem::exists(dir / "out/.vigie"));
}

TEST_CASE("a dedup that needs more than the budget goes to disk and gives the same bytes") {
  const tests::scratch_folder dir;
  for (const char* keep : {"first", "last"}) {
    const std::string text =
        "vigie: 1\nname: test\nrun: {memory: 1MiB}\nsteps:\n"
        "  - {name: make, use: flow.make, with: {rows: 30000, per_split: 700}}\n"
        "  - {name: again, use: flow.make, with: {rows: 20000, per_split: 300}}\n"
        "  - {name: both, use: core.union, from: [make, again]}\n"
        "  - {name: once, use: core.dedup, with: {by: [value, words], keep: " +
        std::string(keep) +
        "}}\n"
        "  - {name: end, use: core.write_jsonl, with: {file: end.jsonl, columns: [number, "
        "value]}}\n";
    session enough(text, "p.yaml", {"out=" + dir / "enough"}, 64 << 20);
    const auto whole = enough.run({.force = true});
    REQUIRE(whole);
    CHECK(whole->spilled == 0);
    const std::string bytes = tests::read_file(dir / "enough/end.jsonl");
    CHECK(std::ranges::count(bytes, '\n') == 30000);
    for (const int threads : {1, 4}) {
      session s(text, "p.yaml", {"out=" + dir / "out"}, 1 << 20);
      const auto r = s.run({.threads = threads, .force = true});
      REQUIRE(r);
      CHECK(r->spilled > 0);
      CHECK((tests::read_file(dir / "out/end.jsonl") == bytes)); // without printing them
      CHECK_FALSE(std::filesystem::exists(dir / "out/.vigie/work"));
      CHECK(s.memory.held() == 0);
      CHECK(s.memory.peak() <= 1 << 20);
    }
  }
}

TEST_CASE("a sort that needs more than the budget goes to disk and gives the same bytes") {
  const tests::scratch_folder dir;
  const std::string text =
      "vigie: 1\nname: test\nrun: {memory: 1MiB}\nsteps:\n"
      "  - {name: make, use: flow.make, with: {rows: 40000, per_split: 1000}}\n"
      "  - {name: sorted, use: core.sort, with: {by: [value]}}\n"
      "  - {name: end, use: core.write_jsonl, with: {file: end.jsonl, columns: [number, value]}}\n";
  session enough(text, "p.yaml", {"out=" + dir / "enough"}, 64 << 20);
  const auto whole = enough.run();
  REQUIRE(whole);
  CHECK(whole->spilled == 0);
  CHECK(enough.memory.held() == 0);
  for (const int threads : {1, 4}) {
    session s(text, "p.yaml", {"out=" + dir / "out"}, 1 << 20);
    const auto r = s.run({.threads = threads, .force = true});
    REQUIRE(r);
    CHECK(r->spilled > 0);
    CHECK(tests::read_file(dir / "out/end.jsonl") == tests::read_file(dir / "enough/end.jsonl"));
    CHECK_FALSE(std::filesystem::exists(dir / "out/.vigie/work"));
    CHECK(s.memory.held() == 0);
    CHECK(s.memory.peak() <= 1 << 20);
  }
}

TEST_CASE("a sort that needs more than the budget and has no disk stops with V0703") {
  session s("vigie: 1\nname: test\nsteps:\n"
            "  - {name: make, use: flow.make, with: {rows: 40000, per_split: 1000}}\n"
            "  - {name: sorted, use: core.sort, with: {by: [value]}}\n"
            "  - {name: end, use: core.write_jsonl, with: {file: end.jsonl}}\n",
            "p.yaml", {}, 1 << 20);
  const auto r = s.run({.write = false});
  REQUIRE_FALSE(r);
  CHECK(r.error().code == vigie::code::run_memory);
  CHECK(r.error().place.step == "sorted");
  CHECK(s.memory.held() == 0);
}
