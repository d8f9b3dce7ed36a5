// SPDX-License-Identifier: Apache-2.0
#include "date_match.hpp"

#include "text/words/numbers.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

// Whether day and month are within what calendars have: tells 20/05/2014 from 05/20/2014.
bool plausible(const date_match& m) {
  const auto fits = [](const date_slots& s) {
    return s.month.value_or(1) <= 12 && s.day.value_or(1) <= 31;
  };
  return fits(m.from) && fits(m.to);
}

bool has_short_year(const date_pattern& p) {
  return std::any_of(p.elements.begin(), p.elements.end(),
                     [](const phrase_element& e) { return e.what == slot::short_year; });
}

bool better(const date_match& a, std::size_t a_index, const date_match& b, std::size_t b_index) {
  if (a.end != b.end) return a.end > b.end;
  if (plausible(a) != plausible(b)) return plausible(a);
  return a_index < b_index;
}

class matcher {
public:
  matcher(std::string_view text, token_view tokens, const lexicon& words)
      : text_(text), tokens_(tokens), words_(words) {}

  // Follows every pattern of the tree that fits at token `at`; the best match.
  std::optional<date_match> run(std::size_t at) {
    const std::uint64_t starts = words_.starts(tokens_[at]);
    const std::uint32_t slots = slots_for(tokens_[at], starts);
    read_.first = at;
    if ((starts & lexicon::date_bit) != 0)
      for (const auto& e : words_.dates().from_word(tokens_[at].hash))
        if (may_follow(e, tokens_[at], slots)) follow(e, at);
    if ((slots & words_.dates().first_slots()) != 0 && starts_alone(at))
      for (const auto& e : words_.dates().from_slots())
        if (may_follow(e, tokens_[at], slots)) follow(e, at);
    return best_.pattern != nullptr ? std::optional(best_) : std::nullopt;
  }

  // The clock time at token `at` alone.
  std::optional<clock_match> clock(std::size_t at) const {
    date_slots found;
    if (!starts_alone(at)) return std::nullopt;
    const std::size_t taken = take_time(at, found);
    if (taken == 0 || !clock_ends(at + taken)) return std::nullopt;
    return clock_match{*found.minute_of_day, at + taken};
  }

private:
  bool clock_ends(std::size_t end) const {
    if (!glued(tokens_, end) || tokens_[end - 1].kind == token_kind::mark) return true;
    if (tokens_[end].kind != token_kind::mark) return false;
    return !(joins_digits(tokens_[end]) && glued(tokens_, end + 1) && digits_at(end + 1));
  }

  // The slots that may take the token; none of most that begin a pattern.
  std::uint32_t slots_for(const token& t, std::uint64_t starts) const {
    std::uint32_t out = 0;
    const auto add = [&](slot what, bool may) { out |= may ? date_patterns::slot_bit(what) : 0; };
    const auto begins = [&](word_class c) { return (starts & bit_of(c)) != 0; };
    if (t.kind == token_kind::mark) return out;
    const bool number = t.kind == token_kind::number;
    const bool clock = (starts & lexicon::clock_bit) != 0 || words_.dates().clock_has_words();
    add(slot::time, number || clock);
    if (!number && (starts & lexicon::slot_starts) == 0) return out;
    const bool digits = number && t.fold.size() <= 2;
    for (const slot s : {slot::month_number, slot::hour, slot::minute, slot::second})
      add(s, digits);
    add(slot::year, number && t.fold.size() == 4);
    add(slot::short_year, number && t.fold.size() == 2);
    add(slot::day, digits || begins(word_class::day_word));
    add(slot::count, number || (starts & lexicon::number_starts) != 0);
    add(slot::month, begins(word_class::month));
    add(slot::weekday, begins(word_class::weekday));
    add(slot::part, begins(word_class::part_of_day));
    add(slot::period, begins(word_class::period));
    return out;
  }

  void walk(std::uint32_t node, std::size_t i) {
    const auto& n = words_.dates().at(node);
    if (n.pattern) offer(*n.pattern, i);
    if (i >= tokens_.size() || n.next.empty()) return;
    const token& t = tokens_[i];
    const std::uint32_t slots = n.slots == 0 ? 0 : slots_for(t, words_.starts(t));
    const bool by_slot = (n.slots & slots) != 0;
    const bool by_word = (n.words & date_patterns::word_bit(t.hash)) != 0;
    if (!by_slot && !by_word) return;
    const bool glued_here = glued(tokens_, i);
    if (by_slot)
      for (const auto& e : n.from_slots())
        if (e.element.glued == glued_here && may_follow(e, t, slots)) follow(e, i);
    if (by_word)
      for (const auto& e : n.from_word(t.hash))
        if (e.element.glued == glued_here) follow(e, i);
  }

  static bool may_follow(const date_patterns::edge& e, const token& t, std::uint32_t slots) {
    return e.element.what == slot::none ? t.hash == e.element.hash
                                        : (slots & date_patterns::slot_bit(e.element.what)) != 0;
  }

  // What the element reads is forgotten behind it: other patterns read the same words otherwise.
  void follow(const date_patterns::edge& e, std::size_t i) {
    if (e.element.what == slot::none) {
      if (same_bytes(tokens_[i].fold, e.element.fold)) go_on(e, i + 1);
      return;
    }
    if (e.element.what == slot::count && ends_count(e.to, i + 1)) return;
    date_slots& slots = e.element.second ? read_.to : read_.from;
    const date_slots before = slots;
    const std::size_t taken = take(e.element, i, slots);
    if (taken > 0) go_on(e, i + taken);
    slots = before;
  }

  // Whether the word at i neither goes on with a number nor with what the node asks for behind it,
  // as with most that follow "a" and "three".
  bool ends_count(std::uint32_t node, std::size_t i) const {
    constexpr std::uint64_t of_number = lexicon::number_starts | bit_of(word_class::joiner) |
                                        bit_of(word_class::half) | bit_of(word_class::scale);
    if (i >= tokens_.size() || tokens_[i].kind != token_kind::word) return false;
    const std::uint64_t starts = words_.starts(tokens_[i]);
    const auto& n = words_.dates().at(node);
    return (starts & of_number) == 0 && !n.pattern &&
           (n.words & date_patterns::word_bit(tokens_[i].hash)) == 0 &&
           (n.slots & slots_for(tokens_[i], starts)) == 0;
  }

  void go_on(const date_patterns::edge& e, std::size_t behind) {
    const std::size_t first = read_.first;
    if (e.element.context) read_.first = behind;
    walk(e.to, behind);
    read_.first = first;
  }

  void offer(std::uint32_t index, std::size_t end) {
    read_.pattern = &words_.dates()[index];
    if (!starts_alone(read_.first) || !ends_alone(end)) return;
    read_.end = end;
    // Two digits are a year only where a calendar has the rest.
    if (has_short_year(*read_.pattern) && !short_year_fits()) return;
    if (best_.pattern != nullptr && !better(read_, index, best_, best_index_)) return;
    best_ = read_;
    best_index_ = index;
  }

  // Digits at the start must not be part of a longer code either.
  bool starts_alone(std::size_t first) const {
    if (!digits_at(first) || !glued(tokens_, first)) return true;
    const auto& before = tokens_[first - 1];
    if (before.kind != token_kind::mark) return false;
    const bool digits = first >= 2 && glued(tokens_, first - 1) && digits_at(first - 2);
    return !(digits && joins_digits(before));
  }

  std::size_t take(const phrase_element& element, std::size_t i, date_slots& out) const {
    switch (element.what) {
    case slot::none:
      return tokens_[i].hash == element.hash && tokens_[i].fold == element.fold ? 1 : 0;
    case slot::day: return take_day(i, out);
    case slot::month: return take_name(word_class::month, "month", i, out.month);
    case slot::month_number: return take_digits(i, 1, 2, out.month);
    case slot::year: return take_year(i, out);
    case slot::short_year: return take_short_year(i, out);
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

  // As POSIX has it for %y: 69 to 99 lie in the last century.
  std::size_t take_short_year(std::size_t i, date_slots& out) const {
    if (take_digits(i, 2, 2, out.year) == 0) return 0;
    *out.year += *out.year < 69 ? 2000 : 1900;
    return 1;
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
    const std::int64_t most = number->grouped ? 99'999 : 999;
    if (number->value.mantissa > most || ends_group(i)) return 0;
    out.count = static_cast<int>(number->value.mantissa);
    return number->tokens;
  }

  // The "400" of "12 400 heures".
  bool ends_group(std::size_t i) const {
    if (i == 0 || !digits_at(i - 1) || !digits_at(i)) return false;
    const auto longer = read_number(text_, tokens_, i - 1, words_);
    return longer && longer->grouped;
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

  // Whether a clock time may begin here: with a word that some begin with, or with a slot that is
  // followed by a word as in some.
  bool may_be_time(std::size_t i) const {
    if ((words_.starts(tokens_[i]) & lexicon::clock_bit) != 0) return true;
    if (tokens_[i].kind != token_kind::number && !words_.dates().clock_has_words()) return false;
    return i + 1 >= tokens_.size() || words_.dates().clock_goes_on(tokens_[i + 1].hash);
  }

  std::size_t take_time(std::size_t i, date_slots& out) const {
    std::size_t best = 0;
    if (!may_be_time(i)) return 0;
    for (const auto& clock : words_.dates().clocks()) {
      if (!may_begin(clock, i)) continue;
      date_slots trial;
      const std::size_t taken = take_clock(clock, i, trial);
      if (taken <= best) continue;
      best = taken;
      out.minute_of_day = (*trial.minute_of_day + 60 * clock.number) % (24 * 60);
    }
    if (best == 0) return 0;
    const auto zone = words_.match(word_class::zone, tokens_, i + best);
    return best + (zone ? zone->tokens : 0);
  }

  // Whether the first two tokens are those that the clock time names, where it names them.
  bool may_begin(const date_pattern& clock, std::size_t i) const {
    const phrase& e = clock.elements;
    const auto named = [&](std::size_t k) {
      return e[k].what != slot::none ||
             (i + k < tokens_.size() && tokens_[i + k].hash == e[k].hash);
    };
    const slot first = e[0].what;
    const bool one_token = first == slot::none || first == slot::hour || first == slot::minute ||
                           first == slot::second;
    return named(0) && (e.size() < 2 || !one_token || named(1));
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

  // "3/5/18" where a calendar has it, "2018-19" of two years in a row, "between 2013-17" of more.
  bool short_year_fits() const {
    if (!read_.to.year) return plausible(read_);
    if (!read_.from.year) return false;
    const int years = *read_.to.year - *read_.from.year;
    return years == 1 || (years > 0 && read_.pattern->elements.front().what == slot::none);
  }

  // "15 May 2019Share": what stood in another element of the page is glued to a whole date.
  bool ends_with_year() const {
    return read_.from.day && read_.from.month && !read_.to.day &&
           read_.pattern->elements.back().what == slot::year;
  }

  // Digits at the end must not be part of a longer code.
  bool ends_alone(std::size_t end) const {
    if (tokens_[end - 1].kind == token_kind::mark || !glued(tokens_, end)) return true;
    const auto& behind = tokens_[end];
    if (behind.kind != token_kind::mark) return ends_with_year() && capital(text_, behind);
    if (!digits_at(end - 1)) return true;
    if (behind.fold == "%" || behind.fold == "_") return false;
    return !(joins_digits(behind) && glued(tokens_, end + 1) && digits_at(end + 1));
  }

  std::string_view text_;
  token_view tokens_;
  const lexicon& words_;
  date_match read_; // what the elements of a pattern have read so far
  date_match best_;
  std::uint32_t best_index_ = 0;
};

} // namespace

std::optional<date_match> match_date(std::string_view text, token_view tokens, std::size_t at,
                                     const lexicon& words) {
  if (!words.begins_date(tokens[at])) return std::nullopt;
  return matcher(text, tokens, words).run(at);
}

std::optional<clock_match> match_clock(std::string_view text, token_view tokens, std::size_t at,
                                       const lexicon& words) {
  return at < tokens.size() ? matcher(text, tokens, words).clock(at) : std::nullopt;
}

} // namespace vigie::press
