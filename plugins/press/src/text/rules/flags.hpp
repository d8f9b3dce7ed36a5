// SPDX-License-Identifier: Apache-2.0
// Marks of a line of a rules file that are on where they stand, and the members they turn on.
// Inner to the readers of rules; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace vigie::press {

template <class T> using flag = std::pair<std::string_view, bool T::*>;

// Whether `mark` is one of `known`; then it is turned on.
template <class T, std::size_t N>
[[nodiscard]] bool turn_on(const std::array<flag<T>, N>& known, std::string_view mark, T& in) {
  const auto found = std::ranges::find(known, mark, &flag<T>::first);
  if (found == known.end()) return false;
  in.*(found->second) = true;
  return true;
}

} // namespace vigie::press
