// SPDX-License-Identifier: Apache-2.0
#include "figure_units.hpp"

#include "unit_kinds.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_phrase = 8;    // words of the phrase behind the noun
constexpr std::size_t widest_same = 4;       // tokens of what says that the same is counted
constexpr std::size_t widest_number_of = 16; // tokens back to what is counted
constexpr std::size_t widest_subject = 12;   // tokens back to the subject of a clause
constexpr std::size_t widest_opening = 16;   // tokens up to the part of an opening whole

bool one_of(std::string_view text, std::initializer_list<std::string_view> choices) {
  return std::find(choices.begin(), choices.end(), text) != choices.end();
}

bool quote_mark(const token& t) {
  return one_of(t.fold, {"«", "“", "\"", "'", "‹", "”", "»", "‘"});
}

// None of something is as many as several: "zero trust" is a name.
bool one_of_it(const number_found& n) { return n.value.mantissa == 1; }

} // namespace

bool unit_finder::is_lower_word(std::size_t i) const {
  return i < tokens_.size() && tokens_[i].kind == token_kind::word && !capital(text_, tokens_[i]);
}

bool unit_finder::is_stop(std::size_t i) const {
  return words_.match(word_class::stop, tokens_, i).has_value() ||
         words_.match(word_class::link, tokens_, i).has_value();
}

std::size_t unit_finder::skip_to_unit(std::size_t i, bool linked) const {
  if (linked) {
    if (const auto link = words_.match(word_class::link, tokens_, i)) i += link->tokens;
  }
  for (int quotes = 0; i < tokens_.size() && quotes < 2 && quote_mark(tokens_[i]); ++quotes) ++i;
  for (int fillers = 0; fillers < 3; ++fillers) {
    const auto filler = words_.match(word_class::filler, tokens_, i);
    if (!filler || words_.match(word_class::unit, tokens_, i)) break;
    i += filler->tokens;
  }
  for (int quotes = 0; i < tokens_.size() && quotes < 2 && quote_mark(tokens_[i]); ++quotes) ++i;
  return i;
}

std::optional<unit_found> unit_finder::behind(std::size_t i, const number_found& number,
                                              bool linked) const {
  i = skip_to_unit(i, linked);
  if (i >= tokens_.size()) return std::nullopt;
  if (modifiers_ > 0) return unit_behind_modifiers(i, number);
  if (const auto known = words_.match(word_class::unit, tokens_, i)) {
    return unit_found{i, i, i + known->tokens, known->what->value, true};
  }
  if (!is_lower_word(i) || is_stop(i)) return std::nullopt;
  const bool several = !one_of_it(number);
  if (several && !words_.plural(tokens_[i].fold)) return std::nullopt;
  return unit_found{i, i, i + 1, "", false};
}

// "17 remote police servers": in languages that set them in front, a few words that decline with
// nothing stand between number and noun, and nouns among them. The first plural is the noun;
// where there is none, the first unit the lexicon knows.
std::optional<unit_found> unit_finder::unit_behind_modifiers(std::size_t i,
                                                             const number_found& number) const {
  std::optional<unit_found> known_noun;
  const std::size_t phrase = i;
  bool joined = false;
  for (std::size_t taken = 0; taken <= modifiers_ && i < tokens_.size(); ++taken) {
    const auto known = words_.match(word_class::unit, tokens_, i);
    const std::size_t end = i + (known ? known->tokens : 1);
    const bool plural = words_.plural(tokens_[end - 1].fold);
    const bool sign = tokens_[end - 1].kind == token_kind::mark;
    const bool name = known && !plural && !sign && is_name(i, known->what->value);
    if (known && (plural || sign || (one_of_it(number) && !name)))
      return head_of_compound({phrase, i, end, known->what->value, true});
    if (known && !known_noun) known_noun = unit_found{phrase, i, end, known->what->value, true};
    const bool word = tokens_[i].kind == token_kind::word && !is_stop(i);
    if (!known && !word) break;
    if (!known && plural && is_lower_word(i) && !joined)
      return head_of_compound({phrase, i, end, "", false});
    i = behind_compound(end);
    // "2 million Viber and Skype users"
    const auto joiner = words_.match(word_class::conjunction, tokens_, i);
    if (joiner && !known_noun && !joined && maybe_modifier(i + joiner->tokens)) {
      joined = true;
      i += joiner->tokens;
    }
  }
  if (joined) return std::nullopt;
  const bool one = one_of_it(number) && !known_noun && is_lower_word(phrase);
  if (one && !is_stop(phrase)) return unit_found{phrase, phrase, phrase + 1, "", false};
  const bool name = known_noun && is_name(known_noun->first, known_noun->key);
  return name ? std::nullopt : known_noun;
}

// "10 Downing Street", "1 Club Road"
bool unit_finder::is_name(std::size_t noun, std::string_view key) const {
  return capital(text_, tokens_[noun]) && kind_of_unit(key) == unit_kind::thing;
}

// "12 customs officers", "two SMS gateways", "300 journalists' unions": a plural that the lexicon
// does not know, an abbreviation or an owner in front of a known one is no head.
unit_found unit_finder::head_of_compound(const unit_found& noun) const {
  std::size_t at = noun.end;
  const bool owner = glued(tokens_, at) && tokens_[at].fold == "'" && !glued(tokens_, at + 1);
  if (owner) ++at;
  const bool no_head = owner || !noun.known || capital(text_, tokens_[noun.end - 1]);
  if (!no_head || glued(tokens_, at) || !is_lower_word(at)) return noun;
  const auto head = things_at(at);
  return head ? unit_found{noun.phrase, at, head->end, head->key, true} : noun;
}

// Behind the points and hyphens that glue what ends here to the next word: "U.S.-", "data-".
std::size_t unit_finder::behind_compound(std::size_t end) const {
  std::size_t i = end;
  while (i < tokens_.size() && glued(tokens_, i) && one_of(tokens_[i].fold, {".", "-"})) {
    const bool initial = tokens_[i - 1].fold.size() == 1 || tokens_[i].fold == "-";
    const bool goes_on = initial && glued(tokens_, i + 1);
    if (!goes_on) return end;
    ++i;
    if (tokens_[i].kind == token_kind::word && tokens_[i].fold.size() == 1) ++i;
  }
  return i;
}

// "$300 million", "US$5"
std::optional<unit_found> unit_finder::unit_in_front(std::size_t first) const {
  for (std::size_t back = std::min<std::size_t>(first, 3); back > 0; --back) {
    const auto found = words_.match(word_class::unit_before, tokens_, first - back);
    if (found && found->tokens == back)
      return unit_found{first - back, first - back, first, found->what->value, true};
  }
  return std::nullopt;
}

// A sign in front says more clearly what is counted than the words behind.
std::optional<unit_found> unit_finder::of(std::size_t first, std::size_t end,
                                          const number_found& number, bool linked) const {
  const auto in_front = unit_in_front(first);
  return in_front ? in_front : behind(end, number, linked);
}

bool unit_finder::some_of(const unit_found& before, std::size_t first, std::size_t end) const {
  return same_behind_at(end, before.key) || of_opening(before, first);
}

bool unit_finder::compared_with(const unit_found& before, std::size_t first) const {
  for (std::size_t back = std::min(first, widest_same); back > 0; --back) {
    const auto found = words_.match(word_class::same_before, tokens_, first - back);
    if (!found || found->tokens != back) continue;
    const std::string& how = found->what->value;
    return how == "any" || (how == "next" && first - back == before.end);
  }
  return false;
}

bool unit_finder::tells_where(std::size_t first) const {
  const auto found =
      first > 0 ? words_.match(word_class::same_before, tokens_, first - 1) : std::nullopt;
  return found && found->tokens == 1 && found->what->value == "where";
}

// "Of the 212 domains, 40 still answer": the sentence opens with the whole, and the first comma
// stands in front of the part.
bool unit_finder::of_opening(const unit_found& before, std::size_t first) const {
  if (first == 0 || first > before.end + widest_opening || tokens_[first - 1].fold != ",")
    return false;
  const auto opens = words_.match(word_class::same_before, tokens_, 0);
  if (!opens || opens->what->value != "open" || first > 2 * widest_opening) return false;
  for (std::size_t i = 1; i + 1 < first; ++i) {
    const bool grouped = glued(tokens_, i) && glued(tokens_, i + 1); // "1,100"
    if (!grouped && one_of(tokens_[i].fold, {",", ";", ":", "("})) return false;
  }
  return true;
}

bool unit_finder::opens_with_part(std::size_t first, std::size_t end) const {
  if (first == 0 || end >= tokens_.size()) return false;
  const bool clause = first == 1 || one_of(tokens_[first - 2].fold, {";", ":", ","});
  const auto of = words_.match(word_class::same_before, tokens_, first - 1);
  return clause && of && of->tokens == 1 && of->what->value == "open" &&
         words_.match(word_class::stop, tokens_, end) &&
         !words_.match(word_class::link, tokens_, end);
}

bool unit_finder::same_behind_at(std::size_t end, std::string_view key) const {
  const auto behind = words_.match(word_class::same_behind, tokens_, end);
  return behind && (behind->what->value == "any" || behind->what->value == key);
}

std::optional<unit_found> unit_finder::part_of(std::size_t end) const {
  const auto link = words_.match(word_class::same_behind, tokens_, end);
  if (!link || link->what->value != "noun") return part_of_digits(end);
  std::size_t noun = behind_owner(end + link->tokens);
  const auto whole = read_number(text_, tokens_, noun, words_);
  if (whole && !whole->article) noun += whole->tokens;
  auto unit = behind(noun, number_found{.value = {2, 0}, .tokens = 1}, false);
  return unit && unit->known ? unit : std::nullopt;
}

// "3,000 of the company's 8,000 servers"
std::size_t unit_finder::behind_owner(std::size_t i) const {
  for (std::size_t at = i; at < std::min(tokens_.size(), i + widest_same); ++at) {
    if (tokens_[at].kind != token_kind::word) break;
    const bool owner = at + 2 < tokens_.size() && glued(tokens_, at + 1) &&
                       tokens_[at + 1].fold == "'" && glued(tokens_, at + 2) &&
                       tokens_[at + 2].fold.size() == 1;
    if (owner) return at + 3;
  }
  return i;
}

// "14 of 31 provinces"; in words it is a share.
std::optional<unit_found> unit_finder::part_of_digits(std::size_t end) const {
  const auto link = words_.match(word_class::link, tokens_, end);
  const std::size_t at = end + (link ? link->tokens : 0);
  const auto digits = [&](std::size_t i) {
    return i < tokens_.size() && tokens_[i].kind == token_kind::number;
  };
  if (!link || end == 0 || !digits(end - 1) || !digits(at)) return std::nullopt;
  const auto whole = read_number(text_, tokens_, at, words_);
  if (!whole || whole->overflow || whole->scaled) return std::nullopt;
  auto unit = behind(at + whole->tokens, *whole, false);
  return unit && unit->known ? unit : std::nullopt;
}

std::optional<unit_found> unit_finder::number_of(std::size_t first) const {
  const number_found several{.value = {2, 0}, .tokens = 1};
  for (std::size_t back = 2; back <= std::min(first, widest_number_of); ++back) {
    const auto found = words_.match(word_class::number_of, tokens_, first - back);
    if (!found) continue;
    auto unit = behind(first - back + found->tokens, several, false);
    return unit && unit->end <= first ? unit : std::nullopt;
  }
  return std::nullopt;
}

bool unit_finder::verb_at(std::size_t i) const {
  if (!is_lower_word(i)) return false;
  const auto found = words_.match(word_class::future, tokens_, i);
  const auto* what = found ? found->what : words_.future_ending(tokens_[i].fold);
  return what != nullptr && what->value == "past";
}

bool unit_finder::in_parallel(std::size_t first, std::size_t end, bool large) const {
  if (first < 2) return false;
  const bool comma = tokens_[first - 1].fold == ",";
  if (!words_.match(word_class::conjunction, tokens_, first - 1) && !(comma && large)) return false;
  if (tokens_[first - 2].kind == token_kind::number) return false; // "rules 3 and 5 of the code"
  const auto behind = words_.match(word_class::same_behind, tokens_, end);
  return behind && behind->what->value == "parallel";
}

bool unit_finder::noun_left_out(std::size_t first, std::size_t end) const {
  const auto verb = words_.match(word_class::same_behind, tokens_, end);
  if (verb && verb->what->value == "verb") return true;
  const bool ends = end >= tokens_.size() || one_of(tokens_[end].fold, {".", ",", ";", ")", "…"});
  if (!ends) return false;
  if (first > 0 && tokens_[first - 1].fold == ";") return true;
  for (std::size_t back = std::min(first, widest_same); back > 0; --back) {
    const auto front = words_.match(word_class::same_before, tokens_, first - back);
    if (front && front->tokens == back && front->what->value == "end") return true;
  }
  return false;
}

std::optional<unit_found> unit_finder::subject_of(std::size_t first) const {
  std::optional<unit_found> out;
  for (std::size_t back = 1; back <= std::min(first, widest_subject); ++back) {
    const std::size_t i = first - back;
    if (one_of(tokens_[i].fold, {".", ",", ";", ":"})) break;
    const auto noun = things_at(i);
    if (noun && noun->end <= first) out = noun;
  }
  return out;
}

// Several of what is counted one by one.
std::optional<unit_found> unit_finder::things_at(std::size_t i) const {
  const auto noun = words_.match(word_class::unit, tokens_, i);
  const bool things = noun && tokens_[i].kind == token_kind::word &&
                      words_.plural(tokens_[i + noun->tokens - 1].fold) &&
                      kind_of_unit(noun->what->value) == unit_kind::thing;
  if (!things) return std::nullopt;
  return unit_found{i, i, i + noun->tokens, noun->what->value, true};
}

std::optional<unit_found> unit_finder::only_plural() const {
  std::optional<unit_found> out;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const auto noun = things_at(i);
    const bool several = noun || (is_lower_word(i) && words_.plural(tokens_[i].fold));
    if (!several || (!noun && is_stop(i))) continue;
    if (!noun || out) return std::nullopt; // it may as well be the other that is meant
    out = noun;
    i = noun->end - 1;
  }
  return out;
}

bool unit_finder::maybe_modifier(std::size_t i) const {
  return i < tokens_.size() && tokens_[i].kind == token_kind::word && !is_stop(i);
}

bool unit_finder::adjective(std::size_t i) const {
  return modifiers_ == 0 && is_lower_word(i) && !glued(tokens_, i) &&
         words_.plural(tokens_[i].fold) && tokens_[i].fold.size() > 3 && !is_stop(i);
}

// "serveurs de jeux ou de courrier": adjectives of the head, then "de" phrases.
std::size_t unit_finder::end_of_phrase(const unit_found& unit) const {
  std::size_t end = unit.end;
  for (int i = 0; i < 2 && adjective(end); ++i) ++end;
  for (std::size_t taken = unit.end - unit.first; taken < longest_phrase; ++taken) {
    std::size_t next = end;
    if (const auto joiner = joiner_before_link(next)) next += *joiner;
    const auto link = words_.match(word_class::link, tokens_, next);
    if (!link) break;
    next += link->tokens;
    const bool noun = next < tokens_.size() && tokens_[next].kind == token_kind::word;
    if (!noun || is_stop(next)) break;
    end = next + 1;
  }
  return end;
}

std::optional<std::size_t> unit_finder::joiner_before_link(std::size_t i) const {
  const auto joiner = words_.match(word_class::conjunction, tokens_, i);
  if (!joiner || !words_.match(word_class::link, tokens_, i + joiner->tokens)) return std::nullopt;
  return joiner->tokens;
}

} // namespace vigie::press
