// SPDX-License-Identifier: Apache-2.0
#include "base/diagnostic.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "config/pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using namespace vigie;

namespace {

constexpr std::string_view timeline = R"(vigie: 1
name: press-timeline
about: Saved news pages in; one dated, sourced timeline out.
params:
  pages: {type: path, default: "samples/*.txt", doc: Saved pages.}
  since:
    type: date
    default: 2014-01-01
  words: {type: text, list: true, default: [a, b]}
run: {memory: 1GiB, digest: none}
steps:
  - name: pages
    use: core.read_text
    with: {files: "${params.pages}"}
  - name: articles
    use: press.article
    on_error: {do: route, at_most: 5%, keep: row}
  - use: press.dates
    with:
      languages: [en, 'fr']
      note: |
        two
        lines
  - name: recent
    use: core.filter
    with: {where: "published is null or published >= :since", values: {since: 2014-01-01}}
  - name: both
    use: core.join
    from: {left: recent, right: dates}
    on_error: {do: drop, at_most: 10}
  - use: core.write_jsonl
    from: [both, recent]
    with: {file: timeline.jsonl}
  - name: rejects
    use: core.write_jsonl
    from: articles.errors
    with: {file: rejects.jsonl}
tests:
  - name: a date in a comment does not date the article
    given: {pages: {rows: [{path: a.txt, text: "..."}]}}
    expect: {articles: [{published: null}]}
  - name: threads agree
    property: threads_agree
)";

constexpr std::string_view head = "vigie: 1\nname: x\n";

std::string problems(const diagnostics& all) {
  std::string out;
  for (const auto& d : all)
    out += fmt::format("{}{} {}:{}", out.empty() ? "" : "; ", code_name(d.code), d.place.line,
                       d.place.column);
  return out;
}

std::string found(std::string_view text) {
  return problems(load_pipeline(text, "p.yaml").problems);
}
std::string steps(std::string_view text) { return found(fmt::format("{}steps:\n{}", head, text)); }

pipeline good(std::string_view text, std::string file = "p.yaml") {
  auto l = load_pipeline(text, std::move(file));
  for (const auto& d : l.problems) FAIL(render(d));
  REQUIRE(l.doc);
  return std::move(*l.doc);
}

// Either a document, or at least one error; and every diagnostic has a place inside the file.
void check_outcome(const std::string& text) {
  const auto l = load_pipeline(text, "m.yaml");
  const auto lines = 1 + std::ranges::count(text, '\n');
  const bool errors = std::ranges::any_of(
      l.problems, [](const diagnostic& d) { return d.severity == severity::error; });
  bool placed = true;
  for (const auto& d : l.problems)
    placed = placed && d.place.line > 0 && d.place.line <= lines && d.place.column > 0 &&
             d.place.file == "m.yaml" && !d.message.empty();
  if (errors != l.doc.has_value() && placed) return;
  CAPTURE(text);
  CHECK(placed);
  CHECK(errors != l.doc.has_value());
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (const auto line : text::split(text, '\n')) lines.emplace_back(line);
  return lines;
}

} // namespace

TEST_CASE("a pipeline is read whole") {
  const pipeline p = good(timeline);
  CHECK(p.name == "press-timeline");
  REQUIRE(p.params.size() == 4); // and `out`
  CHECK(p.params[0].spec.type == param_type::path);
  CHECK(p.params[2].spec.list);
  CHECK(p.params[2].spec.def == "[a, b]");
  CHECK(p.params[3].spec.name == "out");
  CHECK(p.params[3].spec.def == "out/press-timeline");
  CHECK(p.run.memory == 1'073'741'824);
  CHECK_FALSE(p.run.threads);
  CHECK(p.run.digest == digest_mode::none);
  REQUIRE(p.steps.size() == 7);
  CHECK(p.steps[2].name == "dates");
  CHECK_FALSE(p.steps[2].named);
  CHECK(p.steps[2].from == from_kind::implicit);
  CHECK(p.steps[1].errors.action == error_action::route);
  CHECK(p.steps[1].errors.at_most_percent == 5.0);
  CHECK(p.steps[1].errors.keep_row);
  CHECK(p.steps[4].errors.at_most == 10);
  CHECK(p.steps[4].from == from_kind::ports);
  REQUIRE(p.steps[4].inputs.size() == 2);
  CHECK(p.steps[4].inputs[0].port == "left");
  CHECK(p.steps[4].inputs[0].index == 3);
  CHECK(p.steps[5].from == from_kind::steps);
  CHECK(p.steps[5].inputs[1].step == "recent");
  CHECK(p.steps[6].inputs[0].errors);
  CHECK(p.steps[6].inputs[0].at.line == 36);
  CHECK(p.steps[3].with.find("where")->value.at == yaml::mark{26, 19});
  REQUIRE(p.tests.size() == 2);
  CHECK(p.tests[0].name == "a date in a comment does not date the article");
}

TEST_CASE("the smallest pipeline is taken") {
  CHECK(found("vigie: 1\nname: x\nsteps: [{use: a.b}]\n").empty());
}

TEST_CASE("an unknown key is an error at every level, with a suggestion") {
  const auto l =
      load_pipeline("vigie: 1\nname: x\nparms: {}\nsteps:\n  - use: a.b\n    wiht: {}\n", "p");
  CHECK(problems(l.problems) == "V0201 3:1; V0201 6:5");
  CHECK(l.problems[0].hint == "did you mean 'params'?");
  CHECK(l.problems[1].hint == "did you mean 'with'?");
  CHECK(l.problems[1].excerpt == "    wiht: {}");
  CHECK_FALSE(l.doc);
  CHECK(steps("  - {use: a.b, files: x}\n") == "V0201 4:16");
  CHECK(steps("  - {use: a.b, on_error: {do: stop, atmost: 1}}\n") == "V0201 4:37");
  CHECK(found("vigie: 1\nname: x\nparams: {a: {type: int, defualt: 1}}\nrun: {memry: 1GiB}\nsteps: "
              "[{use: a.b}]\n") == "V0201 3:25; V0201 4:7");
  CHECK(found("vigie: 1\nname: x\nsteps: [{use: a.b}]\ntests: [{name: t, expct: {}, error: "
              "V0101}]\n") == "V0201 4:19");
}

TEST_CASE("what a later version brings is refused as such") {
  CHECK(steps("  - {use: a.b, sandbox: true, limits: {memory: 1GiB}}\n") ==
        "V0212 4:16; V0212 4:31");
}

TEST_CASE("missing keys and another version are named") {
  CHECK(found("name: x\nsteps: [{use: a.b}]\n") == "V0202 1:1");
  CHECK(found("about: x\n") == "V0202 1:1; V0202 1:1; V0202 1:1");
  CHECK(found("vigie: 2\nname: x\nsteps: [{use: a.b}]\n") == "V0204 1:8");
  CHECK(found("vigie: '1'\nname: x\nsteps: [{use: a.b}]\n") == "V0204 1:8");
  CHECK(found("vigie: 1\nname: x\nsteps: []\n") == "V0203 3:8");
  CHECK(found("vigie: 1\nname: x\nsteps:\n") == "V0203 3:1");
  CHECK(found("[a]") == "V0203 1:1");
  CHECK(found("text") == "V0203 1:1");
  CHECK(steps("  - name: a\n") == "V0202 4:5");
  CHECK(steps("  - use:\n") == "V0223 4:5");
}

TEST_CASE("keys in another order are a warning, and the document stands") {
  const auto l = load_pipeline("name: x\nvigie: 1\nsteps: [{use: a.b}]\n", "p");
  CHECK(problems(l.problems) == "V0213 2:1");
  CHECK(l.problems[0].severity == severity::warning);
  CHECK(l.doc);
}

TEST_CASE("names have one form") {
  CHECK(found("vigie: 1\nname: Press\nsteps: [{use: a.b}]\n") == "V0205 2:7");
  CHECK(steps("  - {name: 9a, use: a.b}\n") == "V0205 4:12");
  CHECK(steps("  - {name: a.b, use: a.b}\n") == "V0205 4:12");
  CHECK(steps("  - {name: no, use: a.b}\n") == "V0109 4:12");
  CHECK(steps("  - {use: filter}\n") == "V0205 4:11");
  CHECK(steps("  - {use: core.}\n") == "V0205 4:11");
  CHECK(steps("  - {use: \"${params.x}\"}\n") == "V0227 4:11");
  CHECK(found("vigie: 1\nname: x\nparams: {A: {type: int}}\nsteps: [{use: a.b}]\n") ==
        "V0205 3:10");
}

TEST_CASE("two steps cannot share a name, written or taken from use") {
  CHECK(steps("  - use: a.b\n  - use: c.b\n") == "V0206 5:10");
  CHECK(steps("  - {name: s, use: a.b}\n  - {name: s, use: c.d}\n") == "V0206 5:12");
  CHECK(steps("  - {name: b, use: a.x}\n  - {use: a.b}\n") == "V0206 5:11");
  CHECK(steps("  - {name: x, use: a.b}\n  - {use: a.b}\n").empty());
}

TEST_CASE("from names a step above, and says what else it found") {
  const auto l = load_pipeline(
      std::string(head) + "steps:\n  - {name: articles, use: a.b}\n  - {use: c.d, from: artcles}\n",
      "p");
  CHECK(problems(l.problems) == "V0207 5:22");
  CHECK(l.problems[0].hint == "did you mean 'articles'?");
  CHECK(steps("  - {use: a.b, from: b}\n") == "V0208 4:22");
  CHECK(steps("  - {use: a.b, from: d}\n  - {use: c.d}\n") == "V0208 4:22");
  CHECK(steps("  - {use: a.b}\n  - {use: c.d, from: [b, {x: y}]}\n") == "V0211 5:26");
  CHECK(steps("  - {use: a.b}\n  - {use: c.d, from: [b, b]}\n") == "V0211 5:26");
  CHECK(steps("  - {use: a.b}\n  - {use: c.d, from: []}\n") == "V0211 5:22");
  CHECK(steps("  - {use: a.b}\n  - {use: c.d, from: }\n") == "V0211 5:16");
  CHECK(steps("  - {use: a.b}\n  - {use: c.d, from: {}}\n") == "V0211 5:22");
  CHECK(steps("  - {use: a.b}\n  - {use: c.d, from: b.rows}\n") == "V0211 5:22");
  CHECK(steps("  - {use: a.b}\n  - {use: c.d, from: {left: b, right: [b]}}\n") == "V0211 5:39");
  CHECK(steps("  - {use: a.b}\n  - {use: c.d, from: {left: b, right: b}}\n").empty());
}

TEST_CASE("errors are read where they are routed, and routed where they are read") {
  CHECK(steps("  - {use: a.b}\n  - {use: c.d, from: b.errors}\n") == "V0209 5:22");
  CHECK(steps("  - {use: a.b, on_error: {do: drop}}\n  - {use: c.d, from: b.errors}\n") ==
        "V0209 5:22");
  CHECK(steps("  - {use: a.b, on_error: {do: route}}\n  - {use: c.d}\n") == "V0210 4:26");
  CHECK(steps("  - {use: a.b, on_error: {do: route}}\n  - {use: c.d}\n  - {use: e.f, from: [d, "
              "b.errors]}\n")
            .empty());
}

TEST_CASE("on_error takes its own words") {
  CHECK(steps("  - {use: a.b, on_error: drop}\n") == "V0214 4:26");
  CHECK(steps("  - {use: a.b, on_error: {do: dorp}}\n") == "V0214 4:31");
  CHECK(steps("  - {use: a.b, on_error: {at_most: 5}}\n") == "V0202 4:26; V0214 4:36");
  for (const char* bad : {"101%", "-1%", "5 %", "'%'", "x", "-1", "1.5", "[1]", "'5'", "nan%"})
    CHECK(steps(fmt::format("  - {{use: a.b, on_error: {{do: drop, at_most: {}}}}}\n", bad)) ==
          "V0214 4:46");
  for (const char* fine : {"0", "5%", "0.5%", "100%", "'5%'", "123456789"})
    CHECK(steps(fmt::format("  - {{use: a.b, on_error: {{do: drop, at_most: {}}}}}\n", fine))
              .empty());
  CHECK(steps("  - {use: a.b, on_error: {do: drop, keep: row}}\n") == "V0214 4:37");
  CHECK(steps("  - {use: a.b, on_error: {do: drop, keep: rows}}\n") == "V0214 4:43");
}

TEST_CASE("parameters are declared with a type their default fits") {
  const auto param = [](std::string_view text) {
    return found(fmt::format("vigie: 1\nname: x\nparams:\n  a: {}\nsteps: [{{use: a.b}}]\n", text));
  };
  CHECK(param("{type: duration, default: 90s, choices: [1m30s]}").empty());
  CHECK(param("{type: text, secret: true, default: \"${secret:x}\"}").empty());
  CHECK(param("{type: int, default: x}") == "V0223 4:27");
  CHECK(param("{type: int, default: [1]}") == "V0203 4:27");
  CHECK(param("{type: int, list: true, default: [1, 2]}").empty());
  CHECK(param("{type: int, list: true, default: 1}") == "V0203 4:39");
  CHECK(param("{type: [text]}") == "V0215 4:13");
  CHECK(param("{type: integer}") == "V0215 4:13");
  CHECK(param("{default: 1}") == "V0202 4:6");
  CHECK(param("text") == "V0203 4:6");
  CHECK(param("{type: text, required: yes}") == "V0223 4:29");
  CHECK(param("{type: text, required: true, default: x}") == "V0215 4:35");
  CHECK(param("{type: text, choices: [a, b], default: c}") == "V0224 4:45");
  CHECK(param("{type: text, choices: []}") == "V0215 4:28");
  CHECK(found("vigie: 1\nname: x\nparams:\n  out: {type: path}\nsteps: [{use: a.b}]\n") ==
        "V0215 4:3");
}

TEST_CASE("run settings are checked") {
  const auto run = [](std::string_view text) {
    return found(fmt::format("vigie: 1\nname: x\nrun: {}\nsteps: [{{use: a.b}}]\n", text));
  };
  CHECK(run("{memory: 1GiB, threads: 4, digest: splits}").empty());
  CHECK(run("{memory: 1G}") == "V0223 3:15");
  CHECK(run("{memory: 1KiB}") == "V0225 3:15");
  CHECK(run("{threads: 0}") == "V0225 3:16");
  CHECK(run("{digest: sha1}") == "V0224 3:15");
  CHECK(run("fast") == "V0203 3:6");
  CHECK(run("{memory: \"${params.m}\"}") == "V0226 3:16");
}

TEST_CASE("tests have a name and ask for something") {
  const auto test = [](std::string_view text) {
    return found(fmt::format("vigie: 1\nname: x\nsteps: [{{use: a.b}}]\ntests:\n  - {}\n", text));
  };
  CHECK(test("{name: t, error: V0207}").empty());
  CHECK(test("{name: t}") == "V0216 5:5");
  CHECK(test("{error: V0207}") == "V0202 5:5");
  CHECK(test("{name: t, given: [a], expect: 5}") == "V0203 5:22; V0203 5:35");
  CHECK(test("text") == "V0203 5:5");
}

TEST_CASE("--set is read by the declared type and wins over the default") {
  pipeline p = good(timeline, "dir/p.yaml");
  diagnostics out;
  CHECK(set_param(p, "since=2015-02-03", out));
  CHECK(set_param(p, "pages=x/*.txt", out));
  CHECK(set_param(p, "words=[no, 'b c']", out) == false); // a bare word
  CHECK(set_param(p, "words=['no', b c]", out));
  CHECK(set_param(p, "out=elsewhere", out));
  CHECK(problems(out) == "V0109 1:2");
  out.clear();
  const scope s = bind_params(p, {}, out);
  CHECK(out.empty());
  CHECK(s.base_dir == "dir");
  CHECK(s.params[0].value.s == "x/*.txt"); // relative to the current folder
  CHECK(s.params[1].value.i == 16'469);
  CHECK(s.params[2].value.items.at(1).s == "b c");
  CHECK(s.params[3].value.s == "elsewhere");
}

TEST_CASE("--set takes texts as the shell passed them") {
  pipeline p = good("vigie: 1\nname: x\nparams:\n  t: {type: text}\nsteps: [{use: a.b}]\n");
  for (const std::string value :
       {"", "no", "a=b", "'q'", "012", "${env:HOME}", "$${x}", ": [", " x "}) {
    diagnostics out;
    REQUIRE(set_param(p, "t=" + value, out));
    CHECK(p.params[0].given->s == value);
    CHECK(p.params[0].given->place.file == "--set");
  }
}

TEST_CASE("--set takes one value for a list as a list of that one") {
  pipeline p = good(timeline);
  diagnostics out;
  for (const std::string value : {"a", "a, b", "*.txt"}) {
    REQUIRE(set_param(p, "words=" + value, out));
    const auto words =
        std::ranges::find(p.params, "words", [](const pipeline_param& x) { return x.spec.name; });
    REQUIRE(words->given->items.size() == 1);
    CHECK(words->given->items[0].s == value);
  }
}

TEST_CASE("--set refuses what it does not know") {
  pipeline p = good(timeline);
  diagnostics out;
  CHECK_FALSE(set_param(p, "since", out));
  CHECK_FALSE(set_param(p, "=x", out));
  CHECK_FALSE(set_param(p, "sicne=2014-01-01", out));
  CHECK_FALSE(set_param(p, "since=tomorrow", out));
  CHECK_FALSE(set_param(p, "words=[a", out));
  CHECK_FALSE(set_param(p, "pages=\xff", out));
  REQUIRE(out.size() == 6);
  CHECK(out[2].hint == "did you mean 'since'?");
  CHECK(out[3].code == code::bad_value);
  for (const auto& d : out) CHECK(d.place.file == "--set");
}

TEST_CASE("defaults refer to parameters above them, and paths start at the file") {
  const std::string text = "vigie: 1\nname: x\nparams:\n  dir: {type: path, default: in}\n"
                           "  files: {type: path, default: \"${params.dir}/*.txt\"}\n  must: "
                           "{type: int, required: true}\n"
                           "  early: {type: text, default: \"${params.late}\"}\n  late: {type: "
                           "text, default: x}\nsteps: [{use: a.b}]\n";
  const pipeline p = good(text, "a/b/p.yaml");
  diagnostics out;
  const scope s = bind_params(p, {}, out);
  CHECK(s.params[0].value.s == "a/b/in");
  CHECK(s.params[1].value.s == "a/b/in/*.txt");
  CHECK(problems(out) == "V0222 6:3; V0226 7:33");
  CHECK(out[0].excerpt == "  must: {type: int, required: true}");
}

TEST_CASE("files that are broken by hand are refused with the code and place they name") {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  for (const auto& e :
       fs::directory_iterator(fs::path(VIGIE_SOURCE_DIR) / "tests/pipelines/broken"))
    if (e.path().extension() == ".yaml") files.push_back(e.path());
  std::ranges::sort(files);
  CHECK(files.size() >= 20);
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    const std::string text = bytes.str();
    const std::string line = text.substr(0, text.find('\n'));
    INFO(file.filename());
    REQUIRE(line.starts_with("# expect: "));
    const auto l = load_pipeline(text, "p.yaml");
    CHECK(problems(l.problems) == line.substr(10));
    CHECK_FALSE(l.doc);
    for (const auto& d : l.problems)
      CHECK(d.excerpt == lines_of(text).at(static_cast<std::size_t>(d.place.line - 1)));
  }
}

TEST_CASE("a pipeline with a line or key lost, doubled, moved or bent gives a document or an error "
          "with a place") {
  const auto lines = lines_of(timeline);
  const auto joined = [](const std::vector<std::string>& l) { return text::join(l, "\n"); };
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    auto lost = lines, twice = lines, swapped = lines, in = lines, key = lines, keyless = lines,
         cut = lines;
    lost.erase(lost.begin() + static_cast<std::ptrdiff_t>(i));
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
    std::swap(swapped[i], swapped[i + 1]);
    in[i].insert(0, 1, ' ');
    key[i].insert(std::min(key[i].find_first_not_of(" -"), key[i].size()), 1, 'x');
    keyless[i] = keyless[i].substr(std::min(keyless[i].find(':'), keyless[i].size()));
    cut[i].resize(cut[i].size() / 2);
    for (const auto& mutant : {lost, twice, swapped, in, key, keyless, cut})
      check_outcome(joined(mutant));
    check_outcome(joined({lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(i)}));
  }
}

TEST_CASE("a key written twice is never taken silently") {
  const auto lines = lines_of(timeline);
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    const std::size_t start = lines[i].find_first_not_of(" -");
    const bool block_key = lines[i].find(": ") != std::string::npos || lines[i].ends_with(':');
    if (!block_key || lines[i][start] == '{') continue;
    auto twice = lines;
    std::string copy(start, ' ');
    copy += lines[i].substr(start);
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i) + 1, copy);
    const auto l = load_pipeline(text::join(twice, "\n"), "p");
    INFO(copy);
    CHECK_FALSE(l.doc);
    CHECK(std::ranges::any_of(
        l.problems, [](const diagnostic& d) { return d.code == code::yaml_duplicate_key; }));
  }
}

TEST_CASE("random damage gives a document or an error with a place") {
  std::mt19937 random(20'140'518); // the standard fixes its sequence
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  constexpr std::string_view bytes = "\t\n \"'#&*!|>%@`,[]{}:?-~<=\\$0ay\xc3\xff\r";
  for (int round = 0; round < 3000; ++round) {
    std::string text(timeline);
    for (std::size_t n = 1 + below(4); n > 0; --n) {
      const std::size_t at = below(text.size());
      switch (below(4)) {
      case 0: text[at] = bytes[below(bytes.size())]; break;
      case 1: text.insert(at, 1, bytes[below(bytes.size())]); break;
      case 2: text.erase(at, 1 + below(8)); break;
      default: text.insert(at, text.substr(below(text.size()), below(40)));
      }
    }
    check_outcome(text);
  }
}

TEST_CASE("a pipeline of many steps and many faults is judged quickly") {
  std::string text(head);
  text += "steps:\n";
  for (int i = 0; i < 20'000; ++i)
    text += fmt::format("  - {{name: s{}, use: a.b, from: nope{}}}\n", i, i);
  CHECK(load_pipeline(text, "p").problems.size() == 101);
}
