// SPDX-License-Identifier: Apache-2.0
// Texts that were seen, to be asked whether another one is a copy of one of them: exactly, in its
// words, or nearly. Called by copy_finder. Filled and asked by one thread; the answers depend on
// the order of texts alone.
//
// Near copies are found by locality-sensitive hashing (Indyk, Motwani, 1998; Broder, 1997): 120
// numbers in 24 bands of 5. A pair of similarity s meets in a band with probability
// 1 - (1 - s^5)^24: 0.5: .53, 0.6: .86, 0.7: .988, 0.8: .99993, 0.9: 1 - 4e-10. Those that meet are
// then held against each other in all 120 numbers.
#pragma once

#include "copies/fingerprint.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace vigie::press {

struct copy_found {
  std::uint32_t of = 0; // the number of the text it copies
  copy_kind kind = copy_kind::exact;
  double similarity = 1; // an estimate where kind is near
};

class copy_index {
public:
  static constexpr std::size_t bands = 24, rows = 5;
  static_assert(bands * rows == sketch_size);
  // For each band of a text, how many earlier texts hold its numbers.
  using band_counts = std::array<std::uint8_t, bands>;

  // `least`: the similarity of near copies, above 0 to 1. `most`: kinds beyond are not looked for.
  copy_index(double least, copy_kind most) : least_(least), most_(most) {}

  // The text it copies: exactly, else in words, else the nearest of those that are near enough, of
  // equally near ones the first. Texts without words are compared exactly only. Where it was looked
  // for among near ones, the bands of the texts here are added to `met`.
  [[nodiscard]] std::optional<copy_found> find(const fingerprint& f, band_counts& met);
  // The text becomes number size(). At most 2^31 texts. `met`: as find() gave it, with what other
  // indexes of the same texts hold; a text is in no band that is full.
  void add(const fingerprint& f, const band_counts& met);
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes_with_one_more() const; // of memory, about

private:
  // Texts that one band may hold under the same numbers: what very many pages share, such as the
  // frame of a site, cannot make work grow with their square. Later ones are still found by their
  // other bands.
  static constexpr std::size_t most_in_band = 32;

  struct place {
    std::uint32_t tag = 0, text = 0; // text: one more than its number; 0: empty
  };
  struct digest_hash {
    std::size_t operator()(const digest_128& d) const;
  };
  using digests = std::unordered_map<digest_128, std::uint32_t, digest_hash>;

  [[nodiscard]] std::optional<copy_found> find_near(const sketch& s, band_counts& met);
  [[nodiscard]] static std::uint32_t tag_of(const sketch& s, std::size_t band);
  [[nodiscard]] std::size_t first_place(std::uint32_t tag) const;
  [[nodiscard]] std::size_t next_place(std::size_t at) const {
    return (at + 1) & (places_.size() - 1);
  }
  [[nodiscard]] bool full() const { return 8 * (taken_ + bands) > 5 * places_.size(); }
  void put(std::uint32_t tag, std::uint32_t text);
  void grow();

  double least_;
  copy_kind most_;
  std::uint32_t size_ = 0;
  digests exact_, normalised_;
  std::vector<sketch> sketches_;       // of the texts that have one
  std::vector<std::uint32_t> numbers_; // of the texts of sketches_
  std::vector<place> places_ = std::vector<place>(1024);
  std::size_t taken_ = 0;
  std::vector<std::uint32_t> candidates_;
};

} // namespace vigie::press
