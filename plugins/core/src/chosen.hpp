// SPDX-License-Identifier: Apache-2.0
// The columns a writer writes: those its parameter `columns` names, in that order, or all. Called
// from bind(). Plain values, owned by the writer; read-only while tasks run.
#pragma once

#include <vigie/vigie.hpp>

#include <set>
#include <vector>

namespace vigie::core {

struct chosen_columns {
  std::vector<need> needs = {};
  schema fields = {};

  [[nodiscard]] std::size_t size() const { return needs.size(); }
};

// Throws error(E_SCHEMA) at the item that names no column or one for the second time.
[[nodiscard]] inline chosen_columns choose(binding& b, const std::vector<column_name>& names) {
  chosen_columns out;
  const schema& in = b.input();
  if (names.empty()) {
    for (std::size_t i = 0; i < in.size(); ++i) out.needs.push_back(b.at(static_cast<int>(i)));
    out.fields = in;
    return out;
  }
  std::set<std::string> seen;
  for (const column_name& name : names) {
    if (!seen.insert(name.value).second)
      throw name.wrong(VIGIE_E_SCHEMA, "column '" + name.value + "' stands twice; name it once");
    out.needs.push_back(b.column(name));
    out.fields.push_back(in[static_cast<std::size_t>(find_field(in, name.value))]);
  }
  return out;
}

} // namespace vigie::core
