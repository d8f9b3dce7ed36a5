// SPDX-License-Identifier: Apache-2.0
#include "dates.hpp"

#include "date_meaning.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace vigie::press {
namespace {

// An anchor outside of the years 1000 to 9000 dates no news page; it counts as none.
constexpr civil_day first_anchor = -354285;
constexpr civil_day last_anchor = 2567707;

constexpr std::size_t widest_tense = 20; // tokens between a verb and the day it tells of

bool only_year(const date_match& m) {
  const auto bare = [](const date_slots& s) { return s.year && !s.month && !s.day; };
  return bare(m.to) || bare(m.from);
}

// "en 2016" is a year, "de 2016 serveurs" is a count.
bool counts_something(const date_match& m, token_view tokens, const lexicon& words) {
  return only_year(m) && words.match(word_class::unit, tokens, m.end).has_value();
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
    read([&](const date_match& m) { out.push_back(span_of(m)); });
    return out;
  }

private:
  template <class F> void read(F&& take) {
    for (std::size_t i = 0; i < tokens_.size();) {
      i += 1;
      if (!words_.begins_date(tokens_[i - 1])) continue;
      const auto match = match_at(i - 1);
      if (!match) continue;
      take(*match);
      i = match->end;
    }
  }

  std::optional<date_match> match_at(std::size_t i) const {
    auto match = match_date(text_, tokens_, i, words_);
    if (match &&
        (counts_something(*match, tokens_, words_) || part_of_name(*match, text_, tokens_)))
      match.reset();
    return match;
  }

  byte_span span_of(const date_match& m) const {
    return {tokens_[m.first].begin, tokens_[m.end - 1].end};
  }

  void take(const date_match& match) {
    const byte_span span = span_of(match);
    out_.taken.push_back(span);
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
