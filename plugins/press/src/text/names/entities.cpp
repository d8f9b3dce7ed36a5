// SPDX-License-Identifier: Apache-2.0
#include "entities.hpp"

#include "place_sense.hpp"

#include <algorithm>
#include <unordered_map>

namespace vigie::press {
namespace {

constexpr std::size_t none = ~std::size_t{0};

// What was named last; of several in one sentence the one that was named most often so far.
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
  std::size_t meant(std::uint32_t s) const {
    if (things.empty() || s > sentence + reach) return none;
    const auto often = [&](std::size_t t) { return told.at(t); };
    const std::size_t best = *std::ranges::max_element(things, {}, often);
    const bool alone = std::ranges::count(things, often(best), often) == 1;
    return alone ? best : none;
  }
};

// Which candidates are one thing. Names of the rules come first, so that a description that stands
// before the name it means finds it.
class coreference {
public:
  coreference(std::string_view body, const scanned_text& text, const reading_rules& rules,
              const std::vector<candidate>& candidates)
      : body_(body), text_(text), rules_(rules), candidates_(candidates),
        of_(candidates.size(), none) {}

  std::vector<entity> run() {
    each(candidate_kind::name, &coreference::take_name);
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      if (candidates_[i].kind == candidate_kind::name && candidates_[i].weak)
        of_[i] = known(name_key(candidates_[i]));
    each(candidate_kind::thing, &coreference::take_thing);
    for (const bool titled : {false, true})
      for (std::size_t i = 0; i < candidates_.size(); ++i)
        if (candidates_[i].kind == candidate_kind::person && candidates_[i].titled == titled)
          of_[i] = take_person(candidates_[i]);
    each(candidate_kind::body, &coreference::take_body);
    each(candidate_kind::group, &coreference::take_group);
    for (std::size_t i = 0; i < candidates_.size(); ++i) take_repeat(i);
    take_described();
    return collect();
  }

private:
  using taker = std::size_t (coreference::*)(const candidate&);

  void each(candidate_kind kind, taker take) {
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      if (candidates_[i].kind == kind) of_[i] = (this->*take)(candidates_[i]);
  }

  std::string_view words(std::size_t first, std::size_t last) const {
    const std::size_t begin = text_.words[first].begin;
    return body_.substr(begin, text_.words[last - 1].end - begin);
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

  std::size_t take_thing(const candidate& c) {
    const std::string_view text = words(c.first, c.acronym != 0 ? c.acronym - 1 : c.last);
    const std::string key = folded(text);
    const std::size_t at =
        make(full_key(c.type, key), {c.type, std::string(text), key, {}, {}, {}});
    if (c.last == c.first + 1) repeats_.emplace(text, at);
    learn_acronym(at, c);
    return at;
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
    const std::string_view last = words(c.last - 1, c.last);
    if (c.last > c.name_first + 1) surnames_.emplace(last, at);
    if (c.last > c.name_first + 1 && !c.titled)
      surnames_.emplace(words(c.name_first, c.name_first + 1), at);
  }

  std::size_t take_person(const candidate& c) {
    const std::string_view name = words(c.name_first, c.last);
    if (c.last == c.name_first + 1) {
      const auto part = parts_.find(name);
      if (part != parts_.end() && part->second != none) {
        learn_role(part->second, c);
        return part->second;
      }
    }
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

  std::size_t take_body(const candidate& c) {
    const head_rule& head = rules_.heads[c.index];
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
    if (alone && iso.empty()) {
      const auto at = latest_.find(head.category);
      if (at != latest_.end()) return at->second;
    }
    return new_body(c, head, iso, alone ? described : std::string());
  }

  bool proper(const candidate& c) const { return text_.words[c.first].capital && c.acronym != 0; }

  std::size_t new_body(const candidate& c, const head_rule& head, const std::string& iso,
                       const std::string& described) {
    const std::uint32_t last = c.acronym != 0 ? c.acronym - 1 : c.last;
    const std::string_view text = words(c.first, last);
    const std::string key = described.empty() ? folded(text) : described;
    const std::size_t at =
        make(full_key(head.type, key), {head.type, std::string(text), key, iso, {}, {}});
    if (!described.empty()) {
      latest_[head.category] = at;
      described_.emplace(described, at);
    }
    learn_acronym(at, c);
    return at;
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
    if (c.kind != candidate_kind::loose) return;
    const std::string_view text = words(c.first, c.last);
    const auto repeat = repeats_.find(text);
    if (repeat != repeats_.end()) of_[i] = repeat->second;
    const auto person = surnames_.find(text);
    if (person == surnames_.end()) return;
    const auto part = parts_.find(text);
    if (part == parts_.end() || part->second != none) of_[i] = person->second;
  }

  // "the spokesman", not "a spokesman".
  bool definite(const candidate& c) const {
    std::size_t at = c.first;
    if (at > text_.first[c.sentence] && (mark(at - 1, "'") || mark(at - 1, "\xe2\x80\x99"))) --at;
    return at > text_.first[c.sentence] &&
           is(at - 1, small_word::definite | small_word::possessive);
  }

  // "London said", where the page named an Anne London.
  bool surname_of_place(const candidate& c) const {
    const name_rule& r = rules_.names[c.index];
    if (r.type != name_type::place || r.category == "country" || c.last != c.first + 1)
      return false;
    if (c.first > text_.first[c.sentence] && is(c.first - 1, small_word::locative)) return false;
    return surnames_.contains(words(c.first, c.last));
  }

  // "the company" is the last company or service named in this or the sentences before, where
  // that sentence names one only; "the ministry" the last one that was called so in full.
  void take_described() {
    std::unordered_map<std::uint32_t, std::size_t> bodies; // by head
    std::array<latest_things, 3> latest;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const candidate& c = candidates_[i];
      if (c.kind == candidate_kind::described) of_[i] = meant(c, bodies, latest);
      if (of_[i] == none) continue;
      if (c.kind == candidate_kind::body) bodies[c.index] = of_[i];
      const name_type type = out_[of_[i]].type;
      if (type == name_type::service) latest[0].see(c.sentence, of_[i]);
      if (company(c)) latest[1].see(c.sentence, of_[i]);
      if (type == name_type::media) latest[2].see(c.sentence, of_[i]);
    }
  }

  bool company(const candidate& c) const {
    if (c.kind == candidate_kind::thing) return c.type == name_type::org;
    return c.kind == candidate_kind::name && rules_.names[c.index].category == "company";
  }

  std::size_t meant(const candidate& c,
                    const std::unordered_map<std::uint32_t, std::size_t>& bodies,
                    const std::array<latest_things, 3>& latest) const {
    const head_rule& head = rules_.heads[c.index];
    if (head.kind == head_kind::intro && head.type == name_type::service)
      return latest[0].meant(c.sentence);
    if (head.type == name_type::media) return latest[2].meant(c.sentence);
    if (head.kind == head_kind::intro) return none;
    if (head.category == "company") {
      const std::size_t named = latest[1].meant(c.sentence);
      return named != none ? named : latest[0].meant(c.sentence);
    }
    const auto at = bodies.find(c.index);
    return at == bodies.end() ? none : at->second;
  }

  // --- result ---

  bool metonym(const candidate& c, const entity& e) const {
    if (e.type != name_type::place) return false;
    const std::string& category = rules_.names[c.index].category;
    if (c.kind != candidate_kind::name || (category != "country" && category != "capital"))
      return false;
    const std::size_t begin = text_.first[c.sentence], end = text_.first[c.sentence + 1];
    std::size_t before = c.first;
    while (before > begin && (is(before - 1, small_word::article) || mark(before - 1, "'") ||
                              mark(before - 1, "\xe2\x80\x99")))
      --before;
    if (before > begin && is(before - 1, small_word::agent)) return true;
    if (before > begin && is(before - 1, small_word::locative | small_word::of)) return false;
    std::size_t next = c.last;
    while (next < end && next < c.last + 3 && is(next, small_word::no)) ++next;
    if (next < end && mark(next, "'")) ++next;
    return next < end && is(next, small_word::verb | small_word::have | small_word::be);
  }
  bool is(std::size_t i, std::uint32_t bits) const { return rules_.is(text_.words[i], bits); }
  bool mark(std::size_t i, std::string_view sign) const { return words(i, i + 1) == sign; }

  std::vector<entity> collect() {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (of_[i] == none) continue;
      const candidate& c = candidates_[i];
      entity& e = out_[of_[i]];
      const std::uint32_t first =
          c.kind == candidate_kind::group && c.count != 0 ? c.count : c.first;
      e.mentions.push_back(
          {c.sentence, text_.words[first].begin, text_.words[c.last - 1].end, metonym(c, e)});
    }
    std::erase_if(out_, [](const entity& e) { return e.mentions.empty(); });
    std::ranges::sort(out_, {}, [](const entity& e) { return e.mentions.front().begin; });
    return std::move(out_);
  }

  std::string_view body_;
  const scanned_text& text_;
  const reading_rules& rules_;
  const std::vector<candidate>& candidates_;
  std::vector<std::size_t> of_; // the entity of each candidate
  std::vector<entity> out_;
  std::unordered_map<std::string, std::size_t> by_key_, described_, latest_, groups_;
  // Words of the body that repeat a name: acronyms, parts of people's names.
  std::unordered_map<std::string_view, std::size_t> repeats_, parts_, surnames_;
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
