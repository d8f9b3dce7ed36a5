// SPDX-License-Identifier: Apache-2.0
#include "described_things.hpp"

#include "latest_things.hpp"
#include "told_words.hpp"

#include <unordered_map>
#include <unordered_set>

namespace vigie::press {
namespace {

class describer : told_words {
public:
  describer(std::string_view body, const scanned_text& text, const reading_rules& rules,
            const std::vector<entity>& things)
      : told_words(body, text, rules), things_(things) {}

  // "the company" is the last company or service named in this or the sentences before, where
  // that sentence names one only; "the ministry" the last one that was called so in full.
  void run(const std::vector<candidate>& candidates, std::vector<std::size_t>& of) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const candidate& c = candidates[i];
      if (c.kind == candidate_kind::described) of[i] = meant(c);
      if (of[i] == no_thing) continue;
      if (c.kind == candidate_kind::body) see_body(c.index, of[i]);
      if (c.head != candidate::no_role) see_body(c.head, of[i]);
      if (c.kind != candidate_kind::described) see_nouns(c, of[i]);
      const name_type type = things_[of[i]].type;
      if (type == name_type::service) latest_[0].see(c.sentence, of[i]);
      if (company(c)) companies_.insert(of[i]);
      if (companies_.contains(of[i])) latest_[1].see(c.sentence, of[i]);
      if (type == name_type::media) latest_[2].see(c.sentence, of[i]);
      if (society(c)) latest_[3].see(c.sentence, of[i]);
    }
  }

private:
  void see_body(std::uint32_t head, std::size_t thing) {
    bodies_[head] = thing;
    if (rules_.heads[head].category == "house") house_ = thing;
  }

  // "the Office for Roads" is the office that was named last.
  void see_nouns(const candidate& c, std::size_t thing) {
    if (things_[thing].type != name_type::org || c.last < c.first + 2) return;
    for (std::size_t i = c.first; i < c.last; ++i)
      if (text_.words[i].id != 0 && text_.words[i].capital && !text_.words[i].capitals)
        nouns_[text_.words[i].id] = thing;
  }

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
    const std::size_t called = called_so(c);
    if (c.weak) return called;
    if (head.kind == head_kind::intro && head.type == name_type::service) {
      const std::size_t service = latest_[0].meant(c.sentence);
      return service != no_thing ? service : latest_[2].meant(c.sentence);
    }
    if (head.type == name_type::media) return latest_[2].meant(c.sentence);
    if (head.kind == head_kind::intro) return no_thing;
    if (head.category == "company") {
      const std::size_t named = latest_[1].meant(c.sentence);
      if (called != no_thing && called != named) return called;
      return named != no_thing ? named : latest_[0].meant(c.sentence);
    }
    if (called != no_thing) return called;
    const auto at = bodies_.find(c.index);
    if (at != bodies_.end()) return at->second;
    if (head.category == "house") return house_;
    return head.category == "society" ? latest_[3].meant(c.sentence) : no_thing;
  }

  // What has the word in its name: "the bank" is the Bank of Vorbeck.
  std::size_t called_so(const candidate& c) const {
    if (c.last != c.first + 1) return no_thing;
    const auto at = nouns_.find(text_.words[c.first].id);
    return at == nouns_.end() ? no_thing : at->second;
  }

  const std::vector<entity>& things_;
  std::unordered_map<std::uint32_t, std::size_t> nouns_;  // by word
  std::size_t house_ = no_thing;                          // a hospital, a school
  std::unordered_map<std::uint32_t, std::size_t> bodies_; // by head
  std::unordered_set<std::size_t> companies_;
  std::array<latest_things, 4> latest_; // services, companies, media, societies
};

} // namespace

void settle_described(std::string_view body, const scanned_text& text, const reading_rules& rules,
                      const std::vector<candidate>& candidates, const std::vector<entity>& things,
                      std::vector<std::size_t>& of) {
  describer(body, text, rules, things).run(candidates, of);
}

} // namespace vigie::press
