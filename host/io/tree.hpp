// SPDX-License-Identifier: Apache-2.0
// Looking at folders without changing them; links are seen and not followed. Called by runs. Pure
// calls of the system, any thread.
#pragma once

#include "base/result.hpp"
#include "io/system.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vigie::io {

// What is at a path, itself a link or not; nothing where there is nothing. Errors: those of
// input_failure (errors.hpp), for everything but "it is not there".
[[nodiscard]] result<std::optional<file_facts>> facts_of(const std::string& path);

// The entries in byte order of their names, without . and .. . Errors: those of input_failure.
[[nodiscard]] result<std::vector<folder_entry>> read_folder(const std::string& path);

struct tree_size {
  std::uint64_t files = 0; // all but folders
  std::uint64_t bytes = 0; // of regular files
};

// Of a file, or of all below a folder; zeros where there is nothing. What goes away while it is
// counted counts as gone. Errors: those of input_failure.
[[nodiscard]] result<tree_size> size_of_tree(const std::string& path);

} // namespace vigie::io
