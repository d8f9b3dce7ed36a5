// SPDX-License-Identifier: Apache-2.0
#include "acting_words.hpp"

#include <unordered_map>

namespace vigie::press {
namespace {

constexpr std::uint32_t enough = 2; // times that a word comes back

struct told_word {
  std::uint32_t times = 0;
  bool acts = false, part = false, inside = false;
};

} // namespace

std::vector<std::string_view> acting_words(std::string_view body, const scanned_text& text,
                                           const std::vector<candidate>& candidates) {
  std::vector<std::string_view> out;
  std::unordered_map<std::string_view, told_word> told;
  std::uint32_t run = 0;
  for (const candidate& c : candidates) {
    if (c.kind != candidate_kind::loose) continue;
    const word& w = text.words[c.first];
    const std::string_view spelled = body.substr(w.begin, w.end - w.begin);
    const auto [at, fresh] = told.try_emplace(spelled);
    told_word& t = at->second;
    if (fresh) out.push_back(spelled);
    ++t.times;
    t.acts |= c.acts;
    t.inside |= !c.weak;
    t.part |= c.run != c.last || c.run == run;
    run = c.run;
  }
  std::erase_if(out, [&](std::string_view spelled) {
    const told_word& t = told[spelled];
    return t.part || !t.acts || !t.inside || t.times < enough;
  });
  return out;
}

} // namespace vigie::press
