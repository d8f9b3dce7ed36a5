// SPDX-License-Identifier: Apache-2.0
// What a text named last, for "the company" and "the group" that mean it. Inner to
// settle_described. A value for one thread; a question costs the things of one sentence.
#pragma once

#include "described_things.hpp"

#include <algorithm>
#include <unordered_map>

namespace vigie::press {

// Of several things in one sentence the one that was named most often so far is meant.
struct latest_things {
  static constexpr std::uint32_t reach = 4; // sentences
  static constexpr std::size_t most = 4;    // things of a sentence
  std::vector<std::size_t> things;          // of the last sentence that named some
  std::uint32_t sentence = 0;
  std::unordered_map<std::size_t, std::uint32_t> told;

  void see(std::uint32_t s, std::size_t t) {
    if (s != sentence) things.clear();
    sentence = s;
    ++told[t];
    if (things.size() < most && std::ranges::find(things, t) == things.end()) things.push_back(t);
  }
  [[nodiscard]] std::size_t meant(std::uint32_t s) const {
    if (things.empty() || s > sentence + reach) return no_thing;
    const auto often = [&](std::size_t t) { return told.at(t); };
    const std::size_t best = *std::ranges::max_element(things, {}, often);
    const bool alone = std::ranges::count(things, often(best), often) == 1;
    return alone ? best : no_thing;
  }
};

} // namespace vigie::press
