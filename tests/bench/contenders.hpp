// SPDX-License-Identifier: Apache-2.0
// Who runs a workload, and with which commands: our pipeline, the same with digests, its sibling,
// the limit, and each peer found on the machine. Called once a workload; pure but for looking which
// programs are there.
#pragma once

#include "child.hpp"
#include "workloads.hpp"

#include <map>
#include <string>
#include <vector>

namespace bench {

enum class role { ours, digests, sibling, limit, peer, judge }; // judge: only the sibling's gate

struct contender {
  std::string name;
  role part = role::peer;
  std::filesystem::path output;
  bool threads = false; // may use more than one
  std::vector<std::string> argv{};
  std::map<int, std::vector<sample>> runs{}; // by threads
  std::string trouble{};                     // why no time is given
};

struct places {
  std::filesystem::path source; // tests/bench of the checkout
  std::filesystem::path work;   // outputs; may be emptied at any time
  std::filesystem::path peers;  // lab folder with npm/node_modules, or empty
};

[[nodiscard]] std::vector<contender> contenders_of(const workload& w, const inputs& all,
                                                   const places& p);

// The command of a contender with so many threads.
[[nodiscard]] command command_of(const contender& c, int threads, const places& p);

} // namespace bench
