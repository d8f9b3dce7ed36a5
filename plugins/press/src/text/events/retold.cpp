// SPDX-License-Identifier: Apache-2.0
#include "retold.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace vigie::press {
namespace {

constexpr std::size_t most_retold = 32; // events of a type and target that are compared

bool compatible(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b) {
  return a.empty() || b.empty() || std::ranges::find_first_of(a, b) != a.end();
}

void drop(std::vector<event>& events, const std::vector<char>& marked) {
  std::size_t at = 0;
  std::erase_if(events, [&](const event&) { return marked[at++] != 0; });
}

} // namespace

void drop_repeated_titles(std::vector<event>& events, std::span<const body_sentence> sentences,
                          const reading_rules& rules) {
  const auto title = [&](const event& e) { return sentences[e.sentence].title; };
  std::vector<std::vector<std::size_t>> told(rules.types.size());
  for (std::size_t i = 0; i < events.size(); ++i)
    if (!title(events[i])) told[events[i].type].push_back(i);
  std::vector<char> repeated(events.size(), 0);
  for (std::size_t i = 0; i < events.size(); ++i)
    repeated[i] = title(events[i]) && std::ranges::any_of(told[events[i].type], [&](std::size_t k) {
                    return compatible(events[i].targets, events[k].targets);
                  });
  drop(events, repeated);
}

void drop_retold(std::vector<event>& events) {
  std::vector<char> repeated(events.size(), 0);
  std::map<std::pair<std::uint32_t, std::int32_t>, std::vector<std::size_t>> told;
  std::set<std::uint32_t> types;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const event& e = events[i];
    if (!types.insert(e.type).second && e.resumes) {
      repeated[i] = 1;
      continue;
    }
    if (e.actors.empty() || e.targets.empty()) continue;
    std::vector<std::size_t>& before = told[{e.type, e.targets.front()}];
    repeated[i] = !e.date && e.figures.empty() && std::ranges::any_of(before, [&](std::size_t k) {
      return events[k].actors == e.actors && events[k].targets == e.targets &&
             (events[k].modality == "denied") == (e.modality == "denied");
    });
    if (repeated[i] == 0 && before.size() < most_retold) before.push_back(i);
  }
  drop(events, repeated);
}

} // namespace vigie::press
