// SPDX-License-Identifier: Apache-2.0
#include "entities.hpp"

#include "acting_words.hpp"
#include "described_things.hpp"
#include "place_sense.hpp"
#include "told_words.hpp"

#include <algorithm>
#include <unordered_map>

namespace vigie::press {
namespace {

constexpr std::size_t none = no_thing;

// Which candidates are one thing. Names of the rules come first, so that a description that stands
// before the name it means finds it.
class coreference : told_words {
public:
  coreference(std::string_view body, const scanned_text& text, const reading_rules& rules,
              const std::vector<candidate>& candidates)
      : told_words(body, text, rules), candidates_(candidates), of_(candidates.size(), none),
        last_(candidates.size()) {
    for (std::size_t i = 0; i < candidates.size(); ++i) last_[i] = candidates[i].last;
  }

  std::vector<entity> run() {
    each(candidate_kind::name, &coreference::take_name);
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      if (candidates_[i].kind == candidate_kind::name && candidates_[i].weak)
        of_[i] = known(name_key(candidates_[i]));
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      if (sure_thing(candidates_[i])) of_[i] = take_thing(candidates_[i]);
    for (const bool titled : {false, true})
      for (std::size_t i = 0; i < candidates_.size(); ++i)
        if (candidates_[i].kind == candidate_kind::person && candidates_[i].titled == titled)
          of_[i] = take_person(candidates_[i]);
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      if (candidates_[i].kind == candidate_kind::thing && !sure_thing(candidates_[i]))
        of_[i] = take_inferred(candidates_[i]);
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      if (candidates_[i].kind == candidate_kind::body) of_[i] = take_body(i);
    each(candidate_kind::group, &coreference::take_group);
    for (const std::string_view word : acting_words(body_, text_, candidates_)) take_acting(word);
    for (std::size_t i = 0; i < candidates_.size(); ++i) take_repeat(i);
    settle_described(body_, text_, rules_, candidates_, out_, of_);
    return collect();
  }

private:
  static bool sure_thing(const candidate& c) {
    return c.kind == candidate_kind::thing && !c.inferred && !c.weak;
  }

  using taker = std::size_t (coreference::*)(const candidate&);

  void each(candidate_kind kind, taker take) {
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      if (candidates_[i].kind == kind) of_[i] = (this->*take)(candidates_[i]);
  }

  std::size_t known(const std::string& key) const {
    const auto at = by_key_.find(key);
    return at == by_key_.end() ? none : at->second;
  }

  std::size_t make(const std::string& key, entity e) {
    const auto [at, fresh] = by_key_.emplace(key, out_.size());
    if (fresh) out_.push_back(std::move(e));
    return at->second;
  }

  static std::string full_key(name_type type, std::string_view key) {
    return std::string(name_of(type)) + ":" + std::string(key);
  }
  std::string name_key(const candidate& c) const {
    const name_rule& r = rules_.names[c.index];
    return full_key(r.type, r.key);
  }

  std::size_t take_rule(const name_rule& r) {
    return make(full_key(r.type, r.key), {r.type, r.name, r.key, r.iso, {}, {}});
  }

  // What the rules call so, of a word in parentheses behind a longer name.
  const name_rule* known_acronym(std::size_t at) const {
    std::array<phrase_table::match, phrase_table::longest> found;
    const name_rule* out = nullptr;
    for (std::size_t n = rules_.phrases.matches(text_.words, at, found); n-- > 0;) {
      if (found[n].words != 1) continue;
      rules_.phrases.any(found[n], [&](std::uint32_t value) {
        const phrase_rule& r = rules_.rules[value];
        if (r.kind != phrase_kind::name) return false;
        if (rules_.names[r.index].type == name_type::org) out = &rules_.names[r.index];
        return out != nullptr;
      });
    }
    return out;
  }

  std::size_t take_name(const candidate& c) {
    if (c.weak) return none;
    const name_rule& r = rules_.names[c.index];
    const std::size_t at = take_rule(r);
    if (r.type == name_type::org && !r.category.empty() && !r.iso.empty())
      described_.emplace(r.category + ":" + r.iso, at);
    if (r.type == name_type::person) learn_person(at, c);
    learn_acronym(at, c);
    return at;
  }

  // A town that no list knows has no country: its key begins with the bar behind none.
  std::size_t take_thing(const candidate& c) {
    const std::string_view text = words(c.first, c.acronym != 0 ? c.acronym - 1 : c.last);
    const std::string key = (c.type == name_type::place ? "/" : "") + folded(text);
    const std::size_t at =
        make(full_key(c.type, key), {c.type, std::string(text), key, {}, {}, {}});
    repeats_.emplace(text, at);
    if (c.last == c.first + 2 && c.type == name_type::org && text_.words[c.first].id == 0 &&
        !c.inferred)
      repeats_.emplace(words(c.first, c.first + 1), at); // "Foo Ltd" is "Foo"
    learn_tail(at, c);
    learn_acronym(at, c);
    return at;
  }

  // What was named in a surer way elsewhere is that; a part of a person's name is none.
  std::size_t take_inferred(const candidate& c) {
    const std::string_view text = words(c.first, c.last);
    if (const auto at = repeats_.find(text); at != repeats_.end()) return at->second;
    if (const auto part = parts_.find(text); part != parts_.end() && surnames_.contains(text))
      return part->second;
    if (c.weak || parts_.contains(text)) return none;
    return take_thing(c);
  }

  // "the Collective" is "the Open Networks Collective" where no other name ends so.
  void learn_tail(std::size_t at, const candidate& c) {
    if (out_[at].type != name_type::org || c.last < c.first + 2) return;
    const auto [tail, fresh] = tails_.emplace(words(c.last - 1, c.last), at);
    if (!fresh && tail->second != at) tail->second = none;
  }

  void learn_acronym(std::size_t at, const candidate& c) {
    if (c.acronym != 0) repeats_.emplace(words(c.acronym, c.acronym + 1), at);
  }

  // --- people ---

  void learn_person(std::size_t at, const candidate& c) {
    if (c.role != candidate::no_role && out_[at].role.empty()) {
      out_[at].role = words(c.role_first, c.role_last);
    }
    if (c.role != candidate::no_role) {
      const auto [role, fresh] = roles_.emplace(c.role, at);
      if (!fresh && role->second != at) role->second = none; // two of them: nobody is meant
    }
    for (std::size_t i = c.name_first; i < c.last; ++i) {
      if (!text_.words[i].capital) continue;
      const auto [part, fresh] = parts_.emplace(words(i, i + 1), at);
      if (!fresh && part->second != at) part->second = none;
    }
    std::size_t family = c.last - 1; // "Vorbeck-Ollar", "O'Neill"
    while (family > c.name_first + 1 &&
           (text_.words[family].joined || text_.words[family].begin == text_.words[family - 1].end))
      --family;
    const std::string_view last = words(family, c.last);
    if (c.last > c.name_first + 1) surnames_.emplace(last, at);
    if (c.last > c.name_first + 1 && !c.titled)
      surnames_.emplace(words(c.name_first, c.name_first + 1), at);
  }

  std::size_t take_person(const candidate& c) {
    const std::string_view name = words(c.name_first, c.last);
    const auto thing = repeats_.find(name); // told in a surer way to be no person
    if (thing != repeats_.end() && c.role == candidate::no_role && !c.titled) return thing->second;
    if (c.last == c.name_first + 1) {
      const auto part = parts_.find(name);
      if (part != parts_.end() && part->second != none) {
        learn_role(part->second, c);
        return part->second;
      }
    }
    const auto family = surnames_.find(name); // "Vorbeck-Ollar said"
    if (c.last > c.name_first + 1 && family != surnames_.end()) return family->second;
    const std::string key = folded(name);
    const std::size_t at = make(full_key(name_type::person, key),
                                {name_type::person, std::string(name), key, {}, {}, {}});
    learn_person(at, c);
    return at;
  }

  void learn_role(std::size_t at, const candidate& c) {
    if (c.role == candidate::no_role) return;
    if (out_[at].role.empty()) out_[at].role = words(c.role_first, c.role_last);
    roles_.emplace(c.role, at);
  }

  // --- institutions and groups ---

  std::size_t take_body(std::size_t i) {
    const candidate& c = candidates_[i];
    const head_rule& head = rules_.heads[c.index];
    const std::size_t behind = named_beside(i);
    if (const std::size_t same = behind != none ? behind : apposed(i); same != none) {
      latest_[head.category] = same;
      return same;
    }
    const std::string iso = c.place ? c.place->iso : std::string();
    if (c.acronym != 0) {
      const auto at = repeats_.find(words(c.acronym, c.acronym + 1));
      if (at != repeats_.end()) return at->second;
      if (const name_rule* r = known_acronym(c.acronym)) return take_rule(*r);
    }
    const std::string described = head.category + ":" + iso;
    if (!head.category.empty() && !iso.empty() && !proper(c)) {
      const auto at = described_.find(described);
      if (at != described_.end()) return at->second;
    }
    const bool alone = head.kind == head_kind::alone;
    if (alone && iso.empty() && c.acronym == 0) {
      const auto at = latest_.find(head.category);
      if (at != latest_.end()) return at->second;
    }
    return new_body(c, head, iso, alone ? described : std::string());
  }

  // "X, the regulator of Y, said": whom the words between the commas describe.
  std::size_t apposed(std::size_t i) const {
    const candidate& c = candidates_[i];
    if (i == 0 || candidates_[i - 1].sentence != c.sentence) return none;
    const candidate& before = candidates_[i - 1];
    const bool named = before.kind == candidate_kind::thing || before.kind == candidate_kind::name;
    const bool org = named && of_[i - 1] != none && out_[of_[i - 1]].type == name_type::org;
    if (!org || before.last >= c.first || !mark(before.last, ",")) return none;
    bool article = false;
    for (std::size_t at = before.last + 1; at < c.first; ++at) {
      if (is(at, small_word::definite)) article = true;
      if (!is(at, small_word::article) && !mark(at, "'") && !mark(at, "\xe2\x80\x99")) return none;
    }
    return article && closes(c.sentence, c.last) ? of_[i - 1] : none;
  }

  // "the regulator X", "the agency for Y, X, said": who is named behind the words.
  std::size_t named_beside(std::size_t i) const {
    const candidate& c = candidates_[i];
    if (i + 1 == candidates_.size() || candidates_[i + 1].sentence != c.sentence) return none;
    const candidate& next = candidates_[i + 1];
    const bool named = next.kind == candidate_kind::thing || next.kind == candidate_kind::name;
    if (!named || of_[i + 1] == none || out_[of_[i + 1]].type != name_type::org) return none;
    if (next.first == c.last)
      return rules_.heads[c.index].category == "regulator" ? of_[i + 1] : none;
    const bool apposed = definite(c) && next.first == c.last + 1 && mark(c.last, ",") &&
                         next.last < text_.first[c.sentence + 1] && mark(next.last, ",") &&
                         closes(c.sentence, next.last);
    return apposed ? of_[i + 1] : none;
  }

  bool proper(const candidate& c) const { return text_.words[c.first].capital && c.acronym != 0; }

  std::size_t new_body(const candidate& c, const head_rule& head, const std::string& iso,
                       const std::string& described) {
    const std::uint32_t last = c.acronym != 0 ? c.acronym - 1 : c.last;
    const std::string_view text = words(c.first, last);
    const std::string key = described.empty() || c.acronym != 0 ? folded(text) : described;
    const std::size_t at =
        make(full_key(head.type, key), {head.type, std::string(text), key, iso, {}, {}});
    if (!described.empty()) {
      latest_[head.category] = at;
      described_.emplace(described, at);
    }
    learn_acronym(at, c);
    learn_own_name(at, c.first, last);
    return at;
  }

  // "the group Open Caspian" is "Open Caspian", too.
  void learn_own_name(std::size_t at, std::size_t first, std::size_t last) {
    std::size_t own = last;
    while (own > first && text_.words[own - 1].inside) --own;
    if (own == first || own == last || text_.words[own - 1].kind != token_kind::word) return;
    if (is(own - 1, small_word::of | small_word::article | small_word::link)) return;
    repeats_.emplace(words(own, last), at);
  }

  std::size_t take_group(const candidate& c) {
    const std::string iso = c.place ? c.place->iso : std::string();
    const std::string count = c.count != 0 ? folded(words(c.count, c.count + 1)) : std::string();
    const std::string counted = iso + ":" + count;
    if (c.index == ~0u) {
      const auto at = groups_.find(counted);
      if (at != groups_.end()) return at->second;
    }
    const std::string_view text = words(c.count != 0 ? c.count : c.first, c.last);
    const std::string key = folded(words(c.first, c.last)) + (count.empty() ? "" : ":" + count);
    const std::size_t at = make(full_key(name_type::group, key),
                                {name_type::group, std::string(text), folded(text), iso, {}, {}});
    if (!count.empty()) groups_.emplace(counted, at);
    return at;
  }

  void take_acting(std::string_view word) {
    if (repeats_.contains(word) || parts_.contains(word)) return;
    const std::string key = folded(word);
    repeats_.emplace(word, make(full_key(name_type::org, key),
                                {name_type::org, std::string(word), key, {}, {}, {}}));
  }

  // --- descriptions and parts of names ---

  void take_repeat(std::size_t i) {
    const candidate& c = candidates_[i];
    if (c.kind == candidate_kind::role) {
      const auto at = roles_.find(c.role);
      if (at != roles_.end() && definite(c)) of_[i] = at->second;
    }
    if (c.kind == candidate_kind::name && surname_of_place(c)) {
      of_[i] = surnames_.find(words(c.first, c.last))->second;
      return;
    }
    if (c.kind != candidate_kind::loose || (i > 0 && inside_last(i))) return;
    for (std::size_t last = std::max(c.run, c.last); last > c.first && of_[i] == none; --last) {
      const auto repeat = repeats_.find(words(c.first, last));
      if (repeat == repeats_.end()) continue;
      of_[i] = repeat->second;
      last_[i] = last;
    }
    std::size_t last = c.last; // "Vorbeck-Ollar", "O'Neill"
    while (last < c.run &&
           (text_.words[last].joined || text_.words[last].begin == text_.words[last - 1].end))
      ++last;
    const std::string_view text = words(c.first, last);
    const auto tail = tails_.find(text);
    if (of_[i] == none && tail != tails_.end() && definite(c)) of_[i] = tail->second;
    const auto person = surnames_.find(text);
    if (person == surnames_.end()) return;
    const auto part = parts_.find(text);
    if (part != parts_.end() && part->second == none) return;
    of_[i] = person->second;
    last_[i] = last;
  }

  // Whether the name that was found right before it goes on to the candidate.
  bool inside_last(std::size_t i) const {
    std::size_t before = i - 1;
    while (before > 0 && of_[before] == none && candidates_[before].run == candidates_[i].run &&
           candidates_[before].kind == candidate_kind::loose)
      --before;
    return of_[before] != none && last_[before] > candidates_[i].first;
  }

  // "London said", where the page named an Anne London.
  bool surname_of_place(const candidate& c) const {
    const name_rule& r = rules_.names[c.index];
    if (r.type != name_type::place || r.category == "country" || c.last != c.first + 1)
      return false;
    if (c.first > text_.first[c.sentence] && is(c.first - 1, small_word::locative)) return false;
    return surnames_.contains(words(c.first, c.last));
  }

  // --- result ---

  std::vector<entity> collect() {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (of_[i] == none) continue;
      const candidate& c = candidates_[i];
      entity& e = out_[of_[i]];
      const std::uint32_t first =
          c.kind == candidate_kind::group && c.count != 0 ? c.count : c.first;
      e.mentions.push_back(
          {c.sentence, text_.words[first].begin, text_.words[last_[i] - 1].end, metonym(c, e)});
    }
    std::erase_if(out_, [](const entity& e) { return e.mentions.empty(); });
    std::ranges::sort(out_, {}, [](const entity& e) { return e.mentions.front().begin; });
    return std::move(out_);
  }

  const std::vector<candidate>& candidates_;
  std::vector<std::size_t> of_;   // the entity of each candidate
  std::vector<std::size_t> last_; // and where its mention ends
  std::vector<entity> out_;
  std::unordered_map<std::string, std::size_t> by_key_, described_, latest_, groups_;
  // Words of the body that repeat a name: acronyms, parts of people's names.
  std::unordered_map<std::string_view, std::size_t> repeats_, parts_, surnames_, tails_;
  std::unordered_map<std::uint32_t, std::size_t> roles_;
};

} // namespace

std::vector<entity> find_entities(std::string_view body, std::span<const body_sentence> sentences,
                                  const reading_rules& rules) {
  const scanned_text text = scan_sentences(body, sentences, rules);
  std::vector<candidate> candidates = find_candidates(body, text, rules);
  settle_places(candidates, text, rules);
  return coreference(body, text, rules, candidates).run();
}

} // namespace vigie::press
