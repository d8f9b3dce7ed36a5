// SPDX-License-Identifier: Apache-2.0
// Characters (code points) of UTF-8 texts, for the functions that count them. Called by the
// expression language. The host hands over checked UTF-8; on other bytes the answers are bounded,
// never out of range. Stateless; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace vigie::core::expr {

[[nodiscard]] constexpr bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

[[nodiscard]] inline std::size_t characters(std::string_view text) {
  std::size_t n = 0;
  for (const char c : text) n += continues_character(c) ? 0 : 1;
  return n;
}

// Whether the next 8 bytes are there and are a character each.
[[nodiscard]] inline bool all_ascii(std::string_view text, std::size_t at) {
  if (text.size() - at < 8) return false;
  std::uint64_t word = 0;
  std::memcpy(&word, text.data() + at, sizeof word);
  return (word & 0x8080'8080'8080'8080U) == 0;
}

// Byte at which the character behind the one at `at` begins.
[[nodiscard]] inline std::size_t next_character(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && continues_character(text[at])) ++at;
  return at;
}

// Byte at which character `n` (from 0) begins; the size of the text where it has fewer.
[[nodiscard]] inline std::size_t character_at(std::string_view text, std::size_t n) {
  std::size_t at = 0;
  for (; n >= 8 && all_ascii(text, at); n -= 8) at += 8;
  for (; n > 0 && at < text.size(); --n) at = next_character(text, at);
  return at;
}

// Byte at which `part` first stands at `from` or later, or npos. Linear in the size of the text
// (the C library's memmem), which std::string_view::find is not.
[[nodiscard]] inline std::size_t find_part(std::string_view text, std::string_view part,
                                           std::size_t from) {
  if (part.empty()) return from;
  if (text.size() - from < part.size()) return std::string_view::npos;
  const void* hit = memmem(text.data() + from, text.size() - from, part.data(), part.size());
  if (hit == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(hit) - text.data());
}

} // namespace vigie::core::expr
