// SPDX-License-Identifier: Apache-2.0
// Lines that say who wrote and when: bylines, date lines, and the heads of posts in a thread.
#include "page.hpp"
#include "text/dates/date_match.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_byline = 16;
constexpr std::size_t longest_date_line = 24; // words
constexpr std::size_t shortest_date = 3;      // tokens
constexpr std::size_t most_names = 3;         // words: "Par Anne Roy", "Lyon"
constexpr std::size_t most_words_of_name = 5;

class head_reader {
public:
  head_reader(std::string_view text, const page_line& line, const lexicon& words)
      : text_(text), line_(line), tokens_(in_front_of_tags(line.tokens)), words_(words) {}

  // "By Anne Roy and Luc Blin, Reuters": behind the phrase stand names and nothing else. A line
  // with a date is a date line, whoever it names.
  bool is_byline() const {
    const auto by = words_.match(word_class::byline, tokens_, 0);
    if (!by || line_.words > longest_byline || line_.terminal) return false;
    std::size_t names = 0;
    for (std::size_t i = by->tokens; i < tokens_.size();) {
      if (names >= 2 && (tells_role(i) || gives_mail(i))) return true;
      const std::size_t filler = std::max(filler_at(i), joiner_at(i));
      const bool name = is_word(tokens_[i]) && capital(text_, tokens_[i]);
      if (tokens_[i].kind == token_kind::number) return false;
      if (filler == 0 && is_word(tokens_[i]) && !name) return false;
      names += name ? 1 : 0;
      i += std::max<std::size_t>(name ? 1 : filler, 1);
    }
    return names > 0;
  }

  // "Anne wrote on 3 March 2015 at 10:12:": a name, a word of who writes, and behind it nothing but
  // when. A name that opens with an article is no reader's.
  bool names_writer() const {
    if (line_.words > longest_date_line || tokens_.size() > 3 * longest_date_line) return false;
    if (tokens_.empty() || words_.match(word_class::stop, tokens_, 0)) return false;
    const bool number = std::any_of(tokens_.begin(), tokens_.end(),
                                    [](const token& t) { return t.kind == token_kind::number; });
    if (!number) return false;
    std::size_t names = is_word(tokens_[0]) ? 1 : 0;
    for (std::size_t i = 1; i < tokens_.size() && names <= most_words_of_name; ++i) {
      const auto by = words_.match(word_class::comment_by, tokens_, i);
      if (by && names > 0) return only_when(i + by->tokens);
      names += is_word(tokens_[i]) ? 1 : 0;
    }
    return false;
  }

  bool is_date_line() const {
    if (!may_date()) return false;
    if (is_published_line()) return true;
    const auto found = find_dates(text_, tokens_, words_, std::nullopt);
    const bool dated = std::any_of(found.dates.begin(), found.dates.end(),
                                   [](const auto& d) { return is_day(d); });
    return (dated || !found.rejected.empty()) && only_dates(found);
  }

  // "by marlin7 » 3 May 2018, 17:46", "Marlin - 03/05/2018 at 17:46": one name, a day with its
  // time, and nothing else. Without a word in front of it a name has capitals, or is a handle set
  // off by a mark.
  bool names_poster() const {
    if (!may_date() || line_.terminal) return false;
    const auto found = find_dates(text_, tokens_, words_, std::nullopt);
    const auto timed = std::find_if(found.dates.begin(), found.dates.end(),
                                    [](const auto& d) { return is_day(d) && d.minute_of_day; });
    if (timed == found.dates.end()) return false;
    auto by = words_.match(word_class::comment_from, tokens_, 0);
    if (!by) by = words_.match(word_class::byline, tokens_, 0);
    const std::size_t first = by ? by->tokens : 0;
    std::size_t date = first;
    while (date < tokens_.size() && tokens_[date].begin < timed->begin) ++date;
    return is_one_name(first, date, by.has_value()) && only_when(date);
  }

  // "Posted on May 3, 2018 by Anne Roy in Ports": words of publication, a day right behind them or
  // behind a name, and no sentence.
  bool is_published_line() const {
    if (!may_date() || is_sentence()) return false;
    auto said = words_.match(word_class::published, tokens_, 0);
    if (!said) said = words_.match(word_class::updated, tokens_, 0);
    if (!said) return false;
    const auto found = find_dates(text_, tokens_, words_, std::nullopt);
    const auto day = std::find_if(found.dates.begin(), found.dates.end(),
                                  [](const auto& d) { return is_day(d); });
    if (day == found.dates.end()) return false;
    std::size_t names = 0;
    std::size_t i = said->tokens;
    while (i < tokens_.size() && tokens_[i].begin < day->begin) {
      const std::size_t filler = filler_at(i);
      names += filler == 0 && is_word(tokens_[i]) ? 1 : 0;
      i += std::max<std::size_t>(filler, 1);
    }
    while (i < tokens_.size() && tokens_[i].begin < day->end) ++i;
    return names <= most_words_of_name && (i == tokens_.size() || !is_mark(tokens_[i], ","));
  }

private:
  // "3 May 2018 #harbour #pilots"
  static token_view in_front_of_tags(token_view tokens) {
    std::size_t i = 0;
    while (i + 1 < tokens.size() && !(is_mark(tokens[i], "#") && glued(tokens, i + 1))) ++i;
    return i > 0 && i + 1 < tokens.size() ? tokens.first(i) : tokens;
  }

  bool may_date() const {
    return line_.words <= longest_date_line && tokens_.size() <= 3 * longest_date_line &&
           tokens_.size() >= shortest_date && names_year();
  }

  // "Posted on 3 May 2018 by Anne B.": the full stop of an initial ends no sentence.
  bool is_sentence() const {
    if (!line_.terminal || tokens_.size() < 2) return line_.terminal;
    const token& last = tokens_[tokens_.size() - 2];
    const bool initial = is_mark(tokens_.back(), ".") && is_word(last) &&
                         last.end - last.begin == 1 && capital(text_, last);
    return !initial;
  }

  static bool is_day(const date_mention& d) {
    return d.kind == date_kind::point && d.basis == date_basis::explicit_date &&
           (d.grain == granularity::day || d.grain == granularity::minute);
  }

  bool is_one_name(std::size_t begin, std::size_t end, bool introduced) const {
    std::size_t names = 0;
    bool lower = false;
    bool set_off = false;
    for (std::size_t i = begin; i < end;) {
      const std::size_t filler = filler_at(i);
      const bool short_form = i > begin && filler_at(i - 1) > 0; // "jeu. 3 mai"
      if ((is_mark(tokens_[i], ".") && !short_form) || is_mark(tokens_[i], "|")) return false;
      if (filler == 0 && is_word(tokens_[i])) {
        const bool joined = i > begin && glued(tokens_, i);
        names += joined ? 0 : 1;
        lower = lower || (!joined && !capital(text_, tokens_[i]));
      }
      set_off = set_off || (names > 0 && tokens_[i].kind == token_kind::mark);
      i += std::max<std::size_t>(filler, 1);
    }
    if (names == 0 || names > most_names) return false;
    return introduced || !lower || (names == 1 && set_off);
  }

  bool only_when(std::size_t from) const {
    const auto found = find_dates(text_, tokens_, words_, std::nullopt);
    bool dated = false;
    for (std::size_t i = from; i < tokens_.size();) {
      const bool inside = within(found, tokens_[i]);
      const std::size_t filler = inside ? 1 : filler_at(i);
      if (filler == 0 && tokens_[i].kind != token_kind::mark) return false;
      dated = dated || inside;
      i += std::max<std::size_t>(filler, 1);
    }
    return dated;
  }

  // "By Anne Roy, correspondent in Lyon": behind a comma small letters, and no number.
  bool tells_role(std::size_t i) const {
    return is_mark(tokens_[i], ",") && i + 1 < tokens_.size() && is_word(tokens_[i + 1]) &&
           !capital(text_, tokens_[i + 1]) && joiner_at(i + 1) == 0 &&
           std::none_of(tokens_.begin(), tokens_.end(),
                        [](const token& t) { return t.kind == token_kind::number; });
  }

  // "By Anne Roy | roy@gull.example"
  bool gives_mail(std::size_t i) const {
    return separates(tokens_, i) && i + 3 < tokens_.size() && is_mark(tokens_[i + 2], "@") &&
           glued(tokens_, i + 2) && glued(tokens_, i + 3);
  }

  std::size_t joiner_at(std::size_t i) const {
    for (const auto c : {word_class::conjunction, word_class::link, word_class::stop}) {
      if (const auto found = words_.match(c, tokens_, i)) return found->tokens;
    }
    return 0;
  }

  bool names_year() const {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const token& t = tokens_[i];
      if (t.kind != token_kind::number) continue;
      const bool sign = t.fold.size() == 2 && i >= 2 && glued(tokens_, i) &&
                        (is_mark(tokens_[i - 1], "/") || is_mark(tokens_[i - 1], "-") ||
                         is_mark(tokens_[i - 1], "."));
      if (t.fold.size() == 4 || sign) return true;
    }
    return false;
  }

  // Whether the line says nothing beside its dates but what is said around them and a few names:
  // "Par Anne Roy, le 3 mars 2015", "Le Courrier | 3 mars 2015". A name set off by a bar or a dash
  // may hold any word.
  bool only_dates(const date_findings& found) const {
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= tokens_.size(); ++i) {
      if (i < tokens_.size() && !separates(tokens_, i)) continue;
      if (!may_stand_by_date(found, begin, i)) return false;
      begin = i + 1;
    }
    return true;
  }

  bool may_stand_by_date(const date_findings& found, std::size_t begin, std::size_t end) const {
    std::size_t names = 0;
    bool dated = false;
    bool lower = false;
    for (std::size_t i = begin; i < end;) {
      const bool inside = within(found, tokens_[i]);
      dated = dated || inside;
      const std::size_t filler = inside ? 1 : filler_at(i);
      if (filler == 0 && is_word(tokens_[i])) {
        lower = lower || !capital(text_, tokens_[i]);
        ++names;
      }
      i += std::max<std::size_t>(filler, 1);
    }
    if (dated) return !lower && names <= (is_sentence() ? 1u : most_names);
    return names <= most_words_of_name;
  }

  static bool within(const date_findings& found, const token& t) {
    const auto any = [&](const auto& mentions) {
      return std::any_of(mentions.begin(), mentions.end(),
                         [&](const auto& m) { return m.begin <= t.begin && t.end <= m.end; });
    };
    return any(found.dates) || any(found.rejected);
  }

  std::size_t filler_at(std::size_t i) const {
    for (const auto c : {word_class::published, word_class::updated, word_class::date_filler,
                         word_class::agency}) {
      if (const auto found = words_.match(c, tokens_, i)) return found->tokens;
    }
    return 0;
  }

  std::string_view text_;
  const page_line& line_;
  token_view tokens_;
  const lexicon& words_;
};

} // namespace

bool separates(token_view tokens, std::size_t i) {
  const token& t = tokens[i];
  const bool dash = is_mark(t, "-") && !glued(tokens, i) && !glued(tokens, i + 1);
  return dash || is_mark(t, "|") || is_mark(t, "·") || is_mark(t, "•");
}

bool is_byline(std::string_view text, const page_line& line, const lexicon& words) {
  return head_reader(text, line, words).is_byline();
}

bool is_date_line(std::string_view text, const page_line& line, const lexicon& words) {
  return head_reader(text, line, words).is_date_line();
}

post_head head_of_post(std::string_view text, const page_line& line, const lexicon& words) {
  head_reader reader(text, line, words);
  if (reader.names_writer()) return post_head::sure;
  return reader.names_poster() ? post_head::likely : post_head::none;
}

} // namespace vigie::press
