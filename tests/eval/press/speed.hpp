// SPDX-License-Identifier: Apache-2.0
// How many bytes of scraped text the product reads in a second of processor time: the press family
// as a whole, each of its steps, and MinHash. Called by ./dev eval press --speed; runs the program,
// one thread, over pages made from annotated ones. Throws std::runtime_error where a run fails.
#pragma once

#include "marked.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace vigie::press::eval {

struct speed_task {
  std::filesystem::path program; // vigie
  std::filesystem::path work;    // pages, pipelines and outputs; what stood there goes
  std::size_t bytes = 32u << 20; // of text, at least
  int rounds = 3;                // of which the fastest counts
};

// A table in Markdown. A step's time is that of the pipeline that ends with it less that of the
// pipeline before it, so that the host's share is in it; reading the pages is in none.
[[nodiscard]] std::string speed_table(const std::vector<marked_page>& pages,
                                      const speed_task& task);

} // namespace vigie::press::eval
