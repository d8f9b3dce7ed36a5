// SPDX-License-Identifier: Apache-2.0
// From keys to the numbers 0, 1, 2, ... in the order in which the keys were first seen: open
// addressing with linear probing (Knuth, The Art of Computer Programming, vol. 3, 6.4), and a small
// filter before it that says no to most keys that are not there (Bloom, CACM 13(7), 1970, with all
// bits of a key in one word). Any key may stand in it: an empty place is known by its number, not
// by its key. Called by core.join and core.dedup. Filled by one thread; find() and may_have() by
// any.
#pragma once

#include "key_hash.hpp"

#include <vigie/types.hpp>

#include <algorithm>
#include <bit>
#include <limits>
#include <string>
#include <vector>

namespace vigie::core {

struct numbered_key {
  std::uint32_t number;
  bool fresh; // it was not there before
};

inline constexpr std::uint32_t no_key = std::numeric_limits<std::uint32_t>::max();

// Where keys stand by their hash. Each place holds what `Place` says, among it `number`, one more
// than the number of its key, 0 where it is empty. No more than 2^32 - 2 keys.
template <class Place> class key_places {
public:
  [[nodiscard]] std::size_t first(std::uint64_t hash) const { return hash >> shift_; }
  [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & (places_.size() - 1); }
  [[nodiscard]] Place& operator[](std::size_t at) { return places_[at]; }
  [[nodiscard]] const Place& operator[](std::size_t at) const { return places_[at]; }
  [[nodiscard]] std::size_t size() const { return places_.size(); }
  [[nodiscard]] std::size_t bytes() const { return places_.capacity() * sizeof(Place); }
  [[nodiscard]] const std::vector<Place>& all() const { return places_; }
  // Whether one more than `keys` would fill more than half of the places. Throws where the numbers
  // are used up.
  [[nodiscard]] bool tight(std::uint32_t keys) const {
    if (keys >= no_key - 1)
      throw error(VIGIE_E_RESOURCE, "there are more than 4294967294 different keys");
    return 2 * (std::size_t{keys} + 1) > places_.size();
  }
  // Twice as many places; hash_of(place) is asked for each that is taken.
  template <class Hash> void grow(Hash&& hash_of) {
    std::vector<Place> old(2 * places_.size());
    old.swap(places_);
    --shift_;
    for (const Place& p : old) {
      if (p.number == 0) continue;
      std::size_t at = first(hash_of(p));
      while (places_[at].number != 0) at = next(at);
      places_[at] = p;
    }
  }

private:
  std::vector<Place> places_ = std::vector<Place>(64);
  unsigned shift_ = 64 - 6;
};

// Says of most hashes that were not put in that they were not.
class key_filter {
public:
  key_filter() = default;
  // For n hashes: 16 bits each.
  explicit key_filter(std::size_t n) {
    const std::size_t words = std::bit_ceil(std::max<std::size_t>(n / 4, 2));
    words_.resize(words);
    shift_ = 64 - static_cast<unsigned>(std::countr_zero(words));
  }
  void put(std::uint64_t hash) { words_[hash >> shift_] |= bits(hash); }
  [[nodiscard]] bool may_have(std::uint64_t hash) const {
    const std::uint64_t wanted = bits(hash);
    return (words_[hash >> shift_] & wanted) == wanted;
  }
  [[nodiscard]] std::size_t bytes() const { return words_.capacity() * sizeof(std::uint64_t); }

private:
  static std::uint64_t bits(std::uint64_t hash) {
    return std::uint64_t{1} << (hash & 63U) | std::uint64_t{1} << (hash >> 6U & 63U);
  }
  std::vector<std::uint64_t> words_;
  unsigned shift_ = 63;
};

// Keys of 64 bits.
class number_index {
public:
  using key_type = std::uint64_t;

  numbered_key insert(std::uint64_t key) {
    if (places_.tight(size_)) places_.grow([this](const place& p) { return hash(p.key); });
    std::size_t at = places_.first(hash(key));
    for (; places_[at].number != 0; at = places_.next(at))
      if (places_[at].key == key) return {places_[at].number - 1, false};
    places_[at] = {key, ++size_};
    return {size_ - 1, true};
  }
  // The number of a key, or no_key.
  [[nodiscard]] std::uint32_t find(std::uint64_t key, std::uint64_t its_hash) const {
    for (std::size_t at = places_.first(its_hash); places_[at].number != 0; at = places_.next(at))
      if (places_[at].key == key) return places_[at].number - 1;
    return no_key;
  }
  void prefetch(std::uint64_t its_hash) const {
    __builtin_prefetch(&places_[places_.first(its_hash)]);
  }
  [[nodiscard]] key_filter filter() const {
    key_filter out(size_);
    for (const place& p : places_.all())
      if (p.number != 0) out.put(hash(p.key));
    return out;
  }
  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const { return places_.bytes(); }

  key_hash hash;

private:
  struct place {
    std::uint64_t key = 0;
    std::uint32_t number = 0;
  };
  key_places<place> places_;
  std::uint32_t size_ = 0;
};

// Keys that are bytes, held one behind the other.
class bytes_index {
public:
  using key_type = std::string_view;

  numbered_key insert(std::string_view key) { return insert(key, hash(key)); }
  numbered_key insert(std::string_view key, std::uint64_t its_hash) {
    if (places_.tight(size_)) places_.grow([](const place& p) { return p.hash; });
    std::size_t at = places_.first(its_hash);
    for (; places_[at].number != 0; at = places_.next(at))
      if (places_[at].hash == its_hash && this->key(places_[at].number - 1) == key)
        return {places_[at].number - 1, false};
    text_ += key;
    ends_.push_back(text_.size());
    places_[at] = {its_hash, ++size_};
    return {size_ - 1, true};
  }
  [[nodiscard]] std::uint32_t find(std::string_view key, std::uint64_t its_hash) const {
    for (std::size_t at = places_.first(its_hash); places_[at].number != 0; at = places_.next(at))
      if (places_[at].hash == its_hash && this->key(places_[at].number - 1) == key)
        return places_[at].number - 1;
    return no_key;
  }
  void prefetch(std::uint64_t its_hash) const {
    __builtin_prefetch(&places_[places_.first(its_hash)]);
  }
  [[nodiscard]] std::string_view key(std::uint32_t number) const {
    const std::size_t from = number == 0 ? 0 : ends_[number - 1];
    return {text_.data() + from, ends_[number] - from};
  }
  [[nodiscard]] key_filter filter() const {
    key_filter out(size_);
    for (const place& p : places_.all())
      if (p.number != 0) out.put(p.hash);
    return out;
  }
  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const {
    return places_.bytes() + text_.capacity() + ends_.capacity() * sizeof(std::size_t);
  }

  key_hash hash;

private:
  struct place {
    std::uint64_t hash = 0;
    std::uint32_t number = 0;
  };
  key_places<place> places_;
  std::string text_;
  std::vector<std::size_t> ends_; // of the keys, in text_
  std::uint32_t size_ = 0;
};

} // namespace vigie::core
