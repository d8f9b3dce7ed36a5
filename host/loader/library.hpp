// SPDX-License-Identifier: Apache-2.0
// Opens a plugin library in this process. A library is never closed: its errors, release callbacks
// and thread-locals may outlive any moment one could choose. [main] thread.
#pragma once

#include "base/result.hpp"

#include <vigie/abi.h>

#include <string>

namespace vigie::loader {

// Loads with rtld_now | rtld_local and calls the entry. Errors: plugin_unreadable,
// plugin_missing_dependency, plugin_no_entry, plugin_wrong_abi (another entry_N is exported).
[[nodiscard]] result<const vigie_plugin*> open_library(const std::string& path);

// "core" of ".../core.so"; empty where the name does not end in .so.
[[nodiscard]] std::string id_of(const std::string& path);

} // namespace vigie::loader
