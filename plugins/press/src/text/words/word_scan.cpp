// SPDX-License-Identifier: Apache-2.0
#include "word_scan.hpp"

#include "ascii_word.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <utility>

namespace vigie::press {
namespace {

// Words of one block: `spelling_hash` turns different ones of a size into different numbers.
constexpr std::size_t hashed_as_is = 8;

constexpr std::size_t longest_word = 63; // folded bytes; no rule names a longer one

enum class sort_of : std::uint8_t { blank, letter, digit, mark };

struct letter_facts {
  sort_of sort = sort_of::mark;
  bool upper = false;
  bool plain = false; // folds to `fold`, one or two ASCII letters or none
  std::uint8_t size = 0;
  std::array<char, 2> fold{};
};

void encode(char32_t c, std::string& out) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (c >> 6)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xE0 | (c >> 12)));
    out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

bool combines(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || type == U_ENCLOSING_MARK;
}

letter_facts facts_of(char32_t c) {
  letter_facts out;
  const auto code = static_cast<UChar32>(c);
  if (is_blank(c)) {
    out.sort = sort_of::blank;
  } else if (c >= '0' && c <= '9') {
    out.sort = sort_of::digit;
  } else if (u_isalpha(code) != 0 || combines(c)) {
    out.sort = sort_of::letter;
  }
  out.upper = u_isupper(code) != 0 || u_istitle(code) != 0;
  std::string bytes;
  encode(c, bytes);
  const std::string fold = folded(bytes);
  out.plain = fold.size() <= 2 && std::ranges::all_of(fold, [](char f) { return f >= 0; });
  if (!out.plain) return out;
  out.size = static_cast<std::uint8_t>(fold.size());
  std::ranges::copy(fold, out.fold.begin());
  return out;
}

constexpr char32_t table_size = 0x2100; // Latin, Greek, Cyrillic, punctuation

const std::vector<letter_facts>& table() {
  static const std::vector<letter_facts> facts = [] {
    std::vector<letter_facts> out(table_size);
    for (char32_t c = 0; c < table_size; ++c) out[c] = facts_of(c);
    return out;
  }();
  return facts;
}

class scanner {
public:
  scanner(std::string_view text, std::size_t begin, std::size_t end, const vocabulary& known,
          std::vector<word>& out)
      : text_(text.substr(0, end)), at_(begin), known_(known), out_(out), facts_(table()) {}

  void run() {
    const std::size_t first = out_.size();
    while (at_ < text_.size()) {
      const std::size_t start = at_;
      const char lead = text_[start];
      if (lead == ' ') {
        ++at_;
        continue;
      }
      const bool ascii_letter = (lead | 0x20) >= 'a' && (lead | 0x20) <= 'z';
      if (ascii_letter && take_ascii(start)) continue;
      const letter_facts f = next();
      if (f.sort == sort_of::blank) continue;
      if (f.sort == sort_of::mark && is_joint(start, f, first)) {
        joined_ = true;
        continue;
      }
      take(start, f);
    }
  }

private:
  letter_facts next() {
    const auto lead = static_cast<unsigned char>(text_[at_]);
    if (lead < 0x80) {
      ++at_;
      return facts_[lead];
    }
    const char32_t c = next_char(text_, at_);
    return c < table_size ? facts_[c] : facts_of(c);
  }

  // A hyphen between two words, nothing on either side.
  bool is_joint(std::size_t start, const letter_facts& f, std::size_t first) const {
    if (!f.plain || f.size != 1 || f.fold[0] != '-') return false;
    if (out_.size() == first || out_.back().end != start || at_ >= text_.size()) return false;
    if (out_.back().kind != token_kind::word) return false;
    std::size_t ahead = at_;
    const char32_t c = next_char(text_, ahead);
    return (c < table_size ? facts_[c] : facts_of(c)).sort == sort_of::letter;
  }

  // A word of ASCII letters and nothing else, as most are; the first is there.
  bool take_ascii(std::size_t start) {
    const ascii_word read = read_ascii_word(text_, start);
    const std::size_t end = start + read.size;
    if (goes_on(end)) return false;
    word& w = put();
    w.begin = static_cast<std::uint32_t>(start);
    w.end = static_cast<std::uint32_t>(end);
    w.kind = token_kind::word;
    w.capital = text_[start] < 'a';
    w.joined = std::exchange(joined_, false);
    w.inside = read.capital;
    w.capitals = read.size > 1 && read.all_capitals;
    if (read.size <= longest_word) w.id = known_.find(lower(start, read), read.hash);
    at_ = end;
    return true;
  }

  // The next word, to be filled where it is: processors wait before they copy what was written
  // byte by byte just now.
  word& put() { return out_.emplace_back(); }

  std::string_view lower(std::size_t start, const ascii_word& read) {
    const std::string_view bytes = text_.substr(start, read.size);
    if (!read.capital) return bytes;
    std::ranges::transform(bytes, fold_.begin(),
                           [](char c) { return static_cast<char>(c | 0x20); });
    return {fold_.data(), read.size};
  }

  // Whether a letter beyond ASCII stands there.
  bool goes_on(std::size_t at) const {
    if (at >= text_.size() || static_cast<unsigned char>(text_[at]) < 0x80) return false;
    const char32_t c = next_char(text_, at);
    return (c < table_size ? facts_[c] : facts_of(c)).sort == sort_of::letter;
  }

  void take(std::size_t start, letter_facts f) {
    word& w = put();
    w.begin = static_cast<std::uint32_t>(start);
    w.kind = f.sort == sort_of::letter  ? token_kind::word
             : f.sort == sort_of::digit ? token_kind::number
                                        : token_kind::mark;
    w.capital = f.upper && w.kind == token_kind::word;
    w.joined = std::exchange(joined_, false);
    const sort_of sort = f.sort;
    size_ = 0;
    std::size_t letters = 0, capitals = 0, accent = 0, end = at_;
    for (std::size_t from = start;;) {
      fold(f, from);
      ++letters;
      capitals += f.upper ? 1 : 0;
      if (static_cast<unsigned char>(text_[from]) >= 0x80 && f.plain) accent = letters;
      if (sort == sort_of::mark || at_ >= text_.size()) break;
      from = at_;
      f = next();
      if (f.sort != sort) {
        at_ = from;
        break;
      }
      end = at_;
    }
    w.inside = capitals > 0;
    w.capitals = letters > 1 && capitals == letters;
    w.accent = accent > 0 && letters - accent < 3;
    w.end = static_cast<std::uint32_t>(end);
    if (size_ <= longest_word) w.id = known_.find({fold_.data(), size_});
  }

  void fold(const letter_facts& f, std::size_t from) {
    if (size_ > longest_word) return;
    if (f.plain) {
      for (std::size_t i = 0; i < f.size; ++i) fold_[size_++] = f.fold[i];
      return;
    }
    const std::string bytes = folded(text_.substr(from, at_ - from));
    if (size_ + bytes.size() > longest_word) {
      size_ = longest_word + 1;
      return;
    }
    std::ranges::copy(bytes, fold_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += bytes.size();
  }

  std::string_view text_;
  std::size_t at_;
  const vocabulary& known_;
  std::vector<word>& out_;
  const std::vector<letter_facts>& facts_;
  std::array<char, longest_word + 4> fold_{};
  std::size_t size_ = 0;
  bool joined_ = false;
};

} // namespace

vocabulary::vocabulary() : maybe_(maybe_size), words_(1), slots_(16) {}

const vocabulary& no_words() {
  static const vocabulary none;
  return none;
}

std::size_t vocabulary::slot_of(std::string_view fold, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = static_cast<std::size_t>(hash) & mask;
  for (; slots_[at].id != 0; at = (at + 1) & mask)
    if (slots_[at].hash == hash && slots_[at].size == fold.size() &&
        (fold.size() <= hashed_as_is || words_[slots_[at].id] == fold))
      break;
  return at;
}

word_id vocabulary::find(std::string_view fold, std::uint64_t hash) const {
  return maybe_[maybe_of(hash)] ? slots_[slot_of(fold, hash)].id : 0;
}

word_id vocabulary::add(std::string_view fold) {
  const std::uint64_t hash = hash_of(fold);
  std::size_t at = slot_of(fold, hash);
  if (slots_[at].id != 0) return slots_[at].id;
  if (words_.size() * 2 > slots_.size()) {
    grow();
    at = slot_of(fold, hash);
  }
  maybe_[maybe_of(hash)] = true;
  slots_[at] = {hash, static_cast<word_id>(words_.size()), static_cast<std::uint32_t>(fold.size())};
  words_.emplace_back(fold);
  return slots_[at].id;
}

void vocabulary::grow() {
  std::vector<slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const slot& s : old)
    if (s.id != 0) slots_[slot_of(words_[s.id], s.hash)] = s;
}

void scan_words(std::string_view text, std::size_t begin, std::size_t end, const vocabulary& known,
                std::vector<word>& out) {
  scanner(text, begin, end, known, out).run();
}

} // namespace vigie::press
