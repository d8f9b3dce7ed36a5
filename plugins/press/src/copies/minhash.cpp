// SPDX-License-Identifier: Apache-2.0
#include "copies/minhash.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#ifdef __SSE2__
#include <immintrin.h>
#endif

namespace vigie::press {
namespace {

// The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
constexpr std::uint64_t scramble(std::uint64_t v) {
  v += 0x9e3779b97f4a7c15U;
  v = (v ^ v >> 30U) * 0xbf58476d1ce4e5b9U;
  v = (v ^ v >> 27U) * 0x94d049bb133111ebU;
  return v ^ v >> 31U;
}

// Permutations of the numbers of 32 bits: x -> x * factor + term, with odd factors.
struct permutations {
  alignas(32) std::array<std::uint32_t, sketch_size> factor{}, term{};
};
constexpr permutations make_permutations() {
  permutations p;
  for (std::size_t i = 0; i < sketch_size; ++i) {
    p.factor[i] = static_cast<std::uint32_t>(scramble(2 * i) >> 32U) | 1U;
    p.term[i] = static_cast<std::uint32_t>(scramble(2 * i + 1) >> 32U);
  }
  return p;
}
constexpr permutations permuted = make_permutations();

void lower_plain(std::uint32_t* minima, const std::uint32_t* shingles, std::size_t n) {
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t i = 0; i < sketch_size; ++i)
      minima[i] = std::min(minima[i], shingles[k] * permuted.factor[i] + permuted.term[i]);
}

#ifdef __SSE2__
// Each eight minima stay in a register while all shingles pass.
[[gnu::target("avx2")]] void lower_avx2(std::uint32_t* minima, const std::uint32_t* shingles,
                                        std::size_t n) {
  static_assert(sketch_size % 8 == 0);
  for (std::size_t i = 0; i < sketch_size; i += 8) {
    const __m256i factor =
        _mm256_load_si256(reinterpret_cast<const __m256i*>(permuted.factor.data() + i));
    const __m256i term =
        _mm256_load_si256(reinterpret_cast<const __m256i*>(permuted.term.data() + i));
    auto* const at = reinterpret_cast<__m256i*>(minima + i);
    __m256i least = _mm256_loadu_si256(at), other = least;
    std::size_t k = 0;
    for (; k + 2 <= n; k += 2) {
      const __m256i a = _mm256_set1_epi32(static_cast<int>(shingles[k]));
      const __m256i b = _mm256_set1_epi32(static_cast<int>(shingles[k + 1]));
      least = _mm256_min_epu32(least, _mm256_add_epi32(_mm256_mullo_epi32(a, factor), term));
      other = _mm256_min_epu32(other, _mm256_add_epi32(_mm256_mullo_epi32(b, factor), term));
    }
    if (k < n) {
      const __m256i a = _mm256_set1_epi32(static_cast<int>(shingles[k]));
      least = _mm256_min_epu32(least, _mm256_add_epi32(_mm256_mullo_epi32(a, factor), term));
    }
    _mm256_storeu_si256(at, _mm256_min_epu32(least, other));
  }
}
#endif

// ---- shingles ----------------------------------------------------------------------------------

std::uint64_t load(const char* at, std::size_t n) {
  std::uint64_t out = 0;
  std::memcpy(&out, at, n);
  return out;
}

std::uint64_t fold(std::uint64_t x, std::uint64_t y) {
  __extension__ using wide = unsigned __int128;
  const wide product = static_cast<wide>(x) * y;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

constexpr std::uint64_t seed_a = scramble(1001), seed_b = scramble(1002) | 1U;

// Folded multiplication of words of 64 bits (Wang Yi, wyhash), with fixed seeds.
std::uint64_t word_hash(const char* at, std::size_t n) {
  std::uint64_t state = seed_a ^ n;
  for (; n > 8; n -= 8, at += 8) state = fold(state ^ load(at, 8), seed_b);
  const std::uint64_t last = n == 8   ? load(at, 8)
                             : n >= 4 ? load(at, 4) | load(at + n - 4, 4) << 32U
                             : n > 0
                                 ? std::uint64_t{static_cast<unsigned char>(at[0])} << 16U |
                                       std::uint64_t{static_cast<unsigned char>(at[n / 2])} << 8U |
                                       static_cast<unsigned char>(at[n - 1])
                                 : 0;
  return fold(state ^ last, seed_b);
}

// The hash of the last five words as a polynomial of theirs, moved on word by word (Karp, Rabin,
// 1987).
class shingle_hash {
public:
  std::uint32_t next(std::uint64_t word) {
    std::uint64_t& oldest = words_[at_];
    value_ = value_ * base + word - oldest * drop;
    oldest = word;
    at_ = at_ + 1 == shingle_words ? 0 : at_ + 1;
    return static_cast<std::uint32_t>(fold(value_ ^ seed_a, seed_b) >> 32U);
  }

private:
  static constexpr std::uint64_t base = scramble(1003) | 1U;
  static constexpr std::uint64_t drop = base * base * base * base * base;
  std::array<std::uint64_t, shingle_words> words_{};
  std::uint64_t value_ = 0;
  std::size_t at_ = 0;
};

class sketcher {
public:
  sketcher() { minima_.fill(std::numeric_limits<std::uint32_t>::max()); }

  void add(std::uint32_t shingle) {
    waiting_[size_++] = shingle;
    if (size_ == waiting_.size()) flush();
  }
  [[nodiscard]] sketch finish() {
    flush();
    sketch out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint16_t>(minima_[i]);
    return out;
  }

private:
  void flush() {
    static const lower_function lower = lower_fastest();
    lower(minima_.data(), waiting_.data(), size_);
    size_ = 0;
  }

  std::array<std::uint32_t, sketch_size> minima_;
  std::array<std::uint32_t, 256> waiting_;
  std::size_t size_ = 0;
};

} // namespace

lower_function lower_baseline() { return lower_plain; }

lower_function lower_fastest() {
#ifdef __SSE2__
  if (__builtin_cpu_supports("avx2") != 0) return lower_avx2;
#endif
  return lower_plain;
}

std::optional<sketched> sketch_of(std::string_view folded) {
  sketched out;
  sketcher sketches;
  shingle_hash shingles;
  std::size_t words = 0;
  std::uint32_t last = 0;
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t end = at;
    while (end < folded.size() && folded[end] != ' ') ++end;
    last = shingles.next(word_hash(folded.data() + at, end - at));
    if (++words >= shingle_words) sketches.add(last);
    at = end + 1;
  }
  if (words == 0) return std::nullopt;
  if (words < shingle_words) sketches.add(last);
  out.numbers = sketches.finish();
  out.words = static_cast<std::int32_t>(
      std::min<std::size_t>(words, std::numeric_limits<std::int32_t>::max()));
  return out;
}

double similarity(const sketch& a, const sketch& b) {
  std::uint32_t equal = 0;
  for (std::size_t i = 0; i < sketch_size; ++i) equal += a[i] == b[i] ? 1U : 0U;
  return static_cast<double>(equal) / static_cast<double>(sketch_size);
}

} // namespace vigie::press
