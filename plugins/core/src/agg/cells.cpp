// SPDX-License-Identifier: Apache-2.0
#include "agg/cells.hpp"

#include <bit>
#include <cmath>

namespace vigie::core::agg {
namespace {

constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
constexpr std::uint64_t nan_word = ~std::uint64_t{0};
constexpr std::size_t group = 8;
constexpr char goes_on = 9;

// IEEE 754: the bits of positive numbers ascend, those of negative ones descend.
std::uint64_t word_of(double v) {
  if (std::isnan(v)) return nan_word;
  const auto bits = std::bit_cast<std::uint64_t>(v == 0 ? 0.0 : v);
  return (bits & sign) != 0 ? ~bits : bits | sign;
}

[[noreturn]] void damaged() {
  throw error(VIGIE_E_DATA,
              "the partial state of an aggregate holds other bytes than were written");
}

// From the kind's own values, side by side.
template <class T, class Word>
void copy(const column& from, std::vector<std::uint64_t>& to, Word word) {
  const auto values = from.values<T>();
  for (std::size_t i = 0; i < values.size(); ++i) to[i] = word(values[i]);
}

template <class T> void copy_integers(const column& from, std::vector<std::uint64_t>& to) {
  constexpr std::uint64_t bias = std::is_signed_v<T> ? std::uint64_t{1} << (sizeof(T) * 8 - 1) : 0;
  using bits = std::make_unsigned_t<T>;
  copy<T>(from, to, [](T v) {
    return std::uint64_t{static_cast<bits>(static_cast<bits>(v) ^ static_cast<bits>(bias))};
  });
}

void copy_words(const column& from, std::vector<std::uint64_t>& to) {
  switch (from.type().kind) {
  case kind::int8: return copy_integers<std::int8_t>(from, to);
  case kind::int16: return copy_integers<std::int16_t>(from, to);
  case kind::int32:
  case kind::date: return copy_integers<std::int32_t>(from, to);
  case kind::uint8: return copy_integers<std::uint8_t>(from, to);
  case kind::uint16: return copy_integers<std::uint16_t>(from, to);
  case kind::uint32: return copy_integers<std::uint32_t>(from, to);
  case kind::uint64: return copy_integers<std::uint64_t>(from, to);
  case kind::float64: return copy<double>(from, to, word_of);
  default: return copy_integers<std::int64_t>(from, to);
  }
}

std::uint64_t one_word(const column& from, std::int64_t row) {
  const kind k = from.type().kind;
  if (k == kind::boolean) return from.boolean(row) ? 1 : 0;
  if (k == kind::float64) return word_of(from.real(row));
  return static_cast<std::uint64_t>(from.integer(row)) + word_bias(k);
}

std::uint64_t big_endian(const char* at, unsigned width) {
  std::uint64_t out = 0;
  for (unsigned i = 0; i < width; ++i) out = out << 8U | static_cast<unsigned char>(at[i]);
  return out;
}

// Short texts without a call: two copies that overlap.
void copy_bytes(char* to, const char* from, std::size_t n) {
  const auto both_ends = [&](auto part) {
    auto last = part;
    std::memcpy(&part, from, sizeof part);
    std::memcpy(&last, from + n - sizeof last, sizeof last);
    std::memcpy(to, &part, sizeof part);
    std::memcpy(to + n - sizeof last, &last, sizeof last);
  };
  if (n > 16) {
    std::memcpy(to, from, n);
  } else if (n >= 8) {
    both_ends(std::uint64_t{});
  } else if (n >= 4) {
    both_ends(std::uint32_t{});
  } else {
    for (std::size_t i = 0; i < n; ++i) to[i] = from[i];
  }
}

} // namespace

unsigned word_width(kind k) { return k == kind::boolean ? 1 : static_cast<unsigned>(width_of(k)); }

std::uint64_t word_bias(kind k) {
  const bool is_signed = k == kind::int8 || k == kind::int16 || k == kind::int32 ||
                         k == kind::int64 || k == kind::date || k == kind::timestamp;
  return is_signed ? std::uint64_t{1} << (word_width(k) * 8 - 1) : 0;
}

double real_of(std::uint64_t word) {
  if (word == nan_word) return std::nan("");
  return std::bit_cast<double>((word & sign) != 0 ? word ^ sign : ~word);
}

void put_value(builder& to, kind k, const value& v) {
  if (is_text(k)) return to.text(v.text);
  if (k == kind::boolean) return to.boolean(v.word != 0);
  if (k == kind::float64) return to.real(real_of(v.word));
  to.integer(static_cast<std::int64_t>(v.word - word_bias(k)));
}

void cells::load(const column& from) {
  const auto n = static_cast<std::size_t>(from.size());
  texts = is_text(from.type().kind);
  present.clear();
  if (from.has_nulls()) {
    present.resize(n);
    for (std::size_t i = 0; i < n; ++i)
      present[i] = from.is_null(static_cast<std::int64_t>(i)) ? 0 : 1;
  }
  if (texts) {
    views.resize(n);
    for (std::size_t i = 0; i < n; ++i)
      views[i] = has(i) ? from.text(static_cast<std::int64_t>(i)) : std::string_view();
    return;
  }
  words.resize(n);
  const bool plain = from.type().index.empty() && from.type().kind != kind::boolean;
  if (plain && n > 0) return copy_words(from, words);
  for (std::size_t i = 0; i < n; ++i)
    words[i] = has(i) ? one_word(from, static_cast<std::int64_t>(i)) : 0;
}

// ---- values as bytes ---------------------------------------------------------------------------

void append_ordered(std::string& to, kind k, const value& v) {
  if (!is_text(k)) {
    const unsigned width = word_width(k);
    const std::uint64_t high_first = __builtin_bswap64(v.word << (64 - 8 * width));
    to.append(reinterpret_cast<const char*>(&high_first), width);
    return;
  }
  std::string_view left = v.text;
  for (; left.size() > group; left.remove_prefix(group)) {
    to += left.substr(0, group);
    to += goes_on;
  }
  to += left;
  to.append(group - left.size(), '\0');
  to += static_cast<char>(left.size());
}

value take_ordered(std::string_view& from, kind k, std::string& room) {
  if (!is_text(k)) {
    const unsigned width = word_width(k);
    if (from.size() < width) damaged();
    const std::uint64_t word = big_endian(from.data(), width);
    from.remove_prefix(width);
    return {word, {}};
  }
  room.clear();
  for (char count = goes_on; count == goes_on;) {
    if (from.size() < group + 1) damaged();
    count = from[group];
    if (count < 0 || count > goes_on) damaged();
    room.append(from.data(), count == goes_on ? group : static_cast<std::size_t>(count));
    from.remove_prefix(group + 1);
  }
  return {0, room};
}

// ---- keys --------------------------------------------------------------------------------------

void key_block::measure(const cells& column, kind k) {
  const std::size_t rows = at_.size() - 1;
  if (column.texts) { // the view of a null is empty
    for (std::size_t i = 0; i < rows; ++i)
      at_[i + 1] += sizeof(std::uint32_t) + column.views[i].size();
    return;
  }
  const unsigned width = word_width(k);
  for (std::size_t i = 0; i < rows; ++i) at_[i + 1] += column.has(i) ? 1 + width : 1;
}

void key_block::write(const cells& column, kind k) {
  const unsigned width = word_width(k);
  for (std::size_t i = 0; i < next_.size(); ++i) {
    char*& to = next_[i];
    if (column.texts) {
      const std::string_view text = column.views[i];
      const auto size = static_cast<std::uint32_t>(column.has(i) ? text.size() + 1 : 0);
      std::memcpy(to, &size, sizeof size);
      copy_bytes(to + sizeof size, text.data(), text.size());
      to += sizeof size + text.size();
      continue;
    }
    const bool there = column.has(i);
    *to++ = there ? '\1' : '\0';
    if (there) copy_bytes(to, reinterpret_cast<const char*>(&column.words[i]), width);
    to += there ? width : 0;
  }
}

void key_block::encode(const std::vector<const cells*>& columns, const std::vector<kind>& kinds,
                       std::size_t rows) {
  at_.assign(rows + 1, 0);
  for (std::size_t k = 0; k < columns.size(); ++k) measure(*columns[k], kinds[k]);
  for (std::size_t i = 0; i < rows; ++i) at_[i + 1] += at_[i];
  bytes_.resize(at_[rows]);
  next_.resize(rows);
  for (std::size_t i = 0; i < rows; ++i) next_[i] = bytes_.data() + at_[i];
  for (std::size_t k = 0; k < columns.size(); ++k) write(*columns[k], kinds[k]);
}

void key_reader::append_ordered(std::string_view key, std::string& to) const {
  read(key, [&](std::size_t k, const value* v) {
    to += v == nullptr ? '\2' : '\1';
    if (v != nullptr) agg::append_ordered(to, kinds_[k], *v);
  });
}

bool key_reader::take_mark(std::string_view& bytes) {
  if (bytes.empty() || (bytes[0] != '\1' && bytes[0] != '\2')) damaged();
  const bool there = bytes[0] == '\1';
  bytes.remove_prefix(1);
  return there;
}

std::size_t key_reader::ordered_length(std::string_view bytes) {
  const std::size_t all = bytes.size();
  for (const kind k : kinds_)
    if (take_mark(bytes)) static_cast<void>(take_ordered(bytes, k, room_));
  return all - bytes.size();
}

} // namespace vigie::core::agg
