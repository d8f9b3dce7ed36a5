// SPDX-License-Identifier: Apache-2.0
#include "scope.hpp"

#include <algorithm>

namespace vigie::core::expr {

bool scope::has(std::string_view name) const {
  return find_field(earlier_, name) >= 0 || find_field(input_, name) >= 0;
}

std::optional<scope::found> scope::find(std::string_view name) {
  for (std::size_t i = earlier_.size(); i-- > 0;)
    if (earlier_[i].name == name) return found{true, i, &earlier_[i]};
  const int position = find_field(input_, name);
  if (position < 0) return std::nullopt;
  const field* type = &input_[static_cast<std::size_t>(position)];
  const auto known = std::find(used_.begin(), used_.end(), position);
  const auto slot = static_cast<std::size_t>(known - used_.begin());
  if (known == used_.end()) used_.push_back(position);
  return found{false, slot, type};
}

void scope::define(std::string name, field type) {
  type.name = std::move(name);
  earlier_.push_back(std::move(type));
}

std::vector<std::string> scope::names() const {
  std::vector<std::string> out;
  for (const field& f : input_) out.push_back(f.name);
  for (const field& f : earlier_)
    if (std::find(out.begin(), out.end(), f.name) == out.end()) out.push_back(f.name);
  return out;
}

const std::string* named_values::find(std::string_view name) {
  for (std::size_t i = 0; i < given_.size(); ++i) {
    if (given_[i].first != name) continue;
    used_[i] = true;
    return &given_[i].second;
  }
  return nullptr;
}

std::vector<std::string> named_values::names() const {
  std::vector<std::string> out;
  for (const auto& [name, value] : given_) out.push_back(name);
  return out;
}

int named_values::first_unused() const {
  const auto at = std::find(used_.begin(), used_.end(), false);
  return at == used_.end() ? -1 : static_cast<int>(at - used_.begin());
}

} // namespace vigie::core::expr
