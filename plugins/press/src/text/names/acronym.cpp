// SPDX-License-Identifier: Apache-2.0
#include "acronym.hpp"

namespace vigie::press {
namespace {

constexpr std::size_t fewest_letters = 3; // two fit too much
constexpr std::size_t most_left = 3;      // words behind the one with the last letter

} // namespace

bool abbreviates(std::string_view body, const word& letters, std::span<const word> words) {
  const std::string form = folded(body.substr(letters.begin, letters.end - letters.begin));
  std::vector<std::string> spelled;
  for (const word& w : words)
    if (w.kind == token_kind::word)
      spelled.push_back(folded(body.substr(w.begin, w.end - w.begin)));
  if (form.size() < fewest_letters || spelled.size() < 2) return false;
  if (spelled[0][0] != form[0]) return false;
  std::size_t at = 0, inner = 1;
  for (const char c : std::string_view(form).substr(1)) {
    std::size_t next = at + 1;
    while (next < spelled.size() && spelled[next][0] != c) ++next;
    if (next < spelled.size()) {
      at = next;
      inner = 1;
      continue;
    }
    inner = spelled[at].find(c, inner);
    if (inner++ == std::string::npos) return false;
  }
  return at > 0 && at + most_left >= spelled.size();
}

} // namespace vigie::press
