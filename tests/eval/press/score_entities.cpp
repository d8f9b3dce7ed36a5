// SPDX-License-Identifier: Apache-2.0
#include "charset.hpp"
#include "match.hpp"
#include "score_parts.hpp"

#include <algorithm>
#include <set>

namespace vigie::press::eval {
namespace {

class entity_scorer {
public:
  entity_scorer(const gold_page& gold, const found_page& found, const mapping& words, scores& out)
      : gold_(gold), found_(found), words_(words), out_(out) {}

  entity_links score() {
    const auto g = gold_mentions();
    const auto f = found_mentions();
    const auto type = [&](const flat& a, const flat& b) {
      const auto& entity = gold_.entities[a.entity];
      const auto& found = found_.entities[b.entity];
      return words_.entity(entity.type, found.type) || entity.sure.accepts(found.type);
    };
    const auto m = match(
        g.size(), f.size(), [&](auto i, auto j) { return type(g[i], f[j]); },
        [&](auto i, auto j) { return g[i].at.touches(f[j].at); },
        [&](auto i) { return g[i].sure; });
    out_.mentions = m.sum;
    report_all(
        "entity", m, [&](auto i) { return std::pair(g[i].at, gold_.entities[g[i].entity].type); },
        [&](auto j) {
          const auto& e = found_.entities[f[j].entity];
          return std::pair(f[j].at, e.type + " " + e.name);
        },
        [&](auto i) { return g[i].sure; }, out_.findings);
    return things(g, f, m);
  }

private:
  struct flat {
    span at;
    std::size_t entity;
    certainty sure;
  };

  bool kept(const span& at) const {
    return std::any_of(gold_.segments.begin(), gold_.segments.end(),
                       [&](const gold_segment& s) { return s.keep && s.at.touches(at); });
  }

  // Mentions in residue are told to annotators' readers, not to the product: optional.
  std::vector<flat> gold_mentions() const {
    std::vector<flat> out;
    for (std::size_t e = 0; e < gold_.entities.size(); ++e) {
      for (const auto& m : gold_.entities[e].mentions) {
        auto sure = gold_.entities[e].sure;
        sure.optional = sure.optional || m.optional || !kept(m.at);
        out.push_back({m.at, e, sure});
      }
    }
    return out;
  }

  std::vector<flat> found_mentions() const {
    std::vector<flat> out;
    for (std::size_t e = 0; e < found_.entities.size(); ++e) {
      for (const auto& m : found_.entities[e].mentions) out.push_back({m.at, e, {}});
    }
    return out;
  }

  // Which found entity is which of the gold: the one that most of its mentions hit.
  entity_links things(const std::vector<flat>& g, const std::vector<flat>& f, const matched& m) {
    entity_links links(gold_.entities.size());
    for (std::size_t i = 0; i < g.size(); ++i) {
      if (m.gold[i]) ++links[g[i].entity][f[*m.gold[i]].entity];
    }
    std::set<std::size_t> taken;
    for (std::size_t e = 0; e < links.size(); ++e) one_thing(e, links[e], taken);
    std::set<std::size_t> counted;
    for (std::size_t j = 0; j < f.size(); ++j) {
      if (m.found[j] != fate::neutral) counted.insert(f[j].entity);
    }
    out_.entities.found = counted.size();
    return links;
  }

  void one_thing(std::size_t e, const std::map<std::size_t, std::size_t>& votes,
                 std::set<std::size_t>& taken) {
    const auto& gold = gold_.entities[e];
    const bool told = std::any_of(gold.mentions.begin(), gold.mentions.end(),
                                  [&](const gold_mention& m) { return kept(m.at); });
    if (gold.sure.optional || gold.sure.doubtful || !told) return;
    ++out_.entities.wanted;
    std::size_t most = 0;
    const found_entity* best = nullptr;
    std::size_t index = 0;
    for (const auto& [j, n] : votes) {
      if (n <= most || taken.contains(j)) continue;
      most = n;
      best = &found_.entities[j];
      index = j;
    }
    if (best == nullptr) return;
    taken.insert(index);
    ++out_.entities.hit;
    name_and_iso(gold, *best);
  }

  static bool same_name(const gold_entity& gold, const found_entity& found) {
    auto names = gold.aliases;
    names.push_back(gold.name);
    for (const auto& m : gold.mentions) names.push_back(m.text);
    const auto have = bare(found.name);
    return std::any_of(names.begin(), names.end(), [&](const std::string& n) {
      const auto want = bare(n);
      return !have.empty() && (want.find(have) != want.npos || have.find(want) != have.npos);
    });
  }

  void name_and_iso(const gold_entity& gold, const found_entity& found) {
    const bool name = same_name(gold, found);
    out_.names += {name, 1, 1};
    if (!name) {
      out_.findings.push_back(
          {"name", "wrong", gold.mentions[0].at, "", gold.name + ", found " + found.name});
    }
    if (gold.iso.empty()) return;
    out_.isos += {gold.iso == found.iso, 1, 1};
    if (gold.iso == found.iso) return;
    out_.findings.push_back({"iso", "wrong", gold.mentions[0].at, "",
                             gold.iso + ", found " + (found.iso.empty() ? "none" : found.iso)});
  }

  const gold_page& gold_;
  const found_page& found_;
  const mapping& words_;
  scores& out_;
};

} // namespace

entity_links score_entities(const gold_page& gold, const found_page& found, const mapping& words,
                            scores& out) {
  return entity_scorer(gold, found, words, out).score();
}

} // namespace vigie::press::eval
