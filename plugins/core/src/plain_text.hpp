// SPDX-License-Identifier: Apache-2.0
// How far text is free of what JSON escapes: the inner loop of the JSON reader and writer.
// Pure functions, any thread.
#pragma once

#include <bit>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace vigie::core {

[[nodiscard]] inline bool is_plain(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

#ifdef __SSE2__
// One bit for each of 16 bytes that is a quote, a backslash or a control character.
[[nodiscard]] inline unsigned special_bits(const char* at) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
  const __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(control, marks)));
}
#endif

// The first byte from `at` on that is not plain. One must come, and 32 readable bytes behind it.
// Steps of 32 bytes, as most texts end in the first: a loop that is left after one, two or three
// rounds is what a processor foresees worst.
[[nodiscard]] inline const char* plain_end(const char* at) {
#ifdef __SSE2__
  for (;; at += 32)
    if (const unsigned bits = special_bits(at) | special_bits(at + 16) << 16; bits != 0)
      return at + std::countr_zero(bits);
#else
  while (is_plain(*at)) ++at;
  return at;
#endif
}

// How many bytes at the front of the text are plain; reads nothing beyond it.
[[nodiscard]] inline std::size_t plain_prefix(std::string_view text) {
  std::size_t at = 0;
#ifdef __SSE2__
  for (; at + 16 <= text.size(); at += 16)
    if (const unsigned bits = special_bits(text.data() + at); bits != 0)
      return at + static_cast<std::size_t>(std::countr_zero(bits));
#endif
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
}

} // namespace vigie::core
