// SPDX-License-Identifier: Apache-2.0
#include "lexemes.hpp"

#include <algorithm>

namespace vigie::yaml {

std::size_t quoted_end(std::string_view text, std::size_t start) {
  const char quote = text[start];
  for (std::size_t i = start + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\')
      ++i;
    else if (text[i] != quote)
      continue;
    else if (quote == '\'' && i + 1 < text.size() && text[i + 1] == '\'')
      ++i;
    else
      return i + 1;
  }
  return none;
}

std::size_t plain_end(std::string_view text, std::size_t start, std::string_view value) {
  std::size_t i = start;
  for (std::size_t t = 0; t < value.size() && i < text.size();) {
    if (value[t] == text[i] && text[i] != '\n') {
      const bool fold = text[i] == ' ' && text.find_first_not_of(" \t", i) != none &&
                        text[text.find_first_not_of(" \t", i)] == '\n';
      if (!fold) {
        ++t, ++i;
        continue;
      }
    }
    i = std::min(text.find_first_not_of(" \t\n", i), text.size());
    if (value[t] != ' ' && value[t] != '\n') break;
    t = value[t] == ' ' ? t + 1 : std::min(value.find_first_not_of('\n', t), value.size());
  }
  return i;
}

std::size_t block_end(std::string_view text, std::size_t start) {
  const std::size_t header_end = text.find('\n', start);
  if (header_end == none) return text.size();
  const bool digit = text.substr(start, header_end - start).find_first_of("123456789") <= 2;
  std::size_t indent = 0, end = header_end;
  for (std::size_t line = header_end + 1; line < text.size();) {
    const std::size_t line_end = std::min(text.find('\n', line), text.size());
    const std::size_t first = text.find_first_not_of(' ', line);
    if (first != none && first < line_end) {
      const std::size_t spaces = first - line;
      if (indent == 0) indent = digit ? 1 : spaces;
      if (spaces < indent || indent == 0) break;
      end = line_end;
    }
    line = line_end + 1;
  }
  return end;
}

style style_at(char first, bool quoted_tag) {
  if (first == '\'') return style::single_quoted;
  if (first == '"') return style::double_quoted;
  if (quoted_tag && first == '|') return style::literal;
  if (quoted_tag && first == '>') return style::folded;
  return style::plain;
}

bool is_leading_zero(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return text.size() > 1 && text[0] == '0' &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == '_'; });
}

std::string_view null_word_at(std::string_view text, std::size_t offset) {
  for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
    if (!text.substr(std::min(offset, text.size())).starts_with(word)) continue;
    const std::size_t next = offset + word.size();
    if (next >= text.size() || std::string_view(" \t\n,]}").find(text[next]) != none) return word;
  }
  return {};
}

} // namespace vigie::yaml
