// SPDX-License-Identifier: Apache-2.0
// What stands in front of the first sentence of a text: place, date and agency, or the place alone.
#include "page.hpp"
#include "text/dates/date_match.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_place = 10; // tokens in front of the date of a dateline
constexpr std::size_t longest_agency = 6; // tokens in its brackets
constexpr std::size_t most_of_place = 4;  // words of a dateline that has no day
constexpr std::size_t least_of_place = 4; // letters, in front of a colon

// "PORT KERRY, 3 May 2018 (KNA) - " in front of the first sentence.
class dateline_reader {
public:
  dateline_reader(std::string_view text, token_view tokens, const lexicon& words)
      : text_(text), tokens_(tokens), words_(words) {}

  // Behind its dash, or 0.
  std::size_t end() const {
    std::size_t i = 0;
    std::size_t names = 0;
    std::optional<date_match> date;
    while (i < std::min(tokens_.size(), longest_place) && !date) {
      date = match_date(text_, tokens_, i, words_);
      if (date && date->from.month) break;
      date.reset();
      const auto said = words_.match(word_class::date_filler, tokens_, i);
      const bool name = is_word(tokens_[i]) && capital(text_, tokens_[i]);
      if (tokens_[i].kind == token_kind::number || (is_word(tokens_[i]) && !name && !said))
        return 0;
      names += name ? 1 : 0;
      ++i;
    }
    if (!date || !date->from.day) return 0;
    if (date->pattern->meaning != date_meaning::point) return 0;
    i = date->end;
    if (at(0, "(")) return at(i, ")") && names > 0 && date->from.year ? behind_aside(i + 1) : 0;
    const bool stop = at(i, ".") && date->from.year;
    i += stop ? 1 : 0;
    const std::size_t bracket = behind_agency(i);
    const bool marked = stop || (date->from.year && bracket > i);
    const bool sure = names > 0 ? date->from.year || (bracket > i && shouts()) : marked;
    if (!sure) return 0;
    const bool colon = names > 0 && date->from.year && at(bracket, ":");
    return colon ? sentence_at(bracket + 1) : behind_dash(bracket);
  }

private:
  bool at(std::size_t i, std::string_view fold) const {
    return i < tokens_.size() && is_mark(tokens_[i], fold);
  }

  // The place is written in capitals.
  bool shouts() const {
    const std::string_view first =
        text_.substr(tokens_[0].begin, tokens_[0].end - tokens_[0].begin);
    return first.size() > 1 &&
           std::none_of(first.begin(), first.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  }

  // Behind the agency in brackets, between bars or behind a comma; `i` where there is none.
  std::size_t behind_agency(std::size_t i) const {
    const bool comma = at(i, ",");
    const std::string_view closes = comma ? "-" : (at(i, "(") ? ")" : "/");
    const bool opens = comma || at(i, "(") || (at(i, "/") && !glued(tokens_, i));
    if (!opens || i + 1 >= tokens_.size() || !capital(text_, tokens_[i + 1])) return i;
    std::size_t close = i + 1;
    const std::size_t last = std::min(tokens_.size(), i + longest_agency + 1);
    while (close < last && !at(close, closes)) {
      if (comma && is_word(tokens_[close]) && !capital(text_, tokens_[close])) return i;
      ++close;
    }
    if (!at(close, closes)) return i;
    return comma ? close : close + 1;
  }

  // "(Port Kerry, 3 May 2018) The regulator has", with or without a dash.
  std::size_t behind_aside(std::size_t i) const {
    const std::size_t dash = behind_dash(i);
    return dash > 0 ? dash : sentence_at(i);
  }

  // "Port Kerry, 3 May 2018: The regulator has ..."
  std::size_t sentence_at(std::size_t i) const {
    const bool sentence = i < tokens_.size() && !glued(tokens_, i) && capital(text_, tokens_[i]);
    return sentence ? i : 0;
  }

  // A sentence begins behind the dash: a chronology goes on in lower case, an aside too.
  std::size_t behind_dash(std::size_t i) const {
    if (!at(i, "-")) return 0;
    i += at(i + 1, "-") ? 2 : 1;
    if (i >= tokens_.size() || glued(tokens_, i)) return 0;
    const bool quoted = at(i, "«") || at(i, "“") || at(i, "\"");
    return quoted || capital(text_, tokens_[i]) ? i : 0;
  }

  std::string_view text_;
  token_view tokens_;
  const lexicon& words_;
};

} // namespace

std::size_t dateline_end(std::string_view text, const page_line& line, const lexicon& words) {
  return dateline_reader(text, line.tokens, words).end();
}

std::size_t place_in_front(std::string_view text, const page_line& line, const lexicon& words) {
  const token_view tokens = line.tokens;
  const auto at = [&](std::size_t i, std::string_view fold) {
    return i < tokens.size() && is_mark(tokens[i], fold);
  };
  std::size_t i = 0;
  std::size_t names = 0;
  bool shouts = true;
  for (; i < tokens.size() && names <= most_of_place; ++i) {
    if (is_mark(tokens[i], "/") || is_mark(tokens[i], ",") || is_mark(tokens[i], "'")) continue;
    if (is_mark(tokens[i], "-") && glued(tokens, i) && glued(tokens, i + 1)) continue;
    if (!is_word(tokens[i]) || !capital(text, tokens[i])) break;
    const std::string_view name = text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
    shouts = shouts &&
             std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    ++names;
  }
  if (names == 0 || names > most_of_place || i + 1 >= tokens.size()) return 0;
  for (const auto c : {word_class::line, word_class::start, word_class::stop}) {
    if (words.match(c, tokens, 0)) return 0;
  }
  const bool wide = at(i, "-") && tokens[i].end - tokens[i].begin > 1; // no hyphen
  const bool dash = at(i, "-") && !glued(tokens, i) && (shouts || (wide && names <= 2));
  const bool colon =
      at(i, ":") && (shouts || names == 1) && tokens[0].end - tokens[0].begin >= least_of_place;
  const bool day = i + 2 < tokens.size() && tokens[i + 2].kind == token_kind::number;
  const bool sentence = !glued(tokens, i + 1) && capital(text, tokens[i + 1]) && !day;
  return (dash || colon) && sentence ? i + 1 : 0;
}

} // namespace vigie::press
