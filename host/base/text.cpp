// SPDX-License-Identifier: Apache-2.0
#include "text.hpp"

#include <fmt/format.h>

#include <array>

namespace vigie::text {
namespace {

constexpr char32_t replacement = 0xfffd;

unsigned byte_at(std::string_view s, std::size_t i) { return static_cast<unsigned char>(s[i]); }

// Length of the well-formed sequence at `i`, or 0.
std::size_t sequence(std::string_view s, std::size_t i) {
  const unsigned b0 = byte_at(s, i);
  if (b0 < 0x80) return 1;
  const auto tail = [&](std::size_t k, unsigned lo, unsigned hi) {
    return i + k < s.size() && byte_at(s, i + k) >= lo && byte_at(s, i + k) <= hi;
  };
  if (b0 >= 0xc2 && b0 <= 0xdf) return tail(1, 0x80, 0xbf) ? 2 : 0;
  if (b0 >= 0xe0 && b0 <= 0xef) {
    const unsigned lo = b0 == 0xe0 ? 0xa0 : 0x80, hi = b0 == 0xed ? 0x9f : 0xbf;
    return tail(1, lo, hi) && tail(2, 0x80, 0xbf) ? 3 : 0;
  }
  if (b0 >= 0xf0 && b0 <= 0xf4) {
    const unsigned lo = b0 == 0xf0 ? 0x90 : 0x80, hi = b0 == 0xf4 ? 0x8f : 0xbf;
    return tail(1, lo, hi) && tail(2, 0x80, 0xbf) && tail(3, 0x80, 0xbf) ? 4 : 0;
  }
  return 0;
}

struct range {
  char32_t first, last;
};

template <std::size_t N> bool within(const std::array<range, N>& ranges, char32_t c) {
  for (const range& r : ranges)
    if (c >= r.first && c <= r.last) return true;
  return false;
}

constexpr std::array<range, 6> combining{{{0x300, 0x36f},
                                          {0x483, 0x489},
                                          {0x200b, 0x200f},
                                          {0x20d0, 0x20ff},
                                          {0xfe00, 0xfe0f},
                                          {0xfe20, 0xfe2f}}};
constexpr std::array<range, 10> wide{{{0x1100, 0x115f},
                                      {0x2e80, 0x303e},
                                      {0x3041, 0x33ff},
                                      {0x3400, 0x4dbf},
                                      {0x4e00, 0x9fff},
                                      {0xac00, 0xd7a3},
                                      {0xf900, 0xfaff},
                                      {0xff00, 0xff60},
                                      {0x1f300, 0x1faff},
                                      {0x20000, 0x3fffd}}};

std::size_t char_width(char32_t c) { return within(combining, c) ? 0 : within(wide, c) ? 2 : 1; }

bool is_control(
    char32_t c) { // also the bidirectional controls, which can disguise what a line says
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
}

} // namespace

std::optional<std::size_t> invalid_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t n = sequence(bytes, i);
    if (n == 0) return i;
    i += n;
  }
  return std::nullopt;
}

char32_t next_char(std::string_view s, std::size_t& at) {
  const std::size_t n = sequence(s, at);
  const std::size_t i = at;
  at += n == 0 ? 1 : n;
  switch (n) {
  case 1: return byte_at(s, i);
  case 2: return ((byte_at(s, i) & 0x1fU) << 6U) | (byte_at(s, i + 1) & 0x3fU);
  case 3:
    return ((byte_at(s, i) & 0x0fU) << 12U) | ((byte_at(s, i + 1) & 0x3fU) << 6U) |
           (byte_at(s, i + 2) & 0x3fU);
  case 4:
    return ((byte_at(s, i) & 0x07U) << 18U) | ((byte_at(s, i + 1) & 0x3fU) << 12U) |
           ((byte_at(s, i + 2) & 0x3fU) << 6U) | (byte_at(s, i + 3) & 0x3fU);
  default: return replacement;
  }
}

void append_char(std::string& out, char32_t c) {
  const auto push = [&out](char32_t byte) {
    out += static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (c < 0x80)
    push(c);
  else if (c < 0x800)
    push(0xc0 | (c >> 6)), push(0x80 | (c & 0x3f));
  else if (c < 0x10000)
    push(0xe0 | (c >> 12)), push(0x80 | ((c >> 6) & 0x3f)), push(0x80 | (c & 0x3f));
  else
    push(0xf0 | (c >> 18)), push(0x80 | ((c >> 12) & 0x3f)), push(0x80 | ((c >> 6) & 0x3f)),
        push(0x80 | (c & 0x3f));
}

std::string printable(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t start = i;
    const std::size_t n = sequence(bytes, i);
    const char32_t c = next_char(bytes, i);
    if (n == 0)
      out += fmt::format("\\x{:02x}", byte_at(bytes, start));
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == '\r')
      out += "\\r";
    else if (is_control(c))
      out += c < 0x100 ? fmt::format("\\x{:02x}", static_cast<unsigned>(c))
                       : fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      out += bytes.substr(start, n);
  }
  return out;
}

std::size_t width(std::string_view utf8) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < utf8.size();) columns += char_width(next_char(utf8, i));
  return columns;
}

std::string elide(std::string_view utf8, std::size_t columns) {
  if (width(utf8) <= columns) return std::string(utf8);
  if (columns == 0) return {};
  std::size_t used = 0, end = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    used += char_width(next_char(utf8, i));
    if (used > columns - 1) break;
    end = i;
  }
  return std::string(utf8.substr(0, end)) + "…";
}

std::size_t char_start(std::string_view utf8, std::size_t at) {
  at = at > utf8.size() ? utf8.size() : at;
  for (int back = 0; back < 3 && at > 0 && at < utf8.size() && (byte_at(utf8, at) & 0xc0U) == 0x80U;
       ++back)
    --at;
  return at;
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& p : parts) {
    if (!out.empty()) out += between;
    out += p;
  }
  return out;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string human_bytes(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 6> units{"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 1024 && unit + 1 < units.size()) {
    value /= 1024;
    ++unit;
  }
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.3g} {}", value, units[unit]);
}

} // namespace vigie::text
