// SPDX-License-Identifier: Apache-2.0
#include "agg_tables.hpp"

#include <vigie/types.hpp>

#include <algorithm>

namespace vigie::core::agg {
namespace {

constexpr std::size_t first_slots = 256;

// Slots for one more entry than `entries`, and with them those that are given up for them.
std::size_t slots_for(std::size_t entries, std::size_t now, std::size_t more) {
  std::size_t wanted = std::max(now, first_slots);
  while (2 * (entries + more + 1) > wanted) wanted *= 2;
  return wanted == now ? now : wanted + wanted / 2;
}

void check_room(std::size_t entries) {
  if (entries >= 0xfffffff0U)
    throw error(VIGIE_E_RESOURCE, "an aggregate holds 4 thousand million values at once; give the "
                                  "run less memory, so that it sorts them in parts");
}

} // namespace

char* arena::room(std::size_t n) {
  if (n > left_) {
    const std::size_t size = std::max(n, block_size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    next_ = blocks_.back().get();
    left_ = size;
    bytes_ += size;
  }
  char* out = next_;
  next_ += n;
  left_ -= n;
  return out;
}

std::uint32_t text_table::add(std::string_view text, std::uint64_t hash, std::size_t at) {
  check_room(texts_.size());
  texts_.push_back({bytes_.put(text), hash});
  slots_[at] = (hash & tag_bits) | texts_.size();
  return static_cast<std::uint32_t>(texts_.size() - 1);
}

void text_table::grow() {
  slots_.assign(std::max(first_slots, 2 * slots_.size()), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    std::size_t at = texts_[i].hash & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = (texts_[i].hash & tag_bits) | (i + 1);
  }
}

std::size_t text_table::after(std::size_t n, std::size_t text_bytes) const {
  return grown(texts_, n) + slots_for(texts_.size(), slots_.size(), n) * sizeof(slots_[0]) +
         bytes_.after(text_bytes);
}

void word_table::grow() {
  check_room(words_.size());
  slots_.assign(std::max(first_slots, 2 * slots_.size()), slot{});
  for (std::size_t i = 0; i < words_.size(); ++i) slots_[place(words_[i])] = {words_[i], i + 1};
}

std::size_t word_table::after(std::size_t n) const {
  return grown(words_, n) + slots_for(words_.size(), slots_.size(), n) * sizeof(slots_[0]);
}

void word_set::grow() {
  check_room(words_.size());
  slots_.assign(std::max(first_slots, 2 * slots_.size()), 0);
  for (const std::uint64_t w : words_) slots_[place(w)] = w;
}

std::size_t word_set::after(std::size_t n) const {
  return grown(words_, n) + slots_for(words_.size(), slots_.size(), n) * sizeof(slots_[0]);
}

} // namespace vigie::core::agg
