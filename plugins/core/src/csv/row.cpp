// SPDX-License-Identifier: Apache-2.0
#include "csv/row.hpp"

#include "json/cell.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace vigie::core {
namespace {

constexpr std::size_t most_number_bytes = 32;

bool is_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

// 0 to 255 in decimal, and how many digits that takes.
struct byte_text {
  std::array<char, 3> digits{};
  std::uint8_t size = 0;
};
constexpr std::array<byte_text, 256> make_byte_texts() {
  std::array<byte_text, 256> all{};
  for (unsigned n = 0; n < all.size(); ++n) {
    byte_text& t = all[n];
    if (n >= 100) t.digits[t.size++] = static_cast<char>('0' + n / 100);
    if (n >= 10) t.digits[t.size++] = static_cast<char>('0' + n / 10 % 10);
    t.digits[t.size++] = static_cast<char>('0' + n % 10);
  }
  return all;
}
constexpr auto byte_texts = make_byte_texts();

// At most 16 bytes are touched.
char* put_ipv4(char* at, std::uint32_t address) {
  for (unsigned shift = 24;; shift -= 8) {
    const byte_text& part = byte_texts[address >> shift & 255U];
    std::memcpy(at, part.digits.data(), part.digits.size());
    at += part.size;
    if (shift == 0) return at;
    *at++ = '.';
  }
}

// The bytes at the front that were seen to be free of the four; a multiple of 16.
std::size_t plain_front(std::string_view text, char delimiter) {
  std::size_t at = 0;
#ifdef __SSE2__
  const __m128i wanted[] = {_mm_set1_epi8(delimiter), _mm_set1_epi8('"'), _mm_set1_epi8('\r'),
                            _mm_set1_epi8('\n')};
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    __m128i found = _mm_cmpeq_epi8(bytes, wanted[0]);
    for (int k = 1; k < 4; ++k) found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, wanted[k]));
    if (_mm_movemask_epi8(found) != 0) break;
  }
#else
  static_cast<void>(delimiter);
#endif
  return at;
}

} // namespace

void csv_style::prepare() {
  constexpr std::string_view usual = ",;\t|", numeric = "0123456789+-.NI";
  special = {};
  for (const char c : {delimiter, '"', '\r', '\n'}) special[static_cast<unsigned char>(c)] = true;
  plain_numbers = !quote_all && usual.find(delimiter) != std::string_view::npos &&
                  (nulls.empty() || numeric.find(nulls.front()) == std::string_view::npos);
}

bool csv_style::has_special(std::string_view text) const {
  text.remove_prefix(plain_front(text, delimiter));
  return std::any_of(text.begin(), text.end(),
                     [this](char c) { return special[static_cast<unsigned char>(c)]; });
}

void csv_bytes::grow(std::size_t more) {
  const std::size_t room = std::max(size_ + more, room_ * 2);
  auto fresh = std::make_unique_for_overwrite<char[]>(room);
  if (size_ > 0) std::memcpy(fresh.get(), data_.get(), size_);
  data_ = std::move(fresh);
  room_ = room;
}

void append_field(csv_bytes& to, std::string_view text, const csv_style& style) {
  if (!style.quote_all && text != style.nulls && !style.has_special(text)) return to.append(text);
  to.reserve(2 * text.size() + 2);
  to.put('"');
  for (;;) {
    const std::size_t end = text.find('"');
    to.append(text.substr(0, end));
    if (end == std::string_view::npos) break;
    to.append("\"\"");
    text.remove_prefix(end + 1);
  }
  to.reserve(1);
  to.put('"');
}

void append_text_field(csv_bytes& to, std::string_view text, const csv_style& style) {
  if (!style.escape_formulas || !is_formula(text)) return append_field(to, text, style);
  append_field(to, "'" + std::string(text), style);
}

csv_cell_writer::csv_cell_writer(const column& cells, const csv_style& style)
    : cells_(cells), style_(style), nulls_(cells.has_nulls()) {
  const field& f = cells.type();
  if (f.kind == kind::text) way_ = way::text;
  if (!style.plain_numbers) return;
  if (is_ipv4(f))
    way_ = way::ipv4;
  else if (f.kind == kind::uint64)
    way_ = way::unsigned_integer;
  else if (f.kind == kind::float64)
    way_ = way::real;
  else if (is_integer(f.kind) && decimal_scale(f) < 0)
    way_ = way::integer;
}

void csv_cell_writer::append(csv_bytes& to, std::int64_t row) {
  if (nulls_ && cells_.is_null(row)) return to.append(style_.nulls);
  if (way_ == way::text) return append_text_field(to, cells_.text(row), style_);
  if (way_ != way::other) return append_number(to, row);
  room_.clear();
  append_plain(room_, cells_, row);
  append_field(to, room_, style_);
}

void csv_cell_writer::append_number(csv_bytes& to, std::int64_t row) const {
  to.reserve(most_number_bytes);
  char* const begin = to.end();
  char* const most = begin + most_number_bytes;
  char* end = begin;
  switch (way_) {
  case way::ipv4: end = put_ipv4(begin, static_cast<std::uint32_t>(cells_.integer(row))); break;
  case way::unsigned_integer:
    end = std::to_chars(begin, most, std::bit_cast<std::uint64_t>(cells_.integer(row))).ptr;
    break;
  case way::real:
    if (const double v = cells_.real(row); std::isfinite(v))
      end = std::to_chars(begin, most, v).ptr;
    else
      return to.append(std::isnan(v) ? "NaN" : v > 0 ? "Infinity" : "-Infinity");
    break;
  default: end = std::to_chars(begin, most, cells_.integer(row)).ptr;
  }
  to.advance(static_cast<std::size_t>(end - begin));
}

} // namespace vigie::core
