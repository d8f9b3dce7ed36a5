// SPDX-License-Identifier: Apache-2.0
#include "agg/groups.hpp"

#include <algorithm>

namespace vigie::core::agg {
namespace {

constexpr std::size_t ahead = 6; // rows to fetch memory for before they are looked up

std::uint64_t first_bytes(std::string_view key) {
  std::uint64_t out = 0;
  std::memcpy(&out, key.data(), std::min(key.size(), sizeof out));
  return __builtin_bswap64(out);
}

} // namespace

std::vector<std::unique_ptr<state>> make_states(const layout& l,
                                                std::vector<value_state*>& values) {
  std::vector<std::unique_ptr<state>> out;
  values.clear();
  for (const bound_call& c : l.calls) {
    value_state* kept = nullptr;
    if (keeps_values(c.what.fn)) {
      auto made = std::make_unique<value_state>(c, l.hash);
      kept = made.get();
      out.push_back(std::move(made));
    } else {
      out.push_back(make_state(c));
    }
    values.push_back(kept);
  }
  return out;
}

void merge_states(std::vector<std::unique_ptr<state>>& states, std::uint32_t g,
                  std::string_view& from) {
  for (const auto& s : states) s->merge(g, from);
}

groups::groups(const layout& l) : layout_(&l), keys_(l.hash) { states_ = make_states(l, values_); }

void groups::number(const key_block& keys, const slice& s) {
  numbers_.resize(s.rows);
  if (layout_->keys.empty()) {
    ensure_one();
    std::ranges::fill(numbers_, 0U);
    return;
  }
  hashes_.resize(s.rows);
  for (std::size_t i = 0; i < s.rows; ++i) hashes_[i] = keys_.hash(keys[s.first + i]);
  for (std::size_t i = 0; i < s.rows; ++i) {
    if (i + 3 * ahead < s.rows) keys_.prefetch(hashes_[i + 3 * ahead]);
    if (i + 2 * ahead < s.rows) keys_.prefetch_entry(hashes_[i + 2 * ahead]);
    if (i + ahead < s.rows) keys_.prefetch_text(hashes_[i + ahead]);
    numbers_[i] = keys_.number(keys[s.first + i], hashes_[i]);
  }
  for (const auto& one : states_) one->groups(keys_.size());
}

void groups::ensure_one() {
  static_cast<void>(keys_.number({}, keys_.hash({})));
  for (const auto& one : states_) one->groups(1);
}

void groups::update(const key_block& keys, const std::vector<cells>& columns, const slice& s) {
  number(keys, s);
  const auto at = [&](int i) { return i < 0 ? nullptr : &columns[static_cast<std::size_t>(i)]; };
  for (std::size_t k = 0; k < states_.size(); ++k) {
    const bound_call& c = layout_->calls[k];
    states_[k]->update({at(c.column), at(c.by), s.first, numbers_});
  }
}

void groups::merge(const key_block& keys, const cells& states, const slice& s) {
  number(keys, s);
  for (std::size_t i = 0; i < s.rows; ++i) {
    std::string_view from = states.has(s.first + i) ? states.views[s.first + i] : "";
    if (take_bytes<std::uint8_t>(from) != 0) merge_states(states_, numbers_[i], from);
    for (value_state* v : values_)
      if (v != nullptr) v->merge_values(numbers_[i], from);
  }
  for (value_state* v : values_)
    if (v != nullptr) v->drain();
}

std::size_t groups::after(const slice& s) const {
  const std::size_t keys = keys_.after(s.rows, s.key_bytes);
  std::size_t out = 3 * keys; // twice that is what the order of keys takes at the end
  for (const auto& one : states_) out += one->after(s.more);
  return out;
}

void groups::gather(bool exact) {
  for (value_state* v : values_)
    if (v != nullptr) v->gather(keys_.size(), exact);
}

std::vector<std::uint32_t> groups::in_key_order() const {
  struct entry {
    std::uint64_t first;
    std::size_t at, size;
    std::uint32_t number;
  };
  const key_reader reader(layout_->keys);
  std::string keys;
  std::vector<entry> all(keys_.size());
  for (std::uint32_t g = 0; g < all.size(); ++g) {
    const std::size_t at = keys.size();
    reader.append_ordered(keys_[g], keys);
    all[g] = {first_bytes(std::string_view(keys).substr(at)), at, keys.size() - at, g};
  }
  std::ranges::sort(all, [&keys](const entry& a, const entry& b) {
    if (a.first != b.first) return a.first < b.first;
    return std::string_view(keys.data() + a.at, a.size) <
           std::string_view(keys.data() + b.at, b.size);
  });
  std::vector<std::uint32_t> out(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) out[i] = all[i].number;
  return out;
}

void groups::pack(std::uint32_t g, std::string& to) const {
  for (const auto& one : states_) one->pack(g, to);
}

} // namespace vigie::core::agg
