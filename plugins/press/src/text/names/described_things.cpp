// SPDX-License-Identifier: Apache-2.0
#include "described_things.hpp"

#include "latest_things.hpp"

#include <unordered_map>
#include <unordered_set>

namespace vigie::press {
namespace {

class describer {
public:
  describer(const std::vector<entity>& things, const reading_rules& rules)
      : things_(things), rules_(rules) {}

  // "the company" is the last company or service named in this or the sentences before, where
  // that sentence names one only; "the ministry" the last one that was called so in full.
  void run(const std::vector<candidate>& candidates, std::vector<std::size_t>& of) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const candidate& c = candidates[i];
      if (c.kind == candidate_kind::described) of[i] = meant(c);
      if (of[i] == no_thing) continue;
      if (c.kind == candidate_kind::body) bodies_[c.index] = of[i];
      if (c.head != candidate::no_role) bodies_[c.head] = of[i];
      const name_type type = things_[of[i]].type;
      if (type == name_type::service) latest_[0].see(c.sentence, of[i]);
      if (company(c)) companies_.insert(of[i]);
      if (companies_.contains(of[i])) latest_[1].see(c.sentence, of[i]);
      if (type == name_type::media) latest_[2].see(c.sentence, of[i]);
      if (society(c)) latest_[3].see(c.sentence, of[i]);
    }
  }

private:
  bool company(const candidate& c) const {
    if (c.kind == candidate_kind::thing)
      return c.type == name_type::org &&
             (c.head == candidate::no_role || rules_.heads[c.head].category == "company");
    return c.kind == candidate_kind::name && rules_.names[c.index].category == "company";
  }

  // Of no kind that the rules have a word for: a group, an association, a project.
  bool society(const candidate& c) const {
    if (c.kind == candidate_kind::thing)
      return c.type == name_type::org && c.head != candidate::no_role &&
             rules_.heads[c.head].category == "society";
    if (c.kind == candidate_kind::name) return rules_.names[c.index].category == "ngo";
    return c.kind == candidate_kind::body && rules_.heads[c.index].category == "society";
  }

  std::size_t meant(const candidate& c) const {
    const head_rule& head = rules_.heads[c.index];
    if (head.kind == head_kind::intro && head.type == name_type::service)
      return latest_[0].meant(c.sentence);
    if (head.type == name_type::media) return latest_[2].meant(c.sentence);
    if (head.kind == head_kind::intro) return no_thing;
    if (head.category == "company") {
      const std::size_t named = latest_[1].meant(c.sentence);
      return named != no_thing ? named : latest_[0].meant(c.sentence);
    }
    const auto at = bodies_.find(c.index);
    if (at != bodies_.end()) return at->second;
    return head.category == "society" ? latest_[3].meant(c.sentence) : no_thing;
  }

  const std::vector<entity>& things_;
  const reading_rules& rules_;
  std::unordered_map<std::uint32_t, std::size_t> bodies_; // by head
  std::unordered_set<std::size_t> companies_;
  std::array<latest_things, 4> latest_; // services, companies, media, societies
};

} // namespace

void settle_described(const std::vector<candidate>& candidates, const std::vector<entity>& things,
                      const reading_rules& rules, std::vector<std::size_t>& of) {
  describer(things, rules).run(candidates, of);
}

} // namespace vigie::press
