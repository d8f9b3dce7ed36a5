// SPDX-License-Identifier: Apache-2.0
// Names of elements and attributes as numbers. Called by the reader of trees. Pure functions, any
// thread.
#pragma once

#include "html/tree.hpp"

#include <optional>

namespace vigie::press::html {

[[nodiscard]] tag tag_named(std::string_view lower_case);
[[nodiscard]] std::optional<attribute> attribute_named(std::string_view lower_case);

} // namespace vigie::press::html
