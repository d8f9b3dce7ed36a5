// SPDX-License-Identifier: Apache-2.0
// JSON text under construction in memory that is asked for once a value, not once a byte. Called
// by core.write_jsonl for the cells it writes most; the meaning of cells stays with json/cell.hpp.
// One thread.
#pragma once

#include "json/cell.hpp"
#include "plain_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core {

class json_out {
public:
  static constexpr std::size_t slack = 64; // bytes behind the content that may be written over

  [[nodiscard]] std::string_view text() const { return {memory_.data(), size_}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  void clear() { size_ = 0; }
  // Where the next bytes go: room for n and the slack. Valid until the next call.
  [[nodiscard]] char* room(std::size_t n) {
    if (size_ + n + slack > memory_.size()) [[unlikely]]
      memory_.resize(std::max(size_ + n + slack, memory_.size() * 2));
    return memory_.data() + size_;
  }
  // The content ends before `end`, a place inside the room.
  void end_at(const char* end) { size_ = static_cast<std::size_t>(end - memory_.data()); }
  void replace(std::size_t at, char c) { memory_[at] = c; }
  void put(char c) {
    *room(1) = c;
    ++size_;
  }
  void put(std::string_view bytes) {
    std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
    size_ += bytes.size();
  }
  // `padded` can be read up to the next multiple of 16 bytes.
  void put_padded(const char* padded, std::size_t size) {
    char* const at = room(size);
    for (std::size_t i = 0; i < size; i += 16) std::memcpy(at + i, padded + i, 16);
    size_ += size;
  }

  // In quotes, escaped.
  void quoted(std::string_view text) {
    char* const at = room(text.size() + 2);
    *at = '"';
    if (!copy_plain(at + 1, text)) [[unlikely]]
      return escaped(text);
    at[text.size() + 1] = '"';
    size_ += text.size() + 2;
  }
  template <class T> void number(T value) {
    constexpr std::size_t most = 32;
    char* const at = room(most);
    end_at(std::to_chars(at, at + most, value).ptr);
  }
  void real(double value) { std::isfinite(value) ? number(value) : put("null"); }

private:
  // Copies a text, which may write over the slack, and says whether nothing in it is to be escaped.
  static bool copy_plain(char* to, std::string_view text) {
    const std::size_t n = text.size();
    const char* const from = text.data();
#ifdef __SSE2__
    if (n >= 16) {
      unsigned special = 0;
      for (std::size_t i = 0; i < n - 16; i += 16) {
        special |= special_bits(from + i);
        std::memcpy(to + i, from + i, 16);
      }
      special |= special_bits(from + n - 16); // the last step goes over some bytes again
      std::memcpy(to + n - 16, from + n - 16, 16);
      return special == 0;
    }
    copy_short(to, from, n);
    return (special_bits(to) & ((1U << n) - 1)) == 0;
#else
    if (n > 0) std::memcpy(to, from, n);
    return plain_prefix(text) == n;
#endif
  }
  // Fewer than 16 bytes, in steps of fixed size.
  static void copy_short(char* to, const char* from, std::size_t n) {
    const auto both_ends = [&](auto size) {
      std::memcpy(to, from, size);
      std::memcpy(to + n - size, from + n - size, size);
    };
    if (n >= 8) return both_ends(std::integral_constant<std::size_t, 8>{});
    if (n >= 4) return both_ends(std::integral_constant<std::size_t, 4>{});
    for (std::size_t i = 0; i < n; ++i) to[i] = from[i];
  }
  void escaped(std::string_view text) {
    spare_.clear();
    append_quoted(spare_, text);
    put(spare_);
  }

  std::vector<char> memory_;
  std::size_t size_ = 0;
  std::string spare_;
};

} // namespace vigie::core
