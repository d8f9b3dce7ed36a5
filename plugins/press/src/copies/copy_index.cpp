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

std::size_t copy_index::bytes() const {
  return (exact_.size() + normalised_.size()) * node_bytes + sketches_.capacity() * sizeof(sketch) +
         numbers_.capacity() * sizeof(std::uint32_t) + places_.capacity() * sizeof(place);
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

std::optional<copy_found> copy_index::find(const fingerprint& f) {
  if (const auto found = exact_.find(f.exact); found != exact_.end())
    return copy_found{found->second, copy_kind::exact, 1};
  if (most_ >= copy_kind::normalised && f.normalised)
    if (const auto found = normalised_.find(*f.normalised); found != normalised_.end())
      return copy_found{found->second, copy_kind::normalised, 1};
  return most_ == copy_kind::near && f.near ? find_near(*f.near) : std::nullopt;
}

std::optional<copy_found> copy_index::find_near(const sketch& s) {
  candidates_.clear();
  for (std::size_t band = 0; band < bands; ++band) {
    const std::uint32_t tag = tag_of(s, band);
    for (std::size_t at = first_place(tag); places_[at].text != 0; at = next_place(at))
      if (places_[at].tag == tag) candidates_.push_back(places_[at].text - 1);
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

void copy_index::add(const fingerprint& f) {
  if (size_ >= (std::uint32_t{1} << 31U))
    throw error(VIGIE_E_RESOURCE, "there are more than 2147483648 different texts");
  exact_.emplace(f.exact, size_);
  if (most_ >= copy_kind::normalised && f.normalised) normalised_.emplace(*f.normalised, size_);
  if (most_ == copy_kind::near && f.near) {
    const auto number = static_cast<std::uint32_t>(sketches_.size());
    sketches_.push_back(*f.near);
    numbers_.push_back(size_);
    for (std::size_t band = 0; band < bands; ++band) put(tag_of(*f.near, band), number);
  }
  ++size_;
}

void copy_index::put(std::uint32_t tag, std::uint32_t text) {
  if (8 * (taken_ + 1) > 5 * places_.size()) grow();
  std::size_t at = first_place(tag), met = 0;
  for (; places_[at].text != 0; at = next_place(at))
    if (places_[at].tag == tag && ++met == most_in_band) return;
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
