// SPDX-License-Identifier: Apache-2.0
#include "rows/handed_on.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

bool same_items(const field& have, const field& want) {
  return std::ranges::equal(have.children, want.children, [](const field& a, const field& b) {
    return a.name == b.name && a.kind == b.kind;
  });
}

} // namespace

need handed_on(binding& b, const column_name& name, const field& wanted) {
  const need found = b.column(name, {kind::list});
  const auto at = static_cast<std::size_t>(find_field(b.input(), name.value));
  const field& items = wanted.children[0];
  if (same_items(b.input()[at].children[0], items)) return found;
  std::string fields;
  for (const field& f : items.children) fields += (fields.empty() ? "" : ", ") + f.name;
  throw name.wrong(VIGIE_E_SCHEMA, "column '" + name.value + "' is a list, but not of structs of " +
                                       fields + " as the press steps hand it on");
}

std::size_t child_named(const field& list, std::string_view name) {
  return static_cast<std::size_t>(find_field(list.children[0].children, name));
}

} // namespace vigie::press
