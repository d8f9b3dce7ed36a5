// SPDX-License-Identifier: Apache-2.0
#include "time_beside.hpp"

#include "date_match.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

class time_reader {
public:
  time_reader(std::string_view text, token_view tokens, byte_span date, const lexicon& words)
      : text_(text), tokens_(tokens), words_(words) {
    while (first_ < tokens.size() && tokens[first_].begin < date.begin) ++first_;
    end_ = first_;
    while (end_ < tokens.size() && tokens[end_].begin < date.end) ++end_;
  }

  std::optional<int> run() const {
    if (const auto behind = clock_behind()) return behind;
    return clock_in_front();
  }

private:
  static constexpr std::size_t widest_gap = 6;    // tokens
  static constexpr std::size_t longest_clock = 8; // "5:46:12 p.m. EST"

  std::optional<int> clock_behind() const {
    for (std::size_t i = end_; i < std::min(tokens_.size(), end_ + widest_gap);) {
      if (const auto clock = match_clock(text_, tokens_, i, words_)) return clock->minute_of_day;
      const std::size_t skipped = skip(i);
      if (skipped == 0) break;
      i += skipped;
    }
    return std::nullopt;
  }

  std::optional<int> clock_in_front() const {
    const std::size_t widest = std::min(first_, longest_clock + widest_gap);
    for (std::size_t i = first_ - widest; i < first_; ++i) {
      const auto clock = match_clock(text_, tokens_, i, words_);
      if (clock && clock->end <= first_ && only_gap(clock->end)) return clock->minute_of_day;
    }
    return std::nullopt;
  }

  bool only_gap(std::size_t i) const {
    while (i < first_) {
      const std::size_t skipped = skip(i);
      if (skipped == 0) return false;
      i += skipped;
    }
    return true;
  }

  std::size_t skip(std::size_t i) const {
    if (tokens_[i].kind == token_kind::mark) return tokens_[i].fold == ")" ? 0 : 1;
    for (const auto c : {word_class::date_filler, word_class::weekday, word_class::zone})
      if (const auto found = words_.match(c, tokens_, i)) return found->tokens;
    return 0;
  }

  std::string_view text_;
  token_view tokens_;
  const lexicon& words_;
  std::size_t first_ = 0; // tokens of the date
  std::size_t end_ = 0;
};

} // namespace

std::optional<int> time_beside(std::string_view text, token_view tokens, byte_span date,
                               const lexicon& words) {
  return time_reader(text, tokens, date, words).run();
}

} // namespace vigie::press
