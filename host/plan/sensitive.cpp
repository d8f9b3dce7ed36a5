// SPDX-License-Identifier: Apache-2.0
#include "sensitive.hpp"

#include <algorithm>

namespace vigie::plan {

bool is_sensitive(const field& f) {
  return f.sensitive || std::ranges::any_of(f.children, is_sensitive);
}

std::vector<std::string> sensitive_columns_read(const step_plan& s) {
  std::vector<std::string> out;
  const auto look = [&](const field& f) {
    if (is_sensitive(f) && std::ranges::find(out, f.name) == out.end()) out.push_back(f.name);
  };
  for (const input_port& port : s.ports)
    for (const int n : port.needs)
      if (n != VIGIE_NEED_ORIGIN) look(port.fields[static_cast<std::size_t>(n)]);
  std::ranges::for_each(s.adds, look);
  std::ranges::for_each(s.partial, look);
  return out;
}

std::set<std::string> columns_known(const step_plan& s) {
  std::set<std::string> out;
  for (const input_port& port : s.ports)
    for (const field& f : port.fields) out.insert(f.name);
  for (const schema* fields : {&s.adds, &s.partial, &s.fields})
    for (const field& f : *fields) out.insert(f.name);
  return out;
}

} // namespace vigie::plan
