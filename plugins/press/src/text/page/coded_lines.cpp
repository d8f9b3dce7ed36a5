// SPDX-License-Identifier: Apache-2.0
// Lines of numbers, codes and few words: codes of stories, initials of staff, sources, weather,
// counters; and headlines that were run together on one line.
#include "page.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t short_line = 12;  // words
constexpr std::size_t most_of_code = 4; // letters of a word in a story's code

// "AFP/Paris/Anne ROY": capitals in front of the first of two slashes or more, without blanks.
bool is_slug(std::string_view text, token_view tokens) {
  if (tokens.size() < 5 || !is_word(tokens[0])) return false;
  const std::string_view first = text.substr(tokens[0].begin, tokens[0].end - tokens[0].begin);
  std::size_t slashes = 0;
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    if (!is_mark(tokens[i], "/")) continue;
    if (!glued(tokens, i) || !glued(tokens, i + 1) || !capital(text, tokens[i + 1])) return false;
    ++slashes;
  }
  return slashes >= 2 && is_mark(tokens[1], "/") && first.size() >= 2 &&
         first.size() <= most_of_code + 1 &&
         std::all_of(first.begin(), first.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

} // namespace

// "0412 4 GI 0318 KAZ /AFP-KX12"
bool is_story_code(std::string_view text, const page_line& line, const lexicon& words) {
  const token_view tokens = line.tokens;
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const token& t = tokens[i];
    numbers += t.kind == token_kind::number ? 1 : 0;
    const auto agency = words.match(word_class::agency, tokens, i);
    if (agency) i += agency->tokens - 1;
    if (agency || !is_word(t)) continue;
    const auto bytes = text.substr(t.begin, t.end - t.begin);
    const bool capitals =
        std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!capitals || bytes.size() > most_of_code || words.match(word_class::month, tokens, i))
      return false;
  }
  return numbers >= 2 && line.words >= 2 && line.words <= short_line;
}

// "asa/ebe/pch", "AR/bn": staff of an agency.
bool is_initials(std::string_view text, const page_line& line) {
  return line.tokens.size() >= 3 && initials_end(text, line.tokens, 0) == line.tokens.size();
}

bool is_source_line(std::string_view text, const page_line& line, const lexicon& words) {
  const token_view tokens = line.tokens;
  if (line.words == 0 || line.words > 6 || line.terminal) return false;
  if (is_slug(text, tokens)) return true;
  std::size_t named = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto found = words.match(word_class::agency, tokens, i);
    if (found && capital(text, tokens[i])) named = std::max(named, found->tokens);
  }
  return named > 0 && line.words <= named + 2;
}

bool is_weather(const page_line& line) {
  const token_view tokens = line.tokens;
  if (line.words > short_line || line.terminal) return false;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const bool degrees = tokens[i].fold == "℃" || tokens[i].fold == "°" || tokens[i].fold == "℉";
    if (degrees && tokens[i - 1].kind == token_kind::number) return true;
  }
  return false;
}

// "398", "1 204", "1,2 k", "+ 57", "2 min".
bool is_counter(const page_line& line, const lexicon& words) {
  const token_view tokens = line.tokens;
  const auto length = words.match(word_class::period, tokens, 1);
  if (length && tokens[0].kind == token_kind::number && 1 + length->tokens == tokens.size())
    return true;
  const bool colon =
      std::any_of(tokens.begin(), tokens.end(), [](const token& t) { return is_mark(t, ":"); });
  if (line.words == 0 && colon && tokens.size() <= 7) return true; // "00:00/02:31" of a player
  if (tokens.size() > 6 || line.words > 1) return false;
  const bool digits = std::any_of(tokens.begin(), tokens.end(),
                                  [](const token& t) { return t.kind == token_kind::number; });
  const bool short_word = std::all_of(tokens.begin(), tokens.end(), [](const token& t) {
    return !is_word(t) || t.fold == "k" || t.fold == "m";
  });
  return digits && short_word;
}

// Headlines run together: words that open sentences, in capitals, in the middle of an unfinished
// line.
bool is_headline_list(std::string_view text, const page_line& line, const lexicon& words) {
  const token_view tokens = line.tokens;
  if (line.terminal || line.words < 25) return false;
  std::size_t starts = 0;
  std::size_t ends = 0;
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    const bool after_word = is_word(tokens[i - 1]) && !glued(tokens, i);
    const bool opener =
        is_word(tokens[i]) && capital(text, tokens[i]) &&
        (words.match(word_class::stop, tokens, i) || words.match(word_class::link, tokens, i));
    starts += after_word && opener ? 1 : 0;
    ends +=
        is_mark(tokens[i], ".") && !glued(tokens, i + 1) && tokens[i - 1].fold.size() > 2 ? 1 : 0;
  }
  return starts >= 3 && starts > 2 * ends;
}

} // namespace vigie::press
