// SPDX-License-Identifier: Apache-2.0
#include "figures.hpp"

#include "figure_numbers.hpp"
#include "figure_pairs.hpp"
#include "text/words/ages.hpp"
#include "unit_kinds.hpp"

#include <algorithm>
#include <array>

namespace vigie::press {
namespace {

constexpr std::int64_t small_number = 10; // "les deux", "ces dix" were counted before
constexpr std::size_t widest_share = 4;   // tokens between a part and its whole
constexpr std::size_t widest_or = 8;      // tokens between two limits: "4% of turnover or €20m"

class figure_finder {
public:
  figure_finder(figure_numbers& numbers, counted_before& before)
      : numbers_(numbers), tokens_(numbers.tokens), words_(numbers.words), units_(numbers.units),
        place_(numbers.place), before_(before) {}

  std::vector<figure_mention> run() {
    for (std::size_t i = 0; i < tokens_.size();) i = std::max(step(i), i + 1);
    leave_counted();
    return std::move(out_);
  }

private:
  void leave_counted() {
    const auto& left = last_thing_ ? last_thing_ : last_unit_;
    if (left)
      before_ = {numbers_.slice(left->first, left->end), left->key, false, false, opened_};
    else if (told_)
      before_.asked = before_.passed = false;
    else
      pass_sentence(numbers_.text, tokens_, words_, before_);
  }

  // Reads what starts at token i; where to go on.
  std::size_t step(std::size_t i) {
    numbers_.move_to(i);
    if (numbers_.date_at(i)) return i + 1;
    if (tokens_[i].kind == token_kind::mark || !words_.begins_number(tokens_[i])) return i + 1;
    if (const auto behind = place_.telephone(i); behind > i) return behind;
    const auto number = numbers_.read(i);
    if (!number) return i + 1;
    const std::size_t end = i + number->tokens;
    if (number->overflow || numbers_.runs_into_date(i, end)) return place_.behind_chunk(end);
    if (auto pair = figure_pair_at(numbers_, i, *number)) return take_pair(std::move(*pair));
    if (!place_.stands_alone(i, end)) return place_.behind_chunk(end);
    return accept(i, *number);
  }

  std::size_t take_pair(figure_pair pair) {
    if (pair.unit) count_on(*pair.unit, false);
    limit_.reset();
    std::move(pair.figures.begin(), pair.figures.end(), std::back_inserter(out_));
    return pair.end;
  }

  // What numbers to come may count, too.
  void count_on(const unit_found& unit, bool where) {
    if (!where || !compared_) compared_ = unit;
    last_unit_ = unit;
    if (kind_of_unit(unit.key) == unit_kind::thing) last_thing_ = unit;
  }

  bool excluded(std::size_t first, const counted_number& n,
                const std::optional<unit_found>& unit) const {
    const bool marked = n.scaled || n.grouped || n.collective;
    const bool known = unit && unit->known;
    if (n.article) return true;
    if (n.words && place_.vague_before(first)) return true;
    if (place_.label_before(first) && !marked) return true;
    const bool told = known || (n.words && unit); // "au Mali deux kiosques"
    if (!marked && !told && place_.name_before(first)) return true;
    if (plain_year(n) && !known) return true;
    return n.words && !marked && n.value.mantissa <= small_number &&
           place_.definite_before(first) && !(known && whole_of_share(first));
  }

  // "two of the four servers": the whole is told with its part, definite as it is.
  bool whole_of_share(std::size_t first) const {
    if (out_.empty()) return false;
    std::size_t part = first;
    while (part > 0 && first - part < widest_share && tokens_[part - 1].end > out_.back().end)
      --part;
    const auto link = words_.match(word_class::same_behind, tokens_, part);
    return part > 0 && tokens_[part - 1].end == out_.back().end && link &&
           link->what->value == "noun" && part + link->tokens == first;
  }

  // What was counted before, where the words around the number say that it counts the same.
  std::optional<unit_found> earlier_unit(std::size_t first, std::size_t end,
                                         const number_found& n) const {
    if (n.article || plain_year(n) || place_.label_before(first) || place_.name_before(first))
      return std::nullopt;
    const bool several = n.value.scale != 0 || n.value.mantissa != 1;
    const bool noun =
        units_.maybe_noun(end) && !numbers_.date_at(end) &&
        (!several || n.words || words_.plural(tokens_[end].fold)); // "including 9 severely"
    const auto bound = place_.bound_at_end(first);
    const std::size_t front = bound ? first - bound->tokens : first;
    if (last_unit_ && units_.some_of(*last_unit_, front, end)) return last_unit_;
    if (noun) return std::nullopt;
    if (last_unit_ && units_.compared_with(*last_unit_, front)) {
      const bool measure = kind_of_unit(compared_->key) == unit_kind::measure;
      return measure && n.grouped && last_thing_ ? last_thing_ : compared_; // "12% up from 2,089"
    }
    if (last_unit_ && stands_for_noun(*last_unit_, front, end, n)) return last_unit_;
    return units_.number_of(front);
  }

  // Whether a number without a noun is one of its own: "39 servers were taken and 221 were cut
  // off", "while Niger had 6.", "2 million dollars, 1 million for the key", "368,417 people; of
  // 211,000 they had the number".
  bool stands_for_noun(const unit_found& before, std::size_t front, std::size_t end,
                       const number_found& n) const {
    const unit_kind kind = kind_of_unit(before.key);
    if (n.scaled) return kind != unit_kind::measure;
    if (kind != unit_kind::thing || n.value.scale != 0) return false;
    return units_.noun_left_out(front, end) || units_.opens_with_part(front, end) ||
           units_.in_parallel(front, end, n.grouped);
  }

  // Whether the number counts what the sentence before did, or answers it.
  bool told_before(std::size_t first, std::size_t end, const number_found& n) const {
    if (last_unit_ || before_.unit.empty() || n.article || plain_year(n)) return false;
    if (place_.label_before(first) || place_.name_before(first)) return false;
    const auto bound = place_.bound_at_end(first);
    const std::size_t front = bound ? first - bound->tokens : first;
    const bool noun = units_.maybe_noun(end) && !numbers_.date_at(end);
    if (before_.asked) return front == 0 && !noun;
    if (!before_.passed && units_.same_behind_at(end, before_.key)) return true;
    const bool verb = units_.verb_at(end) || units_.noun_left_out(front, end);
    const bool goes_on = front == 0 ? before_.opened : is_more(first);
    if (goes_on && verb && kind_of_unit(before_.key) == unit_kind::thing) return true;
    return !noun && front == 1 && units_.opens_with_part(front, end);
  }

  // "A further 37 were released."
  bool is_more(std::size_t first) const {
    return words_.match(word_class::filler, tokens_, first - 1).has_value();
  }

  bool is_age(std::size_t first, std::size_t behind, const number_found& n,
              const std::optional<unit_found>& unit) const {
    const bool years = unit && unit->key == "years" && unit->first > first && !n.words &&
                       n.value.scale == 0 && n.value.mantissa >= 1 && n.value.mantissa < 120;
    return years && !place_.bound_at_end(first) && age_at(tokens_, first, behind, words_);
  }

  // "a dozen or so sites"
  std::optional<unit_found> unit_behind_bound(std::size_t first, std::size_t end,
                                              const counted_number& n,
                                              std::optional<bound_found>& bound) const {
    const auto later = words_.match(word_class::bound_after, tokens_, end);
    if (!later) return std::nullopt;
    auto unit = numbers_.own_unit(first, end + later->tokens, n);
    if (!unit || !unit->known) return std::nullopt;
    bound = bound_found{bound_named(later->what->value), later->tokens};
    return unit;
  }

  // "4% of turnover or €20m": the limit of one is that of the other.
  std::optional<bound_found> limit_of_either(std::size_t front) const {
    if (!limit_ || front < 2 || front > limit_end_ + widest_or) return std::nullopt;
    const bool aside = tokens_[front - 2].fold == ","; // of a lower one the same in other words
    if (aside && limit_->bound != figure_bound::upper) return std::nullopt;
    const bool either = words_.match(word_class::range_between, tokens_, front - 1) &&
                        words_.match(word_class::conjunction, tokens_, front - 1);
    return either ? limit_ : std::nullopt;
  }

  // "ten of the 40 sites", "14 of 31 provinces": the whole is read on its own.
  bool counts_part(std::size_t end, const counted_number& n) const {
    const auto some = words_.match(word_class::same_behind, tokens_, end);
    return (some && some->what->value != "parallel") ||
           (!n.scaled && !n.collective && words_.match(word_class::link, tokens_, end));
  }

  // What the noun behind a number adds to it.
  decimal value_of(std::size_t first, const counted_number& n, const unit_found& unit) const {
    const bool things = unit.known && kind_of_unit(unit.key) == unit_kind::thing;
    if (things && numbers_.foreign_group(first, n)) return times(n.value, 1000).value_or(n.value);
    return words_.match(word_class::half, tokens_, unit.end) ? with_half(n.value) : n.value;
  }

  // Where to go on: behind a unit that the lexicon knows, which may hold a number ("pour cent").
  std::size_t accept(std::size_t first, const counted_number& n) {
    const std::size_t end = first + n.tokens;
    const bool plus = end < tokens_.size() && glued(tokens_, end) && tokens_[end].fold == "+";
    auto unit = numbers_.own_unit(first, plus ? end + 1 : end, n);
    const bool signed_number = unit && unit->first < first;
    const std::size_t sign = signed_number ? unit->first : first;
    auto bound = place_.bound_at_end(sign);
    const std::size_t front = bound ? sign - bound->tokens : sign;
    if (!bound && unit) bound = limit_of_either(front);
    limit_ = bound;
    limit_end_ = end;
    if (!unit && !bound) unit = unit_behind_bound(first, end, n, bound);
    const bool some = unit && unit->first > end && counts_part(end, n);
    const std::size_t behind = unit && !signed_number && !some ? unit->end : end;
    const std::size_t next = unit && unit->known ? std::max(end, behind) : end;
    if (const std::size_t whole = place_.behind_share(behind); whole > 0) return whole;
    if (is_age(first, behind, n, unit)) return next;
    if (!unit) unit = earlier_unit(first, end, n);
    const bool told = !unit && told_before(first, end, n);
    if (!bound) bound = place_.bound_behind(behind);
    if (!unit && !told && !n.scaled && !bound) return end;
    if (!unit && !told && bound && n.words && !n.scaled) return end;
    if (excluded(first, n, unit)) return end;
    auto out = numbers_.mention(first, end, n, unit);
    if (unit && unit->first >= end) out.value = value_of(first, n, *unit);
    if (told) {
      told_ = true;
      out.unit = before_.unit;
      out.unit_key = before_.key;
    }
    if (bound) out.bound = bound->bound;
    if (!bound && n.collective) out.bound = figure_bound::approx;
    if (!bound && plus) out.bound = figure_bound::lower;
    out_.push_back(std::move(out));
    opened_ = opened_ || front == 0;
    if (unit) count_on(*unit, units_.tells_where(front));
    return next;
  }

  figure_numbers& numbers_;
  token_view tokens_;
  const lexicon& words_;
  const unit_finder& units_;
  const number_place& place_;
  std::optional<unit_found> last_unit_;  // of the figure before
  std::optional<unit_found> last_thing_; // of the last that counts things
  std::optional<unit_found> compared_;   // of the last that does not tell where: "in 13 countries"
  std::optional<bound_found> limit_;     // of the number before, in front of it
  std::size_t limit_end_ = 0;            // behind that number
  counted_before& before_;
  bool opened_ = false; // a figure opens the sentence
  bool told_ = false;   // that a figure counts what the sentence before did
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
  figure_numbers numbers(text, tokens, words, taken);
  return figure_finder(numbers, before).run();
}

void pass_sentence(std::string_view text, token_view tokens, const lexicon& words,
                   counted_before& before) {
  const unit_finder units(text, tokens, words);
  const bool asks = !tokens.empty() && tokens.back().fold == "?";
  std::optional<unit_found> unit = asks ? units.number_of(tokens.size()) : std::nullopt;
  const bool asked = unit.has_value();
  if (!asked) unit = units.only_plural();
  if (unit) {
    const std::size_t begin = tokens[unit->first].begin;
    const std::size_t size = tokens[unit->end - 1].end - begin;
    before = {std::string(text.substr(begin, size)), unit->key, asked, false, false};
    return;
  }
  const bool keep = !before.unit.empty() && !before.asked && !before.passed;
  if (!keep) before = {};
  before.passed = keep;
  before.opened = false;
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
