// SPDX-License-Identifier: Apache-2.0
#include "functions.hpp"
namespace vigie::core::expr {
std::span<const function> json_functions() { return {}; }
std::span<const function> address_functions() { return {}; }
} // namespace vigie::core::expr
