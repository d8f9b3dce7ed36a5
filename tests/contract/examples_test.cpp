// SPDX-License-Identifier: Apache-2.0
// The example plugins of the SDK, one of each kind, chained in pipelines.
#include "catch.hpp"
#include "program.hpp"

namespace {

tests::ended run_examples(const tests::scratch_folder& dir, const std::string& steps,
                          const std::vector<std::string>& more = {}) {
  tests::write_file(dir / "p.yaml", "vigie: 1\nname: examples\nsteps:\n" + steps);
  std::vector<std::string> argv{VIGIE_PROGRAM,  "run",   "p.yaml", "--plugin-dir",
                                VIGIE_EXAMPLES, "--out", "out",    "--force"};
  argv.insert(argv.end(), more.begin(), more.end());
  return tests::run(argv, dir.path(), {{"XDG_CACHE_HOME", dir / "cache"}});
}

const std::string stanzas =
    "text: hello world\nkind: a\n\ntext: été à Paris\nkind: b\n\nnonsense\n\ntext: x\nkind: a\n";

} // namespace

TEST_CASE("decoder, both transforms, encoder, aggregate, arrange and sink work in one pipeline") {
  const tests::scratch_folder dir;
  tests::write_file(dir / "in.txt", stanzas);
  const tests::ended e =
      run_examples(dir, "  - {name: read, use: stanza.read, with: {files: in.txt, keys: [text, "
                        "kind]}, on_error: {do: route}}\n"
                        "  - {use: shout.text}\n"
                        "  - {name: words, use: words.count}\n"
                        "  - {name: loud, use: bullets.write, with: {file: loud.md, text: loud}}\n"
                        "  - {name: kinds, use: tally.count, with: {by: kind}}\n"
                        "  - {name: turned, use: reverse.rows}\n"
                        "  - {name: lines, use: lines.write, with: {file: kinds.txt, text: kind}}\n"
                        "  - {name: bad, use: bullets.write, from: read.errors, with: {file: "
                        "bad.md, text: message, title: Bad}}\n");
  INFO(e.err);
  REQUIRE(e.code == 0);
  CHECK(tests::read_file(dir / "out/loud.md") ==
        "# List\n\n- HELLO WORLD\n- éTé à PARIS\n- X\n\n3 entries\n");
  CHECK(tests::read_file(dir / "out/kinds.txt") == "b\na\n");
  CHECK(tests::read_file(dir / "out/bad.md") ==
        "# Bad\n\n- the block holds no `key: value` line\n\n1 entries\n");
}

TEST_CASE("outputs do not depend on splits and threads, also with borders of a component's own") {
  const tests::scratch_folder dir;
  std::string text;
  for (int i = 0; i < 3000; ++i)
    text += "text: number " + std::to_string(i) +
            "\nkind: " + std::string(1, static_cast<char>('a' + i % 7)) + "\n\n";
  tests::write_file(dir / "in.txt", text);
  const std::string steps =
      "  - {name: read, use: stanza.read, with: {files: in.txt, keys: [text, kind]}}\n"
      "  - {name: all, use: bullets.write, with: {file: all.md}}\n"
      "  - {name: kinds, use: tally.count, with: {by: kind}}\n"
      "  - {name: lines, use: lines.write, with: {file: kinds.txt, text: kind}}\n";
  REQUIRE(run_examples(dir, steps).code == 0);
  const std::string all = tests::read_file(dir / "out/all.md"),
                    kinds = tests::read_file(dir / "out/kinds.txt");
  CHECK(all.size() > 40'000);
  CHECK(kinds == "a\nb\nc\nd\ne\nf\ng\n");
  for (const char* split : {"1KiB", "777", "16KiB"})
    for (const char* threads : {"1", "2", "4"}) {
      REQUIRE(run_examples(dir, steps, {"--split", split, "--threads", threads}).code == 0);
      CHECK(tests::read_file(dir / "out/all.md") == all);
      CHECK(tests::read_file(dir / "out/kinds.txt") == kinds);
    }
}

TEST_CASE("a source gives its rows in the order of its splits") {
  const tests::scratch_folder dir;
  const tests::ended e =
      run_examples(dir,
                   "  - {name: numbers, use: sequence.make, with: {rows: 2500}}\n"
                   "  - {use: core.write_csv, with: {file: n.csv}}\n",
                   {"--threads", "3"});
  INFO(e.err);
  REQUIRE(e.code == 0);
  std::string expected = "number,square\n";
  for (long i = 0; i < 2500; ++i)
    expected += std::to_string(i) + "," + std::to_string(i * i) + "\n";
  CHECK(tests::read_file(dir / "out/n.csv") == expected);
}
