// SPDX-License-Identifier: Apache-2.0
#include "events.hpp"

#include "event_triggers.hpp"
#include "everyday.hpp"
#include "field_sense.hpp"
#include "modality.hpp"
#include "references.hpp"

#include <algorithm>
#include <map>

namespace vigie::press {
namespace {

constexpr std::uint32_t longest_part = 4096; // bytes read as one sentence
constexpr std::size_t most_retold = 32;      // events of a type and target that are compared
class event_finder {
public:
  event_finder(std::string_view body, std::span<const body_sentence> sentences,
               std::span<const entity> entities, std::span<const text_mark> dates,
               std::span<const text_mark> figures, const reading_rules& rules)
      : sentences_(sentences), entities_(entities), dates_(dates), figures_(figures), rules_(rules),
        clause_(body, entities, rules), references_(entities, rules), field_(rules, entities) {}

  std::vector<event> run() {
    sort_mentions();
    for (std::uint32_t s = 0; s < sentences_.size(); ++s) {
      sentence_ = s;
      read_parts(sentences_[s], {mentions_.data() + first_[s], first_[s + 1] - first_[s]});
      field_.end_sentence();
    }
    drop_everyday();
    drop_repeated_titles();
    drop_retold();
    return std::move(out_);
  }

private:
  // By sentence, and within it by place.
  void sort_mentions() {
    first_.assign(sentences_.size() + 1, 0);
    for (const entity& e : entities_)
      for (const entity_mention& m : e.mentions)
        if (m.sentence < sentences_.size()) ++first_[m.sentence + 1];
    for (std::size_t s = 0; s < sentences_.size(); ++s) first_[s + 1] += first_[s];
    mentions_.resize(first_.back());
    std::vector<std::size_t> next(first_);
    for (std::size_t e = 0; e < entities_.size(); ++e)
      for (const entity_mention& m : entities_[e].mentions)
        if (m.sentence < sentences_.size())
          mentions_[next[m.sentence]++] = {m.begin, m.end, static_cast<std::int32_t>(e), m.metonym};
    for (std::size_t s = 0; s < sentences_.size(); ++s)
      std::ranges::sort(mentions_.begin() + static_cast<std::ptrdiff_t>(first_[s]),
                        mentions_.begin() + static_cast<std::ptrdiff_t>(first_[s + 1]), {},
                        &mention_at::first);
  }

  // What has no end is no sentence: it is read in parts, so that the cost stays linear.
  void read_parts(const body_sentence& whole, std::span<const mention_at> mentions) {
    std::size_t next = 0;
    for (std::uint32_t begin = whole.begin; begin < whole.end;) {
      part_ = {begin, std::min(whole.end, begin + longest_part), whole.title};
      while (part_.end < whole.end && clause_.body()[part_.end] != ' ' &&
             part_.end < begin + 2 * longest_part)
        ++part_.end;
      const std::size_t first = next;
      while (next < mentions.size() && mentions[next].first < part_.end) ++next;
      while (date_ < dates_.size() && before_part(dates_[date_])) ++date_;
      while (figure_ < figures_.size() && before_part(figures_[figure_])) ++figure_;
      clause_.read(part_, mentions.subspan(first, next - first), dates_.subspan(date_),
                   figures_.subspan(figure_));
      field_.read(clause_);
      find_in_part();
      begin = part_.end;
    }
  }

  bool in_part(const text_mark& m) const { return m.sentence == sentence_ && m.begin < part_.end; }
  bool before_part(const text_mark& m) const {
    return m.sentence < sentence_ || (m.sentence == sentence_ && m.end <= part_.begin);
  }

  void find_in_part() {
    const std::vector<trigger> found = event_triggers(clause_, entities_, rules_);
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
    references_.see(clause_);
  }

  bool repeats(std::size_t first, const event& e) const {
    for (std::size_t i = first; i < out_.size(); ++i)
      if (out_[i].type == e.type && out_[i].actors == e.actors && out_[i].modality == e.modality &&
          (e.targets.empty() || out_[i].targets == e.targets))
        return true;
    return false;
  }

  // --- its sides ---

  bool passive(const trigger& t) const {
    if (t.rule->rule->kind == phrase_kind::noun) return false;
    const std::uint8_t forms = moods_at(clause_, *t.rule);
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
    if (type.addressed) // "demander à l'Union européenne": no place
      std::erase_if(e.places, [&](std::int32_t x) {
        return std::ranges::find(e.targets, x) != e.targets.end();
      });
    e.date = nearest_date(e);
    const told how = modality_of(clause_, rules_, t.first, t.last, *t.frame,
                                 t.rule->rule->kind == phrase_kind::verb, last_speaker_);
    e.modality = how.modality;
    e.attributed_to = how.speaker;
    e.attribution = how.words;
    if (says_itself(type, t, how, e)) e.modality = "asserted";
    e.supposed = in_condition(clause_, t.first);
    turn_hostile(type, passive(t), e);
    return e;
  }

  // "it denies the report, it says": who demands, accuses or denies does so by saying it.
  bool says_itself(const event_type& type, const trigger& t, const told& how,
                   const event& e) const {
    const bool reported = e.modality == "reported" || e.modality == "quoted";
    if (!reported || clause_.quoted(t.first) || !(type.content || type.addressed)) return false;
    return (how.pronoun && !how.speaker && !e.actors.empty()) ||
           (how.speaker && std::ranges::find(e.actors, *how.speaker) != e.actors.end());
  }

  void sides(const trigger& t, event& e) const {
    objects actor, target;
    const event_type& type = rules_.types[t.frame->type];
    const object_of as{type.addressed, type.measurable};
    if (t.rule->rule->kind == phrase_kind::noun) {
      actor = clause_.behind(t.last, small_word::agent);
      target = clause_.behind(t.last, small_word::against);
      const objects of = clause_.of_noun(t.last, as);
      if (t.frame->of_actor && actor.entities.empty() && !of.entities.empty())
        actor = of;
      else if (!t.frame->of_actor && target.entities.empty())
        target = of;
      if (actor.entities.empty() && !suffered(t))
        actor.entities = clause_.subject(t.first, false).entities;
    } else if (passive(t) != t.frame->swap) {
      target = clause_.subject(t.first, true);
      actor = clause_.behind(t.last, small_word::agent);
    } else {
      const rule_at* order = ordered_by(t);
      actor = clause_.subject(order != nullptr ? order->first : t.first, false);
      target = clause_.object(t.last, as);
    }
    if (actor.entities.empty() && asked(t)) actor.words = {};
    if (actor.entities.empty() && actor.words.empty()) actor = pronoun(t);
    if (actor.entities.empty() && actor.words.empty()) actor = meant(t, false);
    if (target.entities.empty() && target.words.empty()) target = meant(t, true);
    e.actors = actor.entities;
    e.targets = target.entities;
    if (e.actors.empty()) e.actor_text = clause_.literal(actor.words, true);
    if (e.targets.empty()) e.target_text = clause_.literal(target.words, false);
    e.bodies = (!e.actor_text.empty() && clause_.speaks(actor.words, "who")) ||
               (!e.target_text.empty() && clause_.speaks(target.words, "who"));
  }

  // "told by X to block": the words before an infinitive do not act.
  bool asked(const trigger& t) const {
    const std::size_t begin = clause_.group_begin(t.first);
    return begin > 0 && moods_at(clause_, *t.rule) == mood::infinitive &&
           clause_.is(begin - 1, small_word::locative | small_word::of);
  }

  // "X ordered Y to block": the deed is X's.
  const rule_at* ordered_by(const trigger& t) const {
    if (moods_at(clause_, *t.rule) != mood::infinitive) return nullptr;
    const rule_at* out = nullptr;
    for (const rule_at& r : clause_.triggers()) {
      if (r.rule->kind != phrase_kind::verb || r.last > t.first) continue;
      const event_frame& frame = rules_.frames[rules_.verbs[r.rule->index].frame];
      const event_type& type = rules_.types[frame.type];
      if (!frame.nothing && type.duties && type.content) out = &r;
    }
    for (std::size_t i = out == nullptr ? 0 : out->last; i < t.first && out != nullptr; ++i)
      if (clause_.is(i, small_word::that) || clause_.sign(i) == ';') return nullptr;
    return out;
  }

  // Whom a pronoun before the verb means: who acts, or of a passive verb to whom it is done.
  objects meant(const trigger& t, bool suffers) const {
    if (t.rule->rule->kind != phrase_kind::verb || passive(t) != suffers || t.frame->swap)
      return {};
    const rule_at* order = ordered_by(t);
    const std::size_t begin = clause_.group_begin(order != nullptr ? order->first : t.first);
    if (!clause_.is(begin, small_word::pronoun)) return {};
    const event_type& type = rules_.types[t.frame->type];
    const auto who = references_.meant(clause_, begin);
    if (!who || (suffers && (type.content || type.addressed))) return {};
    return {{*who}, {}};
  }

  // "the sites went down after an attack", "à la suite d'une attaque": the subject did not do it.
  bool suffered(const trigger& t) const {
    if (!rules_.types[t.frame->type].measurable && !rules_.types[t.frame->type].hostile)
      return false;
    std::size_t at = t.first;
    while (at > 0 && (clause_.is(at - 1, small_word::article) || clause_.sign(at - 1) == '\''))
      --at;
    return (at > 0 && clause_.is(at - 1, small_word::of)) ||
           (at < t.first && clause_.is(at, small_word::of));
  }

  // "X said that it would block": who says it does it.
  objects pronoun(const trigger& t) const {
    const std::size_t begin = clause_.group_begin(t.first);
    bool found = false;
    for (std::size_t i = begin; i < t.first; ++i)
      found = found || clause_.is(i, small_word::pronoun);
    if (!found || t.rule->rule->kind != phrase_kind::verb || passive(t)) return {};
    const saying* last = nullptr;
    for (const saying& s : clause_.sayings())
      if (!s.behind && s.speaker && s.value != "according" && s.last <= begin &&
          begin <= s.last + 2)
        last = &s;
    return last == nullptr ? objects{} : clause_.subject(last->last - 1, false);
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
  void turn_hostile(const event_type& type, bool suffers, event& e) const {
    if (!type.hostile) return;
    if (e.modality == "denied") { // "nothing was stolen" leaves open who
      if (!suffers || !e.actors.empty() || !e.actor_text.empty()) become("denial", e);
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

  // Where a text is of another subject, words have their everyday senses.
  void drop_everyday() {
    const auto type = [&](const event& e) -> const event_type& { return rules_.types[e.type]; };
    for (const event& e : out_) {
      const bool happened = e.modality != "possible" && e.modality != "conditional" && !e.supposed;
      const bool ours = type(e).measurable || type(e).hostile;
      if (happened && ours && (e.bodies || named_sides(e, type(e), entities_, true)))
        field_.prove(e.sentence);
    }
    std::erase_if(out_, [&](const event& e) {
      const bool named = named_sides(e, type(e), entities_);
      const subject about = field_.of(e.sentence);
      const bool by_any = named_sides(e, type(e), entities_, true);
      if (e.supposed && (about == subject::other || !by_any)) return true;
      if (e.modality == "possible" && !told_of(e, type(e), entities_)) return true;
      if (named || about == subject::field) return false;
      return about == subject::other || !told_of(e, type(e), entities_);
    });
  }

  // A headline says what the text says: its event stands only where the text has none that may be
  // the same.
  void drop_repeated_titles() {
    const auto title = [&](const event& e) { return sentences_[e.sentence].title; };
    std::vector<std::vector<std::size_t>> told(rules_.types.size());
    for (std::size_t i = 0; i < out_.size(); ++i)
      if (!title(out_[i])) told[out_[i].type].push_back(i);
    std::vector<char> repeated(out_.size(), 0);
    for (std::size_t i = 0; i < out_.size(); ++i)
      repeated[i] = title(out_[i]) && std::ranges::any_of(told[out_[i].type], [&](std::size_t k) {
                      return compatible(out_[i].targets, out_[k].targets);
                    });
    std::size_t at = 0;
    std::erase_if(out_, [&](const event&) { return repeated[at++] != 0; });
  }

  // The same deed of the same to the same, told again without a day or a figure of its own.
  void drop_retold() {
    std::vector<char> repeated(out_.size(), 0);
    std::map<std::pair<std::uint32_t, std::int32_t>, std::vector<std::size_t>> told;
    for (std::size_t i = 0; i < out_.size(); ++i) {
      const event& e = out_[i];
      if (e.actors.empty() || e.targets.empty()) continue;
      std::vector<std::size_t>& before = told[{e.type, e.targets.front()}];
      repeated[i] = !e.date && e.figures.empty() && std::ranges::any_of(before, [&](std::size_t k) {
        return out_[k].actors == e.actors && out_[k].targets == e.targets &&
               (out_[k].modality == "denied") == (e.modality == "denied");
      });
      if (repeated[i] == 0 && before.size() < most_retold) before.push_back(i);
    }
    std::size_t at = 0;
    std::erase_if(out_, [&](const event&) { return repeated[at++] != 0; });
  }

  static bool compatible(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b) {
    return a.empty() || b.empty() || std::ranges::find_first_of(a, b) != a.end();
  }

  std::span<const body_sentence> sentences_;
  std::span<const entity> entities_;
  std::span<const text_mark> dates_, figures_;
  const reading_rules& rules_;
  clause_reader clause_;
  references references_;
  field_sense field_;
  std::vector<mention_at> mentions_; // of sentence s: from first_[s] to first_[s + 1]
  std::vector<std::size_t> first_;
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
