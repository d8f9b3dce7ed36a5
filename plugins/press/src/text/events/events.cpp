// SPDX-License-Identifier: Apache-2.0
#include "events.hpp"

#include "event_sides.hpp"
#include "everyday.hpp"
#include "field_sense.hpp"
#include "hostile.hpp"
#include "modality.hpp"
#include "retold.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::uint32_t longest_part = 4096; // bytes read as one sentence

class event_finder {
public:
  event_finder(std::string_view body, std::span<const body_sentence> sentences,
               std::span<const entity> entities, std::span<const text_mark> dates,
               std::span<const text_mark> figures, const reading_rules& rules)
      : sentences_(sentences), entities_(entities), dates_(dates), figures_(figures), rules_(rules),
        clause_(body, entities, rules), references_(entities, rules),
        sides_(clause_, references_, entities, rules), field_(rules, entities) {}

  std::vector<event> run() {
    sort_mentions();
    for (std::uint32_t s = 0; s < sentences_.size(); ++s) {
      sentence_ = s;
      read_parts(sentences_[s], {mentions_.data() + first_[s], first_[s + 1] - first_[s]});
      field_.end_sentence();
    }
    drop_everyday();
    drop_repeated_titles(out_, sentences_, rules_);
    drop_retold(out_);
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
      const bool nobody = t.frame->named && e.actors.empty() && e.targets.empty();
      if (!lacks && !nobody && !repeats(before, e)) out_.push_back(std::move(e));
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

  event event_of(const trigger& t) {
    event e;
    e.sentence = sentence_;
    e.begin = clause_.words()[t.first].begin;
    e.end = clause_.words()[t.last - 1].end;
    e.type = t.frame->type;
    const event_type& type = rules_.types[e.type];
    e.measurable = type.measurable;
    sides_.find(t, e);
    e.date = nearest_date(e);
    e.resumes = resumes(t, e);
    const told how = modality_of(clause_, rules_, t.first, t.last, *t.frame,
                                 t.rule->rule->kind == phrase_kind::verb, last_speaker_);
    e.modality = how.modality;
    e.attributed_to = how.speaker;
    e.attribution = how.words;
    if (how.speaker) sides_.say_of_themselves(t, *how.speaker, e);
    if (says_itself(type, t, how, e)) e.modality = "asserted";
    e.supposed = in_condition(clause_, t.first);
    turn_hostile(e, sides_.passive(t), entities_, rules_);
    return e;
  }

  // "The fine will be raised".
  bool resumes(const trigger& t, const event& e) const {
    return t.rule->rule->kind == phrase_kind::noun && t.first > 0 && e.targets.empty() &&
           rules_.types[e.type].addressed && clause_.is(t.first - 1, small_word::definite);
  }

  // "it denies the report, it says": who demands, accuses or denies does so by saying it.
  bool says_itself(const event_type& type, const trigger& t, const told& how,
                   const event& e) const {
    const bool reported = e.modality == "reported" || e.modality == "quoted";
    if (!reported || clause_.quoted(t.first) || !(type.content || type.addressed)) return false;
    return (how.pronoun && !how.speaker && !e.actors.empty()) ||
           (how.speaker && std::ranges::find(e.actors, *how.speaker) != e.actors.end());
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

  std::span<const body_sentence> sentences_;
  std::span<const entity> entities_;
  std::span<const text_mark> dates_, figures_;
  const reading_rules& rules_;
  clause_reader clause_;
  references references_;
  side_finder sides_;
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
