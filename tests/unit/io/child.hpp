// SPDX-License-Identifier: Apache-2.0
// Runs something in a child process with its own environment, which may die there: for crash points
// and locks. One thread.
#pragma once

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

namespace tests {

using variables = std::vector<std::pair<std::string, std::string>>;

// What waitpid says of a child that sets the variables and exits with what `act` returns.
template <class Act> int in_child(const variables& environment, Act act) {
  const pid_t child = ::fork();
  if (child == 0) {
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    ::_exit(act()); // no destructor of the test program runs twice
  }
  int ended = -1;
  if (child < 0 || ::waitpid(child, &ended, 0) != child) return -1;
  return ended;
}

inline bool killed(int ended) { return WIFSIGNALED(ended) && WTERMSIG(ended) == 9; }
inline bool exited(int ended, int with = 0) {
  return WIFEXITED(ended) && WEXITSTATUS(ended) == with;
}

} // namespace tests
