// SPDX-License-Identifier: Apache-2.0
// Runs one command as a child and measures it: CPU time of its whole process tree, wall time, peak
// memory, and how much CPU other processes took from the machine meanwhile. Called by the
// benchmark, one child at a time.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace bench {

struct command {
  std::vector<std::string> argv; // the first is a path, or a name looked for on PATH
  std::vector<std::pair<std::string, std::string>> environment; // added to the own
  std::filesystem::path errors;                                 // where its standard error goes
};

struct sample {
  int code = -1;    // exit code; 128 + n where signal n ended it
  double cpu_s = 0; // user and system, of the child and of those it waited for
  double wall_s = 0;
  double peak_mb = 0; // of the largest process of the tree, 1e6 bytes
  double foreign = 0; // cores that other processes held during the run
};

// `cores`: the child may use that many of the cores this process may use, the first ones.
// Standard input and output are /dev/null.
[[nodiscard]] sample run(const command& c, int cores);

// Cores that all processes together hold now, looked at for `seconds`.
[[nodiscard]] double load_of_the_machine(double seconds);

} // namespace bench
