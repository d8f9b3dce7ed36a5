// SPDX-License-Identifier: Apache-2.0
#include "number_place.hpp"

#include "unit_kinds.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t widest_context = 6;     // tokens a bound may have
constexpr std::size_t longest_telephone = 16; // tokens, so that runs of digits stay linear

bool one_of(std::string_view text, std::initializer_list<std::string_view> choices) {
  return std::find(choices.begin(), choices.end(), text) != choices.end();
}

bool opens(const token& t) {
  return one_of(t.fold, {"(", "[", "\"", "'", "«", "“", "‹", "$", "€", "£", "~", "<"});
}

bool closes(const token& t) {
  return one_of(t.fold, {")", "]", "\"", "'", "»", "”", "›", ",", ".", ";",
                         ":", "!", "?",  "…", "%", "€", "$", "£", "°", "‰"});
}

} // namespace

figure_bound bound_named(std::string_view name) {
  if (name == "lower") return figure_bound::lower;
  return name == "upper" ? figure_bound::upper : figure_bound::approx;
}

bool number_place::digits_at(std::size_t i) const {
  return i < tokens_.size() && tokens_[i].kind == token_kind::number;
}

// Digits glued to what builds codes, addresses, scores and versions are no count.
bool number_place::stands_alone(std::size_t first, std::size_t end) const {
  return begins_alone(first) && ends_alone(end);
}

bool number_place::begins_alone(std::size_t first) const {
  return !glued(tokens_, first) || opens(tokens_[first - 1]) ||
         units_.unit_in_front(first).has_value();
}

bool number_place::ends_alone(std::size_t end) const {
  if (!glued(tokens_, end)) return true;
  const auto& behind = tokens_[end];
  if (behind.fold == "+") return !glued(tokens_, end + 1);
  if (tokens_[end - 1].kind == token_kind::word && is_money(end)) return true;
  if (behind.kind == token_kind::word) {
    const auto unit = words_.match(word_class::unit, tokens_, end);
    return digits_at(end - 1) && unit && !is_rate(end + unit->tokens);
  }
  if (!closes(behind)) return false;
  const bool joins = one_of(behind.fold, {".", ",", ":"});
  return !(joins && glued(tokens_, end + 1) && tokens_[end + 1].kind != token_kind::mark);
}

// "24h/24"
bool number_place::is_rate(std::size_t behind) const {
  return glued(tokens_, behind) && tokens_[behind].fold == "/" && glued(tokens_, behind + 1) &&
         digits_at(behind + 1);
}

// "25 M$": the sign behind a short scale.
bool number_place::is_money(std::size_t i) const {
  return tokens_[i].kind == token_kind::mark && words_.begins(word_class::unit_before, tokens_[i]);
}

// Behind the last token of the run without blanks that token `end` may be in the middle of.
std::size_t number_place::behind_chunk(std::size_t end) const {
  while (glued(tokens_, end)) ++end;
  return end;
}

// "01 23 45 67 89", "+33 1 23 45 67 89": three groups of two digits or more in a row.
std::size_t number_place::telephone(std::size_t i) const {
  if (!digits_at(i)) return i;
  std::size_t pairs = 0;
  std::size_t end = i + 1;
  for (std::size_t at = i; at < i + longest_telephone && digits_at(at);) {
    const std::size_t digits = tokens_[at].fold.size();
    if (digits > 3 || (digits == 1 && at > i + 1)) break;
    pairs += tokens_[at].fold.size() == 2 ? 1 : 0;
    end = at + 1;
    const bool mark = at + 1 < tokens_.size() && one_of(tokens_[at + 1].fold, {".", "-"}) &&
                      glued(tokens_, at + 1) && glued(tokens_, at + 2);
    at += mark ? 2 : 1;
  }
  return pairs >= 3 ? end : i;
}

// "the two", "the other two"
bool number_place::definite_before(std::size_t first) const {
  if (first > 1 && words_.begins(word_class::filler, tokens_[first - 1])) --first;
  return first > 0 && words_.has(word_class::definite, tokens_[first - 1].fold);
}

bool number_place::label_before(std::size_t first) const {
  if (unbound_before(first)) return false; // "to release two people"
  for (std::size_t back = 1; back <= 3 && back <= first; ++back) {
    const auto found = words_.match(word_class::before_number, tokens_, first - back);
    if (found && found->tokens == back) return true;
  }
  return false;
}

// "iPhone 6", "Windows 10", but also "En Chine 300 millions": a capital in front makes a name of
// a plain number.
bool number_place::name_before(std::size_t first) const {
  if (first == 0 || glued(tokens_, first)) return false;
  const auto& before = tokens_[first - 1];
  if (!has_capital(text_, before)) return false;
  const bool sentence_start = first == 1;
  return !(sentence_start && bound_at_end(first).has_value()) &&
         !(sentence_start && words_.has(word_class::stop, before.fold));
}

// "several hundred", "quelques milliers": a scale without a number.
bool number_place::vague_before(std::size_t first) const {
  for (std::size_t back = std::min(first, widest_context); back > 0; --back) {
    const auto found = words_.match(word_class::bound_before, tokens_, first - back);
    if (found && found->tokens == back) return found->what->value == "vague";
  }
  return false;
}

// The longest bound phrase that ends right before token `first`, or before "another" and "a
// further" there.
std::optional<bound_found> number_place::bound_at_end(std::size_t first) const {
  if (auto bound = bound_right_before(first)) return bound;
  std::size_t at = first;
  if (at > 0 && words_.match(word_class::filler, tokens_, at - 1)) --at;
  if (at == first) return std::nullopt;
  if (at > 0 && words_.match(word_class::article, tokens_, at - 1)) --at;
  auto bound = bound_right_before(at);
  if (bound) bound->tokens += first - at;
  return bound;
}

// "handed over 60 books": what looks like a bound or a label and is a verb.
bool number_place::unbound_before(std::size_t first) const {
  for (std::size_t back = std::min(first, widest_context); back > 0; --back) {
    const auto found = words_.match(word_class::bound_before, tokens_, first - back);
    if (found && found->tokens == back) return found->what->value == "none";
  }
  return false;
}

std::optional<bound_found> number_place::bound_right_before(std::size_t first) const {
  for (std::size_t back = std::min(first, widest_context); back > 0; --back) {
    const auto found = words_.match(word_class::bound_before, tokens_, first - back);
    if (!found || found->tokens != back) continue;
    if (found->what->value == "none") return std::nullopt; // "handed over 60 books"
    return bound_found{bound_named(found->what->value), back};
  }
  return std::nullopt;
}

std::optional<bound_found> number_place::bound_behind(std::size_t behind) const {
  const auto found = words_.match(word_class::bound_after, tokens_, behind);
  if (!found) return std::nullopt;
  for (std::size_t in = 1; in < found->tokens; ++in) {
    const auto other = words_.match(word_class::bound_before, tokens_, behind + in);
    if (other && in + other->tokens > found->tokens) return std::nullopt;
  }
  return bound_found{bound_named(found->what->value), found->tokens};
}

// A blank or a small letter makes a metre of it.
bool number_place::counts_things(std::size_t scale, std::size_t behind,
                                 const number_found& number) const {
  if (!glued(tokens_, scale) && !capital(text_, tokens_[scale])) return false;
  const auto unit = units_.behind(behind, number, true);
  return unit && unit->known && words_.plural(tokens_[unit->end - 1].fold) &&
         kind_of_unit(unit->key) == unit_kind::thing;
}

void number_place::read_money_scale(std::size_t first, number_found& number) const {
  const std::size_t end = first + number.tokens;
  const auto scale = words_.match(word_class::money_scale, tokens_, end);
  if (!scale || number.scaled || number.words) return;
  const std::size_t behind = end + scale->tokens;
  const bool sign = behind < tokens_.size() && tokens_[behind].kind == token_kind::mark &&
                    words_.match(word_class::unit_before, tokens_, behind);
  const bool alone = !glued(tokens_, behind) || tokens_[behind].kind == token_kind::mark;
  const bool counted = alone && counts_things(end, behind, number);
  if (!sign && !counted && !(alone && units_.unit_in_front(first))) return;
  const auto product = times(number.value, scale->what->number);
  if (!product) return;
  number.value = *product;
  number.tokens += scale->tokens;
  number.scaled = true;
}

std::size_t number_place::behind_share(std::size_t behind) const {
  const auto ratio = words_.match(word_class::ratio, tokens_, behind);
  if (!ratio) return 0;
  const std::size_t at = behind + ratio->tokens;
  const auto whole = read_number(text_, tokens_, at, words_);
  return whole && !whole->article ? at + whole->tokens : 0; // "40 % sur un an"
}

} // namespace vigie::press
