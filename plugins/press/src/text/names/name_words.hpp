// SPDX-License-Identifier: Apache-2.0
// The words of one sentence and what the rules say of them: what find_candidates asks while it
// walks. Inner to it; a view that owns nothing, for one thread. Each question costs a few words.
#pragma once

#include "name_candidates.hpp"

namespace vigie::press {

struct pick {
  std::size_t words = 0;
  const phrase_rule* rule = nullptr;
  explicit operator bool() const { return rule != nullptr; }
};

// What stands behind the first word of an institution.
struct complement {
  std::size_t begin = 0, end = 0;
  const name_rule* place = nullptr;
  bool capital = false, topic = false;
  std::uint32_t acronym = 0;
};

class name_words {
public:
  name_words(std::string_view body, const reading_rules& rules) : body_(body), rules_(rules) {}

  void set(std::span<const word> words, std::size_t begin) {
    words_ = words;
    begin_ = begin;
    end_ = words.size();
  }

  char sign(std::size_t i) const {
    const word& w = words_[i];
    return w.kind == token_kind::mark && w.end - w.begin == 1 ? body_[w.begin] : '\0';
  }
  bool is_word(std::size_t i) const { return i < end_ && words_[i].kind == token_kind::word; }
  bool is_capital(std::size_t i) const { return is_word(i) && words_[i].inside; }
  bool is(std::size_t i, small_bits bits) const { return i < end_ && rules_.is(words_[i], bits); }
  bool apostrophe(std::size_t i) const {
    if (i >= end_ || words_[i].kind != token_kind::mark) return false;
    const std::string_view s = body_.substr(words_[i].begin, words_[i].end - words_[i].begin);
    return s == "'" || s == "\xe2\x80\x99";
  }
  // "'s"
  bool possessive_at(std::size_t i) const {
    return apostrophe(i) && is(i + 1, small_word::possessive) &&
           words_[i + 1].begin == words_[i].end;
  }
  // Whether a sentence or a quotation begins here, so that a capital says nothing.
  bool opens(std::size_t i) const {
    return i == begin_ || (words_[i - 1].kind == token_kind::mark && !apostrophe(i - 1) &&
                           sign(i - 1) != ',' && sign(i - 1) != '(');
  }

  // The longest phrase of the kinds that begins at i and that accepts(rule, words) takes.
  template <class F> pick longest(std::size_t i, std::uint32_t kinds, F&& accepts) const {
    if (i >= end_ || !rules_.begins(words_[i], kinds)) return {};
    std::array<phrase_table::match, phrase_table::longest> found;
    for (std::size_t n = rules_.phrases.matches(words_, i, found); n-- > 0;) {
      pick out;
      rules_.phrases.any(found[n], [&](std::uint32_t value) {
        const phrase_rule& r = rules_.rules[value];
        if (!accepts(r, found[n].words)) return false;
        out = {found[n].words, &r};
        return true;
      });
      if (out) return out;
    }
    return {};
  }
  static std::uint32_t bit(phrase_kind kind) { return 1u << static_cast<unsigned>(kind); }
  pick longest(std::size_t i, phrase_kind kind) const {
    return longest(i, bit(kind), [&](const phrase_rule& r, std::size_t count) {
      return r.kind == kind && (!r.capital || words_[i].inside) &&
             (!r.capitals || words_[i].capitals) &&
             (!r.ends_capital || words_[i + count - 1].inside);
    });
  }
  const name_rule& name(const pick& p) const { return rules_.names[p.rule->index]; }
  pick accepted_name(std::size_t i) const { return longest(i, phrase_kind::name); }
  // "(CAC)"
  bool acronym_at(std::size_t i) const {
    return i + 2 < end_ && sign(i) == '(' && is_word(i + 1) && words_[i + 1].capitals &&
           sign(i + 2) == ')';
  }
  // The same, and "(Anssi)" where the words from `first` on begin with its letters.
  [[nodiscard]] bool shortened_at(std::size_t first, std::size_t i) const;
  // "a notice of police" means no police of its own.
  bool bare(std::size_t i) const {
    return i > begin_ && is(i - 1, small_word::of) && !is(i - 1, small_word::article);
  }

  std::string_view spelled(std::size_t i) const {
    return body_.substr(words_[i].begin, words_[i].end - words_[i].begin);
  }
  bool is_count(std::size_t i) const {
    return is(i, small_word::count) || words_[i].kind == token_kind::number;
  }
  [[nodiscard]] bool follows_of(std::size_t i) const;
  // What belongs to an institution's name from word i on; `proper` where its first word has a
  // capital of its own, `free` where capital words may run on without a word between them.
  [[nodiscard]] complement complement_of(std::size_t i, const head_rule& head, bool proper,
                                         bool free) const;
  // Lets a complement go on to the letters in parentheses that stand for the words from `first` on.
  void reach_acronym(std::size_t first, complement& out) const;

protected:
  [[nodiscard]] std::size_t behind_small(std::size_t i) const;
  [[nodiscard]] bool begins_item(std::size_t i) const;
  [[nodiscard]] bool conjoins(std::size_t at, bool proper, const complement& out) const;
  [[nodiscard]] bool lists(std::size_t at, bool proper, const complement& out) const;
  [[nodiscard]] std::size_t place_inside(std::size_t i) const;
  [[nodiscard]] bool agrees(std::size_t at, bool proper) const;
  [[nodiscard]] bool goes_without(std::size_t at) const;
  [[nodiscard]] bool goes_on(std::size_t at, const head_rule& head, bool proper) const;
  std::size_t take_complement(std::size_t at, const head_rule& head, bool proper, bool free,
                              complement& out) const;

  std::string_view body_;
  const reading_rules& rules_;
  std::span<const word> words_;
  std::size_t begin_ = 0, end_ = 0;
};

} // namespace vigie::press
