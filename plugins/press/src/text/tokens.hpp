// SPDX-License-Identifier: Apache-2.0
// Bytes of a page as tokens with a folded spelling, and passages: text joined from several places
// of a page that still knows the bytes it came from. Every other file of the reading engine stands
// on this one. Pure functions, any thread; text may be ill-formed UTF-8 (each bad byte counts as
// U+FFFD); linear time.
#pragma once

#include <cstddef>
#include <cstdint>
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

// `fold` is the spelling words are looked up by: lower case, no accents, plain apostrophe and
// hyphen, ligatures apart. "Étrangères" is "etrangeres", "Aujourd’hui" the three tokens aujourd '
// hui.
struct token {
  token_kind kind = token_kind::mark;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint64_t hash = 0; // hash_of(fold)
  std::string fold;
};

// FNV-1a over the bytes: what lexicons find the words by that their phrases start with.
[[nodiscard]] constexpr std::uint64_t hash_of(std::string_view fold) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : fold) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

using token_view = std::span<const token>;

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

// Tokens of text[span]; their offsets count from the start of `text`.
[[nodiscard]] std::vector<token> tokenize(std::string_view text, byte_span span);
[[nodiscard]] std::vector<token> tokenize(std::string_view text);

// Whether nothing stands between tokens i-1 and i. The first token is not glued.
[[nodiscard]] bool glued(token_view tokens, std::size_t i);

// Whether the token begins with a capital letter.
[[nodiscard]] bool capital(std::string_view text, const token& t);
// Whether a capital letter stands anywhere in it ("iPhone").
[[nodiscard]] bool has_capital(std::string_view text, const token& t);

// Text joined from pieces of a page. What stands between two pieces (one blank where they were
// joined) belongs to no byte of the page.
struct passage {
  // text[at, at + size) stands for the bytes `source` of the page. Where the two lengths differ (a
  // character reference, another charset) the piece is never split: any part of it leads to all of
  // its source.
  struct piece {
    std::size_t at = 0;
    std::size_t size = 0;
    byte_span source;

    [[nodiscard]] std::size_t end() const { return at + size; }
    [[nodiscard]] bool divisible() const { return size == source.size(); }
    // The source of text[begin, end), which must touch the piece.
    [[nodiscard]] byte_span source_of(std::size_t begin, std::size_t end) const;
  };
  std::string text;
  std::vector<piece> pieces;

  // page[source] behind one blank.
  void append(std::string_view page, byte_span source);
  // Text that stands for `source`, without a blank in front.
  void append_as(std::string_view piece_text, byte_span source);
  // The bytes of the page behind text[begin,end), one span a piece touched; pieces that abut in
  // text and page count as one.
  [[nodiscard]] std::vector<byte_span> sources(std::size_t begin, std::size_t end) const;
  [[nodiscard]] passage part(std::size_t begin, std::size_t end) const;
};

// A passage that is one run of bytes of the page.
[[nodiscard]] passage whole_passage(std::string_view page, byte_span source);

} // namespace vigie::press
