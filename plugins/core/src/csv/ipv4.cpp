// SPDX-License-Identifier: Apache-2.0
#include "csv/ipv4.hpp"

#include <vigie/address.hpp>

#include <array>

#ifdef __SSE2__
#include <immintrin.h>
#endif

namespace vigie::core {
namespace {

// What stands between the ends of a field, without its quotes.
struct inner {
  std::uint32_t begin, size;
  inner(const csv_fields& f, const std::uint32_t* ends)
      : begin(ends[0] + 1), size(ends[1] - begin) {
    if (f.quote == 0 || size < 2 || f.base[begin] != f.quote) return;
    ++begin;
    size -= 2;
  }
};

std::size_t read_baseline(const csv_fields& f, std::size_t first, std::uint32_t* to) {
  for (std::size_t r = first; r < f.rows.size(); ++r) {
    const std::uint32_t* const ends = f.places + f.rows[r] + f.field;
    const inner in(f, ends);
    const auto parsed = address::parse_ipv4({f.base + in.begin, in.size});
    if (!parsed) return r;
    to[r] = *parsed;
  }
  return f.rows.size();
}

#ifdef __SSE2__
// How the digits of an address with dots at certain places go to four lanes of hundreds, tens, ones
// and nothing, and the least number that so many digits may write: a leading zero is refused.
struct shape {
  alignas(16) std::array<std::uint8_t, 16> shuffle{};
  alignas(16) std::array<std::int32_t, 4> least{};
};

struct shapes {
  std::array<shape, 82> of{};                              // 0: none fits
  std::array<std::uint8_t, std::size_t{1} << 15U> index{}; // by the ends of the parts but bit 0
};

constexpr shapes make_shapes() {
  shapes all;
  std::size_t next = 1;
  for (int code = 0; code < 81; ++code, ++next) {
    shape& s = all.of[next];
    unsigned at = 0, ends = 0;
    int rest = code;
    for (std::size_t part = 0; part < 4; ++part, rest /= 3) {
      const auto digits = static_cast<unsigned>(rest % 3 + 1);
      for (unsigned k = 0; k < 4; ++k) s.shuffle[part * 4 + k] = 0x80;
      for (unsigned k = 0; k < digits; ++k)
        s.shuffle[part * 4 + 3 - digits + k] = static_cast<std::uint8_t>(at + k);
      s.least[part] = digits == 3 ? 100 : digits == 2 ? 10 : 0;
      at += digits;
      ends |= 1U << at;
      ++at;
    }
    all.index[ends >> 1U] = static_cast<std::uint8_t>(next);
  }
  return all;
}
constexpr shapes table = make_shapes();

[[gnu::target("sse4.1")]] std::size_t read_sse41(const csv_fields& given, std::size_t first,
                                                 std::uint32_t* to) {
  const csv_fields f = given; // of its own, so that what is written cannot change it
  const __m128i dot = _mm_set1_epi8('.'), zero = _mm_set1_epi8('0'), nine = _mm_set1_epi8(9);
  const __m128i hundreds_tens =
      _mm_setr_epi8(100, 10, 1, 0, 100, 10, 1, 0, 100, 10, 1, 0, 100, 10, 1, 0);
  const __m128i ones = _mm_set1_epi16(1), most = _mm_set1_epi32(255);
  const __m128i gather = _mm_setr_epi8(12, 8, 4, 0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
  const std::uint32_t* const places = f.places + f.field;
  for (std::size_t r = first; r < f.rows.size(); ++r) {
    const std::uint32_t* const ends = places + f.rows[r];
    const inner in(f, ends);
    if (in.size > 15) return r;
    const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(f.base + in.begin));
    const auto dots = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(text, dot)));
    const std::uint32_t end = 1U << in.size;
    const shape& s = table.of[table.index[((dots & (end - 1)) | end) >> 1U]];
    const __m128i shuffle = _mm_load_si128(reinterpret_cast<const __m128i*>(s.shuffle.data()));
    const __m128i least = _mm_load_si128(reinterpret_cast<const __m128i*>(s.least.data()));
    const __m128i digits = _mm_shuffle_epi8(_mm_sub_epi8(text, zero), shuffle);
    const __m128i parts = _mm_madd_epi16(_mm_maddubs_epi16(digits, hundreds_tens), ones);
    const __m128i wrong =
        _mm_or_si128(_mm_or_si128(_mm_cmpgt_epi32(parts, most), _mm_cmplt_epi32(parts, least)),
                     _mm_subs_epu8(digits, nine));
    if (_mm_testz_si128(wrong, wrong) == 0 || &s == table.of.data()) return r;
    to[r] = static_cast<std::uint32_t>(_mm_cvtsi128_si32(_mm_shuffle_epi8(parts, gather)));
  }
  return f.rows.size();
}
#endif

} // namespace

csv_ipv4_function csv_ipv4_reader_baseline() { return read_baseline; }

csv_ipv4_function csv_ipv4_reader() {
#ifdef __SSE2__
  if (__builtin_cpu_supports("sse4.1") != 0) return read_sse41;
#endif
  return read_baseline;
}

} // namespace vigie::core
