// SPDX-License-Identifier: Apache-2.0
#include "figures.hpp"

#include "figure_units.hpp"

#include <algorithm>
#include <array>

namespace vigie::press {
namespace {

constexpr std::int64_t least_year = 1900;
constexpr std::int64_t last_year = 2099;
constexpr std::int64_t small_number = 10;     // "les deux", "ces dix" were counted before
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

class figure_finder {
public:
  figure_finder(std::string_view text, token_view tokens, const lexicon& words,
                std::span<const byte_span> taken)
      : text_(text), tokens_(tokens), words_(words), taken_(taken), units_(text, tokens, words) {}

  std::vector<figure_mention> run() {
    for (std::size_t i = 0; i < tokens_.size();) i = std::max(step(i), i + 1);
    return std::move(out_);
  }

private:
  // Reads what starts at token i; where to go on.
  std::size_t step(std::size_t i) {
    while (next_taken_ < taken_.size() && taken_[next_taken_].end <= tokens_[i].begin)
      ++next_taken_;
    if (next_taken_ < taken_.size() && taken_[next_taken_].begin <= tokens_[i].begin) return i + 1;
    if (tokens_[i].kind == token_kind::mark || !words_.begins_number(tokens_[i])) return i + 1;
    if (const auto behind = telephone(i); behind > i) return behind;
    const auto number = read(i);
    if (!number) return i + 1;
    const std::size_t end = i + number->tokens;
    if (number->overflow || runs_into_date(end)) return behind_chunk(end);
    if (const auto behind = hyphen_range(i, *number); behind > i) return behind;
    if (!stands_alone(i, end)) return behind_chunk(end);
    if (const auto behind = two_numbers(i, *number); behind > i) return behind;
    return accept(i, *number);
  }

  // A number, or a collective word with the "une" in front of it: "une soixantaine", "trois
  // douzaines".
  std::optional<number_found> read(std::size_t i) {
    collective_ = false;
    auto number = read_number(text_, tokens_, i, words_);
    if (!number || number->overflow) return number;
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

  bool digits_at(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == token_kind::number;
  }

  // Digits glued to what builds codes, addresses, scores and versions are no count.
  bool stands_alone(std::size_t first, std::size_t end) const {
    return begins_alone(first) && ends_alone(end);
  }

  bool begins_alone(std::size_t first) const {
    return !glued(tokens_, first) || opens(tokens_[first - 1]);
  }

  bool ends_alone(std::size_t end) const {
    if (!glued(tokens_, end)) return true;
    const auto& behind = tokens_[end];
    if (behind.kind == token_kind::word) {
      return digits_at(end - 1) && words_.match(word_class::unit, tokens_, end).has_value();
    }
    if (!closes(behind)) return false;
    const bool joins = one_of(behind.fold, {".", ",", ":"});
    return !(joins && glued(tokens_, end + 1) && tokens_[end + 1].kind != token_kind::mark);
  }

  // Behind the last token of the run without blanks that token `end` may be in the middle of.
  std::size_t behind_chunk(std::size_t end) const {
    while (glued(tokens_, end)) ++end;
    return end;
  }

  // "01 23 45 67 89", "+33 1 23 45 67 89": three groups of two digits or more in a row.
  std::size_t telephone(std::size_t i) const {
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

  bool definite_before(std::size_t first) const {
    return first > 0 && words_.has(word_class::definite, tokens_[first - 1].fold);
  }

  bool label_before(std::size_t first) const {
    for (std::size_t back = 1; back <= 3 && back <= first; ++back) {
      const auto found = words_.match(word_class::before_number, tokens_, first - back);
      if (found && found->tokens == back) return true;
    }
    return false;
  }

  // "iPhone 6", "Windows 10", but also "En Chine 300 millions": a capital in front makes a name of
  // a plain number.
  bool name_before(std::size_t first) const {
    if (first == 0 || glued(tokens_, first)) return false;
    const auto& before = tokens_[first - 1];
    if (!has_capital(text_, before)) return false;
    const bool sentence_start = first == 1;
    return !(sentence_start && bound_at_end(first).has_value()) &&
           !(sentence_start && words_.has(word_class::stop, before.fold));
  }

  struct bound_found {
    figure_bound bound;
    std::size_t tokens;
  };

  static figure_bound bound_named(const std::string& name) {
    if (name == "lower") return figure_bound::lower;
    return name == "upper" ? figure_bound::upper : figure_bound::approx;
  }

  // The longest bound phrase that ends right before token `first`.
  std::optional<bound_found> bound_at_end(std::size_t first) const {
    for (std::size_t back = std::min(first, widest_context); back > 0; --back) {
      const auto found = words_.match(word_class::bound_before, tokens_, first - back);
      if (found && found->tokens == back) return bound_found{bound_named(found->what->value), back};
    }
    return std::nullopt;
  }

  // "deux navigateurs sur trois" is a share, not a count.
  bool is_share(std::size_t behind) const {
    const auto ratio = words_.match(word_class::ratio, tokens_, behind);
    if (!ratio) return false;
    const auto whole = read_number(text_, tokens_, behind + ratio->tokens, words_);
    return whole && !whole->article; // "40 % sur un an"
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
    if (label_before(first) && !marked) return true;
    if (!marked && !known && name_before(first)) return true;
    if (plain_year(n) && !known) return true;
    return n.words && !marked && n.value.mantissa <= small_number && definite_before(first);
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
    if (n.article || plain_year(n) || label_before(first) || name_before(first))
      return std::nullopt;
    const bool noun = units_.maybe_noun(end) && !date_at(end);
    const auto bound = bound_at_end(first);
    const std::size_t front = bound ? first - bound->tokens : first;
    if (last_unit_ && units_.same_as(*last_unit_, front, end, noun)) return last_unit_;
    return noun ? std::nullopt : units_.number_of(front);
  }

  bool date_at(std::size_t i) const {
    for (std::size_t t = next_taken_; i < tokens_.size() && t < taken_.size(); ++t) {
      if (taken_[t].begin > tokens_[i].begin) return false;
      if (taken_[t].end > tokens_[i].begin) return true;
    }
    return false;
  }

  // Where to go on: behind a unit that the lexicon knows, which may hold a number ("pour cent").
  std::size_t accept(std::size_t first, const number_found& n) {
    const std::size_t end = first + n.tokens;
    auto unit = own_unit(first, end, n);
    const bool signed_number = unit && unit->first < first;
    auto bound = bound_at_end(signed_number ? unit->first : first);
    const std::size_t behind = unit && !signed_number ? unit->end : end;
    const std::size_t next = unit && unit->known ? std::max(end, behind) : end;
    if (is_share(behind)) return end;
    if (!unit) unit = earlier_unit(first, end, n);
    const auto later = words_.match(word_class::bound_after, tokens_, behind);
    if (!bound && later) bound = bound_found{bound_named(later->what->value), later->tokens};
    if (!unit && !n.scaled && !bound) return end;
    if (!unit && bound && n.words && !n.scaled) return end;
    if (excluded(first, n, unit)) return end;
    auto out = mention(first, end, n, unit);
    if (bound) out.bound = bound->bound;
    if (!bound && collective_) out.bound = figure_bound::approx;
    out_.push_back(std::move(out));
    if (unit) last_unit_ = unit;
    return next;
  }

  // "entre 10 et 20 serveurs" is one figure with two ends, "de 10 à 20 serveurs" two figures: the
  // second may tell of a span or of a growth. Returns where to go on, `first` where it is neither.
  std::size_t two_numbers(std::size_t first, const number_found& low) {
    if (const auto behind = either_number(first, low); behind > first) return behind;
    if (first == 0) return first;
    auto before = words_.match(word_class::range, tokens_, first - 1);
    const bool range = before.has_value();
    if (!range) before = words_.match(word_class::pair, tokens_, first - 1);
    if (!before || before->tokens != 1) return first;
    const std::size_t middle = first + low.tokens;
    if (middle + 1 >= tokens_.size() || tokens_[middle].fold != folded(before->what->value)) {
      return first;
    }
    const auto high = read_number(text_, tokens_, middle + 1, words_);
    if (!high || high->overflow || high->article) return first;
    const std::size_t end = middle + 1 + high->tokens;
    if (runs_into_date(end) || !stands_alone(middle + 1, end)) return first;
    return accept_two(first, middle + 1, low, *high, range) ? end : first;
  }

  // "10-20 servers": a score or a code, but for what is known to be counted.
  std::size_t hyphen_range(std::size_t first, const number_found& low) {
    const std::size_t middle = first + low.tokens;
    const bool joined = glued(tokens_, middle) && tokens_[middle].fold == "-" &&
                        glued(tokens_, middle + 1) && digits_at(middle + 1) && digits_at(first);
    if (!joined || !begins_alone(first) || label_before(first)) return first;
    const auto high = read_number(text_, tokens_, middle + 1, words_);
    if (!high || high->overflow) return first;
    const std::size_t end = middle + 1 + high->tokens;
    if (runs_into_date(end) || !ends_alone(end)) return first;
    const auto unit = units_.behind(end, *high, high->scaled);
    if (!unit || !unit->known) return first;
    return accept_two(first, middle + 1, low, *high, true) ? end : first;
  }

  // "10 to 20 servers", "two or three servers": one figure with two ends, where a known unit
  // follows and no word in front ("from 10 to 20") makes two figures of it.
  std::size_t either_number(std::size_t first, const number_found& low) {
    const std::size_t middle = first + low.tokens;
    const auto between = words_.match(word_class::range_between, tokens_, middle);
    if (!between || low.article) return first;
    const bool pair = first > 0 && words_.match(word_class::pair, tokens_, first - 1);
    const std::size_t second = middle + between->tokens;
    const auto high = pair ? std::nullopt : read_number(text_, tokens_, second, words_);
    if (!high || high->overflow || high->article) return first;
    const std::size_t end = second + high->tokens;
    if (runs_into_date(end) || !stands_alone(second, end) || label_before(first)) return first;
    const auto unit = units_.behind(end, *high, high->scaled || collective_);
    if (!unit || !unit->known) return first;
    return accept_two(first, second, low, *high, true) ? end : first;
  }

  bool accept_two(std::size_t first, std::size_t second, number_found low, const number_found& high,
                  bool range) {
    const std::size_t end = second + high.tokens;
    auto unit = units_.behind(end, high, high.scaled || collective_);
    if (unit && dated(*unit)) unit.reset();
    if (!unit && !high.scaled && !units_.maybe_noun(end)) unit = units_.number_of(first);
    if (!unit && !high.scaled) return false;
    if (plain_year(low) && plain_year(high) && !(unit && unit->known)) return false;
    if (high.scaled && !low.scaled) {
      // "de 2 à 3 millions": the scale is said once and meant twice.
      const auto scaled = times(low.value, scale_of(second, end));
      if (!scaled) return false;
      low.value = *scaled;
    }
    if (range && !less(low.value, high.value)) return false;
    if (unit) last_unit_ = unit;
    out_.push_back(mention(first, range ? end : second - 1, low, unit));
    if (!range) {
      out_.push_back(mention(second, end, high, unit));
      return true;
    }
    out_.back().high = high.value;
    out_.back().bound = figure_bound::range;
    return true;
  }

  std::int64_t scale_of(std::size_t first, std::size_t end) const {
    for (std::size_t i = first; i < end; ++i) {
      if (const auto scale = words_.match(word_class::scale, tokens_, i))
        return scale->what->number;
    }
    return 1;
  }

  std::string_view text_;
  token_view tokens_;
  const lexicon& words_;
  std::span<const byte_span> taken_;
  unit_finder units_;
  std::size_t next_taken_ = 0;
  bool collective_ = false;
  std::optional<unit_found> last_unit_; // of the figure before
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
  return figure_finder(text, tokens, words, taken).run();
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
