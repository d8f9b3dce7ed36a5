// SPDX-License-Identifier: Apache-2.0
// Plans of small pipelines: who reads whom, which columns are read at all, and how the steps are
// cut into stages.
#include "catch.hpp"
#include "session.hpp"

namespace {

using namespace vigie;
using tests::session;
using tests::steps;

const std::string make = "  - {name: make, use: flow.make}\n";
const std::string other = "  - {name: other, use: flow.make}\n";

// "a>b,c+d": a stage per word: where it starts, through what it flows, what it brings rows to.
std::string stages(const plan::plan& p) {
  const auto names = [&](const std::vector<std::size_t>& of) {
    std::string out;
    for (const std::size_t i : of) out += (out.empty() ? "" : ",") + p.steps[i].name;
    return out;
  };
  std::string out;
  for (const plan::stage& st : p.stages)
    out += (out.empty() ? "" : " ") + names(st.origins) + ">" + names(st.streaming) + "+" +
           names(st.inboxes);
  return out;
}

std::string stages(const std::string& text) {
  session s(steps(text));
  const plan::plan* p = s.plan();
  INFO(s.said());
  REQUIRE(p != nullptr);
  return stages(*p);
}

std::string write(const std::string& from, const std::string& columns = "number") {
  return "  - {name: write_" + from + ", use: core.write_jsonl, from: " + from +
         ", with: {file: " + from + ".jsonl, columns: [" + columns + "]}}\n";
}

std::vector<std::string> projection(const session& s, const std::string& step) {
  std::vector<std::string> out;
  for (const int k : s.step(step).projection)
    out.push_back(s.step(step).fields[static_cast<std::size_t>(k)].name);
  return out;
}

std::string refusal(const std::string& text) {
  session s(text.starts_with("vigie") ? text : steps(text));
  if (s.plan() != nullptr) return "";
  for (const diagnostic& d : s.problems)
    if (d.severity == severity::error) return code_name(d.code);
  return "silent";
}

} // namespace

TEST_CASE("without `from` a step reads the nearest step above that gives rows") {
  session s(steps(make + "  - {name: one, use: core.filter, with: {where: number > 1}}\n" +
                  write("make") + "  - {name: two, use: core.filter, with: {where: number > 2}}\n" +
                  write("two")));
  REQUIRE(s.plan() != nullptr);
  CHECK(s.step("one").ports[0].edges[0].from == s.step("make").index);
  CHECK(s.step("two").ports[0].edges[0].from == s.step("one").index); // not the writer
  CHECK(refusal("  - {name: one, use: core.filter, with: {where: \"true\"}}\n") == "V0408");
  CHECK(refusal(make + write("make") +
                "  - {use: core.filter, from: write_make, with: {where: \"true\"}}\n") == "V0406");
  CHECK(refusal(make + "  - {name: again, use: flow.make, from: make}\n") == "V0407");
}

TEST_CASE(
    "readers are asked for the columns that somebody reads, through joins, sorts and unions") {
  session s(steps(
      make + other +
      "  - {name: join, use: lookup.join, with: {as: found}, from: {probe: make, list: other}}\n"
      "  - {name: sorted, use: core.sort, with: {by: [number]}}\n" +
      write("sorted", "found")));
  REQUIRE(s.plan() != nullptr);
  CHECK(projection(s, "make") == std::vector<std::string>{"number", "key"});
  CHECK(projection(s, "other") == std::vector<std::string>{"key", "value"});

  session u(steps(
      make + other +
      "  - {name: both, use: core.filter, from: [make, other], with: {where: \"number > 0\"}}\n" +
      write("both", "value")));
  REQUIRE(u.plan() != nullptr);
  CHECK(projection(u, "make") == std::vector<std::string>{"number", "value"});
  CHECK(projection(u, "other") == std::vector<std::string>{"number", "value"});

  session replaced(steps(make +
                         "  - {name: new, use: core.derive, with: {columns: {value: \"'x'\"}}}\n" +
                         write("new", "value")));
  REQUIRE(replaced.plan() != nullptr);
  CHECK(projection(replaced, "make").empty()); // a replaced column is not read

  session counted(steps(make + "  - {name: count, use: tally.count, with: {by: key}}\n" +
                        write("count", "count")));
  REQUIRE(counted.plan() != nullptr);
  CHECK(projection(counted, "make") == std::vector<std::string>{"key"});
}

TEST_CASE("steps whose rows nobody wants take no part, and a warning says which") {
  session s(steps(make + "  - {name: idle, use: core.filter, with: {where: \"value = ''\"}}\n" +
                  write("make")));
  REQUIRE(s.plan() != nullptr);
  CHECK_FALSE(s.step("idle").active);
  CHECK(s.step("make").active);
  CHECK(projection(s, "make") == std::vector<std::string>{"number"});
  REQUIRE(s.problems.size() == 1);
  CHECK(s.problems[0].code == code::plan_unread_step);
  CHECK(s.problems[0].severity == severity::warning);

  session c(steps(make + "  - {name: idle, use: core.filter, with: {where: \"value = ''\"}}\n" +
                  write("make")));
  REQUIRE(c.plan({.collect = {"idle"}}) != nullptr);
  CHECK(c.step("idle").active);
  CHECK_FALSE(c.step("write_make").active);
  CHECK(projection(c, "make").size() == 5); // a collected step shows all its columns
}

TEST_CASE("a step with given rows needs nothing above it") {
  session s(steps(make + "  - {name: mid, use: core.filter, with: {where: \"number > 0\"}}\n" +
                  write("mid")));
  const plan::plan* p = s.plan({.given = {"mid"}});
  REQUIRE(p != nullptr);
  CHECK_FALSE(s.step("make").active);
  CHECK(stages(*p) == "mid>write_mid+");
}

TEST_CASE(
    "streaming steps share the stage of their reader; a breaker ends it and begins the next") {
  CHECK(stages(make + "  - {name: f, use: core.filter, with: {where: \"number > 0\"}}\n" +
               write("f") + write("make")) == "make>f,write_f,write_make+");
  CHECK(stages(make + "  - {name: s, use: core.sort, with: {by: [number]}}\n" + write("s")) ==
        "make>+s s>write_s+");
  CHECK(stages(make + "  - {name: n, use: flow.number}\n" + write("n")) == "make>+n n>write_n+");
  CHECK(stages(make + "  - {name: c, use: tally.count, with: {by: key}}\n" + write("c", "count")) ==
        "make>c+c c>write_c+");
}

TEST_CASE("a stage that brings the list of a join runs before the one that streams through it") {
  const std::string join =
      "  - {name: j, use: lookup.join, from: {probe: make, list: other}}\n" + write("j");
  CHECK(stages(make + other + join) == "other>+j make>j,write_j+");
  CHECK(stages(other + make + join) == "other>+j make>j,write_j+");
}

TEST_CASE("a probe that would come before its list is held back, and only then") {
  const auto join = [](const std::string& name, const std::string& probe, const std::string& list) {
    return "  - {name: " + name + ", use: lookup.join, from: {probe: " + probe + ", list: " + list +
           "}}\n";
  };
  const std::string sorted = "  - {name: s, use: core.sort, with: {by: [number]}}\n";
  CHECK(stages(make + join("j", "make", "make") + write("j")) == "make>+j j>write_j+");
  CHECK(stages(make + sorted + join("j", "make", "s") + write("j")) == "make>+s,j s>+j j>write_j+");
  CHECK(stages(make + sorted + join("j", "s", "make") + write("j")) == "make>+s,j s>j,write_j+");
  CHECK(stages(make + other + join("a", "make", "other") + join("b", "other", "make") + write("a") +
               write("b")) == "make>+a,b other>b,write_b+a a>write_a+");
}

TEST_CASE(
    "an error port is read in the stage that gives it, or behind a step that takes rows in order") {
  const std::string bad = "  - {name: bad, use: core.write_jsonl, from: n.errors, with: {file: "
                          "bad.jsonl, columns: [message]}}\n";
  CHECK(stages(make + "  - {name: n, use: flow.narrow, on_error: {do: route}}\n" + write("n") +
               bad) == "make>n,write_n,bad+");
  CHECK(stages(make + "  - {name: n, use: flow.refuse, on_error: {do: route}}\n" + bad) ==
        "make>+n n>bad+");
}

TEST_CASE("the columns of a union are those of its first input by name; layouts that differ are "
          "converted") {
  session s(
      steps("  - {name: a, use: flow.make, with: {layout: vu}}\n  - {name: b, use: flow.make, "
            "with: {layout: u}}\n"
            "  - {name: turned, use: core.select, from: b, with: {columns: [value, pair, words, "
            "key, number]}}\n"
            "  - {name: both, use: core.filter, from: [a, turned], with: {where: \"true\"}}\n" +
            write("both", "number, key, words")));
  REQUIRE(s.plan() != nullptr);
  const plan::input_port& port = s.step("both").ports[0];
  CHECK(port.edges[1].map == std::vector<int>{4, 3, 0, 2, 1});
  CHECK(port.edges[0].convert == std::vector<bool>(5, false));
  CHECK(port.edges[1].convert == std::vector<bool>{false, true, true, true, true});
  CHECK(refusal("  - {name: a, use: flow.make}\n  - {name: b, use: watch.make}\n  - {name: u, use: "
                "core.filter, from: [a, b], with: {where: \"true\"}}\n" +
                write("u")) == "V0409");
}

TEST_CASE("core.union has the columns of all its inputs, and only those that are read are filled") {
  const std::string inputs =
      "  - {name: a, use: flow.make, with: {layout: vu}}\n"
      "  - {name: b, use: core.select, from: a, with: {columns: [value, number]}}\n"
      "  - {name: c, use: flow.typed, from: b, with: {as: size, type: uint16}}\n"
      "  - {name: d, use: flow.typed, from: b, with: {as: size, type: int8}}\n";
  session s(steps(inputs + "  - {name: all, use: core.union, from: [c, a, d]}\n" +
                  write("all", "key, size, value")));
  REQUIRE(s.plan() != nullptr);
  const plan::step_plan& all = s.step("all");
  std::vector<std::string> names;
  for (const field& f : all.fields) names.push_back(f.name);
  CHECK(names == std::vector<std::string>{"value", "number", "size", "key", "words", "pair"});
  CHECK(all.fields[2].kind == kind::int64);
  const plan::input_port& port = all.ports[0];
  CHECK(port.edges[0].map == std::vector<int>{0, 1, 2, -1, -1, -1});
  CHECK(port.edges[1].map == std::vector<int>{2, 0, -1, 1, 3, 4});
  CHECK(port.edges[0].convert == std::vector<bool>{false, false, true, false, false, false});
  CHECK(port.edges[0].fill == std::vector<bool>{false, false, false, true, false, false});
  CHECK(port.edges[1].fill == std::vector<bool>{false, false, true, false, false, false});
  CHECK(projection(s, "a") == std::vector<std::string>{"key", "value"});
}

TEST_CASE("core.union refuses columns of one name that cannot become one, and names both inputs") {
  const auto refused = [](const std::string& one, const std::string& other) {
    session s(steps("  - {name: make, use: flow.make}\n"
                    "  - {name: plain, use: core.select, with: {columns: [number]}}\n"
                    "  - {name: a, use: flow.typed, from: plain, with: {" +
                    one +
                    "}}\n"
                    "  - {name: b, use: flow.typed, from: plain, with: {" +
                    other +
                    "}}\n"
                    "  - {name: all, use: core.union, from: [plain, a, b]}\n" +
                    write("all")));
    return s.plan() != nullptr ? std::string() : s.said();
  };
  const std::string numbers = refused("type: int64", "type: uint64");
  CHECK(numbers.find("V0409") != std::string::npos);
  CHECK(numbers.find("'a' and 'b' cannot be read together: column 'x' is int64 in the first and "
                     "uint64 in the second, and no whole number holds both") != std::string::npos);
  CHECK(refused("type: uint64", "type: uint64").empty());
  CHECK(refused("type: int8", "type: uint32").empty());
  CHECK(refused("type: uint32, meaning: vigie.ipv4", "type: uint32, meaning: vigie.ipv4").empty());
  const std::string meaning = refused("type: uint32, meaning: vigie.ipv4", "type: uint32");
  CHECK(meaning.find("column 'x' is uint32 vigie.ipv4 in the first and uint32 in the second") !=
        std::string::npos);
  CHECK_FALSE(
      refused("type: int64, meaning: vigie.decimal(2)", "type: int32, meaning: vigie.decimal(2)")
          .empty());
  CHECK_FALSE(refused("type: date", "type: int32").empty());
}

TEST_CASE("ports that do not exist, get nothing or are named where there is one are refused") {
  const std::string use = "  - {name: j, use: lookup.join";
  CHECK(refusal(make + use + "}\n" + write("j")) == "V0410");
  CHECK(refusal(make + use + ", from: make}\n" + write("j")) == "V0410");
  CHECK(refusal(make + use + ", from: {probe: make}}\n" + write("j")) == "V0410");
  CHECK(refusal(make + use + ", from: {probe: make, list: make, third: make}}\n" + write("j")) ==
        "V0410");
  CHECK(refusal(make +
                "  - {name: f, use: core.filter, from: {left: make}, with: {where: \"true\"}}\n" +
                write("f")) == "V0410");
}

TEST_CASE("a join may take one union on both sides, and replaces a column that has the name of the "
          "new one") {
  session s(
      steps(make + other +
            "  - {name: both, use: core.filter, from: [make, other], with: {where: \"true\"}}\n"
            "  - {name: j, use: lookup.join, with: {as: value}, from: {probe: both, list: both}}\n"
            "  - {name: end, use: core.select, with: {columns: [number, value, listed]}}\n"));
  const auto rows = s.rows("end", {.threads = 2});
  INFO(s.said());
  REQUIRE(rows.size() == 20);
  for (const std::string& row : rows) CHECK(row.find("\"listed\": 20") != std::string::npos);
}

TEST_CASE(
    "names of output files go by columns that arrive, can be told in a name, and may be seen") {
  const auto by = [](const std::string& file, const std::string& more = "") {
    return refusal(make + "  - {name: w, use: core.write_jsonl, with: {file: \"" + file + "\"" +
                   more + "}}\n");
  };
  CHECK(by("{number}.jsonl") == "");
  CHECK(by("{numbers}.jsonl") == "V0436");
  CHECK(by("{number.jsonl") == "V0435");
  CHECK(by("../{number}.jsonl") == "V0411");
  CHECK(by("a.jsonl", ", split_size: 0B") == "V0435");
  CHECK(by("a.jsonl", ", split_size: 1B") == "");
  CHECK(by("{number}.jsonl", ", max_partitions: 0") == "V0435");
  CHECK(by("{number}.jsonl", ", max_partitions: 100001") == "V0435");
  CHECK(by("{number}.gz", ", compression: zstd") == "V0416");
  CHECK(refusal(make +
                "  - {name: w, use: core.write_text, with: {file: a.txt, split_size: 1MiB}}\n") ==
        "V0435");
  const std::string lines =
      "  - {name: l, use: core.read_jsonl, with: {files: x, columns: [{name: f, type: real}, "
      "{name: s, sensitive: true}, {name: t, type: timestamp}, {name: d, type: date}]}}\n";
  for (const std::string bad : {"f", "s", "t"}) {
    INFO(bad);
    CHECK(refusal(lines + "  - {name: w, use: core.write_jsonl, with: {file: \"{" + bad +
                  "}.jsonl\"}}\n") == "V0436");
  }
  CHECK(refusal(lines + "  - {name: w, use: core.write_jsonl, with: {file: \"{d}.jsonl\"}}\n") ==
        "");
}

TEST_CASE("a column that only names files is read") {
  session s(
      steps("  - {name: l, use: core.read_jsonl, with: {files: x, columns: [{name: a}, {name: "
            "b}, {name: c}]}}\n  - {name: w, use: core.write_jsonl, with: {file: "
            "\"{b}.jsonl\", columns: [a]}}\n"));
  REQUIRE(s.plan() != nullptr);
  CHECK(projection(s, "l") == std::vector<std::string>{"a", "b"});
}
