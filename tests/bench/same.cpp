// SPDX-License-Identifier: Apache-2.0
// Do two outputs hold the same rows? Prints the first that only one of them holds.
//   vigie_same ordered|unordered OURS THEIRS     (JSON Lines)
#include "gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

std::vector<std::string> rows_of(const char* file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(fmt::format("cannot read {}", file));
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);)
    out.push_back(bench::canonical(line, bench::form::json));
  return out;
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  try {
    std::vector<std::string> ours = rows_of(argv[2]), theirs = rows_of(argv[3]);
    if (std::string_view(argv[1]) == "unordered") {
      std::ranges::sort(ours);
      std::ranges::sort(theirs);
    }
    if (ours == theirs) return 0;
    fmt::print("{} rows of ours, {} of theirs\n", ours.size(), theirs.size());
    const auto [a, b] = std::ranges::mismatch(ours, theirs);
    if (a != ours.end()) fmt::print("  ours:   {}\n", *a);
    if (b != theirs.end()) fmt::print("  theirs: {}\n", *b);
  } catch (const std::exception& e) {
    fmt::print("{}\n", e.what());
  }
  return 1;
}
