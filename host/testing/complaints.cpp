// SPDX-License-Identifier: Apache-2.0
#include "complaints.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::testing {

void complaints::unknown(yaml::mark at, std::string_view what, std::string_view word,
                         const std::vector<std::string>& known) {
  const std::string_view shown = word.substr(0, 200);
  const std::string near = nearest(shown, known);
  std::string hint = fmt::format("there are {}", text::elide(text::join(known, ", "), 300));
  if (known.empty()) hint = "there are none";
  if (!near.empty()) hint = fmt::format("did you mean '{}'?", near);
  error(code::test_unknown, at, fmt::format("there is no {} '{}'", what, text::elide(shown, 60)),
        std::move(hint));
}

bool complaints::keys(const yaml::node& n, std::string_view what,
                      const std::vector<std::string>& known) {
  if (!n.is_mapping()) {
    error(code::test_value, n.at, fmt::format("found {}, expected {}", yaml::describe(n), what),
          "write {key: value}, or indented lines of `key: value`");
    return false;
  }
  const std::size_t before = count();
  for (const yaml::entry& e : n.entries)
    if (std::ranges::find(known, e.key) == known.end()) unknown(e.at, "key", e.key, known);
  return count() == before;
}

} // namespace vigie::testing
