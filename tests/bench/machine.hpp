// SPDX-License-Identifier: Apache-2.0
// What a table of figures has to say about where and when it was made.
#pragma once

#include <string>

namespace bench {

struct machine {
  std::string cpu, kernel, system, date, commit; // empty where it cannot be found out
  long cores = 0;
  double memory_gb = 0; // 1e9 bytes
};

// `checkout`: a folder of the checkout whose commit is meant. The date is that of UTC.
[[nodiscard]] machine this_machine(const std::string& checkout);

} // namespace bench
