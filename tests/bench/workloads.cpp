// SPDX-License-Identifier: Apache-2.0
#include "workloads.hpp"

namespace bench {

const std::vector<workload>& workloads() {
  static const std::vector<workload> all{
      {"W1", "w1", "JSON Lines filtered, four fields kept, one added", form::json, false, 2, true},
      {"W2", "w2", "JSON Lines grouped by three keys, count and exact distinct", form::csv, false,
       1.5, true},
      {"W3", "w3", "CSV joined with a list, exact distinct sources of each", form::csv, true, 3.5,
       true},
      {"W5", "w1", "W1 on one record: the start of the program", form::json, false, 15, false},
      {"W6a", "w6_copy", "JSON Lines copied", form::lines, false, 1.5, false},
      {"W6b", "w6_parse", "JSON Lines, all fields read and written again", form::json, false, 2,
       false},
  };
  return all;
}

std::filesystem::path input_of(const workload& w, const inputs& all) {
  if (is_start(w)) return all.one;
  return w.flows ? all.flows : all.measurements;
}

} // namespace bench
