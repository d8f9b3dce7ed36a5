// SPDX-License-Identifier: Apache-2.0
// What the objects of earlier lines looked like, place by place: which keys, in which bytes, in
// which order. Logs repeat themselves, so that the walk (json/walk.hpp) compares the key it expects
// instead of scanning, hashing and looking up the one it finds. Never decides what is right: a key
// that is not known is scanned, a place with too many keys is scanned always. One task, one thread.
#pragma once

#include "json/path.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace vigie::core {

struct json_shape;

// Where a value stands, and who wants it.
struct json_spot {
  int node = json_wants::nobody; // in the tree of wanted places
  int slot = -1;                 // the first slot that wants the value; -1: none
  bool more_slots = false;
  json_shape* shape = nullptr; // of an object or a list at this place, once one was seen
};

// A key as it was last written, with its quotes, its colon and the spaces around them.
struct json_key {
  static constexpr std::size_t most_bytes = 64;

  alignas(16) std::array<char, most_bytes> piece{};
  std::uint32_t size = 0;
  // Which bytes of the two halves must be equal; bit 32: none is, as no piece was learnt.
  std::array<std::uint64_t, 2> bits{std::uint64_t{1} << 32, 0};
  std::array<std::uint32_t, 2> follow{}; // the keys that came behind it lately
  std::uint64_t object = 0;              // in which it was seen last
  json_spot spot;

  // Whether the piece stands at `at`. 32 bytes are read, and 32 more where those are equal: the
  // text must end in a byte no key holds, with 31 readable ones behind.
  [[nodiscard]] bool stands_at(const char* at) const {
    if ((equal_bits(at, 0) & bits[0]) != bits[0]) return false;
    return size <= 32 || (equal_bits(at, 32) & bits[1]) == bits[1];
  }
  void learn(std::string_view bytes) {
    if (bytes.size() > most_bytes) return;
    piece.fill('\0');
    std::copy(bytes.begin(), bytes.end(), piece.begin());
    size = static_cast<std::uint32_t>(bytes.size());
    bits = {low_bits(std::min(size, 32U)), low_bits(size - std::min(size, 32U))};
  }

private:
  static std::uint64_t low_bits(std::uint32_t n) { return (std::uint64_t{1} << n) - 1; }
  [[nodiscard]] std::uint64_t equal_bits(const char* at, std::size_t from) const {
#ifdef __SSE2__
    const auto half = [&](std::size_t i) {
      const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + i));
      const __m128i known = _mm_load_si128(reinterpret_cast<const __m128i*>(&piece[i]));
      return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(here, known)));
    };
    return half(from) | half(from + 16) << 16;
#else
    std::uint64_t equal = 0;
    for (std::size_t i = 0; i < 32; ++i)
      equal |= std::uint64_t{at[from + i] == piece[from + i]} << i;
    return equal;
#endif
  }
};

// The objects and lists that stood at one place.
struct json_shape {
  struct name_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const {
      return std::hash<std::string_view>{}(name);
    }
  };
  static constexpr std::size_t most_keys = 256;

  std::vector<json_key> keys{1}; // the first is none: behind it comes the first key of objects
  std::unordered_map<std::string, std::uint32_t, name_hash, std::equal_to<>> numbers; // by name
  bool open = false; // more keys than are worth remembering
  json_spot item;    // of a list
  std::vector<std::pair<std::int64_t, json_spot>> wanted_items; // by number
  int node = json_wants::nobody;
};

// All places of a task. Bounded, whatever the lines hold.
class json_shapes {
public:
  explicit json_shapes(const json_wants& wants) : wants_(&wants) { root_ = make(wants.root()); }

  [[nodiscard]] json_shape& root() { return *root_; }
  // The shape below a spot, made when first asked for; nullptr where there are too many.
  [[nodiscard]] json_shape* below(json_spot& spot);
  // The number of the key of this name, learnt as it is written; 0 where there are too many.
  // `before` is the number of the key before it.
  [[nodiscard]] std::uint32_t key(json_shape& shape, std::uint32_t before, std::string_view name,
                                  std::string_view piece);
  [[nodiscard]] const json_wants& wants() const { return *wants_; }

private:
  static constexpr std::size_t most_shapes = 1024, most_keys = 8192;

  [[nodiscard]] json_shape* make(int node);
  [[nodiscard]] json_spot spot_of(int node) const;

  const json_wants* wants_;
  std::deque<json_shape> shapes_;
  std::size_t keys_ = 0;
  json_shape* root_ = nullptr;
};

} // namespace vigie::core
