// SPDX-License-Identifier: Apache-2.0
// Aggregates with more groups, or more values in a group, than the memory budget holds: the bytes
// are those of a run that holds them all, whatever the budget, the threads and the splits.
#include "catch.hpp"
#include "io/compressed.hpp"
#include "much.hpp"

namespace {

using tests::ended;
using tests::reported;
using tests::workplace;

// Rows of many groups by `id`, and of a few by `kind`; the same for the same arguments.
std::string lines(std::size_t bytes) {
  std::string out;
  tests::draws draw;
  while (out.size() < bytes) {
    const std::uint64_t id = draw() % 60000;
    out += "{\"id\":\"group " + std::to_string(id) + "\",\"kind\":" + std::to_string(id % 3) +
           ",\"n\":" + std::to_string(draw()) +
           ",\"x\":" + std::to_string(static_cast<double>(draw() % 1000) / 8) + "e-" +
           std::to_string(draw() % 300) + "}\n";
  }
  return out;
}

void put_pipeline(const workplace& at) {
  at.put("p.yaml", R"yaml(vigie: 1
name: groups
params:
  files: {type: path}
steps:
  - name: read
    use: core.read_jsonl
    with: {files: "${params.files}", columns: [{name: id}, {name: kind, type: int}, {name: n, type: int}, {name: x, type: real}]}
  - name: many
    use: core.aggregate
    with:
      by: [id, kind]
      compute: {rows: count(), sum: sum(x), n: distinct(n), first: first(n), latest: last(n by x), top: "top(n, 2)"}
  - name: many_rows
    use: core.write_jsonl
    with: {file: many.jsonl}
  - name: large
    use: core.aggregate
    from: read
    with:
      by: [kind]
      compute: {ids: distinct(id), n: distinct(n), slow: "quantile(x, 0.95)", median: median(n), sum: sum(x)}
  - name: large_rows
    use: core.write_jsonl
    with: {file: large.jsonl}
)yaml");
}

void run(const workplace& at, const std::string& out, const std::string& file,
         const std::string& memory, const std::string& threads) {
  std::filesystem::remove_all(at.path(out));
  const ended e = tests::vigie(at, {"run", "p.yaml", "--set", "files=" + file, "--out", out,
                                    "--memory", memory, "--threads", threads, "--quiet"});
  INFO(e.err);
  REQUIRE(e.code == 0);
}

void same_beyond_the_budget(const workplace& at, const std::string& file, const std::string& memory,
                            const std::string& threads) {
  CAPTURE(file, memory, threads);
  run(at, "small", file, memory, threads);
  CHECK(reported(at, "small", "peak_spilled_bytes") > 0);
  CHECK_FALSE(at.has("small/.vigie/work"));
  for (const char* name : {"/many.jsonl", "/large.jsonl"})
    REQUIRE((at.get("small" + std::string(name)) == at.get("whole" + std::string(name))));
}

} // namespace

TEST_CASE("more groups than memory, and groups larger than memory, give the same bytes") {
  const workplace at;
  const std::string rows = lines(std::size_t{12} << 20U);
  at.put("in.jsonl", rows);
  at.put("in.jsonl.gz", compressed(rows, vigie::io::compression::gzip, 1));
  put_pipeline(at);
  run(at, "whole", "in.jsonl", "1GiB", "1");
  REQUIRE(reported(at, "whole", "peak_spilled_bytes") == 0);
  for (const char* threads : {"1", "3", "7"})
    same_beyond_the_budget(at, "in.jsonl", "1MiB", threads);
  same_beyond_the_budget(at, "in.jsonl", "6MiB", "2");
  same_beyond_the_budget(at, "in.jsonl.gz", "2MiB", "2"); // one unit, settled in instalments
}

TEST_CASE("a disk that is full while groups are spilled ends the run, and it is gone on with") {
  const workplace at;
  at.put("in.jsonl", lines(std::size_t{4} << 20U));
  put_pipeline(at);
  run(at, "whole", "in.jsonl", "1GiB", "1");
  for (const char* fault : {"write:20+:ENOSPC", "write:60+:ENOSPC", "write:100+:ENOSPC"}) {
    INFO(fault);
    std::filesystem::remove_all(at.path("small"));
    const ended full = tests::vigie(at,
                                    {"run", "p.yaml", "--set", "files=in.jsonl", "--out", "small",
                                     "--memory", "1MiB", "--split", "256KiB", "--threads", "2",
                                     "--checkpoint", "0", "--quiet"},
                                    {.environment = {{"VIGIE_IO_FAULT", fault}}});
    INFO(full.err);
    CHECK(full.errors() == std::vector<std::string>{"V0711"});
    CHECK_FALSE(at.has("small/many.jsonl"));
    const ended e = tests::vigie(at, {"resume", "small", "--quiet"});
    INFO(e.err);
    REQUIRE(e.code == 0);
    for (const char* name : {"/many.jsonl", "/large.jsonl"})
      REQUIRE((at.get("small" + std::string(name)) == at.get("whole" + std::string(name))));
  }
}

TEST_CASE("splits are larger where nothing but aggregates takes their rows") {
  const workplace at;
  at.put("in.jsonl", lines(std::size_t{640} << 10U));
  const std::string head = "vigie: 1\nname: splits\nsteps:\n  - name: read\n    use: "
                           "core.read_jsonl\n    with: {files: in.jsonl, columns: [{name: id}]}\n";
  const std::string writes =
      "  - use: core.write_jsonl\n    from: read\n    with: {file: a.jsonl}\n";
  const std::string counts =
      "  - use: core.aggregate\n    from: read\n    with: {by: [id], compute: {n: count()}}\n"
      "  - name: counts\n    use: core.write_jsonl\n    with: {file: b.jsonl}\n";
  const auto splits_of = [&](const std::string& steps, const std::string& split) {
    std::filesystem::remove_all(at.path("out"));
    at.put("p.yaml", head + steps);
    const ended e =
        tests::vigie(at, {"run", "p.yaml", "--out", "out", "--split", split, "--quiet"});
    INFO(e.err);
    REQUIRE(e.code == 0);
    // The aggregate's rows are one more unit.
    return reported(at, "out", "splits") - (steps.find("aggregate") == steps.npos ? 0 : 1);
  };
  CHECK(splits_of(writes, "4KiB") == 160);
  CHECK(splits_of(counts, "4KiB") == 20);           // eight times as large
  CHECK(splits_of(writes + counts, "4KiB") == 160); // what is written is held, split by split
  CHECK(splits_of(counts, "16KiB") == 16);          // a sixteenth of the input
  CHECK(splits_of(counts, "100KiB") == 7);          // never less than was asked for
}
