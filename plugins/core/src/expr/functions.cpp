// SPDX-License-Identifier: Apache-2.0
#include "functions.hpp"

#include <algorithm>

namespace vigie::core::expr {

const std::vector<function>& functions() {
  static const std::vector<function> all = [] {
    std::vector<function> out;
    for (const auto table :
         {text_functions(), code_functions(), pattern_functions(), number_functions(),
          time_functions(), json_functions(), address_functions()})
      out.insert(out.end(), table.begin(), table.end());
    std::sort(out.begin(), out.end(),
              [](const function& a, const function& b) { return a.name < b.name; });
    return out;
  }();
  return all;
}

const function* find_function(std::string_view name) {
  const auto& all = functions();
  const auto found =
      std::lower_bound(all.begin(), all.end(), name,
                       [](const function& f, std::string_view n) { return f.name < n; });
  return found == all.end() || found->name != name ? nullptr : &*found;
}

} // namespace vigie::core::expr
