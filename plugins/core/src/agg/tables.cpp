// SPDX-License-Identifier: Apache-2.0
#include "agg/tables.hpp"

#include <vigie/types.hpp>

#include <sys/mman.h>

#include <algorithm>
#include <new>
#include <utility>

namespace vigie::core::agg {
namespace {

constexpr std::size_t first_slots = 256;

// Small tables grow fast, so that few entries are moved more than once.
std::size_t next_size(std::size_t slots) {
  return std::max(first_slots, slots < 256 * 1024 ? 4 * slots : 2 * slots);
}

// Slots for `more` entries, and with them those that are given up for them.
std::size_t slots_for(std::size_t entries, std::size_t now, std::size_t more) {
  std::size_t wanted = now, before = 0;
  while (3 * (entries + more + 1) > 2 * wanted) {
    before = wanted;
    wanted = next_size(wanted);
  }
  return wanted + before;
}

void check_room(std::size_t entries) {
  if (entries >= 0xfffffff0U)
    throw error(VIGIE_E_RESOURCE, "an aggregate holds 4 thousand million values at once; give the "
                                  "run less memory, so that it sorts them in parts");
}

} // namespace

void* zeroed_memory(std::size_t bytes) {
  constexpr std::size_t page = std::size_t{2} << 20U;
  void* out = nullptr;
  if (bytes < page) {
    out = std::calloc(1, bytes);
  } else {
    const std::size_t whole = (bytes + page - 1) / page * page;
    out = std::aligned_alloc(page, whole);
    // Where the system gives none, small pages do.
    if (out != nullptr) static_cast<void>(::madvise(out, whole, MADV_HUGEPAGE));
    if (out != nullptr) std::memset(out, 0, bytes);
  }
  if (out == nullptr) throw std::bad_alloc();
  return out;
}

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
  slots_ = slot_array<std::uint64_t>(next_size(slots_.size()));
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
  slots_ = slot_array<slot>(next_size(slots_.size()));
  for (std::size_t i = 0; i < words_.size(); ++i)
    slots_[place(words_[i], hash(words_[i]))] = {words_[i], i + 1};
}

std::size_t word_table::after(std::size_t n) const {
  return grown(words_, n) + slots_for(words_.size(), slots_.size(), n) * sizeof(slots_[0]);
}

void word_set::grow() {
  check_room(words_.size());
  std::size_t size = slots_.size();
  do size = next_size(size);
  while (3 * (words_.size() + 1) > 2 * size);
  slots_ = slot_array<std::uint64_t>(size);
  for (const std::uint64_t w : words_) slots_[place(w, hash(w))] = w;
}

void word_set::make_set() {
  if (!std::exchange(unsure_, false)) return;
  const std::vector<std::uint64_t> all = std::move(words_);
  words_.clear();
  slots_ = {};
  for (const std::uint64_t w : all) insert(w, hash(w));
}

std::size_t word_set::after(std::size_t n) const {
  const std::size_t copy = unsure_ ? words_.size() * sizeof(words_[0]) : 0; // make_set()
  return copy + grown(words_, n) + slots_for(words_.size(), slots_.size(), n) * sizeof(slots_[0]);
}

} // namespace vigie::core::agg
