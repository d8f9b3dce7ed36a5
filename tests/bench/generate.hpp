// SPDX-License-Identifier: Apache-2.0
// Makes the benchmark's inputs: measurement headers as a probe network publishes them (JSON
// Lines, 440 bytes a record on average), flow records (CSV, 56 bytes a row) and a list of
// indicators. Called once by the benchmark and by the comparison with DuckDB; one thread. The same
// seed gives the same bytes on every machine.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace bench {

struct inputs {
  std::filesystem::path measurements, flows, indicators, one; // `one`: a single measurement
};

// `size`: S, M or L: 10 MB, 100 MB, 1 GB of measurements and as many flows as give that much.
// Files that are there are kept: they appear under their names when they are complete. Throws
// std::runtime_error where the folder cannot be written, or `size` is none of the three.
[[nodiscard]] inputs make_inputs(const std::filesystem::path& folder, const std::string& size);

inline constexpr std::uint32_t indicator_count = 2077;

} // namespace bench
