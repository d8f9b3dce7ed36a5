// SPDX-License-Identifier: Apache-2.0
#include "dates.hpp"

#include "date_lists.hpp"
#include "date_meaning.hpp"
#include "text/words/ages.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace vigie::press {
namespace {

// An anchor outside of the years 1000 to 9000 dates no news page; it counts as none.
constexpr civil_day first_anchor = -354285;
constexpr civil_day last_anchor = 2567707;

constexpr std::size_t widest_bound = 4;  // tokens
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

bool ends_clause(const token& t) {
  constexpr std::array<std::string_view, 4> inside{"'", "-", "(", ")"};
  return t.kind == token_kind::mark &&
         std::find(inside.begin(), inside.end(), t.fold) == inside.end();
}

// "In 2015 hackers stole them": what opens a clause in front of those who act tells when.
bool opens_clause(std::size_t at, token_view tokens) {
  return at == 0 || (ends_clause(tokens[at - 1]) && !glued(tokens, at));
}

// "en 2016" is a year, "de 2016 serveurs" is a count. Where the words in front make no year of it
// alone, bounds, ranges and round numbers of something are counts, too.
bool counts_something(const date_match& m, std::size_t at, std::string_view text, token_view tokens,
                      const lexicon& words) {
  if (!only_year(m)) return false;
  const auto unit = words.match(word_class::unit, tokens, m.end);
  const bool weak = m.pattern->name == "weak";
  if (unit && !weak && unit->what->value == "persons" && opens_clause(at, tokens)) return false;
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

// "Access Now", "the party Tomorrow for all": a word that tells a time is part of a name where it
// is written as one; of a holiday that has its capital anywhere, only behind another.
bool part_of_name(const date_match& m, std::string_view text, token_view tokens) {
  const bool one_word = m.end == m.first + 1 && m.pattern->elements.back().what == slot::none;
  if (!one_word || m.first == 0 || !capital(text, tokens[m.first])) return false;
  const token& front = tokens[m.first - 1];
  const bool adverb =
      m.pattern->meaning == date_meaning::offset || m.pattern->meaning == date_meaning::vague;
  return capital(text, front) || (adverb && front.kind == token_kind::word);
}

// "est entré en vigueur": the longer phrase around what looks like a word of the future.
bool told_of_past(std::size_t at, std::size_t first, token_view tokens, const lexicon& words) {
  constexpr std::size_t widest = 2;
  for (std::size_t more = 1; more <= std::min(at, widest); ++more) {
    const auto found = words.match(word_class::future, tokens, at - more);
    const bool around = found && found->tokens > more && at - more + found->tokens <= first;
    if (around && found->what->value == "past") return true;
  }
  return false;
}

// What the word at token i says of the tense, as a phrase or by its ending; null for most.
const lexicon::entry* tense_word(std::size_t i, std::size_t end, std::string_view text,
                                 token_view tokens, const lexicon& words) {
  const token& t = tokens[i];
  if (t.kind != token_kind::word || capital(text, t)) return nullptr; // "May", "Will"
  const auto found = words.match(word_class::future, tokens, i);
  return found && i + found->tokens <= end ? found->what : words.future_ending(t.fold);
}

// The tense of the words in front of a day. Signs of punctuation between them and the day leave
// open whether they speak of it: "it will be blocked, he said on 3 May".
tense tense_before(std::size_t first, std::string_view text, token_view tokens,
                   const lexicon& words) {
  bool same_clause = true;
  bool past = false;
  for (std::size_t back = 1; back <= std::min(first, widest_tense); ++back) {
    same_clause = same_clause && !ends_clause(tokens[first - back]);
    const auto* what = tense_word(first - back, first, text, tokens, words);
    if (what == nullptr) continue;
    if (told_of_past(first - back, first, tokens, words)) return tense::past;
    past = past || what->value == "past"; // "will be closed"
    if (what->value == "past") continue;
    return same_clause && what->value == "sure" ? tense::future : tense::nearest;
  }
  return past ? tense::past : tense::unsaid;
}

// Where nothing in front tells the tense of a day: "On 7 July the court closed it."
tense tense_around(std::size_t first, std::size_t end, std::string_view text, token_view tokens,
                   const lexicon& words) {
  const tense before = tense_before(first, text, tokens, words);
  if (before != tense::unsaid) return before;
  const std::size_t last = std::min(tokens.size(), end + widest_tense);
  bool alone = true; // a day that heads an entry: "October 12."
  for (std::size_t i = first - std::min(first, widest_tense); i < last; ++i) {
    if (i >= first && i < end) continue;
    alone =
        alone && (tokens[i].kind != token_kind::word || words.begins(word_class::stop, tokens[i]));
    const auto* what = i < end ? nullptr : tense_word(i, tokens.size(), text, tokens, words);
    if (what != nullptr && what->value == "past") return tense::past;
  }
  return alone ? tense::past : tense::unsaid;
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
      std::optional<date_list> list;
      if (tokens_[i - 1].kind == token_kind::number)
        list = days_of_one_month(text_, tokens_, i - 1, words_);
      if (!list) {
        const auto match = match_at(i - 1);
        if (!match) continue;
        list = list_behind(*match, tokens_, words_);
        i = match->end;
        if (!list) take(*match);
      }
      if (!list) continue;
      for (const date_match& m : list->dates) take(m);
      i = list->end;
    }
  }

  // What stands in front for context alone makes no date shorter: "en mars" of "en mars prochain".
  std::optional<date_match> longest_at(std::size_t i) const {
    auto match = match_date(text_, tokens_, i, words_);
    if (!match || match->first == i) return match;
    const auto inner = match_date(text_, tokens_, match->first, words_);
    return inner && inner->end > match->end ? inner : match;
  }

  std::optional<date_match> match_at(std::size_t i) const {
    auto match = longest_at(i);
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
    if (words_.match(word_class::link, tokens_, m.end)) return false; // "the 12th of"
    return words_.match(word_class::stop, tokens_, m.end) ||
           words_.match(word_class::future, tokens_, m.end);
  }

  byte_span span_of(const date_match& m) const {
    return {tokens_[m.first].begin, tokens_[m.end - 1].end};
  }

  bool is_no_date(const date_match& m) const {
    return m.pattern->meaning == date_meaning::figure || is_rate(m) || is_age(m);
  }

  bool is_age(const date_match& m) const {
    const bool years = m.pattern->meaning == date_meaning::length && m.from.period == "Y" &&
                       m.pattern->elements.front().what == slot::count;
    return years && tokens_[m.first].kind == token_kind::number &&
           age_at(tokens_, m.first, m.end, words_);
  }

  // Whether its words are a date's alone; those of a length of time are a figure, too.
  bool takes_words(const date_match& m) const {
    return !is_no_date(m) && m.pattern->meaning != date_meaning::length;
  }

  // "on 3 May 2016 and in July of the same year": the year that the text told last. Nothing where
  // it told none and the words have no day or month of their own.
  std::optional<date_match> in_year_before(const date_match& match) const {
    if (match.pattern->name != "same_year") return match;
    date_match out = match;
    const bool known = !out_.dates.empty() && out_.dates.back().from;
    if (!known && !match.from.month) return std::nullopt;
    if (known) out.from.year = year_of(*out_.dates.back().from);
    if (known && match.to.month) out.to.year = out.from.year;
    return out;
  }

  void take(const date_match& found) {
    const auto in_year = in_year_before(found);
    if (!in_year || is_no_date(found)) return;
    const date_match& match = *in_year;
    const byte_span span = span_of(match);
    if (takes_words(match)) out_.taken.push_back(span);
    if (match.pattern->meaning == date_meaning::ignore) return;
    const bool open = anchor_ && !match.from.year && !match.to.year;
    const tense when =
        open ? tense_around(match.first, match.end, text_, tokens_, words_) : tense::past;
    // "In the summer it is hot" is no season of some year.
    if (match.pattern->name.ends_with(":coming") && when != tense::future) return;
    const std::string_view words = text_.substr(span.begin, span.size());
    const bool unknown_year = match.pattern->name == "same_year" && open;
    auto mention = meaning_of(match, unknown_year ? std::nullopt : anchor_, when);
    if (!mention) {
      out_.rejected.push_back(
          {{}, span.begin, span.end, std::string(words), "no calendar has this day"});
      return;
    }
    mention->begin = span.begin;
    mention->end = span.end;
    mention->text = words;
    count_from_day_before(match, *mention);
    out_.dates.push_back(std::move(*mention));
  }

  // "It fell on 6 May and came back the next day."
  void count_from_day_before(const date_match& match, date_mention& mention) const {
    const std::string& name = match.pattern->name;
    if (match.pattern->meaning != date_meaning::duration || name.empty() || name[0] == 'P') return;
    if (out_.dates.empty()) return;
    const date_mention& before = out_.dates.back();
    if (before.kind != date_kind::point || !before.from || before.from != before.to) return;
    mention.kind = date_kind::point;
    mention.grain = granularity::day;
    mention.from = mention.to = *before.from + (name[0] == '-' ? -1 : 1);
    mention.value = iso_day(*mention.from);
  }

  std::string_view text_;
  token_view tokens_;
  const lexicon& words_;
  std::optional<civil_day> anchor_;
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
