// SPDX-License-Identifier: Apache-2.0
#include "figures.hpp"

#include "figure_units.hpp"
#include "number_place.hpp"

#include <algorithm>
#include <array>

namespace vigie::press {
namespace {

constexpr std::int64_t least_year = 1900;
constexpr std::int64_t last_year = 2099;
constexpr std::int64_t small_number = 10; // "les deux", "ces dix" were counted before

class figure_finder {
public:
  figure_finder(std::string_view text, token_view tokens, const lexicon& words,
                std::span<const byte_span> taken, counted_before& before)
      : text_(text), tokens_(tokens), words_(words), taken_(taken), units_(text, tokens, words),
        place_(text, tokens, words, units_), before_(before) {}

  std::vector<figure_mention> run() {
    for (std::size_t i = 0; i < tokens_.size();) i = std::max(step(i), i + 1);
    leave_counted();
    return std::move(out_);
  }

private:
  void leave_counted() {
    if (last_unit_)
      before_ = {slice(last_unit_->first, last_unit_->end), last_unit_->key, false};
    else if (told_)
      before_.asked = false;
    else
      before_ = asked_for(text_, tokens_, words_);
  }

  // Reads what starts at token i; where to go on.
  std::size_t step(std::size_t i) {
    while (next_taken_ < taken_.size() && taken_[next_taken_].end <= tokens_[i].begin)
      ++next_taken_;
    if (next_taken_ < taken_.size() && taken_[next_taken_].begin <= tokens_[i].begin) return i + 1;
    if (tokens_[i].kind == token_kind::mark || !words_.begins_number(tokens_[i])) return i + 1;
    if (const auto behind = place_.telephone(i); behind > i) return behind;
    const auto number = read(i);
    if (!number) return i + 1;
    const std::size_t end = i + number->tokens;
    if (number->overflow || runs_into_date(end)) return place_.behind_chunk(end);
    if (const auto behind = hyphen_range(i, *number); behind > i) return behind;
    if (!place_.stands_alone(i, end)) return place_.behind_chunk(end);
    if (const auto behind = two_numbers(i, *number); behind > i) return behind;
    return accept(i, *number);
  }

  // A number, or a collective word with the "une" in front of it: "une soixantaine", "trois
  // douzaines".
  std::optional<number_found> read(std::size_t i) {
    collective_ = false;
    auto number = read_number(text_, tokens_, i, words_);
    if (!number || number->overflow) return number;
    place_.read_money_scale(i, *number);
    const auto many = words_.match(word_class::collective, tokens_, i + number->tokens);
    if (!many || number->fraction) return number;
    const auto product = times(number->value, many->what->number);
    if (!product) return number;
    number->value = *product;
    number->tokens += many->tokens;
    number->article = false;
    collective_ = true;
    return number;
  }

  bool runs_into_date(std::size_t end) const {
    return next_taken_ < taken_.size() && taken_[next_taken_].begin < tokens_[end - 1].end;
  }

  bool plain_year(const number_found& n) const {
    return !n.words && !n.grouped && !n.scaled && !n.fraction && n.value.mantissa >= least_year &&
           n.value.mantissa <= last_year;
  }

  bool excluded(std::size_t first, const number_found& n,
                const std::optional<unit_found>& unit) const {
    const bool marked = n.scaled || n.grouped || collective_;
    const bool known = unit && unit->known;
    if (n.article) return true;
    if (n.words && place_.vague_before(first)) return true;
    if (place_.label_before(first) && !marked) return true;
    if (!marked && !known && place_.name_before(first)) return true;
    if (plain_year(n) && !known) return true;
    return n.words && !marked && n.value.mantissa <= small_number && place_.definite_before(first);
  }

  std::string slice(std::size_t first, std::size_t end) const {
    const std::size_t begin = tokens_[first].begin;
    return std::string(text_.substr(begin, tokens_[end - 1].end - begin));
  }

  figure_mention mention(std::size_t first, std::size_t end, const number_found& n,
                         const std::optional<unit_found>& unit) const {
    figure_mention out;
    out.begin = tokens_[first].begin;
    out.end = tokens_[end - 1].end;
    out.text = slice(first, end);
    out.value = n.value;
    out.in_words = n.words;
    if (!unit) return out;
    out.unit = slice(unit->first, unit->end);
    out.unit_key = unit->key;
    out.counts = slice(unit->phrase, std::max(unit->end, units_.end_of_phrase(*unit)));
    return out;
  }

  // "41 last year": what a date is made of is not counted.
  bool dated(const unit_found& unit) const {
    for (std::size_t i = next_taken_; i < taken_.size(); ++i) {
      if (taken_[i].begin >= tokens_[unit.end - 1].end) return false;
      if (taken_[i].end > tokens_[unit.first].begin) return true;
    }
    return false;
  }

  std::optional<unit_found> own_unit(std::size_t first, std::size_t end,
                                     const number_found& n) const {
    auto unit = units_.of(first, end, n, n.scaled || collective_);
    if (!unit) unit = units_.part_of(end);
    if (unit && unit->first >= end && dated(*unit)) unit.reset();
    return unit;
  }

  // What was counted before, where the words around the number say that it counts the same.
  std::optional<unit_found> earlier_unit(std::size_t first, std::size_t end,
                                         const number_found& n) const {
    if (n.article || plain_year(n) || place_.label_before(first) || place_.name_before(first))
      return std::nullopt;
    const bool noun = units_.maybe_noun(end) && !date_at(end);
    const auto bound = place_.bound_at_end(first);
    const std::size_t front = bound ? first - bound->tokens : first;
    if (last_unit_ && units_.same_as(*last_unit_, front, end, noun)) return last_unit_;
    return noun ? std::nullopt : units_.number_of(front);
  }

  // Whether the number counts what the sentence before did, or answers it.
  bool told_before(std::size_t first, std::size_t end, const number_found& n) const {
    if (last_unit_ || before_.unit.empty() || n.article || plain_year(n)) return false;
    if (place_.label_before(first) || place_.name_before(first)) return false;
    if (!before_.asked) return units_.same_behind_at(end, before_.key);
    const auto bound = place_.bound_at_end(first);
    const bool opens = first == (bound ? bound->tokens : 0);
    return opens && (!units_.maybe_noun(end) || date_at(end));
  }

  bool date_at(std::size_t i) const {
    for (std::size_t t = next_taken_; i < tokens_.size() && t < taken_.size(); ++t) {
      if (taken_[t].begin > tokens_[i].begin) return false;
      if (taken_[t].end > tokens_[i].begin) return true;
    }
    return false;
  }

  // "Ivan Petrov, 34 ans, a été", "(34 years)": how old somebody is, set off from the name.
  bool is_age(std::size_t first, std::size_t behind, const number_found& n,
              const std::optional<unit_found>& unit) const {
    const bool years = unit && unit->key == "years" && unit->first > first && !n.words &&
                       n.value.scale == 0 && n.value.mantissa >= 1 && n.value.mantissa < 120;
    if (!years || first == 0) return false;
    const token& front = tokens_[first - 1];
    const bool last = behind >= tokens_.size();
    const bool comma = !last && tokens_[behind].fold == ",";
    if (front.fold == "(") return comma || (!last && tokens_[behind].fold == ")");
    const bool closed = comma || last || tokens_[behind].fold == ".";
    return front.fold == "," && closed && first >= 2 && tokens_[first - 2].kind == token_kind::word;
  }

  // "a dozen or so sites"
  std::optional<unit_found> unit_behind_bound(std::size_t first, std::size_t end,
                                              const number_found& n,
                                              std::optional<bound_found>& bound) const {
    const auto later = words_.match(word_class::bound_after, tokens_, end);
    if (!later) return std::nullopt;
    auto unit = own_unit(first, end + later->tokens, n);
    if (!unit || !unit->known) return std::nullopt;
    bound = bound_found{bound_named(later->what->value), later->tokens};
    return unit;
  }

  // "ten of the 40 sites", "14 of 31 provinces": the whole is read on its own.
  bool counts_part(std::size_t end, const number_found& n) const {
    return words_.match(word_class::same_behind, tokens_, end) ||
           (!n.scaled && !collective_ && words_.match(word_class::link, tokens_, end));
  }

  // Where to go on: behind a unit that the lexicon knows, which may hold a number ("pour cent").
  std::size_t accept(std::size_t first, const number_found& n) {
    const std::size_t end = first + n.tokens;
    const bool plus = end < tokens_.size() && glued(tokens_, end) && tokens_[end].fold == "+";
    auto unit = own_unit(first, plus ? end + 1 : end, n);
    const bool signed_number = unit && unit->first < first;
    auto bound = place_.bound_at_end(signed_number ? unit->first : first);
    if (!unit && !bound) unit = unit_behind_bound(first, end, n, bound);
    const bool some = unit && unit->first > end && counts_part(end, n);
    const std::size_t behind = unit && !signed_number && !some ? unit->end : end;
    const std::size_t next = unit && unit->known ? std::max(end, behind) : end;
    if (const std::size_t whole = place_.behind_share(behind); whole > 0) return whole;
    if (is_age(first, behind, n, unit)) return next;
    if (!unit) unit = earlier_unit(first, end, n);
    const bool told = !unit && told_before(first, end, n);
    const auto later = words_.match(word_class::bound_after, tokens_, behind);
    if (!bound && later) bound = bound_found{bound_named(later->what->value), later->tokens};
    if (!unit && !told && !n.scaled && !bound) return end;
    if (!unit && !told && bound && n.words && !n.scaled) return end;
    if (excluded(first, n, unit)) return end;
    auto out = mention(first, end, n, unit);
    if (told) {
      told_ = true;
      out.unit = before_.unit;
      out.unit_key = before_.key;
    }
    if (bound) out.bound = bound->bound;
    if (!bound && collective_) out.bound = figure_bound::approx;
    if (!bound && plus) out.bound = figure_bound::lower;
    out_.push_back(std::move(out));
    if (unit) last_unit_ = unit;
    return next;
  }

  struct other_end {
    std::size_t second = 0; // its first token
    std::size_t end = 0;
    number_found number;
  };

  // The number at token `at`, or behind its sign: "10", "$20 million".
  std::optional<other_end> second_number(std::size_t at) {
    if (const auto sign = words_.match(word_class::unit_before, tokens_, at)) at += sign->tokens;
    auto number = read_number(text_, tokens_, at, words_);
    if (!number || number->overflow || number->article) return std::nullopt;
    place_.read_money_scale(at, *number);
    const std::size_t end = at + number->tokens;
    if (runs_into_date(end) || !place_.stands_alone(at, end)) return std::nullopt;
    return other_end{at, end, *number};
  }

  // Behind a number, and behind its unit where it says one of its own: "10 %" of "10 % à 20 %".
  std::size_t behind_own_unit(std::size_t end) const {
    const auto unit = words_.match(word_class::unit, tokens_, end);
    return unit ? end + unit->tokens : end;
  }

  // Where the words in front of a number and its sign end.
  std::size_t front_of(std::size_t first) const {
    const auto sign = units_.unit_in_front(first);
    return sign ? sign->first : first;
  }

  // "entre 10 et 20 serveurs" is one figure with two ends, "de 10 à 20 serveurs" two figures: the
  // second may tell of a span or of a growth. Returns where to go on, `first` where it is neither.
  std::size_t two_numbers(std::size_t first, const number_found& low) {
    if (const auto behind = either_number(first, low); behind > first) return behind;
    const std::size_t front = front_of(first);
    if (front == 0) return first;
    auto before = words_.match(word_class::range, tokens_, front - 1);
    const bool range = before.has_value();
    if (!range) before = words_.match(word_class::pair, tokens_, front - 1);
    if (!before || before->tokens != 1) return first;
    const std::string word = folded(before->what->value);
    const std::size_t low_end = first + low.tokens;
    std::size_t middle = low_end;
    const auto joins = [&] { return middle < tokens_.size() && tokens_[middle].fold == word; };
    if (!joins()) middle = behind_own_unit(low_end);
    if (!joins()) return first;
    const auto high = second_number(middle + 1);
    if (!high || !same_unit(low_end, middle, high->end)) return first;
    return accept_two(first, low_end, low, *high, range) ? high->end : first;
  }

  // Whether the unit at tokens [low_end, middle), where there is one, is that behind the other end.
  bool same_unit(std::size_t low_end, std::size_t middle, std::size_t high_end) const {
    if (low_end == middle) return true;
    const auto low = words_.match(word_class::unit, tokens_, low_end);
    const auto high = words_.match(word_class::unit, tokens_, high_end);
    return low && high && low->what->value == high->what->value;
  }

  // "10-20 servers": a score or a code, but for what is known to be counted.
  std::size_t hyphen_range(std::size_t first, const number_found& low) {
    const std::size_t middle = first + low.tokens;
    const bool joined = glued(tokens_, middle) && tokens_[middle].fold == "-" &&
                        glued(tokens_, middle + 1) && place_.digits_at(middle + 1) &&
                        place_.digits_at(first);
    if (!joined || !place_.begins_alone(first) || place_.label_before(first)) return first;
    auto high = read_number(text_, tokens_, middle + 1, words_);
    if (!high || high->overflow) return first;
    place_.read_money_scale(middle + 1, *high);
    const std::size_t end = middle + 1 + high->tokens;
    if (runs_into_date(end) || !place_.ends_alone(end)) return first;
    const auto unit = unit_of_two(first, {middle + 1, end, *high});
    if (!unit || !unit->known) return first;
    return accept_two(first, middle, low, {middle + 1, end, *high}, true) ? end : first;
  }

  // "10 to 20 servers", "10 % to 20 %", "two or three servers": one figure with two ends, where a
  // known unit follows and no word in front ("from 10 to 20") makes two figures of it.
  std::size_t either_number(std::size_t first, const number_found& low) {
    if (low.article || place_.label_before(first)) return first;
    const std::size_t low_end = first + low.tokens;
    std::size_t middle = low_end;
    auto between = words_.match(word_class::range_between, tokens_, middle);
    if (!between) {
      middle = behind_own_unit(low_end);
      between = words_.match(word_class::range_between, tokens_, middle);
    }
    if (!between) return first;
    const std::size_t front = front_of(first);
    const bool pair = front > 0 && words_.match(word_class::pair, tokens_, front - 1) &&
                      !place_.bound_at_end(front); // "plus de 10 à 20"
    if (pair) return first;
    const auto high = second_number(middle + between->tokens);
    if (!high || !same_unit(low_end, middle, high->end)) return first;
    const auto unit = unit_of_two(first, *high);
    if (!unit || !unit->known) return first;
    return accept_two(first, low_end, low, *high, true) ? high->end : first;
  }

  // The sign in front of one of them, or what stands behind the second.
  std::optional<unit_found> unit_of_two(std::size_t first, const other_end& high) const {
    auto unit = units_.unit_in_front(high.second);
    if (!unit) unit = units_.unit_in_front(first);
    if (unit) return unit;
    unit = units_.behind(high.end, high.number, high.number.scaled || collective_);
    if (unit && dated(*unit)) unit.reset();
    return unit;
  }

  bool accept_two(std::size_t first, std::size_t low_end, number_found low, const other_end& other,
                  bool range) {
    const number_found& high = other.number;
    auto unit = unit_of_two(first, other);
    if (!unit && !units_.maybe_noun(other.end)) unit = units_.number_of(front_of(first));
    if (!unit && !high.scaled) return false;
    if (plain_year(low) && plain_year(high) && !(unit && unit->known)) return false;
    if (high.scaled && !low.scaled) {
      // "de 2 à 3 millions": the scale is said once and meant twice.
      const auto scaled = times(low.value, scale_of(other.second, other.end));
      if (!scaled) return false;
      low.value = *scaled;
    }
    if (range && !less(low.value, high.value)) return false;
    if (unit) last_unit_ = unit;
    out_.push_back(mention(first, range ? other.end : low_end, low, unit));
    if (!range) {
      out_.push_back(mention(other.second, other.end, high, unit));
      return true;
    }
    out_.back().high = high.value;
    out_.back().bound = figure_bound::range;
    return true;
  }

  std::int64_t scale_of(std::size_t first, std::size_t end) const {
    for (std::size_t i = first; i < end; ++i) {
      auto scale = words_.match(word_class::scale, tokens_, i);
      if (!scale) scale = words_.match(word_class::money_scale, tokens_, i);
      if (scale) return scale->what->number;
    }
    return 1;
  }

  std::string_view text_;
  token_view tokens_;
  const lexicon& words_;
  std::span<const byte_span> taken_;
  unit_finder units_;
  number_place place_;
  std::size_t next_taken_ = 0;
  bool collective_ = false;
  std::optional<unit_found> last_unit_; // of the figure before
  counted_before& before_;
  bool told_ = false; // that a figure counts what the sentence before did
  std::vector<figure_mention> out_;
};

} // namespace

bool may_hold_number(std::string_view text, token_view tokens, const lexicon& words) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!words.begins_number(tokens[i])) continue;
    if (tokens[i].kind == token_kind::number) return true;
    const auto number = read_number(text, tokens, i, words);
    if (!number) continue;
    const bool bare =
        number->article && !words.match(word_class::collective, tokens, i + number->tokens);
    if (!bare) return true;
  }
  return false;
}

std::vector<figure_mention> find_figures(const passage& text, const lexicon& words,
                                         std::span<const byte_span> taken) {
  return find_figures(text, tokenize(text.text), words, taken);
}

std::vector<figure_mention> find_figures(std::string_view text, token_view tokens,
                                         const lexicon& words, std::span<const byte_span> taken) {
  counted_before nothing;
  return find_figures(text, tokens, words, taken, nothing);
}

std::vector<figure_mention> find_figures(std::string_view text, token_view tokens,
                                         const lexicon& words, std::span<const byte_span> taken,
                                         counted_before& before) {
  return figure_finder(text, tokens, words, taken, before).run();
}

counted_before asked_for(std::string_view text, token_view tokens, const lexicon& words) {
  if (tokens.empty() || tokens.back().fold != "?") return {};
  const auto unit = unit_finder(text, tokens, words).number_of(tokens.size());
  if (!unit) return {};
  const std::size_t begin = tokens[unit->first].begin;
  return {std::string(text.substr(begin, tokens[unit->end - 1].end - begin)), unit->key, true};
}

std::vector<figure_mention> find_figures(const passage& text, token_view tokens,
                                         const lexicon& words, std::span<const byte_span> taken) {
  auto out = find_figures(std::string_view(text.text), tokens, words, taken);
  for (auto& f : out) f.spans = text.sources(f.begin, f.end);
  return out;
}

std::string_view name_of(figure_bound bound) {
  constexpr std::array<std::string_view, 5> names{"exact", "lower", "upper", "approx", "range"};
  return names[static_cast<std::size_t>(bound)];
}

} // namespace vigie::press
