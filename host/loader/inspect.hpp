// SPDX-License-Identifier: Apache-2.0
// Asks a library for its description in a child process, so that a library that crashes, hangs or
// exits takes only the child with it. Starts a process; [main] thread.
#pragma once

#include "description.hpp"

#include <chrono>

namespace vigie::loader {

// Runs `inspector plugin inspect PATH` and reads the description it prints. Errors: those the child
// reports, and plugin_crashed where it died, hung beyond `limit` or printed anything else.
[[nodiscard]] result<plugin_info>
inspect_in_child(const std::string& inspector, const std::string& path,
                 std::chrono::milliseconds limit = std::chrono::seconds(10));

// The child's side: opens the library here and returns what to print; errors come out as JSON, too.
[[nodiscard]] std::string inspect_here(const std::string& path);

} // namespace vigie::loader
