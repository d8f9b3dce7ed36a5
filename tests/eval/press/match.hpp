// SPDX-License-Identifier: Apache-2.0
// One to one matching of annotations and findings with the three degrees of certainty. Used by the
// scorer for every kind of thing. Pure; any thread.
#pragma once

#include "gold.hpp"
#include "score.hpp"

#include <optional>
#include <vector>

namespace vigie::press::eval {

enum class fate { hit, neutral, wrong, alone };

struct matched {
  std::vector<std::optional<std::size_t>> gold; // the finding that hit it
  std::vector<fate> found; // wrong: touches a gold that it does not hit; alone: touches none
  tally sum;
};

// right(i, j): finding j says what gold i says; touches(i, j): they share a byte; sure(i): the
// certainty of gold i. Gold in order takes the first finding that is right.
template <typename Right, typename Touches, typename Sure>
matched match(std::size_t golds, std::size_t founds, Right right, Touches touches, Sure sure) {
  matched out;
  out.gold.resize(golds);
  out.found.assign(founds, fate::alone);
  for (std::size_t i = 0; i < golds; ++i) {
    if (sure(i).doubtful) continue;
    for (std::size_t j = 0; j < founds && !out.gold[i]; ++j) {
      if (out.found[j] != fate::alone || !touches(i, j) || !right(i, j)) continue;
      out.gold[i] = j;
      out.found[j] = sure(i).optional ? fate::neutral : fate::hit;
    }
  }
  for (std::size_t j = 0; j < founds; ++j) {
    for (std::size_t i = 0; i < golds && out.found[j] != fate::neutral; ++i) {
      if (out.found[j] == fate::hit || !touches(i, j)) continue;
      out.found[j] = sure(i).optional || sure(i).doubtful ? fate::neutral : fate::wrong;
    }
  }
  for (std::size_t i = 0; i < golds; ++i) {
    if (sure(i).optional || sure(i).doubtful) continue;
    ++out.sum.wanted;
    out.sum.hit += out.gold[i] ? 1 : 0;
  }
  for (const auto f : out.found) out.sum.found += f != fate::neutral;
  return out;
}

// Every miss and every false alarm. gold(i), found(j): place and what is said.
template <typename Gold, typename Found, typename Sure>
void report_all(const char* kind, const matched& m, Gold gold, Found found, Sure sure,
                std::vector<finding>& out) {
  for (std::size_t i = 0; i < m.gold.size(); ++i) {
    if (m.gold[i] || sure(i).optional || sure(i).doubtful) continue;
    const auto [at, said] = gold(i);
    out.push_back({kind, "missed", at, "", said});
  }
  for (std::size_t j = 0; j < m.found.size(); ++j) {
    if (m.found[j] == fate::hit || m.found[j] == fate::neutral) continue;
    const auto [at, said] = found(j);
    out.push_back({kind, m.found[j] == fate::wrong ? "wrong" : "false", at, "", said});
  }
}

} // namespace vigie::press::eval
