// SPDX-License-Identifier: Apache-2.0
#include "date_lists.hpp"

namespace vigie::press {
namespace {

constexpr std::size_t longest_list = 8;
constexpr int first_year = 1800;
constexpr int last_year = 2199;

// Of few digits.
int number_of(const token& t) {
  int out = 0;
  for (const char c : t.fold) out = 10 * out + (c - '0');
  return out;
}

bool is_year(const token& t) {
  return t.kind == token_kind::number && t.fold.size() == 4 && number_of(t) >= first_year &&
         number_of(t) <= last_year;
}

// The pattern of a day that a list tells: nothing but its slots.
const date_pattern& plain_point() {
  static const date_pattern point;
  return point;
}

class list_reader {
public:
  list_reader(token_view tokens, const lexicon& words) : tokens_(tokens), words_(words) {}

  // The month stands behind the days.
  std::optional<date_list> days_in_front(std::string_view text, std::size_t first) {
    if (!day_number(first) || joint_at(behind_day(first)).next == 0) return std::nullopt;
    std::vector<std::size_t> days;
    bool conjunction = false;
    for (std::size_t i = first; day_number(i) && days.size() < longest_list;) {
      const joint j = joint_at(behind_day(i));
      if (j.next == 0) return std::nullopt;
      days.push_back(i);
      conjunction = conjunction || j.conjunction;
      i = j.next;
      if (i >= tokens_.size()) return std::nullopt;
      const auto last = match_date(text, tokens_, i, words_);
      if (!last || !ends_days(*last)) continue;
      if (days.size() == 1 && !last->to.day) {
        // "3 and 4 May" is one stretch where the language has a pattern for it.
        const auto whole = match_date(text, tokens_, first, words_);
        if (!conjunction || (whole && whole->to.day)) return std::nullopt;
      }
      return days_up_to(days, *last);
    }
    return std::nullopt;
  }

  // "in 2017, 2018 and 2020": years that follow one share the words in front of it.
  std::optional<date_list> years(const date_match& match) {
    date_list out{{match}, match.end};
    date_match next = match;
    while (const auto joined = next_year(out.end)) {
      next.first = *joined;
      next.end = out.end = *joined + 1;
      next.from.year = number_of(tokens_[*joined]);
      out.dates.push_back(next);
    }
    return only_lists(std::move(out));
  }

  // "May 3, 5 and 9, 2018"
  std::optional<date_list> days_behind(const date_match& match) {
    std::vector<std::size_t> days;
    std::size_t end = match.end;
    bool closed = false;
    for (joint j = joint_at(end); !closed && days.size() < longest_list; j = joint_at(end)) {
      if (j.next == 0 || !day_number(j.next)) return std::nullopt;
      days.push_back(j.next);
      end = behind_day(j.next);
      closed = j.conjunction;
    }
    if (!closed || !nothing_counted(end)) return std::nullopt;
    date_list out;
    date_match one = match;
    one.from.year = year_behind_comma(end);
    out.dates.push_back(one);
    for (const std::size_t i : days) {
      one.first = i;
      one.end = behind_day(i);
      one.from.day = number_of(tokens_[i]);
      out.dates.push_back(one);
    }
    if (one.from.year) out.dates.back().end = end + 2;
    out.end = out.dates.back().end;
    return out;
  }

  // "in April, June and July 2018": three months or more, and the year of the last.
  std::optional<date_list> months(const date_match& match) {
    date_list out{{match}, match.end};
    date_match one = match;
    for (bool closed = false; !closed && out.dates.size() < longest_list;) {
      const joint j = joint_at(out.end);
      const auto name =
          j.next > 0 ? words_.match(word_class::month, tokens_, j.next) : std::nullopt;
      if (!name) break;
      one.first = j.next;
      one.end = out.end = j.next + name->tokens;
      one.from.month = static_cast<int>(name->what->number);
      out.dates.push_back(one);
      closed = j.conjunction;
    }
    if (out.dates.size() < 3) return std::nullopt;
    const std::size_t end = out.end;
    if (end >= tokens_.size() || !is_year(tokens_[end]) || goes_on(end + 1)) return out;
    for (date_match& m : out.dates) m.from.year = number_of(tokens_[end]);
    out.end = out.dates.back().end = end + 1;
    return out;
  }

private:
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

  bool day_number(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == token_kind::number &&
           tokens_[i].fold.size() <= 2 && !glued(tokens_, i);
  }

  std::size_t behind_day(std::size_t i) const {
    const bool suffix =
        glued(tokens_, i + 1) && words_.has(word_class::day_suffix, tokens_[i + 1].fold);
    return i + (suffix ? 2 : 1);
  }

  static bool ends_days(const date_match& m) {
    const bool point = m.pattern->meaning == date_meaning::point && m.from.day && m.from.month;
    const bool pair = m.pattern->meaning == date_meaning::interval && m.from.day && !m.from.month &&
                      m.to.day && m.to.month;
    return (point || pair) && m.pattern->name.empty();
  }

  date_list days_up_to(std::vector<std::size_t> days, const date_match& last) const {
    date_match one = last;
    std::size_t closing = last.first;
    if (last.to.day) {
      days.push_back(last.first);
      closing = joint_at(behind_day(last.first)).next;
      one.from = last.to;
      one.to = {};
    }
    const auto day = one.from.day;
    one.pattern = &plain_point();
    date_list out;
    for (const std::size_t i : days) {
      one.first = i;
      one.end = behind_day(i);
      one.from.day = number_of(tokens_[i]);
      out.dates.push_back(one);
    }
    one.first = closing;
    one.end = out.end = last.end;
    one.from.day = day;
    out.dates.push_back(one);
    return out;
  }

  static std::optional<date_list> only_lists(date_list out) {
    if (out.dates.size() < 2) return std::nullopt;
    return out;
  }

  // The token of a year behind a comma or a conjunction at `end`.
  std::optional<std::size_t> next_year(std::size_t end) const {
    const joint j = joint_at(end);
    const std::size_t at = j.next;
    if (at == 0 || at >= tokens_.size() || glued(tokens_, at) || goes_on(at + 1))
      return std::nullopt;
    if (!is_year(tokens_[at]) || words_.match(word_class::unit, tokens_, at + 1))
      return std::nullopt;
    const bool counts = at + 1 < tokens_.size() && tokens_[at + 1].kind == token_kind::word &&
                        !words_.match(word_class::conjunction, tokens_, at + 1) &&
                        !words_.match(word_class::stop, tokens_, at + 1);
    return counts && !j.conjunction ? std::nullopt : std::optional(at);
  }

  // Letters, digits or decimals that run on behind a number.
  bool goes_on(std::size_t i) const {
    if (!glued(tokens_, i)) return false;
    return tokens_[i].kind != token_kind::mark ||
           (glued(tokens_, i + 1) && tokens_[i + 1].kind != token_kind::mark);
  }

  bool nothing_counted(std::size_t i) const {
    if (i >= tokens_.size() || tokens_[i].kind == token_kind::mark) return !goes_on(i);
    return tokens_[i].kind == token_kind::word && words_.match(word_class::stop, tokens_, i);
  }

  std::optional<int> year_behind_comma(std::size_t i) const {
    const bool comma = i + 1 < tokens_.size() && tokens_[i].fold == ",";
    if (!comma || !is_year(tokens_[i + 1]) || goes_on(i + 2)) return std::nullopt;
    return number_of(tokens_[i + 1]);
  }

  token_view tokens_;
  const lexicon& words_;
};

} // namespace

std::optional<date_list> days_of_one_month(std::string_view text, token_view tokens,
                                           std::size_t first, const lexicon& words) {
  return list_reader(tokens, words).days_in_front(text, first);
}

std::optional<date_list> list_behind(const date_match& match, token_view tokens,
                                     const lexicon& words) {
  const date_slots& s = match.from;
  if (match.pattern->meaning != date_meaning::point) return std::nullopt;
  list_reader reader(tokens, words);
  if (!s.year && s.month && s.day) {
    const bool month_first = match.pattern->elements.back().what == slot::day;
    return month_first ? reader.days_behind(match) : std::nullopt;
  }
  if (!s.year && s.month) return reader.months(match);
  const bool year = s.year && !s.month && !s.day && match.end == match.first + 1;
  return year ? reader.years(match) : std::nullopt;
}

} // namespace vigie::press
