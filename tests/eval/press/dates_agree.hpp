// SPDX-License-Identifier: Apache-2.0
// Whether a date that was found says what the gold says. For the scorer. Pure; any thread.
#pragma once

#include "found.hpp"
#include "gold.hpp"

#include <string>

namespace vigie::press::eval {

// `published`: the page's own day as YYYY-MM-DD or empty; what is open since a day ends there.
[[nodiscard]] bool same_date(const std::string& gold, const found_date& found,
                             const std::string& published);
[[nodiscard]] bool agrees(const gold_date& gold, const found_date& found,
                          const std::string& published);

} // namespace vigie::press::eval
