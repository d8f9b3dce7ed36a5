// SPDX-License-Identifier: Apache-2.0
#include "dates.hpp"

#include "date_meaning.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace vigie::press {
namespace {

// An anchor outside of the years 1000 to 9000 dates no news page; it counts as none.
constexpr civil_day first_anchor = -354285;
constexpr civil_day last_anchor = 2567707;

constexpr std::size_t widest_bound = 4; // tokens
constexpr int first_year = 1800;
constexpr int last_year = 2199;
constexpr std::size_t widest_tense = 20; // tokens between a verb and the day it tells of

bool only_year(const date_match& m) {
  const auto bare = [](const date_slots& s) { return s.year && !s.month && !s.day; };
  return bare(m.to) || bare(m.from);
}

// Whether a bound ends in front of the token that begins further in front than token `at`: "plus
// de" in front of a number, where "de" is the context of a date pattern.
bool bound_in_front(std::size_t first, std::size_t at, token_view tokens, const lexicon& words) {
  for (std::size_t back = 1; back <= std::min(at, widest_bound); ++back) {
    const auto bound = words.match(word_class::bound_before, tokens, at - back);
    if (bound && at - back + bound->tokens >= first) return true;
  }
  return false;
}

// "the 2016 law" is one law.
bool counts_many(const token& noun, const lexicon& words) {
  return noun.kind == token_kind::mark || words.plural(noun.fold);
}

// "en 2016" is a year, "de 2016 serveurs" is a count. Where the words in front make no year of it
// alone, bounds, ranges and round numbers of something are counts, too.
bool counts_something(const date_match& m, std::size_t at, std::string_view text, token_view tokens,
                      const lexicon& words) {
  if (!only_year(m)) return false;
  const auto unit = words.match(word_class::unit, tokens, m.end);
  const bool weak = m.pattern->name == "weak";
  if (unit && (!weak || counts_many(tokens[m.end + unit->tokens - 1], words))) return true;
  if (!weak) return false;
  if (bound_in_front(m.first, at, tokens, words)) return true;
  const auto range = words.match(word_class::range_between, tokens, m.end);
  const std::size_t behind = m.end + (range ? range->tokens : 0);
  if (behind >= tokens.size()) return false;
  const token& next = tokens[behind];
  if (range) return next.kind == token_kind::number;
  return *m.from.year % 100 == 0 && next.kind == token_kind::word && !capital(text, next) &&
         words.plural(next.fold) && !words.match(word_class::stop, tokens, behind);
}

// "Access Now": a word that tells a time is part of a name where it is written as one.
bool part_of_name(const date_match& m, std::string_view text, token_view tokens) {
  const bool one_word = m.end == m.first + 1 && m.pattern->elements.back().what == slot::none;
  return one_word && m.first > 0 && capital(text, tokens[m.first]) &&
         capital(text, tokens[m.first - 1]);
}

bool ends_clause(const token& t) {
  constexpr std::array<std::string_view, 4> inside{"'", "-", "(", ")"};
  return t.kind == token_kind::mark &&
         std::find(inside.begin(), inside.end(), t.fold) == inside.end();
}

// The tense of the words in front of a day. Signs of punctuation between them and the day leave
// open whether they speak of it: "it will be blocked, he said on 3 May".
tense tense_before(std::size_t first, std::string_view text, token_view tokens,
                   const lexicon& words) {
  bool same_clause = true;
  for (std::size_t back = 1; back <= std::min(first, widest_tense); ++back) {
    const token& t = tokens[first - back];
    same_clause = same_clause && !ends_clause(t);
    if (t.kind != token_kind::word || capital(text, t)) continue; // "May", "Will"
    const auto found = words.match(word_class::future, tokens, first - back);
    const bool whole = found && found->tokens <= back;
    const lexicon::entry* what = whole ? found->what : nullptr;
    if (what == nullptr) what = words.future_ending(t.fold);
    if (what == nullptr) continue;
    return same_clause && what->value == "sure" ? tense::future : tense::nearest;
  }
  return tense::past;
}

// "a day" behind a price is a rate, "one day" opens a story.
bool is_rate(const date_match& m) {
  return m.pattern->meaning == date_meaning::length && m.from.count.value_or(1) == 1 &&
         m.pattern->elements.front().what == slot::count;
}

class date_finder {
public:
  date_finder(std::string_view text, token_view tokens, const lexicon& words,
              std::optional<civil_day> anchor)
      : text_(text), tokens_(tokens), words_(words), anchor_(anchor) {
    if (anchor && (*anchor < first_anchor || *anchor > last_anchor)) anchor_.reset();
  }

  date_findings run() {
    read([this](const date_match& m) { take(m); });
    return std::move(out_);
  }

  std::vector<byte_span> spans() {
    std::vector<byte_span> out;
    read([&](const date_match& m) {
      if (takes_words(m)) out.push_back(span_of(m));
    });
    return out;
  }

private:
  template <class F> void read(F&& take) {
    for (std::size_t i = 0; i < tokens_.size();) {
      i += 1;
      if (!words_.begins_date(tokens_[i - 1])) continue;
      if (const std::size_t end = days_of_one_month(i - 1, take); end > 0) {
        i = end;
        continue;
      }
      const auto match = match_at(i - 1);
      if (!match) continue;
      i = list_behind(*match, take);
    }
  }

  static constexpr std::size_t longest_list = 8;

  bool day_number(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == token_kind::number &&
           tokens_[i].fold.size() <= 2 && !glued(tokens_, i);
  }

  std::size_t behind_day(std::size_t i) const {
    const bool suffix =
        glued(tokens_, i + 1) && words_.has(word_class::day_suffix, tokens_[i + 1].fold);
    return i + (suffix ? 2 : 1);
  }

  struct joint {
    std::size_t next = 0; // the token behind; 0: nothing joins here
    bool conjunction = false;
  };

  // A comma, a conjunction, or both.
  joint joint_at(std::size_t i) const {
    const bool comma = i < tokens_.size() && tokens_[i].fold == ",";
    const std::size_t at = comma ? i + 1 : i;
    const auto word = words_.match(word_class::conjunction, tokens_, at);
    if (word) return {at + word->tokens, true};
    return {comma ? at : 0, false};
  }

  // "3, 5 and 9 May": the days in front have the month of the last. Behind the list, or 0.
  template <class F> std::size_t days_of_one_month(std::size_t first, F&& take) {
    if (!day_number(first) || !joint_at(behind_day(first)).next) return 0;
    std::array<std::size_t, longest_list> days{};
    std::size_t count = 0;
    bool conjunction = false;
    for (std::size_t i = first; day_number(i) && count < longest_list;) {
      days[count++] = i;
      const joint j = joint_at(behind_day(i));
      if (j.next == 0) return 0;
      conjunction = conjunction || j.conjunction;
      i = j.next;
      const auto last = i < tokens_.size() ? match_date(text_, tokens_, i, words_) : std::nullopt;
      if (!last || !ends_list_of_days(*last)) continue;
      const bool pair = last->to.day.has_value();
      if (count < 2 && !pair && (!conjunction || is_pair(first))) return 0;
      take_days(std::span(days).first(count), *last, take);
      return last->end;
    }
    return 0;
  }

  // "3 and 4 May" is told as one stretch where the language has a pattern for it.
  bool is_pair(std::size_t first) const {
    const auto whole = match_date(text_, tokens_, first, words_);
    return whole && whole->to.day;
  }

  static bool ends_list_of_days(const date_match& m) {
    const bool point = m.pattern->meaning == date_meaning::point && m.from.day && m.from.month;
    const bool pair = m.pattern->meaning == date_meaning::interval && m.from.day && !m.from.month &&
                      m.to.day && m.to.month;
    return (point || pair) && m.pattern->name.empty();
  }

  template <class F>
  void take_days(std::span<const std::size_t> days, const date_match& last, F&& take) {
    date_match one = last;
    if (last.to.day) {
      one.from = last.to;
      one.to = {};
    }
    one.pattern = &list_point_;
    const auto take_at = [&](std::size_t i, std::size_t end) {
      one.first = i;
      one.end = end;
      one.from.day = small_number(tokens_[i]);
      take(one);
    };
    for (const std::size_t i : days) take_at(i, i + 1);
    std::size_t i = last.first;
    if (last.to.day) {
      take_at(i, i + 1);
      i = joint_at(behind_day(i)).next;
    }
    one.first = i;
    one.end = last.end;
    one.from.day = last.to.day ? last.to.day : last.from.day;
    take(one);
  }

  static int small_number(const token& t) {
    int out = 0;
    for (const char c : t.fold) out = 10 * out + (c - '0');
    return out;
  }

  // What goes on behind a match: years, days or months that share its words.
  template <class F> std::size_t list_behind(const date_match& m, F&& take) {
    const bool point = m.pattern->meaning == date_meaning::point && !m.from.year;
    if (point && m.from.month && m.from.day) return days_behind(m, take);
    if (point && m.from.month) return months_behind(m, take);
    return years_behind(m, take);
  }

  // "May 3, 5 and 9, 2018"
  template <class F> std::size_t days_behind(const date_match& m, F&& take) {
    std::array<std::size_t, longest_list> days{};
    std::size_t count = 0;
    std::size_t end = m.end;
    bool closed = false;
    const bool month_first = m.pattern->elements.back().what == slot::day;
    for (joint j = joint_at(end); month_first && !closed && count < longest_list;
         j = joint_at(end)) {
      if (j.next == 0 || !day_number(j.next)) break;
      days[count++] = j.next;
      end = behind_day(j.next);
      closed = j.conjunction;
    }
    if (!closed || !nothing_counted(end)) {
      take(m);
      return m.end;
    }
    date_match one = m;
    const auto year = year_behind_comma(end);
    one.from.year = year;
    take(one);
    for (std::size_t k = 0; k < count; ++k) {
      one.first = days[k];
      one.end = k + 1 == count && year ? end + 2 : behind_day(days[k]);
      one.from.day = small_number(tokens_[days[k]]);
      take(one);
    }
    return one.end;
  }

  bool nothing_counted(std::size_t i) const {
    if (i >= tokens_.size() || tokens_[i].kind == token_kind::mark) return !glued_word(i);
    return tokens_[i].kind == token_kind::word && words_.match(word_class::stop, tokens_, i);
  }

  std::optional<int> year_behind_comma(std::size_t i) const {
    const bool comma = i + 1 < tokens_.size() && tokens_[i].fold == ",";
    if (!comma || !is_year(tokens_[i + 1]) || glued_word(i + 2)) return std::nullopt;
    return number_of(tokens_[i + 1]);
  }

  static bool is_year(const token& t) {
    return t.kind == token_kind::number && t.fold.size() == 4 && number_of(t) >= first_year &&
           number_of(t) <= last_year;
  }

  // "in April, June and July 2018": three months or more, and the year of the last.
  template <class F> std::size_t months_behind(const date_match& m, F&& take) {
    std::array<std::pair<std::size_t, lexicon::found>, longest_list> months{};
    std::size_t count = 0;
    std::size_t end = m.end;
    for (bool closed = false; !closed && count < longest_list;) {
      const joint j = joint_at(end);
      const auto name =
          j.next > 0 ? words_.match(word_class::month, tokens_, j.next) : std::nullopt;
      if (!name) break;
      months[count++] = {j.next, *name};
      end = j.next + name->tokens;
      closed = j.conjunction;
    }
    date_match one = m;
    if (count < 2) {
      take(one);
      return m.end;
    }
    const bool year = end < tokens_.size() && is_year(tokens_[end]) && !glued_word(end + 1);
    if (year) one.from.year = number_of(tokens_[end]);
    take(one);
    for (std::size_t k = 0; k < count; ++k) {
      const auto& [at, name] = months[k];
      one.first = at;
      one.end = at + name.tokens + (k + 1 == count && year ? 1 : 0);
      one.from.month = static_cast<int>(name.what->number);
      take(one);
    }
    return one.end;
  }

  std::optional<date_match> match_at(std::size_t i) const {
    auto match = match_date(text_, tokens_, i, words_);
    if (match && (counts_something(*match, i, text_, tokens_, words_) ||
                  part_of_name(*match, text_, tokens_) || !bare_day_stands(*match)))
      match.reset();
    return match;
  }

  // "on the 12th, they said", but "le 7 rue" and "the 12th shutdown" are no days: behind a day
  // without its month stands no noun.
  bool bare_day_stands(const date_match& m) const {
    const bool ordinal = m.pattern->name == "nth";
    if (!ordinal && m.pattern->name != "day") return true;
    const token& last = tokens_[m.end - 1];
    if (ordinal && !words_.has(word_class::day_suffix, last.fold)) return false;
    if (m.end >= tokens_.size()) return true;
    const token& next = tokens_[m.end];
    if (next.kind == token_kind::number || words_.match(word_class::unit, tokens_, m.end))
      return false;
    if (next.kind == token_kind::mark) return !glued(tokens_, m.end) || ends_clause(next);
    return words_.match(word_class::stop, tokens_, m.end) ||
           words_.match(word_class::future, tokens_, m.end);
  }

  // "in 2017, 2018 and 2020": years that follow one share the words in front of it.
  template <class F> std::size_t years_behind(const date_match& match, F&& take) {
    take(match);
    const bool year = match.end == match.first + 1 && only_year(match) &&
                      match.pattern->meaning == date_meaning::point;
    std::size_t end = match.end;
    for (date_match next = match; year;) {
      const auto joined = next_year(end);
      if (!joined) break;
      next.first = *joined;
      next.end = end = *joined + 1;
      next.from.year = number_of(tokens_[*joined]);
      take(next);
    }
    return end;
  }

  // The token of a year behind a comma or a conjunction at `end`.
  std::optional<std::size_t> next_year(std::size_t end) const {
    const auto joiner = words_.match(word_class::conjunction, tokens_, end);
    const bool comma = end < tokens_.size() && tokens_[end].fold == ",";
    if (!joiner && !comma) return std::nullopt;
    const std::size_t at = end + (joiner ? joiner->tokens : 1);
    if (at >= tokens_.size() || glued(tokens_, at) || glued_word(at + 1)) return std::nullopt;
    const token& t = tokens_[at];
    const bool year = t.kind == token_kind::number && t.fold.size() == 4 &&
                      number_of(t) >= first_year && number_of(t) <= last_year;
    if (!year || words_.match(word_class::unit, tokens_, at + 1)) return std::nullopt;
    const bool comma_only = comma && !joiner;
    const bool counts = at + 1 < tokens_.size() && tokens_[at + 1].kind == token_kind::word &&
                        !words_.match(word_class::conjunction, tokens_, at + 1) &&
                        !words_.match(word_class::stop, tokens_, at + 1);
    return counts && comma_only ? std::nullopt : std::optional(at);
  }

  // Letters, digits or decimals that run on behind a number.
  bool glued_word(std::size_t i) const {
    if (!glued(tokens_, i)) return false;
    return tokens_[i].kind != token_kind::mark ||
           (glued(tokens_, i + 1) && tokens_[i + 1].kind != token_kind::mark);
  }

  // Of four digits.
  static int number_of(const token& t) {
    int out = 0;
    for (const char c : t.fold) out = 10 * out + (c - '0');
    return out;
  }

  byte_span span_of(const date_match& m) const {
    return {tokens_[m.first].begin, tokens_[m.end - 1].end};
  }

  static bool is_no_date(const date_match& m) {
    return m.pattern->meaning == date_meaning::figure || is_rate(m);
  }

  // Whether its words are a date's alone; those of a length of time are a figure, too.
  static bool takes_words(const date_match& m) {
    return !is_no_date(m) && m.pattern->meaning != date_meaning::length;
  }

  void take(const date_match& match) {
    if (is_no_date(match)) return;
    const byte_span span = span_of(match);
    if (takes_words(match)) out_.taken.push_back(span);
    if (match.pattern->meaning == date_meaning::ignore) return;
    const bool open = anchor_ && !match.from.year && !match.to.year;
    const tense when = open ? tense_before(match.first, text_, tokens_, words_) : tense::past;
    const std::string_view words = text_.substr(span.begin, span.size());
    auto mention = meaning_of(match, anchor_, when);
    if (!mention) {
      out_.rejected.push_back(
          {{}, span.begin, span.end, std::string(words), "no calendar has this day"});
      return;
    }
    mention->begin = span.begin;
    mention->end = span.end;
    mention->text = words;
    out_.dates.push_back(std::move(*mention));
  }

  std::string_view text_;
  token_view tokens_;
  const lexicon& words_;
  std::optional<civil_day> anchor_;
  date_pattern list_point_; // of days that a list tells
  date_findings out_;
};

} // namespace

date_findings find_dates(std::string_view text, token_view tokens, const lexicon& words,
                         std::optional<civil_day> anchor) {
  return date_finder(text, tokens, words, anchor).run();
}

std::vector<byte_span> find_date_spans(std::string_view text, token_view tokens,
                                       const lexicon& words) {
  return date_finder(text, tokens, words, std::nullopt).spans();
}

date_findings find_dates(const passage& text, const lexicon& words,
                         std::optional<civil_day> anchor) {
  return find_dates(text, tokenize(text.text), words, anchor);
}

date_findings find_dates(const passage& text, token_view tokens, const lexicon& words,
                         std::optional<civil_day> anchor) {
  date_findings out = find_dates(std::string_view(text.text), tokens, words, anchor);
  for (auto& d : out.dates) d.spans = text.sources(d.begin, d.end);
  for (auto& r : out.rejected) r.spans = text.sources(r.begin, r.end);
  return out;
}

std::string_view name_of(date_kind kind) {
  constexpr std::array<std::string_view, 4> names{"point", "interval", "duration", "vague"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(date_basis basis) {
  constexpr std::array<std::string_view, 5> names{"explicit", "year_from_publication",
                                                  "relative_to_publication", "relative", "vague"};
  return names[static_cast<std::size_t>(basis)];
}

std::string_view name_of(granularity grain) {
  constexpr std::array<std::string_view, 7> names{"none", "minute", "hour", "day",
                                                  "week", "month",  "year"};
  return names[static_cast<std::size_t>(grain)];
}

} // namespace vigie::press
