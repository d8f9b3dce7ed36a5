// SPDX-License-Identifier: Apache-2.0
// Reads one strict YAML document into a tree. Called for pipeline files and for values given on the
// command line. Refused, each with code and place: duplicate and merge keys, anchors, aliases,
// tags, second documents, content behind the document, leading zeros, open quotes, tabs, other
// encodings than UTF-8, depth above 64, values above 1 MiB, files above 16 MiB or a million values.
// Never throws; linear in the size of the file; any thread.
#pragma once

#include "node.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::yaml {

inline constexpr std::size_t largest_file = std::size_t{16} << 20U;
inline constexpr std::size_t largest_scalar = std::size_t{1} << 20U;
inline constexpr std::size_t most_values = 1'000'000;
inline constexpr std::size_t deepest = 64;

struct parsed {
  std::optional<node> root; // only where nothing is wrong
  diagnostics problems;     // by place; at most 100 and a note
};

// `file_name` is shown in places as it is.
[[nodiscard]] parsed parse(std::string_view bytes, std::string file_name);

} // namespace vigie::yaml
