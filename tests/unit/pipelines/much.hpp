// SPDX-License-Identifier: Apache-2.0
// For runs over more than the memory budget: numbers in no order, the same in every run, and what a
// run reports of itself.
#pragma once

#include "child.hpp"

#include <simdjson.h>

#include <cstdint>
#include <string>

namespace tests {

// A linear congruential generator (Knuth's MMIX) without its low bits, whose period is short.
class draws {
public:
  std::uint64_t operator()() {
    x_ = x_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return x_ >> 33U;
  }

private:
  std::uint64_t x_ = 1;
};

// A number of the report of the run in `out`.
inline std::int64_t reported(const workplace& at, const std::string& out, const char* field) {
  simdjson::dom::parser parser;
  return parser.parse(at.get(out + "/.vigie/report.json"))[field].get_int64();
}

} // namespace tests
