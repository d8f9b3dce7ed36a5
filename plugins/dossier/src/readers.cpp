// SPDX-License-Identifier: Apache-2.0
#include "readers.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace vigie::dossier {
namespace {

constexpr std::size_t most_words = 6;

struct word {
  std::size_t begin = 0, end = 0;
  std::string folded;
};

// Letters and digits that stand together, without regard to case.
std::vector<word> words_of(std::string_view text) {
  std::vector<word> out;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, text.size(), c);
    const auto type = c < 0 ? 0 : u_charType(c);
    const bool is_mark = type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
    const bool is_part = (c >= 0 && u_isalnum(c) != 0) || (inside && is_mark);
    if (is_part && !inside) out.push_back({begin, begin, {}});
    inside = is_part;
    if (!is_part) continue;
    char room[U8_MAX_LENGTH];
    std::size_t size = 0;
    const UChar32 folded = u_foldCase(c, U_FOLD_CASE_DEFAULT);
    U8_APPEND_UNSAFE(room, size, folded);
    out.back().folded.append(room, size);
    out.back().end = at;
  }
  return out;
}

std::string key_of(const std::vector<word>& words, std::size_t first, std::size_t count) {
  std::string key;
  for (std::size_t i = first; i < first + count; ++i) key.append(words[i].folded).append(" ");
  return key;
}

// A handle of signs alone is its own key.
std::string key_of(std::string_view handle, const std::vector<word>& words) {
  return words.empty() ? "\n" + std::string(handle) : key_of(words, 0, words.size());
}

} // namespace

void readers::add(std::string_view handle) {
  if (handle.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
  const std::vector<word> words = words_of(handle);
  const bool added = numbers_.emplace(key_of(handle, words), numbers_.size() + 1).second;
  const bool single = words.size() == 1 && words[0].folded.size() < 2;
  if (added && !single && !words.empty() && words.size() <= most_words)
    lengths_.insert(words.size());
}

std::size_t readers::number_of(std::string_view handle) const {
  const auto found = numbers_.find(key_of(handle, words_of(handle)));
  return found == numbers_.end() ? 0 : found->second;
}

std::string readers::without_handles(std::string_view text, std::string_view word_before) const {
  if (lengths_.empty()) return std::string(text);
  const std::vector<word> words = words_of(text);
  const auto handle_at = [&](std::size_t i) {
    for (const std::size_t length : lengths_) {
      if (i + length > words.size()) continue;
      const auto found = numbers_.find(key_of(words, i, length));
      const bool single = length == 1 && words[i].folded.size() < 2;
      if (found != numbers_.end() && !single) return std::pair(length, found->second);
    }
    return std::pair(std::size_t{0}, std::size_t{0});
  };
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < words.size();) {
    const auto [length, number] = handle_at(i);
    if (length > 0) {
      out.append(text.substr(copied, words[i].begin - copied)).append(word_before);
      out.append(std::to_string(number));
      copied = words[i + length - 1].end;
    }
    i += std::max<std::size_t>(length, 1);
  }
  return out.append(text.substr(copied));
}

} // namespace vigie::dossier
