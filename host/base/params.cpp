// SPDX-License-Identifier: Apache-2.0
#include "params.hpp"

#include <array>

namespace vigie {

std::string_view name_of(param_type t) {
  constexpr std::array<std::string_view, 13> names{
      "",     "bool",      "int",  "real",   "text",       "duration", "size",
      "date", "timestamp", "path", "column", "expression", "record"};
  return names[static_cast<std::size_t>(t)];
}

} // namespace vigie
