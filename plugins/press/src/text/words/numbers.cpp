// SPDX-License-Identifier: Apache-2.0
#include "numbers.hpp"

#include <limits>
#include <utility>

namespace vigie::press {
namespace {

constexpr int most_digits = decimal::most_digits;
// Ten times as much, as "and a half" asks for, still has fewer digits than a decimal may have.
constexpr std::int64_t most_with_half = 10'000'000'000'000'000;

std::optional<decimal> from_digits(const std::string& digits, int scale) {
  std::size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) first = digits.size();
  if (digits.size() - first > most_digits || scale > most_digits) return std::nullopt;
  decimal out{0, scale};
  for (std::size_t i = first; i < digits.size(); ++i) {
    out.mantissa = out.mantissa * 10 + (digits[i] - '0');
  }
  return trimmed_zeros(out);
}

// The four spaces that may stand between groups of digits.
bool is_group_space(std::string_view gap) {
  return gap == " " || gap == "\u00A0" || gap == "\u202F" || gap == "\u2009";
}

class number_reader {
public:
  number_reader(std::string_view text, token_view tokens, std::size_t at, const lexicon& words,
                number_found& out)
      : text_(text), tokens_(tokens), start_(at), at_(at), words_(words), out_(out) {}

  // Whether there is a number.
  bool run() {
    if (start_ >= tokens_.size()) return false;
    if (tokens_[at_].kind == token_kind::number) {
      read_digits();
    } else if (read_half_of()) {
      out_.tokens = at_ - start_;
      return true;
    } else if (tokens_[at_].kind != token_kind::word || !read_words()) {
      return false;
    }
    if (!out_.overflow) read_scales();
    out_.tokens = at_ - start_;
    return true;
  }

private:
  bool is_number(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == token_kind::number;
  }

  std::string_view gap(std::size_t i) const {
    return text_.substr(tokens_[i - 1].end, tokens_[i].begin - tokens_[i - 1].end);
  }

  // Whether three digits that nothing continues stand at i.
  bool is_group(std::size_t i) const { return is_number(i) && tokens_[i].fold.size() == 3; }

  // Tokens of the separator in front of a group at at_: 0 for a space, 1 for a mark; nothing where
  // there is no group.
  std::optional<std::size_t> separator(std::string_view wanted) const {
    if (is_group(at_) && words_.has(word_class::group, "space") && is_group_space(gap(at_)) &&
        (wanted.empty() || wanted == " ")) {
      return 0;
    }
    if (!is_group(at_ + 1) || !glued(tokens_, at_) || !glued(tokens_, at_ + 1)) return std::nullopt;
    const std::string_view mark = tokens_[at_].fold;
    if (!words_.has(word_class::group, mark) || (!wanted.empty() && wanted != mark)) {
      return std::nullopt;
    }
    return 1;
  }

  void read_digits() {
    std::string digits(tokens_[at_].fold);
    const bool can_group = digits.size() <= 3 && digits[0] != '0';
    ++at_;
    std::string_view wanted;
    if (can_group && digits.size() <= 2) wanted = read_pairs(digits);
    while (can_group) {
      const auto skip = separator(wanted);
      if (!skip) break;
      wanted = *skip == 0 ? std::string_view(" ") : tokens_[at_].fold;
      at_ += *skip;
      digits += tokens_[at_].fold;
      ++at_;
      out_.grouped = true;
    }
    const int scale = read_fraction(digits);
    const auto value = from_digits(digits, scale);
    out_.overflow = !value.has_value();
    if (value) out_.value = *value;
  }

  // "12,34,567": groups of two up to the last of three, as South Asia writes. The mark between
  // them, or nothing.
  std::string_view read_pairs(std::string& digits) {
    std::size_t end = at_;
    std::string pairs;
    const auto group = [&](std::size_t size) {
      return is_number(end + 1) && glued(tokens_, end) && glued(tokens_, end + 1) &&
             words_.has(word_class::group, tokens_[end].fold) &&
             tokens_[end + 1].fold.size() == size;
    };
    for (; group(2) && pairs.size() < 2 * most_digits; end += 2) pairs += tokens_[end + 1].fold;
    if (end == at_ || !group(3)) return {};
    at_ = end;
    digits += pairs;
    return tokens_[end].fold;
  }

  int read_fraction(std::string& digits) {
    if (!is_number(at_ + 1) || !glued(tokens_, at_) || !glued(tokens_, at_ + 1)) return 0;
    const std::string_view mark = tokens_[at_].fold;
    const std::string_view decimals = tokens_[at_ + 1].fold;
    const bool point = mark == "." && !out_.grouped && decimals.size() != 3;
    if (!point && !words_.has(word_class::decimal, mark)) return 0;
    if (decimals.size() > most_digits) return 0;
    digits += decimals;
    at_ += 2;
    out_.fraction = true;
    return static_cast<int>(decimals.size());
  }

  // "half a million"
  bool read_half_of() {
    const auto half = words_.match(word_class::half_of, tokens_, at_);
    if (!half) return false;
    const auto scale = words_.match(word_class::scale, tokens_, at_ + half->tokens);
    if (!scale) return false;
    out_.value = {scale->what->number / 2, 0};
    out_.words = out_.scaled = true;
    at_ += half->tokens + scale->tokens;
    return true;
  }

  // Value words add up below a multiplier: "trois cent soixante et onze mille deux cents". A
  // smaller word may follow a round one only, so that "trois quatre" is two numbers.
  bool read_words() {
    std::int64_t total = 0;
    std::int64_t current = 0;
    std::int64_t room = 1000; // what follows must be smaller
    std::size_t taken = 0;
    for (std::size_t i = at_; i < tokens_.size();) {
      if ((words_.starts(tokens_[i]) & (lexicon::number_starts | bit_of(word_class::joiner))) == 0)
        break;
      std::size_t next = i;
      if (taken > 0) next = skip_joiner(i);
      const auto multiply = words_.match(word_class::multiply, tokens_, i);
      if (multiply && take_multiply(multiply->what->number, total, current, room)) {
        i += multiply->tokens;
        ++taken;
        at_ = i;
        continue;
      }
      const auto value = value_word(next);
      if (!value || value->what->number >= room) break;
      current += value->what->number;
      const bool teens = words_.match(word_class::teens_follow, tokens_, next).has_value();
      room = room_below(value->what->number, teens);
      i = next + value->tokens;
      ++taken;
      out_.article = taken == 1 && words_.match(word_class::article, tokens_, at_).has_value();
      at_ = i;
    }
    if (taken == 0) return false;
    out_.article = out_.article && taken == 1;
    out_.words = true;
    out_.value = {total + current, 0};
    return true;
  }

  std::optional<lexicon::found> value_word(std::size_t i) const {
    const auto number = words_.match(word_class::number, tokens_, i);
    return number ? number : words_.match(word_class::article, tokens_, i);
  }

  // "soixante et onze", "dix-sept": a joiner counts only between two number words.
  std::size_t skip_joiner(std::size_t i) const {
    const auto joiner = words_.match(word_class::joiner, tokens_, i);
    return joiner && value_word(i + joiner->tokens) ? i + joiner->tokens : i;
  }

  static bool take_multiply(std::int64_t by, std::int64_t& total, std::int64_t& current,
                            std::int64_t& room) {
    if (by >= 1000) {
      if (total > 0) return false;
      total = (current > 0 ? current : 1) * by;
      current = 0;
      room = 1000;
      return true;
    }
    if (current > 9) return false;
    current = (current > 0 ? current : 1) * by;
    room = by;
    return true;
  }

  // Behind a ten a unit fits, behind some also the numbers up to 19 (soixante-treize), behind a
  // unit nothing.
  static std::int64_t room_below(std::int64_t value, bool teens) {
    if (value < 10 || value % 10 != 0) return 0;
    return teens ? 20 : 10;
  }

  // "1,18 million", "deux millions trois cent mille": what words follow a scale is smaller and adds
  // up.
  void read_scales() {
    constexpr std::uint64_t wanted = bit_of(word_class::half) | bit_of(word_class::scale);
    if (at_ >= tokens_.size() || (words_.starts(tokens_[at_]) & wanted) == 0) return;
    half_before_scale();
    decimal sum{};
    std::int64_t last = std::numeric_limits<std::int64_t>::max();
    for (bool more = true; more && !out_.overflow;) {
      const auto scale = words_.match(word_class::scale, tokens_, at_);
      if (!scale || scale->what->number >= last) break;
      last = scale->what->number;
      out_.value = times(out_.value, last).value_or(decimal{-1, 0});
      out_.overflow = out_.value.mantissa < 0;
      out_.scaled = true;
      at_ += scale->tokens;
      add_half(last);
      more = out_.words && !out_.overflow;
      if (!more) break;
      sum.mantissa += out_.value.mantissa;
      if (!read_words()) out_.value = decimal{};
    }
    out_.value.mantissa += sum.mantissa;
    out_.article = out_.article && !out_.scaled;
    if (out_.overflow) out_.value = decimal{};
  }

  // "two and a half million", "two and a half years"
  void half_before_scale() {
    const auto half = words_.match(word_class::half, tokens_, at_);
    if (!half || out_.value.scale != 0) return;
    const bool scale = words_.match(word_class::scale, tokens_, at_ + half->tokens).has_value();
    if (!scale && !words_.match(word_class::unit, tokens_, at_ + half->tokens)) return;
    if (out_.value.mantissa > most_with_half) return;
    out_.fraction = !scale;
    out_.article = false;
    out_.value = {out_.value.mantissa * 10 + 5, 1};
    at_ += half->tokens;
  }

  void add_half(std::int64_t unit) {
    const auto half = words_.match(word_class::half, tokens_, at_);
    if (!half || out_.value.scale != 0 || out_.overflow) return;
    out_.value.mantissa += unit / 2;
    at_ += half->tokens;
  }

  std::string_view text_;
  token_view tokens_;
  std::size_t start_;
  std::size_t at_;
  const lexicon& words_;
  number_found& out_;
};

} // namespace

std::optional<number_found> read_number(std::string_view text, token_view tokens, std::size_t at,
                                        const lexicon& words) {
  std::optional<number_found> out(std::in_place);
  if (!number_reader(text, tokens, at, words, *out).run()) out.reset();
  return out;
}

} // namespace vigie::press
