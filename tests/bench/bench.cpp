// SPDX-License-Identifier: Apache-2.0
// `./dev bench`: makes inputs, runs the workloads with our pipelines, their siblings, the limits
// and the peers found on the machine, and prints what came out. Exit code 1 where our own answer
// was wrong.
#include "table.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <stdexcept>

namespace {

using namespace bench;
namespace fs = std::filesystem;

constexpr const char* help =
    R"(vigie_bench [OPTION...]
  --workload W1,W3   only these: W1 W2 W3 W5 W6a W6b, and `house` for the figures of the host
                     (default: all)
  --size S|M|L       10 MB, 100 MB, 1 GB of input (default: M)
  --runs N           measured runs of each (default: 5; W5: at least 15)
  --threads 1,2      with how many threads (default: 1,2)
  --peers LAB        folder with npm/node_modules of the peers that are no programs on PATH
                     (default: $VIGIE_PEERS)
  --data DIR         where inputs and outputs go; inputs are kept (default: bench in the build folder)
  --patience S       who needs longer than this at the gate runs once only (default: 20)
  --json             JSON instead of Markdown
)";

struct options {
  std::vector<std::string> workloads;
  std::string size = "M";
  settings how;
  fs::path peers, data = VIGIE_BENCH_DATA;
  bool json = false;
};

[[noreturn]] void refuse(const std::string& why) {
  fmt::print(stderr, "vigie_bench: {}\n{}", why, help);
  std::exit(2);
}

std::vector<std::string> words_of(const std::string& list) {
  std::vector<std::string> out(1);
  for (const char c : list)
    if (c == ',')
      out.emplace_back();
    else
      out.back() += c;
  return out;
}

int number_of(const std::string& text, int most) {
  int n = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (failed != std::errc() || end != text.data() + text.size() || n < 1 || n > most)
    refuse(fmt::format("'{}' is no number from 1 to {}", text, most));
  return n;
}

bool known(const std::string& id) {
  return id == "house" || std::ranges::find(workloads(), id, &workload::id) != workloads().end();
}

void take(options& o, const std::string& name, const std::string& value) {
  if (name == "--workload") {
    for (const std::string& id : words_of(value))
      known(id) ? o.workloads.push_back(id) : refuse("there is no workload '" + id + "'");
  } else if (name == "--size") {
    o.size = value;
  } else if (name == "--runs") {
    o.how.runs = number_of(value, 1000);
  } else if (name == "--threads") {
    o.how.threads.clear();
    for (const std::string& n : words_of(value)) o.how.threads.push_back(number_of(n, 8));
  } else if (name == "--patience") {
    o.how.patience_s = number_of(value, 100'000);
  } else if (name == "--peers") {
    o.peers = fs::absolute(value);
  } else if (name == "--data") {
    o.data = fs::absolute(value);
  } else {
    refuse("'" + name + "' is no option");
  }
}

options options_of(int argc, char** argv) {
  options o;
  if (const char* lab = std::getenv("VIGIE_PEERS"); lab != nullptr && *lab != '\0')
    o.peers = fs::absolute(lab);
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--help") {
      fmt::print("{}", help);
      std::exit(0);
    }
    if (word == "--json")
      o.json = true;
    else if (i + 1 < argc)
      take(o, word, argv[++i]);
    else
      refuse(word + " wants a value, or is no option");
  }
  if (!o.peers.empty() && !fs::is_directory(o.peers))
    refuse("the peers' folder '" + o.peers.string() + "' is none");
  return o;
}

bool wanted(const options& o, const std::string& id) {
  return o.workloads.empty() || std::ranges::find(o.workloads, id) != o.workloads.end();
}

bool measure_all(const options& o, report& r) {
  const places p{.source = VIGIE_BENCH_SOURCE,
                 .work = o.data / fmt::format("work-{}", ::getpid()),
                 .peers = o.peers};
  std::optional<inputs> all;
  bool right = true;
  for (const workload& w : workloads()) {
    if (!wanted(o, w.id)) continue;
    if (!all) {
      fmt::print(stderr, "making inputs in {} where they are missing\n", o.data.string());
      all = make_inputs(o.data, o.size);
      r.load = load_of_the_machine(1);
    }
    r.workloads.push_back(measure(w, *all, p, o.how));
    const measured& m = r.workloads.back();
    if (!m.wrong.empty()) fmt::print(stderr, "{}: {}\n", m.what.id, m.wrong);
    right = right && m.wrong.empty();
    // Whoever stops the rest has seen what is known so far.
    report one{.where = r.where, .size = r.size, .load = r.load, .workloads = {m}};
    fmt::print(stderr, "{}\n", markdown(one));
  }
  return right;
}

} // namespace

int main(int argc, char** argv) {
  try {
    const options o = options_of(argc, argv);
    report r{.where = this_machine(VIGIE_BENCH_SOURCE), .size = o.size};
    const bool right = measure_all(o, r);
    if (wanted(o, "house")) r.house = figures_of_the_house();
    fmt::print("{}", o.json ? json(r) : markdown(r));
    return right ? 0 : 1;
  } catch (const std::exception& e) {
    fmt::print(stderr, "vigie_bench: {}\n", e.what());
    return 1;
  }
}
