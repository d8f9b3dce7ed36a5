// SPDX-License-Identifier: Apache-2.0
// Bytes of a page as tokens with a folded spelling. Every other file of the reading engine stands
// on this one. Pure functions, any thread; text may be ill-formed UTF-8 (each bad byte counts as
// U+FFFD); linear time. Spellings are views: into the text where it is written as it folds, else
// into the list of tokens; both must outlive the token.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

// Half open, in bytes.
struct byte_span {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::size_t size() const { return end - begin; }
  friend bool operator==(const byte_span&, const byte_span&) = default;
};

enum class token_kind : std::uint8_t {
  word,   // letters and combining marks
  number, // ASCII digits
  mark,   // one character that is neither, nor blank
};

// Whether they are the same. Most spellings are short: a call costs more than to compare them.
[[nodiscard]] inline bool same_bytes(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (a.size() >= 2 * sizeof(std::uint64_t)) return a == b;
  const auto ends = [&]<class Word>(Word) { // both ends, which may overlap
    Word first[2], last[2];
    std::memcpy(&first[0], a.data(), sizeof(Word));
    std::memcpy(&first[1], b.data(), sizeof(Word));
    std::memcpy(&last[0], a.data() + a.size() - sizeof(Word), sizeof(Word));
    std::memcpy(&last[1], b.data() + a.size() - sizeof(Word), sizeof(Word));
    return first[0] == first[1] && last[0] == last[1];
  };
  if (a.size() >= sizeof(std::uint64_t)) return ends(std::uint64_t{});
  if (a.size() >= sizeof(std::uint32_t)) return ends(std::uint32_t{});
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i]) return false;
  return true;
}

// A view of bytes in 12 bytes, aligned as integers are: pages are held as lists of tokens.
class [[gnu::packed]] spelling {
public:
  spelling() = default;
  // Of at most 4 GB.
  explicit spelling(std::string_view bytes)
      : data_(bytes.data()), size_(static_cast<std::uint32_t>(bytes.size())) {}
  operator std::string_view() const { // NOLINT(google-explicit-constructor): it is one
    return {data_, size_};
  }
  [[nodiscard]] const char* data() const { return data_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const char* begin() const { return data_; }
  [[nodiscard]] const char* end() const { return data_ + size_; }
  friend bool operator==(const spelling& a, std::string_view b) { return std::string_view(a) == b; }
  friend bool operator==(const spelling& a, const spelling& b) {
    return same_bytes(a, std::string_view(b));
  }

private:
  const char* data_ = nullptr;
  std::uint32_t size_ = 0;
};

// `fold` is the spelling words are looked up by: lower case, no accents, plain apostrophe and
// hyphen, ligatures apart. "Étrangères" is "etrangeres", "Aujourd’hui" the three tokens aujourd '
// hui. Places are bytes of a text of at most 4 GB.
struct token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t hash : 30 = 0; // short_hash(hash_of(fold))
  token_kind kind : 2 = token_kind::mark;
  spelling fold;
};
static_assert(sizeof(token) == 24);

// Bytes eight at a time, multiplied and folded (multiplicative: Knuth, TAOCP 3, 6.4): what lexicons
// find the words by that their phrases start with.
class spelling_hash {
public:
  constexpr void add(char c) {
    block_ |= std::uint64_t{static_cast<unsigned char>(c)} << (8 * (size_ % 8));
    if (++size_ % 8 == 0) mix();
  }
  // The same for up to eight bytes, the first lowest, zeros above; behind a multiple of eight.
  constexpr void add(std::uint64_t bytes, std::size_t count) {
    block_ = bytes;
    size_ += count;
    if (count == 8) mix();
  }
  [[nodiscard]] constexpr std::uint64_t value() {
    if (size_ % 8 != 0) mix();
    return state_ ^ size_;
  }

private:
  constexpr void mix() {
    state_ = (state_ ^ block_) * 0x9e3779b97f4a7c15U;
    state_ ^= state_ >> 32U;
    block_ = 0;
  }
  std::uint64_t state_ = 0xcbf29ce484222325U, block_ = 0, size_ = 0;
};

[[nodiscard]] std::uint64_t hash_of(std::string_view fold);

// What a token keeps of it. Spellings that differ may share one, which costs a second look.
inline constexpr std::uint32_t short_hash_bits = 0x3fffffffU;
[[nodiscard]] constexpr std::uint32_t short_hash(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash) & short_hash_bits;
}

using token_view = std::span<const token>;

// Those that lie within the span.
[[nodiscard]] token_view tokens_within(token_view tokens, byte_span span);

// Tokens with the spellings that are not in the text. May be filled again and keeps its memory.
class token_list {
public:
  token_list() = default;
  token_list(token_list&&) = default;
  token_list& operator=(token_list&&) = default;
  token_list(const token_list&) = delete; // the copy's spellings would be the original's
  token_list& operator=(const token_list&) = delete;

  [[nodiscard]] const token* data() const { return list_.data(); }
  [[nodiscard]] std::size_t size() const { return list_.size(); }
  [[nodiscard]] std::size_t capacity() const { return list_.capacity(); }
  [[nodiscard]] bool empty() const { return list_.empty(); }
  [[nodiscard]] const token& operator[](std::size_t i) const { return list_[i]; }
  [[nodiscard]] const token& front() const { return list_.front(); }
  [[nodiscard]] const token& back() const { return list_.back(); }
  [[nodiscard]] auto begin() const { return list_.begin(); }
  [[nodiscard]] auto end() const { return list_.end(); }
  [[nodiscard]] auto rbegin() const { return list_.rbegin(); }
  [[nodiscard]] auto rend() const { return list_.rend(); }

  // Takes the tokens of text[span] instead of what it held; their offsets count from the start of
  // `text`.
  void fill(std::string_view text, byte_span span);

private:
  friend class tokenizer;
  [[nodiscard]] std::string& block_for(std::size_t bytes);

  std::vector<token> list_;
  std::vector<std::string> kept_; // blocks of spellings, never grown once they hold one
};

// Decodes one character at `at` and moves behind it; U+FFFD for ill-formed bytes.
[[nodiscard]] char32_t next_char(std::string_view text, std::size_t& at);

// Unicode white space, no-break and zero-width spaces, byte order marks.
[[nodiscard]] bool is_blank(char32_t c);

// Letters and combining marks: what words are made of. ASCII digits: what numbers are made of.
[[nodiscard]] bool is_letter(char32_t c);
[[nodiscard]] bool is_digit(char32_t c);

// The span without blanks at both sides.
[[nodiscard]] byte_span trimmed(std::string_view text, byte_span span);

[[nodiscard]] std::string folded(std::string_view text);

[[nodiscard]] token_list tokenize(std::string_view text, byte_span span);
[[nodiscard]] token_list tokenize(std::string_view text);

[[nodiscard]] inline bool is_word(const token& t) { return t.kind == token_kind::word; }
[[nodiscard]] inline bool is_mark(const token& t, std::string_view fold) {
  return t.kind == token_kind::mark && t.fold == fold;
}

// Whether nothing stands between tokens i-1 and i. The first token is not glued.
[[nodiscard]] bool glued(token_view tokens, std::size_t i);

// Whether the token begins with a capital letter.
[[nodiscard]] bool capital(std::string_view text, const token& t);
// Whether a capital letter stands anywhere in it ("iPhone").
[[nodiscard]] bool has_capital(std::string_view text, const token& t);

} // namespace vigie::press
