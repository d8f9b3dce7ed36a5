// SPDX-License-Identifier: Apache-2.0
#include "copies/fold_words.hpp"

#include "text/words/tokens.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

namespace vigie::press {
namespace {

// What an ASCII byte becomes; 0: it parts words.
constexpr std::array<char, 128> make_ascii() {
  std::array<char, 128> out{};
  for (int c = 0; c < 128; ++c) {
    const auto at = static_cast<std::size_t>(c);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out[at] = static_cast<char>(c);
    if (c >= 'A' && c <= 'Z') out[at] = static_cast<char>(c + 32);
  }
  return out;
}
constexpr std::array<char, 128> ascii = make_ascii();

// How a character beyond ASCII is folded: its bytes, whether it parts words, whether it is one.
struct folding {
  std::array<char, 8> bytes{};
  std::uint8_t size = 0;
  bool parts = false, alone = false;
};

bool stands_alone(char32_t c) {
  const auto u = static_cast<UChar32>(c);
  return u_hasBinaryProperty(u, UCHAR_IDEOGRAPHIC) != 0 || (c >= 0x3041 && c <= 0x30FF);
}

bool is_mark(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || type == U_ENCLOSING_MARK;
}

folding fold_character(std::string_view character, char32_t c) {
  folding f;
  if (is_mark(c)) return f;
  if (c == 0xFFFD || u_isalnum(static_cast<UChar32>(c)) == 0) {
    f.parts = c != 0xAD && c != 0x200B && c != 0x200C && c != 0x200D && c != 0x2060 && c != 0xFEFF;
    return f;
  }
  const std::string folded_text = folded(character);
  f.size = static_cast<std::uint8_t>(std::min(folded_text.size(), f.bytes.size()));
  std::memcpy(f.bytes.data(), folded_text.data(), f.size);
  f.alone = stands_alone(c);
  return f;
}

// The characters of up to three bytes in UTF-8, which all scripts in use are written with.
constexpr char32_t in_table = 0x10000;

std::string utf8(char32_t c) {
  const auto tail = [](char32_t bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
  if (c < 0x800) return {static_cast<char>(0xC0 | (c >> 6)), tail(c)};
  return {static_cast<char>(0xE0 | (c >> 12)), tail(c >> 6), tail(c)};
}

const std::vector<folding>& table() {
  static const std::vector<folding> made = [] {
    std::vector<folding> out(in_table);
    for (char32_t c = 0x80; c < in_table; ++c) out[c] = fold_character(utf8(c), c);
    return out;
  }();
  return made;
}

// Writes words through a block, with a blank where one begins behind another.
class word_writer {
public:
  explicit word_writer(std::string& out) : out_(out) {}
  word_writer(const word_writer&) = delete;
  word_writer& operator=(const word_writer&) = delete;
  ~word_writer() { flush(); }

  void byte(char c) {
    if (parted_ && begun_) block_[size_++] = ' ';
    parted_ = false;
    begun_ = true;
    block_[size_++] = c;
  }
  void part() { parted_ = true; }
  void put(const folding& f) {
    if (f.parts || f.alone) part();
    for (std::size_t i = 0; i < f.size; ++i) byte(f.bytes[i]);
    if (f.alone) part();
  }
  // Room for one more character.
  void make_room() {
    if (size_ + 16 > block_.size()) flush();
  }

private:
  void flush() {
    out_.append(block_.data(), size_);
    size_ = 0;
  }

  std::string& out_;
  std::array<char, 4096> block_;
  std::size_t size_ = 0;
  bool parted_ = false, begun_ = false;
};

} // namespace

void fold_words(std::string_view text, std::string& out) {
  word_writer to(out);
  const std::vector<folding>& beyond = table();
  for (std::size_t at = 0; at < text.size();) {
    to.make_room();
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      const char c = ascii[byte];
      c != 0 ? to.byte(c) : to.part();
      ++at;
      continue;
    }
    const std::size_t from = at;
    const char32_t c = next_char(text, at);
    to.put(c < in_table ? beyond[c] : fold_character(text.substr(from, at - from), c));
  }
}

} // namespace vigie::press
