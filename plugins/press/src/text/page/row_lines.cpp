// SPDX-License-Identifier: Apache-2.0
// Rows of links: lines, or parts of them, that phrases of sites cover; menus with and without marks
// between their names.
#include "page.hpp"

#include <algorithm>
#include <array>

namespace vigie::press {
namespace {

constexpr std::size_t short_line = 12;   // words
constexpr std::size_t longest_row = 40;  // words of a row of links
constexpr std::size_t most_of_link = 6;  // tokens
constexpr std::size_t least_of_menu = 5; // words of a menu without marks between
constexpr std::size_t least_links = 3;   // phrases of sites in it
constexpr std::size_t least_codes = 3;   // of languages: "DE FR IT"

// "2,4 k partages"
bool counts_thousands(token_view tokens, std::size_t i) {
  return i > 0 && tokens[i - 1].kind == token_kind::number &&
         (tokens[i].fold == "k" || tokens[i].fold == "m");
}

// Beside other links, those to a subscription or to an account are links as well.
label among_others(label l) {
  return l == label::self_promo || l == label::login_box ? label::nav : l;
}

bool joins(token_view tokens, std::size_t i, const lexicon& words) {
  return words.match(word_class::stop, tokens, i) || words.match(word_class::link, tokens, i);
}

// "DE FR IT RM EN": words of two capitals and nothing else.
bool is_row_of_codes(std::string_view text, token_view tokens) {
  return tokens.size() >= least_codes &&
         std::all_of(tokens.begin(), tokens.end(), [&](const token& t) {
           const std::string_view bytes = text.substr(t.begin, t.end - t.begin);
           return is_word(t) && bytes.size() == 2 && bytes[0] >= 'A' && bytes[0] <= 'Z' &&
                  bytes[1] >= 'A' && bytes[1] <= 'Z';
         });
}

} // namespace

// Of several labels the most frequent one, of those as frequent the first: "Mail  News  Finance" is
// no share bar, though "Mail" alone is of one.
std::optional<label> covered_by_phrases(token_view tokens, std::size_t begin, std::size_t end,
                                        const lexicon& words) {
  std::array<std::uint8_t, label_names.size()> count{};
  std::optional<label> out;
  for (std::size_t i = begin; i < end;) {
    const auto found = words.match(word_class::line, tokens, i);
    if (!found) {
      if (is_word(tokens[i]) && !counts_thousands(tokens, i)) return std::nullopt;
      ++i;
      continue;
    }
    i += found->tokens;
    const auto what = label_named(found->what->value);
    auto& n = count[static_cast<std::size_t>(*what)];
    n = static_cast<std::uint8_t>(std::min(n + 1, 255));
    const bool more =
        out && *out != label::comment_header && n > count[static_cast<std::size_t>(*out)];
    if (!out || more) out = what;
  }
  return out;
}

std::optional<label> beside_comments(std::string_view text, const page_line& line,
                                     const lexicon& words) {
  const token_view tokens = line.tokens;
  bool row = false;
  std::optional<label> other;
  for (std::size_t i = 0; i < tokens.size();) {
    const auto found = words.match(word_class::line, tokens, i);
    if (found && found->what->value != label_name(label::comment_header))
      other = label_named(found->what->value);
    row = row || separates(tokens, i) || wide_gap(text, tokens, i);
    i += found ? found->tokens : 1;
  }
  if (!row || !other) return std::nullopt;
  return *other == label::comment_notice ? *other : label::share_counter;
}

bool is_menu(std::string_view text, page_line& line, const lexicon& words) {
  const token_view tokens = line.tokens;
  if (is_row_of_codes(text, tokens)) return true;
  if (line.terminal || line.words < least_of_menu || line.words > longest_row) return false;
  std::size_t links = 0;
  std::size_t known = 0;
  for (std::size_t i = 0; i < tokens.size();) {
    auto found = words.match(word_class::line, tokens, i);
    const bool joined = found && found->tokens == 1 && joins(tokens, i, words);
    if (found && (found->what->value != label_name(label::nav) || joined)) found.reset();
    const bool name = found || (is_word(tokens[i]) && !joins(tokens, i, words));
    if (!name || !capital(text, tokens[i])) return false;
    links += found ? 1 : 0;
    known += found ? found->tokens : 0;
    i += found ? found->tokens : 1;
  }
  // A few of them do where the line stands outside of the text.
  if (links > 0 && !line.part) line.part = label::nav;
  return links >= least_links && 2 * known >= tokens.size();
}

std::optional<label> known_part(std::string_view text, const page_line& line,
                                const lexicon& words) {
  const token_view tokens = line.tokens;
  if (line.terminal || line.words > short_line) return std::nullopt;
  for (std::size_t begin = 0, i = 0; i <= tokens.size(); ++i) {
    const bool last = i == tokens.size();
    const bool mark = !last && (separates(tokens, i) || is_mark(tokens[i], "."));
    const bool gap = !last && wide_gap(text, tokens, i);
    if (!last && !mark && !gap) continue;
    const bool whole = begin == 0 && last;
    const bool bar = mark && is_mark(tokens[i], "|");
    const bool sure = i >= begin + 2 && (last || bar || i >= begin + 3);
    if (!whole && i > begin && (sure || (gap && begin == 0))) {
      if (const auto found = covered_by_phrases(tokens, begin, i, words))
        return among_others(*found);
    }
    begin = mark ? i + 1 : i;
  }
  return std::nullopt;
}

std::optional<label> label_of_links(std::string_view text, const page_line& line,
                                    const lexicon& words) {
  const token_view tokens = line.tokens;
  if (line.terminal || line.words > longest_row) return std::nullopt;
  std::size_t parts = 0;
  std::size_t known = 0;
  std::optional<label> what;
  for (std::size_t begin = 0, i = 0; i <= tokens.size(); ++i) {
    const bool gap = i < tokens.size() && wide_gap(text, tokens, i);
    if (i < tokens.size() && !gap && !separates(tokens, i)) continue;
    const auto covered = covered_by_phrases(tokens, begin, i, words);
    if (covered) what = !what || *what == *covered ? *covered : label::nav;
    if (i > begin + most_of_link) return std::nullopt;
    parts += i > begin ? 1 : 0;
    known += covered ? 1 : 0;
    begin = i < tokens.size() && separates(tokens, i) ? i + 1 : i;
  }
  if (parts < 3 || 2 * known < parts) return std::nullopt;
  return among_others(*what);
}

} // namespace vigie::press
