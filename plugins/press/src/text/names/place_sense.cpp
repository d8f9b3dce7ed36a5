// SPDX-License-Identifier: Apache-2.0
#include "place_sense.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace vigie::press {
namespace {

constexpr std::size_t most_senses = 8; // of one name

constexpr std::size_t enough = 2; // towns and regions that speak against a country

// What a page names of a country: towns and regions that are no capital, by their keys.
using evidence = std::set<std::string>;

class place_chooser {
public:
  place_chooser(const scanned_text& text, const reading_rules& rules)
      : text_(text), rules_(rules) {}

  void run(std::vector<candidate>& candidates) {
    std::vector<candidate*> open;
    for (candidate& c : candidates) {
      if (!named_place(c)) {
        if (c.place != nullptr) named_.try_emplace(country(*c.place));
      } else if (senses(c).size() > 1) {
        open.push_back(&c);
      } else {
        see(rules_.names[c.index]);
      }
    }
    for (candidate* c : open) c->index = chosen(senses(*c), c->index);
  }

private:
  bool named_place(const candidate& c) const {
    return c.kind == candidate_kind::name && rules_.names[c.index].type == name_type::place;
  }
  static std::string country(const name_rule& r) { return r.iso.substr(0, 2); }
  static bool local(const name_rule& r) { return r.category == "region" || r.category == "city"; }

  void see(const name_rule& r) {
    evidence& e = named_[country(r)];
    if (local(r)) e.insert(r.key);
  }

  // The places that the candidate's words name, in the order of the rules.
  std::vector<std::uint32_t> senses(const candidate& c) const {
    std::vector<std::uint32_t> out;
    std::array<phrase_table::match, phrase_table::longest> found;
    for (std::size_t n = rules_.phrases.matches(text_.words, c.first, found); n-- > 0;) {
      if (found[n].words != c.last - c.first) continue;
      rules_.phrases.any(found[n], [&](std::uint32_t value) {
        const phrase_rule& r = rules_.rules[value];
        if (r.kind == phrase_kind::name && rules_.names[r.index].type == name_type::place)
          out.push_back(r.index);
        return out.size() == most_senses;
      });
    }
    std::ranges::sort(out);
    return out;
  }

  std::uint32_t chosen(const std::vector<std::uint32_t>& senses, std::uint32_t first) const {
    const name_rule& usual = rules_.names[first];
    if (named_.contains(country(usual))) return first;
    for (const std::uint32_t s : senses) {
      const auto at = named_.find(country(rules_.names[s]));
      if (at == named_.end()) continue;
      if (usual.category != "country" || at->second.size() >= enough) return s;
    }
    return first;
  }

  const scanned_text& text_;
  const reading_rules& rules_;
  std::map<std::string, evidence> named_;
};

} // namespace

void settle_places(std::vector<candidate>& candidates, const scanned_text& text,
                   const reading_rules& rules) {
  place_chooser(text, rules).run(candidates);
}

} // namespace vigie::press
