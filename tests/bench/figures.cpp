// SPDX-License-Identifier: Apache-2.0
#include "figures.hpp"

#include "config/pipeline.hpp"
#include "exec/run.hpp"
#include "loader/catalog.hpp"
#include "plan/plan.hpp"
#include "program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <numeric>

namespace bench {

namespace {

using namespace vigie;

[[noreturn]] void gate_failed(const std::string& what) {
  fmt::print(stderr, "wrong answer, no time is printed: {}\n", what);
  std::exit(1);
}

double cpu_now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double median(std::vector<double> v) {
  std::ranges::sort(v);
  return v[v.size() / 2];
}

// CPU seconds of one run of a pipeline in this process, one thread; the sum of the numbers its
// encoder wrote must be right.
double run_here(const std::string& steps, const std::string& column, const std::string& folder,
                std::int64_t expected_sum) {
  const std::string text =
      "vigie: 1\nname: bench\nsteps:\n" + steps +
      "  - {name: end, use: benchkit.sum, with: {file: sum.txt, column: " + column + "}}\n";
  loaded l = load_pipeline(text, "bench.yaml");
  if (!l.doc) gate_failed(render(l.problems.front()));
  if (!set_param(*l.doc, "out=" + folder, l.problems)) gate_failed("out");
  const scope values = bind_params(*l.doc, {}, l.problems);
  loader::catalog catalog({.folders = {},
                           .install_folder = VIGIE_BENCHKIT,
                           .share_folder = {},
                           .inspector = VIGIE_PROGRAM,
                           .cache_folder = {}});
  memory_budget memory(std::int64_t{1} << 30);
  plan::services shared{.memory = &memory};
  diagnostics problems;
  const auto p = plan::build(*l.doc, values, catalog, shared, {}, problems);
  if (!p) gate_failed(render(problems.front()));
  exec::run_options o;
  o.force = true;
  const double start = cpu_now();
  auto r = exec::execute(*p, shared, o);
  const double used = cpu_now() - start;
  if (!r) gate_failed(render(r.error()));
  std::istringstream lines(tests::read_file(folder + "/sum.txt"));
  std::int64_t sum = 0, line = 0;
  while (lines >> line) sum += line;
  if (sum != expected_sum) gate_failed(fmt::format("the sum is {}, not {}", sum, expected_sum));
  return used;
}

// ns for one batch to cross one more transform: the difference of 24 and 4 of them that do nothing.
figure boundary(const std::string& folder) {
  constexpr std::int64_t batches = 20'000, rows = 64;
  const auto steps = [&](int n) {
    std::string out = fmt::format(
        "  - {{name: numbers, use: benchkit.numbers, with: {{rows: {}, rows_a_batch: {}}}}}\n",
        batches * rows, rows);
    for (int i = 0; i < n; ++i) out += fmt::format("  - {{name: n{}, use: benchkit.nothing}}\n", i);
    return out;
  };
  const std::int64_t n = batches * rows, sum = n * (n - 1) / 2;
  std::vector<double> few, many;
  for (int round = 0; round < 5; ++round) {
    few.push_back(run_here(steps(4), "x", folder, sum));
    many.push_back(run_here(steps(24), "x", folder, sum));
  }
  return {"one batch across one transform", "ns", "",
          (median(many) - median(few)) * 1e9 / (20.0 * batches)};
}

// Rows a second of a transform that adds one column, with all the host does around it.
figure one_column(const std::string& folder) {
  constexpr std::int64_t rows = 30'000'000;
  const std::string source =
      fmt::format("  - {{name: numbers, use: benchkit.numbers, with: {{rows: {}}}}}\n", rows);
  std::vector<double> with;
  for (int round = 0; round < 5; ++round)
    with.push_back(run_here(source + "  - {name: twice, use: benchkit.twice}\n", "y", folder,
                            rows * (rows - 1)));
  return {"source, one-column transform, encoder; one core", "M rows/s", "above 30",
          static_cast<double>(rows) / median(with) / 1e6};
}

double wall_ms(const std::function<void()>& f) {
  const auto start = std::chrono::steady_clock::now();
  f();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

figure version(const tests::scratch_folder& dir) {
  std::vector<double> ms;
  for (int round = 0; round < 25; ++round)
    ms.push_back(wall_ms([&] {
      if (tests::run({VIGIE_PROGRAM, "version"}, dir.path()).code != 0)
        gate_failed("vigie version");
    }));
  return {"vigie version", "ms", "5", median(ms)};
}

figure one_row(const tests::scratch_folder& dir) {
  tests::write_file(dir / "one.jsonl", "{\"a\": 1}\n");
  tests::write_file(dir / "one.yaml",
                    "vigie: 1\nname: one\nsteps:\n  - {name: read, use: core.read_jsonl, with: "
                    "{files: one.jsonl, columns: [{name: a, type: int}]}}\n"
                    "  - {use: core.filter, with: {where: a > 0}}\n  - {use: core.write_jsonl, "
                    "with: {file: one.jsonl}}\n");
  std::vector<double> ms;
  for (int round = 0; round < 15; ++round) {
    ms.push_back(wall_ms([&] {
      if (tests::run({VIGIE_PROGRAM, "run", "one.yaml", "--force", "--quiet", "--out", "out"},
                     dir.path())
              .code != 0)
        gate_failed("one-row pipeline");
    }));
    if (tests::read_file(dir / "out/one.jsonl") != "{\"a\":1}\n") gate_failed("one-row pipeline");
  }
  return {"a pipeline of one row, output synced to disk", "ms", "20", median(ms)};
}

// A 100 MB file searched: how much less wall time two threads take, and into how many splits it
// falls. Few rows come out, so that the disk's time to make outputs durable, which threads do not
// shorten, is not what is measured.
std::vector<figure> two_threads(const tests::scratch_folder& dir) {
  std::string block;
  for (int i = 0; i < 1000; ++i)
    block += fmt::format("{{\"id\": {}, \"service\": \"service-{}\", \"country\": \"C{}\", "
                         "\"note\": \"a text of some length that every line carries along\"}}\n",
                         i, i % 7, i % 11);
  std::string text;
  while (text.size() < 100'000'000) text += block;
  tests::write_file(dir / "big.jsonl", text);
  tests::write_file(dir / "big.yaml",
                    "vigie: 1\nname: big\nsteps:\n  - {name: read, use: core.read_jsonl, with: "
                    "{files: big.jsonl, columns: [{name: id, type: int}, {name: service}, {name: "
                    "country}, {name: note}]}}\n"
                    "  - {use: core.derive, with: {columns: {word: lower(note)}}}\n"
                    "  - {use: core.filter, with: {where: \"word like '%every line%' and id % 50 = "
                    "3\"}}\n"
                    "  - {use: core.write_jsonl, with: {file: big.jsonl}}\n");
  std::vector<double> one, two;
  std::string first;
  for (int round = 0; round < 5; ++round)
    for (const int threads : {1, 2}) {
      (threads == 1 ? one : two).push_back(wall_ms([&] {
        if (tests::run({VIGIE_PROGRAM, "run", "big.yaml", "--force", "--quiet", "--out", "out",
                        "--threads", std::to_string(threads)},
                       dir.path())
                .code != 0)
          gate_failed("100 MB run");
      }));
      std::string out = tests::read_file(dir / "out/big.jsonl");
      if (first.empty())
        first = std::move(out);
      else if (out != first)
        gate_failed("two threads give other bytes than one");
    }
  const std::string report = tests::read_file(dir / "out/.vigie/report.json");
  const double splits = std::stod(report.substr(report.find("\"splits\": ") + 10));
  return {{"splits of a 100 MB file", "splits", "at least 6", splits},
          {"100 MB JSON lines searched, one thread", "MB/s", "",
           static_cast<double>(text.size()) / median(one) / 1000},
          {"two threads' wall time over one's", "", "at most 0.6", median(two) / median(one)}};
}

} // namespace

std::vector<figure> figures_of_the_house() {
  const tests::scratch_folder dir;
  std::vector<figure> out{boundary(dir / "boundary"), one_column(dir / "column"), version(dir),
                          one_row(dir)};
  std::ranges::move(two_threads(dir), std::back_inserter(out));
  return out;
}

} // namespace bench
