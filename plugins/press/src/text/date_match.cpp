// SPDX-License-Identifier: Apache-2.0
#include "text/date_match.hpp"

#include "text/numbers.hpp"

namespace vigie::press {
namespace {

class matcher {
public:
  matcher(std::string_view text, token_view tokens, const lexicon& words)
      : text_(text), tokens_(tokens), words_(words) {}

  std::optional<date_match> match(const date_pattern& pattern, std::size_t at) const {
    if (at + pattern.elements.size() > tokens_.size()) return std::nullopt;
    date_match out{&pattern, at, at, {}, {}};
    std::size_t i = at;
    for (const auto& element : pattern.elements) {
      const bool first = i == at;
      if (i >= tokens_.size() || (!first && element.glued != glued(tokens_, i)))
        return std::nullopt;
      const std::size_t taken = take(element, i, element.second ? out.to : out.from);
      if (taken == 0) return std::nullopt;
      i += taken;
      if (element.context) out.first = i;
    }
    out.end = i;
    if (!starts_alone(out.first) || !ends_alone(out.end)) return std::nullopt;
    return out;
  }

  // Tokens the slot takes here; 0 where no pattern that begins with it can begin.
  std::size_t taken_by(slot what, std::size_t at) const {
    date_slots unused;
    phrase_element element;
    element.what = what;
    return take(element, at, unused);
  }

  // Whether the pattern's second element can stand at token i: cheap, and true of few patterns.
  bool second_fits(const date_start& pattern, std::size_t i) const {
    if (pattern.alone) return true;
    if (i >= tokens_.size()) return false;
    const token& t = tokens_[i];
    switch (pattern.second) {
    case slot::none: return t.hash == pattern.hash;
    case slot::month: return words_.begins(word_class::month, t);
    case slot::weekday: return words_.begins(word_class::weekday, t);
    case slot::part: return words_.begins(word_class::part_of_day, t);
    case slot::period: return words_.begins(word_class::period, t);
    case slot::count: return words_.begins_number(t);
    case slot::day: return t.kind != token_kind::mark;
    case slot::time: return words_.begins_date(t);
    default: return t.kind == token_kind::number;
    }
  }

  // Digits at the start must not be part of a longer code either.
  bool starts_alone(std::size_t first) const {
    if (!digits_at(first) || !glued(tokens_, first)) return true;
    const auto& before = tokens_[first - 1];
    if (before.kind != token_kind::mark) return false;
    const bool digits = first >= 2 && glued(tokens_, first - 1) && digits_at(first - 2);
    return !(digits && joins_digits(before));
  }

private:
  std::size_t take(const phrase_element& element, std::size_t i, date_slots& out) const {
    switch (element.what) {
    case slot::none:
      return tokens_[i].hash == element.hash && tokens_[i].fold == element.fold ? 1 : 0;
    case slot::day: return take_day(i, out);
    case slot::month: return take_name(word_class::month, "month", i, out.month);
    case slot::month_number: return take_digits(i, 1, 2, out.month);
    case slot::year: return take_year(i, out);
    case slot::weekday: return take_name(word_class::weekday, "weekday", i, out.weekday);
    case slot::part: return take_text(word_class::part_of_day, i, out.part);
    case slot::time: return take_time(i, out);
    case slot::count: return take_count(i, out);
    case slot::period: return take_text(word_class::period, i, out.period);
    case slot::hour:
    case slot::minute:
    case slot::second: return take_clock_digits(element.what, i, out);
    }
    return 0;
  }

  std::size_t take_digits(std::size_t i, std::size_t least, std::size_t most,
                          std::optional<int>& out) const {
    const auto& t = tokens_[i];
    if (t.kind != token_kind::number || t.fold.size() < least || t.fold.size() > most) return 0;
    int value = 0;
    for (const char c : t.fold) value = value * 10 + (c - '0');
    out = value;
    return 1;
  }

  std::size_t take_day(std::size_t i, date_slots& out) const {
    if (const auto word = words_.match(word_class::day_word, tokens_, i)) {
      out.day = static_cast<int>(word->what->number);
      return word->tokens;
    }
    if (take_digits(i, 1, 2, out.day) == 0) return 0;
    const bool suffix =
        glued(tokens_, i + 1) && words_.has(word_class::day_suffix, tokens_[i + 1].fold);
    return suffix ? 2 : 1;
  }

  std::size_t take_year(std::size_t i, date_slots& out) const {
    if (take_digits(i, 4, 4, out.year) == 0) return 0;
    return *out.year >= 1800 && *out.year <= 2199 ? 1 : 0;
  }

  // Languages that write these names with a capital have other words without: "may".
  std::size_t take_name(word_class c, std::string_view name, std::size_t i,
                        std::optional<int>& out) const {
    const auto found = words_.match(c, tokens_, i);
    if (!found) return 0;
    if (words_.has(word_class::capital, name) && !capital(text_, tokens_[i])) return 0;
    out = static_cast<int>(found->what->number);
    return found->tokens;
  }

  std::size_t take_text(word_class c, std::size_t i, std::string_view& out) const {
    const auto found = words_.match(c, tokens_, i);
    if (!found) return 0;
    out = found->what->value;
    return found->tokens;
  }

  std::size_t take_count(std::size_t i, date_slots& out) const {
    const auto number = read_number(text_, tokens_, i, words_);
    if (!number || number->overflow || number->fraction || number->scaled) return 0;
    if (number->value.mantissa > 999) return 0;
    out.count = static_cast<int>(number->value.mantissa);
    return number->tokens;
  }

  // Hours count as 60 minutes of the day so that a clock pattern fills one slot in any order.
  std::size_t take_clock_digits(slot what, std::size_t i, date_slots& out) const {
    std::optional<int> value;
    if (take_digits(i, 1, 2, value) == 0) return 0;
    const bool hour = what == slot::hour;
    if (*value > (hour ? 24 : 59)) return 0;
    if (what == slot::second) return 1;
    out.minute_of_day = out.minute_of_day.value_or(0) + (hour ? 60 * *value : *value);
    return *out.minute_of_day <= 24 * 60 ? 1 : 0;
  }

  std::size_t take_time(std::size_t i, date_slots& out) const {
    std::size_t best = 0;
    for (const auto& clock : words_.clocks()) {
      date_slots trial;
      const std::size_t taken = take_clock(clock, i, trial);
      if (taken <= best) continue;
      best = taken;
      out.minute_of_day = (*trial.minute_of_day + 60 * clock.number) % (24 * 60);
    }
    return best;
  }

  std::size_t take_clock(const date_pattern& clock, std::size_t at, date_slots& out) const {
    std::size_t i = at;
    for (const auto& element : clock.elements) {
      if (i >= tokens_.size() || (i > at && element.glued != glued(tokens_, i))) return 0;
      if (element.what == slot::time) return 0;
      const std::size_t taken = take(element, i, out);
      if (taken == 0) return 0;
      i += taken;
    }
    if (!out.minute_of_day) out.minute_of_day = 0; // "noon": the value alone is the time
    return i - at;
  }

  bool digits_at(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == token_kind::number;
  }

  static bool joins_digits(const token& t) {
    return t.fold == "." || t.fold == "," || t.fold == "-" || t.fold == "/" || t.fold == ":" ||
           t.fold == "_";
  }

  // Digits at the end must not be part of a longer code.
  bool ends_alone(std::size_t end) const {
    if (tokens_[end - 1].kind == token_kind::mark || !glued(tokens_, end)) return true;
    const auto& behind = tokens_[end];
    if (behind.kind != token_kind::mark) return false;
    if (!digits_at(end - 1)) return true;
    if (behind.fold == "%" || behind.fold == "_") return false;
    return !(joins_digits(behind) && glued(tokens_, end + 1) && digits_at(end + 1));
  }

  std::string_view text_;
  token_view tokens_;
  const lexicon& words_;
};

} // namespace

namespace {

// Whether day and month are within what calendars have: tells 20/05/2014 from 05/20/2014.
bool plausible(const date_match& m) {
  const auto fits = [](const date_slots& s) {
    return s.month.value_or(1) <= 12 && s.day.value_or(1) <= 31;
  };
  return fits(m.from) && fits(m.to);
}

bool better(const date_match& a, std::size_t a_index, const date_match& b, std::size_t b_index) {
  if (a.end != b.end) return a.end > b.end;
  if (plausible(a) != plausible(b)) return plausible(a);
  return a_index < b_index;
}

} // namespace

std::optional<date_match> match_date(std::string_view text, token_view tokens, std::size_t at,
                                     const lexicon& words) {
  std::optional<date_match> best;
  if (!words.begins_date(tokens[at])) return best;
  const matcher m(text, tokens, words);
  std::size_t best_index = 0;
  const auto try_all = [&](const std::vector<date_start>& patterns, std::size_t taken) {
    for (const date_start& start : patterns) {
      if (!m.second_fits(start, at + taken)) continue;
      const std::size_t index = start.index;
      auto match = m.match(words.date(index), at);
      if (!match || (best && !better(*match, index, *best, best_index))) continue;
      best = std::move(match);
      best_index = index;
    }
  };
  try_all(words.dates_from(tokens[at]), 1);
  if (tokens[at].kind == token_kind::mark || !m.starts_alone(at)) return best;
  for (std::size_t s = 1; s < slot_count; ++s) {
    const auto what = static_cast<slot>(s);
    const auto& patterns = words.dates_from(what);
    const std::size_t taken = patterns.empty() ? 0 : m.taken_by(what, at);
    if (taken > 0) try_all(patterns, taken);
  }
  return best;
}

} // namespace vigie::press
