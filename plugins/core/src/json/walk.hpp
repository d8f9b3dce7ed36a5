// SPDX-License-Identifier: Apache-2.0
// The fast pass over JSON lines. It checks all that json_scanner checks, and hands each wanted
// value to a taker; where it meets anything unusual or wrong it says "look closer" and the scanner
// decides. So it never refuses a line and never takes one that the scanner would refuse. One task,
// one thread.
#pragma once

#include "json/scan.hpp"
#include "json/shape.hpp"
#include "plain_text.hpp"

#include <algorithm>
#include <cstring>

namespace vigie::core {

// The byte behind a number of up to 15 bytes, from its first digit on; nullptr: look closer.
// 16 readable bytes come behind `at`.
#ifdef __SSE2__
[[nodiscard]] inline const char* short_number_end(const char* at, json_kind& kind) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i above = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
  const __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(9)), above);
  const auto others = ~static_cast<unsigned>(_mm_movemask_epi8(digit)); // bits from 16 on are set
  const int whole = std::countr_zero(others);
  if (whole == 0 || whole > 15 || (*at == '0' && whole > 1)) return nullptr;
  const char* end = at + whole;
  kind = json_kind::integer;
  if (*end == '.') {
    const unsigned behind = others >> (whole + 1);
    const int digits = std::countr_zero(behind);
    if (digits == 0 || whole + 1 + digits > 15) return nullptr;
    kind = json_kind::real;
    end += 1 + digits;
  }
  return (*end | 0x20) == 'e' ? nullptr : end;
}
#else
[[nodiscard]] inline const char* short_number_end(const char*, json_kind&) { return nullptr; }
#endif

// Taker: bool take(int slot, const char* begin, const char* end, json_kind kind, bool escaped);
// false where the value is not what its column holds.
template <class Taker> class json_walk {
public:
  json_walk(const json_wants& wants, Taker& taker) : shapes_(wants), taker_(&taker) {}
  json_walk(const json_walk&) = delete;
  json_walk& operator=(const json_walk&) = delete;

  // Checks the object that begins at `at`, which is UTF-8, and gives the byte behind it; nullptr:
  // look closer. Values may have been taken then. Behind the text come a byte below 0x20 and 63
  // more readable bytes.
  [[nodiscard]] const char* object(const char* at) {
    if (*at != '{' || shapes_.root().open) return nullptr;
    return members(at + 1, shapes_.root(), 1);
  }

  // The same for any value, at a level of lists and objects (1: outside of all); nothing is taken.
  [[nodiscard]] const char* value(const char* at, int level) { return value(at, top_, level); }

private:
  static bool is_space(char c) { return c == ' ' || c == '\t'; }
  static const char* space(const char* at) {
    while (is_space(*at)) ++at;
    return at;
  }
  static bool is_word(const char* at, const char (&word)[5]) {
    return std::memcmp(at, word, 4) == 0;
  }

  // Behind the brace.
  const char* members(const char* at, json_shape& shape, int level) {
    if (level > json_scanner::most_levels) return nullptr;
    const std::uint64_t object = ++objects_;
    std::uint32_t number = 0;
    if (*at == '}') return at + 1;
    for (;;) {
      number = next_key(at, shape, number);
      if (number == 0) return no_members(at, shape, object);
      json_key& key = shape.keys[number];
      if (key.object == object) return nullptr; // twice
      key.object = object;
      at = value(at, key.spot, level + 1);
      if (at == nullptr) return nullptr;
      if (is_space(*at)) at = space(at);
      if (*at == '}') return at + 1;
      if (*at != ',') return nullptr;
      ++at;
    }
  }

  // Which key stands here; moves behind it.
  std::uint32_t next_key(const char*& at, json_shape& shape, std::uint32_t before) {
    const auto follow = shape.keys[before].follow;
    for (const std::uint32_t number : follow) {
      const json_key& key = shape.keys[number];
      if (!key.stands_at(at)) continue;
      at += key.size;
      return number;
    }
    return scan_key(at, shape, before);
  }

  [[gnu::noinline]] std::uint32_t scan_key(const char*& at, json_shape& shape,
                                           std::uint32_t before) {
    const char* const quote = space(at);
    if (*quote != '"') return 0;
    const char* const end = plain_end(quote + 1);
    if (*end != '"') return 0;
    const char* behind = space(end + 1);
    if (*behind != ':') return 0;
    behind = space(behind + 1);
    const std::string_view name(quote + 1, static_cast<std::size_t>(end - quote - 1));
    const std::string_view piece(at, static_cast<std::size_t>(behind - at));
    const std::uint32_t number = shapes_.key(shape, before, name, piece);
    if (number != 0) at = behind;
    return number;
  }

  // No key: right where the object is empty but for spaces.
  const char* no_members(const char* at, const json_shape& shape, std::uint64_t object) {
    const bool first = std::none_of(shape.keys.begin(), shape.keys.end(),
                                    [&](const json_key& k) { return k.object == object; });
    at = space(at);
    return first && *at == '}' ? at + 1 : nullptr;
  }

  // Behind the bracket.
  const char* items(const char* at, json_shape& shape, int level) {
    if (level > json_scanner::most_levels) return nullptr;
    at = space(at);
    if (*at == ']') return at + 1;
    std::size_t next_wanted = 0;
    for (std::int64_t i = 0;; ++i) {
      json_spot* spot = &shape.item;
      if (next_wanted < shape.wanted_items.size() && shape.wanted_items[next_wanted].first == i)
        spot = &shape.wanted_items[next_wanted++].second;
      at = value(at, *spot, level + 1);
      if (at == nullptr) return nullptr;
      at = space(at);
      if (*at == ']') return at + 1;
      if (*at != ',') return nullptr;
      at = space(at + 1);
    }
  }

  [[gnu::always_inline]] const char* value(const char* at, json_spot& spot, int level) {
    const char* end = nullptr;
    json_kind kind = json_kind::text;
    bool escaped = false;
    if (*at == '"') [[likely]] {
      end = plain_end(at + 1);
      if (*end == '"')
        ++end;
      else
        end = scanner_.text_behind_quote(at + 1, escaped);
    } else {
      end = other_value(at, spot, level, kind);
    }
    if (end == nullptr) return nullptr;
    if (spot.slot >= 0 && !take(spot, at, end, kind, escaped)) return nullptr;
    return end;
  }

  const char* other_value(const char* at, json_spot& spot, int level, json_kind& kind) {
    switch (*at) {
    case '{': kind = json_kind::object; return nested(at, spot, level);
    case '[': kind = json_kind::array; return nested(at, spot, level);
    case 't': kind = json_kind::boolean; return is_word(at, "true") ? at + 4 : nullptr;
    case 'f': kind = json_kind::boolean; return is_word(at + 1, "alse") ? at + 5 : nullptr;
    case 'n': kind = json_kind::null; return is_word(at, "null") ? at + 4 : nullptr;
    default: {
      const char* const end = short_number_end(at + (*at == '-' ? 1 : 0), kind);
      return end != nullptr ? end : scanner_.number(at, kind);
    }
    }
  }

  const char* nested(const char* at, json_spot& spot, int level) {
    json_shape* const shape = shapes_.below(spot);
    if (shape == nullptr || shape->open)
      return spot.node == json_wants::nobody ? scanner_.any_value(at, level) : nullptr;
    return *at == '{' ? members(at + 1, *shape, level) : items(at + 1, *shape, level);
  }

  [[gnu::always_inline]] bool take(const json_spot& spot, const char* begin, const char* end,
                                   json_kind kind, bool escaped) {
    if (!taker_->take(spot.slot, begin, end, kind, escaped)) return false;
    if (!spot.more_slots) return true;
    const std::vector<int>& slots = shapes_.wants().slots(spot.node);
    return std::all_of(slots.begin() + 1, slots.end(),
                       [&](int s) { return taker_->take(s, begin, end, kind, escaped); });
  }

  json_shapes shapes_;
  json_spot top_; // of values that stand alone
  json_scanner scanner_;
  Taker* taker_;
  std::uint64_t objects_ = 0;
};

} // namespace vigie::core
