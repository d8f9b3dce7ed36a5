// SPDX-License-Identifier: Apache-2.0
// The words and phrases of one language, read from its data files: all that the engine knows about
// French stands in data/fr. Built once by the component, then only read: any thread may share it.
// A data file is lines of `class<TAB>phrase[<TAB>value]`; `#` opens a comment, empty lines are
// skipped. The classes are listed in lexicon.cpp, the phrase language in phrase.hpp, both for
// people in data/README.md.
#pragma once

#include "phrase_tree.hpp"
#include "text/dates/date_patterns.hpp"
#include "text/words/tokens.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vigie::press {

enum class word_class : std::uint8_t {
  // time.tsv
  month,
  weekday,
  period,
  part_of_day,
  day_suffix,
  day_word,
  clock,
  date,
  published,
  updated,
  date_filler,
  other_date,
  capital,
  zone,
  future,
  future_ending,
  future_not,
  // numbers.tsv
  group,
  decimal,
  number,
  multiply,
  scale,
  joiner,
  half,
  collective,
  article,
  definite,
  bound_before,
  bound_after,
  range,
  pair,
  before_number,
  plural,
  teens_follow,
  half_of,
  range_between,
  same_before,
  same_behind,
  number_of,
  modifiers,
  // units.tsv
  unit,
  filler,
  link,
  stop,
  conjunction,
  ratio,
  unit_before,
  money_scale,
  // page.tsv
  line,
  start,
  inside,
  mention,
  address,
  credit,
  commerce,
  byline,
  comment_by,
  comment_from,
  // agencies.tsv
  agency,
  agency_code,
  told,
};
inline constexpr std::size_t word_class_count = static_cast<std::size_t>(word_class::told) + 1;

// A class as one bit of a set of classes.
[[nodiscard]] constexpr std::uint64_t bit_of(word_class c) {
  return std::uint64_t{1} << static_cast<unsigned>(c);
}

struct lexicon_error {
  std::string file;
  std::size_t line = 0; // from 1; 0: the whole file
  std::string message;
};

class lexicon {
public:
  // Bytes of a data file such as "fr/time.tsv"; nothing where there is none. The bytes must live
  // during read().
  using reader = std::function<std::optional<std::string_view>(std::string_view name)>;

  struct entry {
    std::string value;
    long long number = 0; // where the class has numbers
  };
  struct found {
    const entry* what = nullptr;
    std::size_t tokens = 0;
  };

  // The lexicon, or everything that is wrong with its files. All five files must exist.
  [[nodiscard]] static std::variant<lexicon, std::vector<lexicon_error>>
  read(std::string_view language, const reader& bytes_of);

  // The longest phrase of the class that starts at token `at`. Blanks between its tokens do not
  // matter.
  [[nodiscard]] std::optional<found> match(word_class c, token_view tokens, std::size_t at) const {
    if (at >= tokens.size() || !begins(c, tokens[at])) return std::nullopt;
    return longest(c, tokens, at);
  }
  [[nodiscard]] bool has(word_class c, std::string_view fold) const;
  // Whether a phrase of the class starts with the token's word; cheap, and false for most words.
  [[nodiscard]] bool begins(word_class c, const token& t) const {
    return (starts_.of(t.hash) >> static_cast<unsigned>(c) & 1U) != 0;
  }
  // The classes whose phrases start with the token's word, as bits, `date_bit` where a date pattern
  // does and `clock_bit` where a clock time does. May hold one too many where two words have the
  // same hash.
  static constexpr std::uint64_t date_bit = std::uint64_t{1} << 63U;
  static constexpr std::uint64_t clock_bit = std::uint64_t{1} << 62U;
  [[nodiscard]] std::uint64_t starts(const token& t) const { return starts_.of(t.hash); }
  // Those of the classes that numbers start with.
  static constexpr std::uint64_t number_starts =
      bit_of(word_class::number) | bit_of(word_class::article) | bit_of(word_class::multiply) |
      bit_of(word_class::half_of);
  // Words that fill the slots date patterns start with, and the words they start with themselves.
  static constexpr std::uint64_t slot_starts =
      clock_bit | number_starts | bit_of(word_class::month) | bit_of(word_class::weekday) |
      bit_of(word_class::part_of_day) | bit_of(word_class::day_word) | bit_of(word_class::period);
  static constexpr std::uint64_t date_starts = date_bit | slot_starts;
  // Whether a number may start with the token, and whether a date pattern may.
  [[nodiscard]] bool begins_number(const token& t) const {
    return t.kind == token_kind::number || (starts_.of(t.hash) & number_starts) != 0;
  }
  [[nodiscard]] bool begins_date(const token& t) const {
    return t.kind == token_kind::number || (starts_.of(t.hash) & date_starts) != 0;
  }
  // How many words may stand between a number and the noun it counts; 0 where they follow the noun.
  [[nodiscard]] std::size_t modifiers() const { return modifiers_; }
  // Whether a word ends as plurals of the language do; true for all words where the language lists
  // no endings.
  [[nodiscard]] bool plural(std::string_view fold) const;
  // The longest ending of verbs that speak of what is to come with which the word ends; null where
  // it ends with none or is listed as another word.
  [[nodiscard]] const entry* future_ending(std::string_view fold) const;

  [[nodiscard]] const date_patterns& dates() const { return dates_; }
  [[nodiscard]] const std::string& language() const { return language_; }

private:
  [[nodiscard]] std::optional<found> longest(word_class c, token_view tokens, std::size_t at) const;

  struct phrases {
    phrase_tree tree;
    std::vector<entry> entries;
  };
  friend class lexicon_reader;

  // The words that phrases start with, by their hash: one bit a class, and one for date patterns.
  // Other words of the same hash only cost a look into the class.
  class start_table {
  public:
    void add(std::string_view fold, std::uint64_t bits);
    [[nodiscard]] std::uint64_t of(std::uint32_t hash) const {
      if (!maybe_[hash % maybe_size]) return 0;
      for (std::size_t at = hash & mask_; slots_[at].second != 0; at = (at + 1) & mask_)
        if (slots_[at].first == hash) return slots_[at].second;
      return 0;
    }

  private:
    // Small enough to stay in the nearest cache; most words end here.
    static constexpr std::size_t maybe_size = std::size_t{1} << 16U;
    std::vector<bool> maybe_ = std::vector<bool>(maybe_size);

    void grow();
    std::vector<std::pair<std::uint32_t, std::uint64_t>> slots_{16}; // hash and bits; 0: free
    std::size_t mask_ = 15;
    std::size_t used_ = 0;
  };

  static_assert(word_class_count < 62);

  std::string language_;
  start_table starts_;
  std::array<phrases, word_class_count> words_;
  date_patterns dates_;
  std::vector<std::string> plurals_;
  std::vector<std::pair<std::string, entry>> future_endings_;
  std::array<bool, 256> ends_future_{}; // by the last byte of an ending
  std::size_t modifiers_ = 0;
};

} // namespace vigie::press
