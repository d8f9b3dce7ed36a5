// SPDX-License-Identifier: Apache-2.0
#include "html/headline.hpp"

#include "html/ascii.hpp"
#include "html/lower_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace vigie::press::html {

std::string comparable(std::string_view title) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> same{
      {{"–", "-"},
       {"—", "-"},
       {"’", "'"},
       {"‘", "'"},
       {"“", "\""},
       {"”", "\""},
       {"„", "\""},
       {"\u00A0", " "}}};
  std::string out;
  for (std::string_view s = trim(title); !s.empty();) {
    const auto found = std::find_if(same.begin(), same.end(),
                                    [&](const auto& p) { return s.starts_with(p.first); });
    out += found == same.end() ? s.substr(0, 1) : found->second;
    s.remove_prefix(found == same.end() ? 1 : found->first.size());
  }
  return lower_text(out);
}

int agreement(const std::string& wanted, const std::string& text, bool heading) {
  if (wanted.empty()) return 0;
  if (text == wanted) return 6;
  if (!heading && text.size() <= 20) return 0;
  if (wanted.starts_with(text)) return heading ? 4 : 1;
  const bool most = text.size() * 2 >= wanted.size();
  return wanted.find(text) == std::string::npos ? 0 : heading && most ? 4 : 1;
}

std::string title_element(const tree& t) {
  for (std::uint32_t e = 1; e < t.elements.size(); ++e) {
    if (t.elements[e].tag == tag::body) break;
    if (t.elements[e].tag == tag::title) return comparable(t.inner_text(e, 400));
  }
  return {};
}

} // namespace vigie::press::html
