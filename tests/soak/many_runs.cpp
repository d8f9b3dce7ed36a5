// SPDX-License-Identifier: Apache-2.0
// Many runs in one process: its memory and its open files must not grow. Usage: vigie_soak RUNS, in
// an empty folder. Prints one line; exits with 1 where something grew.
#include "session.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

namespace {

namespace fs = std::filesystem;

constexpr long most_growth_kib = 2048;

const std::string pipeline = R"(vigie: 1
name: again
steps:
  - name: lines
    use: core.read_jsonl
    with: {files: in.jsonl, columns: [{name: id, type: int, required: true}, {name: text}]}
    on_error: {do: drop}
  - use: core.sort
    with: {by: [text desc]}
  - use: core.write_csv
    with: {file: all.csv.gz}
  - use: core.write_jsonl
    with: {file: all.jsonl}
    from: lines
  - use: core.write_sqlite
    with: {file: all.sqlite}
    from: sort
)";

std::string input() {
  std::string out;
  for (int i = 0; i < 500; ++i)
    out += i % 50 == 7 ? "no row\n" : fmt::format("{{\"id\": {}, \"text\": \"row {}\"}}\n", i, i);
  return out;
}

struct use {
  long rss_kib = 0;
  long descriptors = 0;
};

use used() {
  use u;
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) u.rss_kib = std::atol(line.c_str() + 6);
  for ([[maybe_unused]] const auto& e : fs::directory_iterator("/proc/self/fd")) ++u.descriptors;
  return u;
}

bool run_once(tests::session& s) {
  const auto r = s.run({.threads = 2,
                        .split_bytes = 4096,
                        .force = true,
                        .checkpoint = std::chrono::milliseconds(0)});
  if (!r) fmt::print(stderr, "{}\n", vigie::render(r.error()));
  return static_cast<bool>(r);
}

} // namespace

int main(int argc, char** argv) {
  const int runs = argc > 1 ? std::atoi(argv[1]) : 0;
  const int first = runs / 6;
  if (first < 1) {
    fmt::print(stderr, "usage: vigie_soak RUNS, 6 at least\n");
    return 2;
  }
  tests::write_file(fs::current_path() / "in.jsonl", input());
  tests::session s(pipeline);
  use before;
  for (int i = 1; i <= runs; ++i) {
    if (!run_once(s)) return 1;
    if (i == first) before = used();
  }
  const use after = used();
  const long grown = after.rss_kib - before.rss_kib;
  fmt::print(
      "{} runs in one process: {} KiB and {} descriptors after {}, {} KiB and {} after all\n", runs,
      before.rss_kib, before.descriptors, first, after.rss_kib, after.descriptors);
  return grown <= most_growth_kib && after.descriptors == before.descriptors ? 0 : 1;
}
