// SPDX-License-Identifier: Apache-2.0
#include "csv/index.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <immintrin.h>
#endif

// Inlined into functions for other processors than the baseline, so that counts of bits become one
// instruction there.
#define VIGIE_INLINE [[gnu::always_inline]] inline

namespace vigie::core {
namespace {

// One bit a byte of 64.
struct block {
  std::uint64_t delimiter, newline, quote, carriage;
};
constexpr std::size_t blocks_at_once = 16;
using blocks = std::array<block, blocks_at_once>;

using blocks_function = void (*)(const char* at, std::size_t n, const csv_dialect& d, blocks& to);

#ifdef __SSE2__
VIGIE_INLINE std::uint64_t equal_sse2(const __m128i* parts, char c) {
  const __m128i wanted = _mm_set1_epi8(c);
  std::uint64_t bits = 0;
  for (unsigned k = 0; k < 4; ++k) {
    const int some = _mm_movemask_epi8(_mm_cmpeq_epi8(parts[k], wanted));
    bits |= std::uint64_t{static_cast<std::uint32_t>(some)} << (16 * k);
  }
  return bits;
}

void blocks_baseline(const char* at, std::size_t n, const csv_dialect& d, blocks& to) {
  const std::uint64_t quotes = d.quotes ? ~std::uint64_t{0} : 0;
  for (std::size_t i = 0; i < n; ++i, at += 64) {
    __m128i parts[4];
    for (unsigned k = 0; k < 4; ++k)
      parts[k] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at) + k);
    to[i] = {equal_sse2(parts, d.delimiter), equal_sse2(parts, '\n'),
             equal_sse2(parts, d.quote) & quotes, equal_sse2(parts, '\r')};
  }
}

[[gnu::always_inline, gnu::target("avx2")]] inline std::uint64_t equal_avx2(__m256i low,
                                                                            __m256i high, char c) {
  const __m256i wanted = _mm256_set1_epi8(c);
  const auto a = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted)));
  const auto b = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted)));
  return a | std::uint64_t{b} << 32U;
}

[[gnu::target("avx2")]] void blocks_avx2(const char* at, std::size_t n, const csv_dialect& d,
                                         blocks& to) {
  const std::uint64_t quotes = d.quotes ? ~std::uint64_t{0} : 0;
  for (std::size_t i = 0; i < n; ++i, at += 64) {
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + 32));
    to[i] = {equal_avx2(low, high, d.delimiter), equal_avx2(low, high, '\n'),
             equal_avx2(low, high, d.quote) & quotes, equal_avx2(low, high, '\r')};
  }
}
#else
void blocks_baseline(const char* at, std::size_t n, const csv_dialect& d, blocks& to) {
  for (std::size_t i = 0; i < n; ++i, at += 64) {
    to[i] = {};
    for (unsigned k = 0; k < 64; ++k) {
      const std::uint64_t bit = std::uint64_t{1} << k;
      if (at[k] == d.delimiter) to[i].delimiter |= bit;
      if (at[k] == '\n') to[i].newline |= bit;
      if (at[k] == '\r') to[i].carriage |= bit;
      if (d.quotes && at[k] == d.quote) to[i].quote |= bit;
    }
  }
}
#endif

constexpr std::uint64_t first_bits(std::size_t n) {
  return n >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
}

block cut(const block& b, std::size_t bytes) {
  const std::uint64_t real = first_bits(bytes);
  return {b.delimiter & real, b.newline & real, b.quote & real, b.carriage & real};
}

constexpr std::uint64_t prefix_xor(std::uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

// The ends of fields in a block that has quotes, or that quotes reach into.
VIGIE_INLINE std::uint64_t quoted_ends(const block& b, const csv_dialect& d, csv_scan_state& s) {
  const std::uint64_t inside = prefix_xor(b.quote) ^ s.inside;
  const std::uint64_t ends = (b.delimiter | b.newline) & ~inside;
  const std::uint64_t opens = b.quote & inside, closes = b.quote & ~inside;
  const std::uint64_t field_begins = (ends | b.quote) << 1U | s.before;
  const std::uint64_t behind = closes << 1U | s.closed;
  const std::uint64_t returns = behind & b.carriage;
  s.odd |= opens & ~field_begins;
  s.odd |= behind & ~(b.delimiter | b.newline | b.quote | b.carriage);
  s.odd |= (returns << 1U | s.carriage) & ~b.newline;
  if (!d.quoted_newlines) s.odd |= b.newline & inside;
  s.closed = closes >> 63U;
  s.carriage = returns >> 63U;
  s.inside = static_cast<std::uint64_t>(-static_cast<std::int64_t>(inside >> 63U));
  s.quotes |= b.quote;
  return ends;
}

VIGIE_INLINE std::uint64_t ends_of(const block& b, const csv_dialect& d, csv_scan_state& s) {
  std::uint64_t ends = b.delimiter | b.newline;
  if ((b.quote | s.inside | s.closed | s.carriage) != 0) ends = quoted_ends(b, d, s);
  s.before = (ends | b.quote) >> 63U;
  return ends;
}

// Writes the places of the bits, eight at a time: what is too much is written over.
VIGIE_INLINE void put_places(std::uint64_t bits, std::uint32_t at, std::uint32_t* to) {
  const auto count = static_cast<unsigned>(std::popcount(bits));
  for (unsigned done = 0; done < count; done += 8) {
    for (unsigned k = 0; k < 8; ++k) {
      to[done + k] = at + static_cast<std::uint32_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
  }
}

VIGIE_INLINE void put_block(std::uint64_t ends, std::uint64_t newlines, std::size_t at,
                            csv_index& index) {
  put_places(ends, static_cast<std::uint32_t>(at), index.places.data() + index.size);
  for (std::uint64_t left = newlines; left != 0; left &= left - 1) {
    const std::uint64_t before = ends & ((left & -left) - 1);
    index.record_ends[index.records++] =
        static_cast<std::uint32_t>(index.size + static_cast<std::size_t>(std::popcount(before)));
  }
  index.size += static_cast<std::size_t>(std::popcount(ends));
}

VIGIE_INLINE void index_blocks(blocks_function masks, const char* base, std::size_t from,
                               std::size_t to, const csv_dialect& d, csv_scan_state& state,
                               csv_index& index) {
  csv_scan_state s = state;
  blocks some;
  for (std::size_t at = from; at < to;) {
    const std::size_t n = std::min(blocks_at_once, (to - at + 63) / 64);
    masks(base + at, n, d, some);
    if (to - at < n * 64) some[n - 1] = cut(some[n - 1], (to - at) % 64);
    for (std::size_t i = 0; i < n; ++i, at += 64) {
      const std::uint64_t ends = ends_of(some[i], d, s);
      put_block(ends, some[i].newline & ends, at, index);
    }
  }
  state = s;
}

void index_baseline(const char* base, std::size_t from, std::size_t to, const csv_dialect& d,
                    csv_scan_state& state, csv_index& index) {
  index_blocks(blocks_baseline, base, from, to, d, state, index);
}

// Behind the last end that is a line's, in bytes whose blocks may all be read.
VIGIE_INLINE std::size_t last_end(blocks_function masks, const char* base, std::size_t size,
                                  const csv_dialect& d, csv_scan_state& s) {
  std::size_t last = 0;
  blocks some;
  for (std::size_t at = 0; at < size && s.odd == 0;) {
    const std::size_t n = std::min(blocks_at_once, (size - at) / 64);
    masks(base + at, n, d, some);
    for (std::size_t i = 0; i < n; ++i, at += 64) {
      const std::uint64_t lines = ends_of(some[i], d, s) & some[i].newline;
      if (lines != 0) last = at + 64 - static_cast<std::size_t>(std::countl_zero(lines));
    }
  }
  return last;
}

std::size_t last_end_baseline(const char* base, std::size_t size, const csv_dialect& d,
                              csv_scan_state& s) {
  return last_end(blocks_baseline, base, size, d, s);
}

#ifdef __SSE2__
[[gnu::target("avx2,bmi,lzcnt,popcnt")]] void index_avx2(const char* base, std::size_t from,
                                                         std::size_t to, const csv_dialect& d,
                                                         csv_scan_state& state, csv_index& index) {
  index_blocks(blocks_avx2, base, from, to, d, state, index);
}
[[gnu::target("avx2,bmi,lzcnt,popcnt")]] std::size_t
last_end_avx2(const char* base, std::size_t size, const csv_dialect& d, csv_scan_state& s) {
  return last_end(blocks_avx2, base, size, d, s);
}

bool has_avx2() {
  return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
         __builtin_cpu_supports("popcnt") != 0 && __builtin_cpu_supports("lzcnt") != 0;
}
#endif

// The end of the last record by scan_record alone.
std::size_t last_end_exact(std::string_view bytes, const csv_dialect& d) {
  for (std::size_t at = 0;;) {
    const csv_record r = at < bytes.size() ? scan_record(bytes, at, d) : csv_record{};
    if (!r.ended) return at;
    at = r.end;
  }
}

} // namespace

void csv_index::reserve(std::size_t bytes) {
  constexpr std::size_t slack = 72; // places are written in batches
  if (places.size() < size + bytes + slack) places.resize(size + bytes + slack);
  if (record_ends.size() < records + bytes + slack) record_ends.resize(records + bytes + slack);
}

csv_index_function csv_indexer_baseline() { return index_baseline; }

csv_index_function csv_indexer() {
#ifdef __SSE2__
  if (has_avx2()) return index_avx2;
#endif
  return index_baseline;
}

std::size_t last_record_end(std::string_view bytes, const csv_dialect& d) {
  if (!d.quotes || bytes.find(d.quote) == std::string_view::npos)
    return bytes.rfind('\n') + 1; // npos + 1 is 0
  if (!d.doubles() || !d.comment.empty()) return last_end_exact(bytes, d);
  csv_scan_state s;
  const std::size_t whole = bytes.size() / 64 * 64, rest = bytes.size() - whole;
#ifdef __SSE2__
  static const auto function = has_avx2() ? last_end_avx2 : last_end_baseline;
#else
  constexpr auto function = last_end_baseline;
#endif
  std::size_t last = function(bytes.data(), whole, d, s);
  std::array<char, 64> tail{};
  if (rest > 0) std::memcpy(tail.data(), bytes.data() + whole, rest);
  // Zero bytes behind the tail may look odd, which costs time and no more.
  if (s.odd == 0 && rest > 0)
    if (const std::size_t end = function(tail.data(), 64, d, s); end > 0) last = whole + end;
  return s.odd != 0 ? last_end_exact(bytes, d) : last;
}

} // namespace vigie::core
