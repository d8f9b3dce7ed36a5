// SPDX-License-Identifier: Apache-2.0
#include "copies/copy_index.hpp"

#include <algorithm>
#include <cstring>

namespace vigie::press {
namespace {

// Of a node of a table of digests, with its share of the table.
constexpr std::size_t node_bytes = 64;

} // namespace

std::size_t copy_index::digest_hash::operator()(const digest_128& d) const {
  std::size_t out = 0;
  std::memcpy(&out, d.data(), sizeof out);
  return out;
}

// Tables that are full will have doubled.
std::size_t copy_index::bytes_with_one_more() const {
  const std::size_t sketches = sketches_.capacity() * (sizeof(sketch) + sizeof(std::uint32_t));
  const std::size_t places = places_.size() * sizeof(place);
  return (exact_.size() + normalised_.size() + 2) * node_bytes +
         (sketches_.size() == sketches_.capacity() ? 2 * sketches + sizeof(sketch) : sketches) +
         (full() ? 2 * places : places);
}

// Two bands with the same five numbers are told apart by where they begin.
std::uint32_t copy_index::tag_of(const sketch& s, std::size_t band) {
  std::uint64_t h = 0x9e3779b97f4a7c15U * (band + 1);
  for (std::size_t i = band * rows; i < (band + 1) * rows; ++i) {
    h = (h ^ s[i]) * 0xbf58476d1ce4e5b9U;
    h ^= h >> 29U;
  }
  return static_cast<std::uint32_t>(h * 0x94d049bb133111ebU >> 32U);
}

std::size_t copy_index::first_place(std::uint32_t tag) const {
  return static_cast<std::size_t>(std::uint64_t{tag} * places_.size() >> 32U);
}

std::optional<copy_found> copy_index::find(const fingerprint& f, band_counts& met) {
  if (const auto found = exact_.find(f.exact); found != exact_.end())
    return copy_found{found->second, copy_kind::exact, 1};
  if (most_ >= copy_kind::normalised && f.normalised)
    if (const auto found = normalised_.find(*f.normalised); found != normalised_.end())
      return copy_found{found->second, copy_kind::normalised, 1};
  return most_ == copy_kind::near && f.near ? find_near(*f.near, met) : std::nullopt;
}

std::optional<copy_found> copy_index::find_near(const sketch& s, band_counts& met) {
  candidates_.clear();
  for (std::size_t band = 0; band < bands; ++band) {
    const std::uint32_t tag = tag_of(s, band);
    for (std::size_t at = first_place(tag); places_[at].text != 0; at = next_place(at))
      if (places_[at].tag == tag) {
        candidates_.push_back(places_[at].text - 1);
        ++met[band];
      }
  }
  std::sort(candidates_.begin(), candidates_.end());
  candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
  std::optional<copy_found> best;
  for (const std::uint32_t c : candidates_) {
    const double alike = similarity(s, sketches_[c]);
    if (alike >= least_ && (!best || alike > best->similarity))
      best = copy_found{numbers_[c], copy_kind::near, alike};
  }
  return best;
}

void copy_index::add(const fingerprint& f, const band_counts& met) {
  if (size_ >= (std::uint32_t{1} << 31U))
    throw error(VIGIE_E_RESOURCE, "there are more than 2147483648 different texts");
  exact_.emplace(f.exact, size_);
  if (most_ >= copy_kind::normalised && f.normalised) normalised_.emplace(*f.normalised, size_);
  if (most_ == copy_kind::near && f.near) {
    const auto number = static_cast<std::uint32_t>(sketches_.size());
    sketches_.push_back(*f.near);
    numbers_.push_back(size_);
    if (full()) grow();
    for (std::size_t band = 0; band < bands; ++band)
      if (met[band] < most_in_band) put(tag_of(*f.near, band), number);
  }
  ++size_;
}

void copy_index::put(std::uint32_t tag, std::uint32_t text) {
  std::size_t at = first_place(tag);
  while (places_[at].text != 0) at = next_place(at);
  places_[at] = {tag, text + 1};
  ++taken_;
}

void copy_index::grow() {
  std::vector<place> old(2 * places_.size());
  old.swap(places_);
  for (const place& p : old) {
    if (p.text == 0) continue;
    std::size_t at = first_place(p.tag);
    while (places_[at].text != 0) at = next_place(at);
    places_[at] = p;
  }
}

} // namespace vigie::press
