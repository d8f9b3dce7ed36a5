// SPDX-License-Identifier: Apache-2.0
#include "wrong.hpp"

#include <algorithm>

namespace vigie::core::expr {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Levenshtein distance, row by row.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      const std::size_t change = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1);
      row[j + 1] = std::min({change, above + 1, row[j] + 1});
      diagonal = above;
    }
  }
  return row[b.size()];
}

} // namespace

std::string did_you_mean(std::string_view name, const std::vector<std::string>& known) {
  if (name.size() > 64) return {};
  std::size_t best = (name.size() + 2) / 3 + 1;
  const std::string* nearest = nullptr;
  for (const std::string& k : known) {
    if (k.size() > 64) continue;
    if (const std::size_t d = distance(name, k); d < best) {
      best = d;
      nearest = &k;
    }
  }
  return nearest == nullptr ? std::string() : "; did you mean " + quoted(*nearest) + "?";
}

std::string quoted(std::string_view text) {
  constexpr std::size_t most = 40;
  std::size_t size = std::min(text.size(), most);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
    --size;
  std::string out = "'";
  for (const char c : text.substr(0, size))
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  return out + (size < text.size() ? "...'" : "'");
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < 12; ++i) out += (i > 0 ? ", " : "") + names[i];
  if (names.size() > 12) out += ", ...";
  return out.empty() ? "nothing" : out;
}

} // namespace vigie::core::expr
