// SPDX-License-Identifier: Apache-2.0
// How text looks in a grid of cells: its width, and a form of it that is safe for a terminal.
// Called by writers for people, for each cell. Pure functions over ICU's tables, any thread. Users
// link ICU::uc.
#pragma once

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::display {

// Cells one character takes: 0 for marks that combine, 2 for wide and fullwidth ones (Unicode
// Standard Annex 11), else 1. Emoji joined to one picture count apart, as most terminals draw them.
[[nodiscard]] inline int width_of(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  if (point < 0x300) return 1;
  const auto type = u_charType(point);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int east = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
  return east == U_EA_WIDE || east == U_EA_FULLWIDTH ? 2 : 1;
}

// Whether a character can move the cursor, change colours or turn the order of its neighbours:
// controls, and the marks of text direction and separation (Unicode Standard Annex 9, and UTR 36 on
// what hostile text does with them).
[[nodiscard]] inline bool is_unsafe(char32_t c) {
  if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return true;
  return c == 0xad || c == 0x61c || (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
         (c >= 0xe0000 && c <= 0xe007f);
}

struct shown {
  std::string text;
  int width = 0; // cells
};

namespace detail {

inline void append_point(std::string& out, char32_t c) {
  char bytes[4];
  int size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out.append(bytes, static_cast<std::size_t>(size));
}

inline void append_hex(std::string& out, char32_t c) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  out += "<U+";
  for (int shift = c > 0xffff ? 16 : 12; shift >= 0; shift -= 4) out += hex[(c >> shift) & 15];
  out += '>';
}

// One character in its safe form; the width of that.
inline int append_safe(std::string& out, char32_t c) {
  if (c == '\n') c = U'⏎';
  if (c == '\t') c = U' ';
  const std::size_t before = out.size();
  if (!is_unsafe(c)) {
    append_point(out, c);
    return width_of(c);
  }
  append_hex(out, c);
  return static_cast<int>(out.size() - before);
}

} // namespace detail

// The text in at most `most` cells (1 or more), with "…" at the end where it was cut. Line ends
// become "⏎", tabs a space, unsafe characters "<U+001B>", bytes that are not UTF-8 U+FFFD. The
// result has 16 bytes a cell at most, so that a heap of combining marks cannot flood the page.
[[nodiscard]] inline shown show(std::string_view text, int most) {
  shown out;
  std::size_t cut = 0; // what stands before it leaves room for the ellipsis
  int cut_width = 0;
  const auto most_bytes = static_cast<std::size_t>(most) * 16;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, at, text.size(), c);
    if (c == '\r' && at < text.size() && text[at] == '\n') continue;
    out.width += detail::append_safe(out.text, static_cast<char32_t>(c));
    if (out.width > most || out.text.size() > most_bytes - 3) {
      out.text.resize(cut);
      out.text += "…";
      out.width = cut_width + 1;
      return out;
    }
    if (out.width < most) {
      cut = out.text.size();
      cut_width = out.width;
    }
  }
  return out;
}

} // namespace vigie::display
