// SPDX-License-Identifier: Apache-2.0
#include "text/events.hpp"

#include "text/clause.hpp"
#include "text/modality.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::uint32_t longest_part = 4096; // bytes read as one sentence
constexpr std::size_t context_reach = 14;    // words between a trigger and what must stand near it

struct trigger {
  std::size_t first = 0, last = 0;
  const event_frame* frame = nullptr;
  const rule_at* rule = nullptr;
};

class event_finder {
public:
  event_finder(std::string_view body, std::span<const body_sentence> sentences,
               std::span<const entity> entities, std::span<const text_mark> dates,
               std::span<const text_mark> figures, const reading_rules& rules)
      : sentences_(sentences), entities_(entities), dates_(dates), figures_(figures), rules_(rules),
        clause_(body, entities, rules) {}

  std::vector<event> run() {
    const auto mentions = mentions_by_sentence();
    for (std::uint32_t s = 0; s < sentences_.size(); ++s) {
      sentence_ = s;
      read_parts(sentences_[s], mentions[s]);
    }
    drop_repeated_titles();
    return std::move(out_);
  }

private:
  std::vector<std::vector<mention_at>> mentions_by_sentence() const {
    std::vector<std::vector<mention_at>> out(sentences_.size());
    for (std::size_t e = 0; e < entities_.size(); ++e)
      for (const entity_mention& m : entities_[e].mentions)
        if (m.sentence < out.size())
          out[m.sentence].push_back({m.begin, m.end, static_cast<std::int32_t>(e), m.metonym});
    for (auto& list : out) std::ranges::sort(list, {}, &mention_at::first);
    return out;
  }

  // What has no end is no sentence: it is read in parts, so that the cost stays linear.
  void read_parts(const body_sentence& whole, const std::vector<mention_at>& mentions) {
    std::size_t next = 0;
    for (std::uint32_t begin = whole.begin; begin < whole.end;) {
      part_ = {begin, std::min(whole.end, begin + longest_part), whole.title};
      while (part_.end < whole.end && clause_.body()[part_.end] != ' ' &&
             part_.end < begin + 2 * longest_part)
        ++part_.end;
      std::vector<mention_at> inside;
      for (; next < mentions.size() && mentions[next].first < part_.end; ++next)
        inside.push_back(mentions[next]);
      while (date_ < dates_.size() && before_part(dates_[date_])) ++date_;
      clause_.read(part_, inside, dates_.subspan(date_));
      find_in_part();
      begin = part_.end;
    }
  }

  bool in_part(const text_mark& m) const { return m.sentence == sentence_ && m.begin < part_.end; }
  bool before_part(const text_mark& m) const {
    return m.sentence < sentence_ || (m.sentence == sentence_ && m.end <= part_.begin);
  }

  void find_in_part() {
    while (figure_ < figures_.size() && before_part(figures_[figure_])) ++figure_;
    const std::vector<trigger> found = triggers();
    const std::size_t before = out_.size();
    for (const trigger& t : found) {
      event e = event_of(t);
      const bool both = t.frame->mutual && e.actors.size() > 1;
      const bool lacks = t.frame->sides && !both &&
                         (e.actors.empty() || (e.targets.empty() && e.target_text.empty()));
      if (!lacks && !repeats(before, e)) out_.push_back(std::move(e));
    }
    give_figures(before);
    remember_speaker();
  }

  // --- which words tell an event ---

  std::vector<trigger> triggers() const {
    std::vector<trigger> out;
    const std::vector<rule_at>& rules = clause_.triggers();
    for (std::size_t i = 0; i < rules.size();) {
      std::size_t end = i;
      while (end < rules.size() && rules[end].first == rules[i].first) ++end;
      if (const auto t = choose({rules.data() + i, end - i})) out.push_back(*t);
      i = end;
    }
    const auto told = [&](const trigger& t, auto&& says) {
      return std::ranges::any_of(
          out, [&](const trigger& o) { return &o != &t && says(rules_.types[o.frame->type], o); });
    };
    // What a charge, a law or a denial is about happens inside of it, not beside it.
    std::vector<trigger> kept;
    for (const trigger& t : out) {
      const bool noun = t.rule->rule->kind == phrase_kind::noun;
      const bool charge = noun && t.frame->weak && rules_.types[t.frame->type].hostile &&
                          told(t, [&](const event_type& type, const trigger& o) {
                            return !o.frame->weak || (!type.hostile && !type.measurable);
                          });
      const bool duty = infinitive(t) && told(t, [&](const event_type& type, const trigger& o) {
                          return type.duties && o.first < t.first;
                        });
      const bool behind = moods(*t.rule) == mood::gerund && t.first > 0 &&
                          rules_.types[t.frame->type].hostile &&
                          clause_.is(t.first - 1, small_word::link) && out.size() > 1;
      if (!charge && !duty && !behind) kept.push_back(t);
    }
    out.swap(kept);
    std::erase_if(out, [&](const trigger& t) {
      return t.frame->weak && std::ranges::any_of(out, [&](const trigger& o) {
               return &o != &t && o.frame->type == t.frame->type && (!o.frame->weak || &o < &t);
             });
    });
    return out;
  }

  std::uint8_t moods(const rule_at& r) const {
    if (r.rule->kind != phrase_kind::verb) return 0;
    return clause_.words()[verb_word(r)].accent ? r.rule->accented : r.rule->plain;
  }
  static std::size_t verb_word(const rule_at& r) { return r.first; }
  bool infinitive(const trigger& t) const { return moods(*t.rule) == mood::infinitive; }

  // "the block", "a demand": the form of a verb behind an article is a noun.
  bool noun_form(const rule_at& r) const {
    if (r.rule->kind != phrase_kind::verb || r.first == 0) return false;
    std::size_t before = r.first - 1;
    if (before > 0 && clause_.sign(before) == '\'') --before;
    if (clause_.is(before, small_word::pronoun)) return false;
    if (clause_.is(before, small_word::article)) return true;
    return moods(r) == mood::finite && clause_.is(before, small_word::of);
  }

  bool repeats(std::size_t first, const event& e) const {
    for (std::size_t i = first; i < out_.size(); ++i)
      if (out_[i].type == e.type && out_[i].actors == e.actors && out_[i].modality == e.modality &&
          (e.targets.empty() || out_[i].targets == e.targets))
        return true;
    return false;
  }

  const event_frame& frame_of(const rule_at& r) const {
    return rules_.frames[r.rule->kind == phrase_kind::noun ? r.rule->index
                                                           : rules_.verbs[r.rule->index].frame];
  }

  // Of several meanings of the words, one whose context stands near, else one that needs none.
  std::optional<trigger> choose(std::span<const rule_at> meanings) const {
    const rule_at* best = nullptr;
    bool certain = false;
    for (const rule_at& r : meanings) {
      const event_frame& f = frame_of(r);
      if (noun_form(r) || (r.rule->kind == phrase_kind::verb && moods(r) == 0)) continue;
      if (f.with.empty()) {
        if (best == nullptr) best = &r;
        continue;
      }
      if (!certain && in_context(r, f.with)) {
        best = &r;
        certain = true;
      }
    }
    if (best == nullptr) return std::nullopt;
    return trigger{best->first, best->last, &frame_of(*best), best};
  }

  bool in_context(const rule_at& r, std::string_view wanted) const {
    const auto near = [&](std::size_t first, std::size_t last) {
      return first < r.last + context_reach && last + context_reach > r.first &&
             (last <= r.first || first >= r.last);
    };
    for (const rule_at& c : clause_.contexts()) {
      const std::string name = "|" + rules_.contexts[c.rule->index] + "|";
      if (wanted.find(name) != std::string_view::npos && near(c.first, c.last)) return true;
    }
    if (wanted.find("|app|") == std::string_view::npos &&
        wanted.find("|gadget|") == std::string_view::npos &&
        wanted.find("|visit|") == std::string_view::npos)
      return false;
    const bool visit = wanted.find("|visit|") != std::string_view::npos;
    const bool gadget = wanted.find("|gadget|") != std::string_view::npos;
    return std::ranges::any_of(clause_.mentions(), [&](const mention_at& m) {
      const name_type type = entities_[static_cast<std::size_t>(m.entity)].type;
      const bool fits = visit    ? type == name_type::place
                        : gadget ? type == name_type::product
                                 : type == name_type::service || type == name_type::technology ||
                                       type == name_type::media;
      return fits && near(m.first, m.last);
    });
  }

  // --- its sides ---

  bool passive(const trigger& t) const {
    if (t.rule->rule->kind == phrase_kind::noun) return false;
    const std::uint8_t forms = moods(*t.rule);
    if ((forms & mood::participle) == 0) return false;
    if (aux(t.first, verb_use::be)) return true;
    if (aux(t.first, verb_use::have)) return false;
    if ((forms & mood::finite) == 0) return true;
    return t.last < clause_.words().size() && clause_.is(t.last, small_word::agent);
  }

  bool aux(std::size_t verb, verb_use use) const {
    const std::size_t first = clause_.group_begin(verb);
    for (std::size_t i = first; i < verb; ++i)
      if (auxiliary(rules_, clause_.words(), i, use)) return true;
    return false;
  }

  event event_of(const trigger& t) {
    event e;
    e.sentence = sentence_;
    e.begin = clause_.words()[t.first].begin;
    e.end = clause_.words()[t.last - 1].end;
    e.type = t.frame->type;
    const event_type& type = rules_.types[e.type];
    e.measurable = type.measurable;
    sides(t, e);
    e.places = clause_.places(t.first);
    if (e.places.empty() && type.home) e.places = home(e);
    std::erase_if(e.targets, [&](std::int32_t x) {
      return std::ranges::find(e.actors, x) != e.actors.end() ||
             (std::ranges::find(e.places, x) != e.places.end() && type.home);
    });
    e.date = nearest_date(e);
    const told how = modality_of(clause_, rules_, t.first, t.last, *t.frame,
                                 t.rule->rule->kind == phrase_kind::verb, last_speaker_);
    e.modality = how.modality;
    e.attributed_to = how.speaker;
    e.attribution = how.words;
    turn_hostile(type, e);
    return e;
  }

  void sides(const trigger& t, event& e) const {
    objects actor, target;
    if (t.rule->rule->kind == phrase_kind::noun) {
      actor = clause_.behind(t.last, small_word::agent);
      target = clause_.behind(t.last, small_word::against);
      const objects of = clause_.object(t.last);
      if (t.frame->of_actor && actor.entities.empty() && !of.entities.empty())
        actor = of;
      else if (!t.frame->of_actor && target.entities.empty())
        target = of;
      if (actor.entities.empty()) actor = clause_.subject(t.first, false);
    } else if (passive(t) != t.frame->swap) {
      target = clause_.subject(t.first, true);
      actor = clause_.behind(t.last, small_word::agent);
    } else {
      actor = clause_.subject(t.first, false);
      target = clause_.object(t.last);
    }
    e.actors = actor.entities;
    e.targets = target.entities;
    if (e.actors.empty()) e.actor_text = actor.text;
    if (e.targets.empty()) e.target_text = target.text;
  }

  // An authority acts where it rules.
  std::vector<std::int32_t> home(const event& e) const {
    for (const std::int32_t a : e.actors) {
      const entity& actor = entities_[static_cast<std::size_t>(a)];
      if (actor.type == name_type::place) return {a};
      if (actor.iso.empty() || actor.type != name_type::org) continue;
      const auto at = std::ranges::find_if(entities_, [&](const entity& x) {
        return x.type == name_type::place && x.key == actor.iso;
      });
      if (at != entities_.end()) return {static_cast<std::int32_t>(at - entities_.begin())};
    }
    return {};
  }

  // What another side says of a hostile act accuses; what one's own side says of none denies.
  void turn_hostile(const event_type& type, event& e) const {
    if (!type.hostile) return;
    if (e.modality == "denied") {
      become("denial", e);
      return;
    }
    if (e.modality != "quoted" && e.modality != "reported") return;
    if (!e.attributed_to) return accuse(e);
    const name_type speaker = entities_[static_cast<std::size_t>(*e.attributed_to)].type;
    const bool side =
        speaker == name_type::person || speaker == name_type::org || speaker == name_type::place;
    if (!side || e.actors.empty() || e.actors.front() == *e.attributed_to) return;
    accuse(e);
  }

  void accuse(event& e) const {
    if (e.actors.empty() || e.attribution.empty()) return;
    e.targets = std::move(e.actors);
    e.actors.clear();
    e.target_text.clear();
    if (e.attributed_to)
      e.actors.push_back(*e.attributed_to);
    else
      e.actor_text = e.attribution;
    become("accusation", e);
  }

  void become(std::string_view name, event& e) const {
    const auto at = std::ranges::find(rules_.types, name, &event_type::name);
    if (at == rules_.types.end()) return;
    e.type = static_cast<std::uint32_t>(at - rules_.types.begin());
    e.measurable = at->measurable;
  }

  // --- dates and figures ---

  static std::size_t distance(const text_mark& m, const event& e) {
    return m.begin > e.end ? m.begin - e.end : e.begin > m.end ? e.begin - m.end : 0;
  }

  std::optional<std::int32_t> nearest_date(const event& e) const {
    std::optional<std::int32_t> out;
    std::size_t best = 0;
    for (std::size_t i = date_; i < dates_.size() && in_part(dates_[i]); ++i) {
      const std::size_t far = distance(dates_[i], e) + (dates_[i].sure ? 0 : 1000);
      if (out && far >= best) continue;
      best = far;
      out = static_cast<std::int32_t>(i);
    }
    return out;
  }

  // Each figure of the sentence goes to the event it stands nearest to.
  void give_figures(std::size_t first) {
    if (first == out_.size()) return;
    for (std::size_t i = figure_; i < figures_.size() && in_part(figures_[i]); ++i) {
      std::size_t best = first;
      for (std::size_t k = first + 1; k < out_.size(); ++k)
        if (distance(figures_[i], out_[k]) < distance(figures_[i], out_[best])) best = k;
      out_[best].figures.push_back(static_cast<std::int32_t>(i));
    }
  }

  void remember_speaker() {
    for (const saying& s : clause_.sayings())
      if (s.speaker) last_speaker_ = s.speaker;
  }

  // A headline says what the text says: its events stand only where the text has none of the type.
  void drop_repeated_titles() {
    std::vector<char> told(rules_.types.size(), 0);
    for (const event& e : out_)
      if (!sentences_[e.sentence].title) told[e.type] = 1;
    std::erase_if(
        out_, [&](const event& e) { return sentences_[e.sentence].title && told[e.type] != 0; });
  }

  std::span<const body_sentence> sentences_;
  std::span<const entity> entities_;
  std::span<const text_mark> dates_, figures_;
  const reading_rules& rules_;
  clause_reader clause_;
  body_sentence part_;
  std::uint32_t sentence_ = 0;
  std::size_t date_ = 0, figure_ = 0; // the first of the sentence
  std::optional<std::int32_t> last_speaker_;
  std::vector<event> out_;
};

} // namespace

std::vector<event> find_events(std::string_view body, std::span<const body_sentence> sentences,
                               std::span<const entity> entities, std::span<const text_mark> dates,
                               std::span<const text_mark> figures, const reading_rules& rules) {
  return event_finder(body, sentences, entities, dates, figures, rules).run();
}

} // namespace vigie::press
