// SPDX-License-Identifier: Apache-2.0
#include "tokens.hpp"

#include "ascii_word.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <array>

namespace vigie::press {
namespace {

constexpr char32_t bad = 0xFFFD;
constexpr std::size_t bytes_a_token = 4; // of running text with the blank behind, not less
constexpr std::size_t kept_block = 256;  // bytes; beyond what a string holds in itself

void append_utf8(std::string& out, char32_t c) {
  const auto byte = [&](char32_t b) { out.push_back(static_cast<char>(b)); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6));
    byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | (c >> 18));
    byte(0x80 | ((c >> 12) & 0x3F));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
}

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// The letter without its accents: the first character of the canonical decomposition, as deep as it
// goes.
char32_t base_letter(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfd = unorm2_getNFDInstance(&error);
  if (U_FAILURE(error)) return c;
  UChar buffer[32];
  error = U_ZERO_ERROR;
  const int32_t length = unorm2_getDecomposition(nfd, static_cast<UChar32>(c), buffer, 32, &error);
  if (U_FAILURE(error) || length <= 0) return c;
  if ((buffer[0] & 0xF800) == 0xD800) return c;
  return buffer[0];
}

bool is_mark(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || type == U_ENCLOSING_MARK;
}

void fold_char(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c));
    return;
  }
  if (c == 0x2018 || c == 0x2019 || c == 0x2BC || c == 0x201B) return out.push_back('\'');
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return out.push_back('-');
  if (c == 0x152 || c == 0x153) {
    out += "oe";
    return;
  }
  if (c == 0xC6 || c == 0xE6) {
    out += "ae";
    return;
  }
  if (is_mark(c)) return;
  const auto lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  append_utf8(out, base_letter(lower));
}

// What the characters beyond ASCII are that French and its neighbours are written with, worked out
// once: Latin letters, signs, and the punctuation that typesetters use.
struct known_char {
  bool letter = false;
  bool blank = false;
  std::uint8_t size = 0;
  std::array<char, 3> fold{};
};

constexpr char32_t first_latin = 0x80, behind_latin = 0x180;
constexpr char32_t first_sign = 0x2000, behind_signs = 0x2070;

known_char look_at(char32_t c) {
  known_char out;
  out.letter = u_isalpha(static_cast<UChar32>(c)) != 0 || is_mark(c);
  out.blank = is_blank(c);
  std::string fold;
  fold_char(fold, c);
  out.size = static_cast<std::uint8_t>(fold.size());
  std::copy(fold.begin(), fold.end(), out.fold.begin());
  return out;
}

// Null for all others.
const known_char* known(char32_t c) {
  static const auto table = [] {
    std::array<known_char, behind_latin - first_latin + behind_signs - first_sign> out;
    std::size_t i = 0;
    for (char32_t l = first_latin; l < behind_latin; ++l) out[i++] = look_at(l);
    for (char32_t l = first_sign; l < behind_signs; ++l) out[i++] = look_at(l);
    return out;
  }();
  if (c >= first_latin && c < behind_latin) return &table[c - first_latin];
  if (c >= first_sign && c < behind_signs)
    return &table[c - first_sign + behind_latin - first_latin];
  return nullptr;
}

} // namespace

std::uint64_t hash_of(std::string_view fold) {
  spelling_hash hash;
  for (std::size_t at = 0; at < fold.size(); at += 8)
    hash.add(bytes8::load(fold, at), std::min<std::size_t>(8, fold.size() - at));
  return hash.value();
}

char32_t next_char(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  if (lead < 0xC2 || lead > 0xF4) return bad;
  char32_t c = lead & (0x3Fu >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if (!continues(text, at + i)) return bad;
    c = (c << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  }
  const char32_t least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
  if (c < least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return bad;
  at += more;
  return c;
}

bool is_blank(char32_t c) {
  if (c <= 0x20) return c == ' ' || (c >= 0x09 && c <= 0x0D);
  return c == 0xA0 || c == 0x85 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (const known_char* k = known(c)) return k->letter;
  return u_isalpha(static_cast<UChar32>(c)) != 0 || is_mark(c);
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

byte_span trimmed(std::string_view text, byte_span span) {
  const std::string_view window = text.substr(0, span.end);
  std::size_t first = span.begin;
  for (std::size_t at = first; at < span.end; first = at)
    if (!is_blank(next_char(window, at))) break;
  if (first >= span.end) return {span.end, span.end};
  std::size_t last = span.end;
  while (last > first) {
    std::size_t start = last - 1;
    while (start > first && last - start < 4 && continues(window, start)) --start;
    std::size_t at = start;
    const bool whole = is_blank(next_char(window, at)) && at == last;
    if (!whole) break;
    last = start;
  }
  return {first, last};
}

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) fold_char(out, next_char(text, at));
  return out;
}

namespace {

enum class sort_of : std::uint8_t { mark, blank, lower, upper, digit, wide };

constexpr std::array<sort_of, 256> sorts = [] {
  std::array<sort_of, 256> out{};
  for (std::size_t c = 0x80; c < 256; ++c) out[c] = sort_of::wide;
  for (std::size_t c = 'a'; c <= 'z'; ++c) out[c] = sort_of::lower;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) out[c] = sort_of::upper;
  for (std::size_t c = '0'; c <= '9'; ++c) out[c] = sort_of::digit;
  for (std::size_t c = 0x09; c <= 0x0D; ++c) out[c] = sort_of::blank;
  out[' '] = sort_of::blank;
  return out;
}();

sort_of sort_at(std::string_view text, std::size_t at) {
  return sorts[static_cast<unsigned char>(text[at])];
}

} // namespace

class tokenizer {
public:
  tokenizer(std::string_view text, byte_span span, token_list& out)
      : text_(text.substr(0, span.end)), at_(std::min(span.begin, text_.size())), out_(out) {}

  void run() {
    while (at_ < text_.size()) {
      switch (sort_at(text_, at_)) {
      case sort_of::blank: ++at_; break;
      case sort_of::lower:
      case sort_of::upper: take_word(); break;
      case sort_of::digit: take_number(); break;
      case sort_of::mark: take_mark(); break;
      case sort_of::wide: take_wide(); break;
      }
    }
  }

private:
  void add(token_kind kind, std::size_t begin, std::string_view fold, std::uint64_t hash) {
    if (out_.list_.size() == out_.list_.capacity()) make_room();
    token t; // in registers until it is whole
    t.begin = static_cast<std::uint32_t>(begin);
    t.end = static_cast<std::uint32_t>(at_);
    t.hash = static_cast<std::uint32_t>(hash) & short_hash_bits;
    t.kind = kind;
    t.fold = spelling(fold);
    out_.list_.push_back(t);
  }

  // Once a list: text of many marks is counted rather than the list doubled until it holds them.
  void make_room() { out_.list_.reserve(out_.list_.size() + 1 + most_tokens(at_)); }

  // At least as many as there are from byte `at` on; a letter beyond ASCII counts as one.
  std::size_t most_tokens(std::size_t at) const {
    std::size_t out = 0;
    for (sort_of before = sort_of::blank; at < text_.size();) {
      const sort_of sort = sort_at(text_, at);
      const bool runs_on = sort == before && (sort == sort_of::lower || sort == sort_of::digit);
      out += sort == sort_of::blank || runs_on ? 0 : 1;
      before = sort;
      if (sort == sort_of::wide)
        static_cast<void>(next_char(text_, at));
      else
        ++at;
    }
    return out;
  }

  // A word of ASCII letters folds to itself but for capitals.
  void take_word() {
    const std::size_t begin = at_;
    const ascii_word word = read_ascii_word(text_, at_);
    at_ += word.size;
    if (at_ < text_.size() && sort_at(text_, at_) == sort_of::wide && letter_at(at_))
      return take_wide_word(begin, begin + word.size);
    const std::string_view bytes(text_.data() + begin, word.size);
    add(token_kind::word, begin, word.capital ? lower(bytes) : bytes, word.hash);
    if (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  // Of ASCII letters.
  std::string_view lower(std::string_view bytes) {
    std::string& block = out_.block_for(bytes.size());
    const std::size_t at = block.size();
    block += bytes;
    for (std::size_t i = at; i < block.size(); ++i) block[i] = static_cast<char>(block[i] | 0x20);
    return std::string_view(block).substr(at);
  }

  void take_number() {
    const std::size_t begin = at_;
    spelling_hash hash;
    for (; at_ < text_.size() && sort_at(text_, at_) == sort_of::digit; ++at_) hash.add(text_[at_]);
    add(token_kind::number, begin, text_.substr(begin, at_ - begin), hash.value());
  }

  void take_mark() {
    const std::string_view fold = text_.substr(at_++, 1);
    add(token_kind::mark, at_ - 1, fold, hash_of(fold));
  }

  void take_wide() {
    const std::size_t begin = at_;
    const char32_t c = next_char(text_, at_);
    const known_char* k = known(c);
    if (k != nullptr ? k->blank : is_blank(c)) return;
    if (k != nullptr ? k->letter : is_letter(c)) return take_wide_word(begin, begin);
    scratch_.clear();
    fold_into(scratch_, c, k);
    add_folded(token_kind::mark, begin);
  }

  // A word with letters beyond ASCII, from its start; those before `wide` are ASCII.
  void take_wide_word(std::size_t begin, std::size_t wide) {
    scratch_ = text_.substr(begin, wide - begin);
    for (char& c : scratch_) c = static_cast<char>(c | 0x20);
    at_ = wide;
    for (std::size_t ahead = at_; ahead < text_.size(); at_ = ahead) {
      const sort_of sort = sort_at(text_, ahead);
      if (sort == sort_of::lower || sort == sort_of::upper) {
        scratch_.push_back(static_cast<char>(text_[ahead++] | 0x20));
        continue;
      }
      if (sort != sort_of::wide) break;
      const char32_t c = next_char(text_, ahead);
      const known_char* k = known(c);
      if (!(k != nullptr ? k->letter : is_letter(c))) break;
      fold_into(scratch_, c, k);
    }
    add_folded(token_kind::word, begin);
  }

  static void fold_into(std::string& out, char32_t c, const known_char* k) {
    if (k == nullptr) return fold_char(out, c);
    out.append(k->fold.data(), k->size);
  }

  void add_folded(token_kind kind, std::size_t begin) {
    const std::string_view bytes = text_.substr(begin, at_ - begin);
    add(kind, begin, bytes == scratch_ ? bytes : keep(scratch_), hash_of(scratch_));
  }

  std::string_view keep(std::string_view fold) {
    std::string& block = out_.block_for(fold.size());
    const std::size_t at = block.size();
    block += fold;
    return std::string_view(block).substr(at);
  }

  bool letter_at(std::size_t at) const { return is_letter(next_char(text_, at)); }

  std::string_view text_;
  std::size_t at_;
  token_list& out_;
  std::string scratch_;
};

void token_list::fill(std::string_view text, byte_span span) {
  list_.clear();
  if (kept_.size() > 1) kept_.erase(kept_.begin(), kept_.end() - 1); // the last is the largest
  if (!kept_.empty()) kept_.back().clear();
  list_.reserve(span.size() / bytes_a_token + 4);
  tokenizer(text, span, *this).run();
}

// One with room for so many more bytes, so that it does not move.
std::string& token_list::block_for(std::size_t bytes) {
  if (kept_.empty() || kept_.back().capacity() - kept_.back().size() < bytes) {
    const std::size_t last = kept_.empty() ? 0 : kept_.back().capacity();
    kept_.emplace_back();
    kept_.back().reserve(std::max({kept_block, 2 * last, bytes}));
  }
  return kept_.back();
}

token_list tokenize(std::string_view text, byte_span span) {
  token_list out;
  out.fill(text, span);
  return out;
}

token_list tokenize(std::string_view text) { return tokenize(text, {0, text.size()}); }

token_view tokens_within(token_view tokens, byte_span span) {
  const auto first = std::partition_point(tokens.begin(), tokens.end(),
                                          [&](const token& t) { return t.begin < span.begin; });
  const auto end =
      std::partition_point(first, tokens.end(), [&](const token& t) { return t.end <= span.end; });
  return {first, end};
}

bool glued(token_view tokens, std::size_t i) {
  return i > 0 && i < tokens.size() && tokens[i - 1].end == tokens[i].begin;
}

bool capital(std::string_view text, const token& t) {
  std::size_t at = t.begin;
  if (t.kind != token_kind::word) return false;
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return lead >= 'A' && lead <= 'Z';
  const auto c = static_cast<UChar32>(next_char(text, at));
  return u_isupper(c) != 0 || u_istitle(c) != 0;
}

bool has_capital(std::string_view text, const token& t) {
  if (t.kind != token_kind::word) return false;
  for (std::size_t at = t.begin; at < t.end;) {
    if (u_isupper(static_cast<UChar32>(next_char(text, at))) != 0) return true;
  }
  return false;
}

} // namespace vigie::press
