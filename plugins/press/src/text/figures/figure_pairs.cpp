// SPDX-License-Identifier: Apache-2.0
#include "figure_pairs.hpp"

#include "unit_kinds.hpp"

namespace vigie::press {
namespace {

class pair_reader {
public:
  pair_reader(const figure_numbers& numbers, std::size_t first, const counted_number& low)
      : numbers_(numbers), text_(numbers.text), tokens_(numbers.tokens), words_(numbers.words),
        units_(numbers.units), place_(numbers.place), first_(first), low_(low),
        low_end_(first + low.tokens) {}

  std::optional<figure_pair> run() {
    if (auto range = hyphen_range()) return range;
    if (!place_.stands_alone(first_, low_end_)) return std::nullopt;
    if (auto range = either_number()) return range;
    return named_pair();
  }

private:
  struct other_end {
    std::size_t second = 0; // its first token
    std::size_t end = 0;
    number_found number;
  };

  // The number at token `at`, or behind its sign: "10", "$20 million".
  std::optional<other_end> second_number(std::size_t at) const {
    if (const auto sign = words_.match(word_class::unit_before, tokens_, at)) at += sign->tokens;
    auto number = read_number(text_, tokens_, at, words_);
    if (!number || number->overflow || number->article) return std::nullopt;
    place_.read_money_scale(at, *number);
    const std::size_t end = at + number->tokens;
    if (numbers_.runs_into_date(at, end) || !place_.stands_alone(at, end)) return std::nullopt;
    return other_end{at, end, *number};
  }

  // Behind the first number, and behind its unit where it says one of its own: "10 %" of "10 % à
  // 20 %".
  std::size_t behind_own_unit() const {
    const auto unit = own_unit();
    return unit ? unit->end : low_end_;
  }

  std::optional<unit_found> own_unit() const {
    auto unit = units_.behind(low_end_, low_, low_.scaled || low_.collective);
    return unit && unit->known ? unit : std::nullopt;
  }

  // Where the words in front of the first number and its sign end.
  std::size_t front() const {
    const auto sign = units_.unit_in_front(first_);
    return sign ? sign->first : first_;
  }

  // "entre 10 et 20 serveurs", "de 10 à 20 serveurs"
  std::optional<figure_pair> named_pair() const {
    const std::size_t front = this->front();
    if (front == 0) return std::nullopt;
    auto before = words_.match(word_class::range, tokens_, front - 1);
    const bool range = before.has_value();
    if (!range) before = words_.match(word_class::pair, tokens_, front - 1);
    if (!before || before->tokens != 1) return std::nullopt;
    const std::string word = folded(before->what->value);
    std::size_t middle = low_end_;
    const auto joins = [&] { return middle < tokens_.size() && tokens_[middle].fold == word; };
    if (!joins()) middle = behind_own_unit();
    const std::size_t own_end = middle;
    if (!joins()) middle = behind_date(middle);
    if (!joins()) return std::nullopt;
    auto high = second_number(middle + 1);
    if (!high || !same_unit(own_end, high->end)) return std::nullopt;
    if (place_.label_before(first_)) return figure_pair{{}, {}, high->end}; // "aged from 19 to 31"
    if (!range) take_scale(*high);
    return pair_with(*high, range);
  }

  // "from 201 in 2018 to 283 in 2019": behind a date and the small word in front of it.
  std::size_t behind_date(std::size_t i) const {
    std::size_t at = i;
    if (!numbers_.date_at(at) && words_.match(word_class::stop, tokens_, at)) ++at;
    if (!numbers_.date_at(at)) return i;
    while (numbers_.date_at(at)) ++at;
    return at;
  }

  // "from 3 million to 5"
  void take_scale(other_end& high) const {
    constexpr std::int64_t most = 1000;
    const bool bare = low_.scaled && !high.number.scaled && !high.number.grouped &&
                      high.number.value.mantissa < most && !units_.maybe_noun(high.end) &&
                      !units_.behind(high.end, high.number, false);
    const auto scaled =
        bare ? times(high.number.value, scale_of(first_, low_end_)) : std::optional<decimal>();
    if (scaled) high.number.value = *scaled;
  }

  // Whether the unit behind the first number and in front of token `middle`, where there is one, is
  // that behind the other end; things may be said once: "from 40 sites to 65".
  bool same_unit(std::size_t middle, std::size_t high_end) const {
    if (low_end_ == middle) return true;
    const auto low = own_unit();
    const auto high = words_.match(word_class::unit, tokens_, high_end);
    if (low && high) return low->key == high->what->value;
    return low && kind_of_unit(low->key) == unit_kind::thing && !units_.maybe_noun(high_end);
  }

  // "10-20 servers", "€10-€20", "$10 million - $20 million": a score or a code, but for what is
  // known to be counted; with blanks only money.
  std::optional<figure_pair> hyphen_range() const {
    const std::size_t middle = low_end_;
    if (middle >= tokens_.size() || tokens_[middle].fold != "-") return std::nullopt;
    const auto sign = words_.match(word_class::unit_before, tokens_, middle + 1);
    const std::size_t second = middle + 1 + (sign ? sign->tokens : 0);
    const bool joined = glued(tokens_, middle) && glued(tokens_, middle + 1);
    const bool money = sign && units_.unit_in_front(first_);
    if ((!joined && !money) || !place_.digits_at(second) || !place_.digits_at(first_))
      return std::nullopt;
    if (!place_.begins_alone(first_) || place_.label_before(first_)) return std::nullopt;
    auto high = read_number(text_, tokens_, second, words_);
    if (!high || high->overflow) return std::nullopt;
    place_.read_money_scale(second, *high);
    const std::size_t end = second + high->tokens;
    if (numbers_.runs_into_date(second, end) || !place_.ends_alone(end)) return std::nullopt;
    return known_range({second, end, *high});
  }

  // "10 to 20 servers", "10 % to 20 %", "two or three servers": one figure with two ends, where a
  // known unit follows and no word in front ("from 10 to 20") makes two figures of it.
  std::optional<figure_pair> either_number() const {
    if (low_.article || place_.label_before(first_)) return std::nullopt;
    std::size_t middle = low_end_;
    auto between = words_.match(word_class::range_between, tokens_, middle);
    if (!between) {
      middle = behind_own_unit();
      between = words_.match(word_class::range_between, tokens_, middle);
    }
    if (!between) return std::nullopt;
    const std::size_t front = this->front();
    const bool pair = front > 0 && words_.match(word_class::pair, tokens_, front - 1) &&
                      !place_.bound_at_end(front); // "plus de 10 à 20"
    if (pair) return std::nullopt;
    const auto high = second_number(middle + between->tokens);
    if (!high || !same_unit(middle, high->end)) return std::nullopt;
    const bool said_once = middle > low_end_ && !words_.match(word_class::unit, tokens_, high->end);
    if (said_once) return std::nullopt; // "53 votes to 61"
    // "an estimated 12,000 to 15,000 kiosks": of what nobody knows only behind a bound.
    const auto unit = unit_of_two(*high);
    if (unit && !unit->known && place_.bound_at_end(front)) return pair_with(*high, true);
    return known_range(*high);
  }

  std::optional<figure_pair> known_range(const other_end& high) const {
    const auto unit = unit_of_two(high);
    return unit && unit->known ? pair_with(high, true) : std::nullopt;
  }

  // The sign in front of one of them, or what stands behind the second.
  std::optional<unit_found> unit_of_two(const other_end& high) const {
    auto unit = units_.unit_in_front(high.second);
    if (!unit) unit = units_.unit_in_front(first_);
    if (unit) return unit;
    unit = units_.behind(high.end, high.number, high.number.scaled || low_.collective);
    if (unit && numbers_.dated(*unit)) unit.reset();
    return unit || units_.maybe_noun(high.end) ? unit : own_unit();
  }

  // "Outages fell from 49 in 2018 to 17 in 2019": two numbers that days are told of count what the
  // clause speaks of.
  std::optional<unit_found> unit_of_clause(std::size_t high_end, bool range) const {
    auto unit = units_.number_of(front());
    const bool dated =
        !range && (behind_date(low_end_) > low_end_ || behind_date(high_end) > high_end);
    return unit || !dated ? unit : units_.subject_of(front());
  }

  std::optional<figure_pair> pair_with(const other_end& other, bool range) const {
    const number_found& high = other.number;
    auto unit = unit_of_two(other);
    if (!unit && !units_.maybe_noun(other.end)) unit = unit_of_clause(other.end, range);
    if (!unit && !high.scaled) return std::nullopt;
    if (plain_year(low_) && plain_year(high) && !(unit && unit->known)) return std::nullopt;
    number_found low = low_;
    if (high.scaled && !low.scaled) {
      // "de 2 à 3 millions": the scale is said once and meant twice.
      const auto scaled = times(low.value, scale_of(other.second, other.end));
      if (!scaled) return std::nullopt;
      low.value = *scaled;
    }
    if (range && !less(low.value, high.value)) return std::nullopt;
    figure_pair out{{}, unit, other.end};
    out.figures.push_back(numbers_.mention(first_, range ? other.end : low_end_, low, unit));
    if (!range) {
      out.figures.push_back(numbers_.mention(other.second, other.end, high, unit));
      return out;
    }
    out.figures.back().high = high.value;
    out.figures.back().bound = figure_bound::range;
    return out;
  }

  std::int64_t scale_of(std::size_t first, std::size_t end) const {
    for (std::size_t i = first; i < end; ++i) {
      auto scale = words_.match(word_class::scale, tokens_, i);
      if (!scale) scale = words_.match(word_class::money_scale, tokens_, i);
      if (scale) return scale->what->number;
    }
    return 1;
  }

  const figure_numbers& numbers_;
  std::string_view text_;
  token_view tokens_;
  const lexicon& words_;
  const unit_finder& units_;
  const number_place& place_;
  std::size_t first_;
  const counted_number& low_;
  std::size_t low_end_;
};

} // namespace

std::optional<figure_pair> figure_pair_at(const figure_numbers& numbers, std::size_t first,
                                          const counted_number& low) {
  return pair_reader(numbers, first, low).run();
}

} // namespace vigie::press
