// SPDX-License-Identifier: Apache-2.0
#include "acting_words.hpp"

#include <algorithm>
#include <unordered_map>

namespace vigie::press {
namespace {

constexpr std::uint32_t enough = 2; // times that a word comes back

struct told_name {
  std::uint32_t times = 0;
  bool acts = false;   // somewhere
  bool inside = false; // with a capital that no beginning of a sentence gives
  bool part = false;   // of a longer run of capital words
  bool strange = false;
  bool several = false; // words
};

// Whether what is told of a name is enough for an organisation.
bool enough_told(const told_name& t) {
  if (t.several) return t.acts && t.inside;
  if (t.part || !t.inside) return false;
  return t.acts && (t.strange || t.times >= enough);
}

} // namespace

std::vector<std::string_view> acting_words(std::string_view body, const scanned_text& text,
                                           const std::vector<candidate>& candidates) {
  std::vector<std::string_view> out;
  std::unordered_map<std::string_view, told_name> told;
  const auto see = [&](std::size_t first, std::size_t last) -> told_name& {
    const std::uint32_t begin = text.words[first].begin;
    const std::string_view spelled = body.substr(begin, text.words[last - 1].end - begin);
    const auto [at, fresh] = told.try_emplace(spelled);
    if (fresh) out.push_back(spelled);
    return at->second;
  };
  std::uint32_t run = 0;
  for (const candidate& c : candidates) {
    if (c.kind != candidate_kind::loose) continue;
    const bool begins = c.run != run;
    run = c.run;
    told_name& t = see(c.first, c.last);
    ++t.times;
    t.part |= c.run != c.last || !begins;
    t.inside |= !c.weak;
    t.acts |= c.acts && c.run == c.last;
    t.strange = text.words[c.first].id == 0 && !text.words[c.first].capitals;
    if (!begins || c.run == c.last) continue;
    told_name& all = see(c.first, c.run);
    all.several = true;
    all.acts |= c.acts;
    all.inside |= !c.headline;
  }
  std::erase_if(out, [&](std::string_view spelled) { return !enough_told(told[spelled]); });
  std::ranges::stable_sort(out, std::ranges::greater{}, &std::string_view::size);
  return out;
}

} // namespace vigie::press
