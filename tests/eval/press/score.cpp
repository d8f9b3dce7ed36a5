// SPDX-License-Identifier: Apache-2.0
#include "score.hpp"

#include "charset.hpp"
#include "dates_agree.hpp"
#include "match.hpp"
#include "score_events.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace vigie::press::eval {
namespace {

bool any_accepts(const certainty& sure, const std::string& value) {
  return std::find(sure.accept.begin(), sure.accept.end(), value) != sure.accept.end();
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(a)); }

class scorer {
public:
  scorer(const gold_page& gold, const found_page& found, std::string_view text,
         const mapping& words)
      : gold_(gold), found_(found), text_(text), words_(words) {}

  scores score() {
    tokens();
    segments();
    dates();
    figures();
    const auto links = entities();
    score_events(gold_, found_, links, words_, out_);
    decoys();
    for (auto& f : out_.findings) {
      if (f.words.empty()) f.words = std::string(text_.substr(f.at.begin, f.at.end - f.at.begin));
    }
    return std::move(out_);
  }

private:
  void tokens() {
    auto want = word_tokens(gold_.clean);
    auto have = word_tokens(found_.body);
    std::sort(want.begin(), want.end());
    std::sort(have.begin(), have.end());
    std::vector<std::string> common;
    std::set_intersection(want.begin(), want.end(), have.begin(), have.end(),
                          std::back_inserter(common));
    out_.tokens = {common.size(), want.size(), have.size()};
  }

  bool blank(std::size_t i) const {
    return text_[i] == ' ' || text_[i] == '\n' || text_[i] == '\r' || text_[i] == '\t';
  }

  // Some annotations hold the blanks around a line's words, some do not; no-break ones, too.
  span trimmed(span s) const {
    const auto part = text_.substr(s.begin, s.end - s.begin);
    std::size_t front = 0;
    std::size_t back = part.size();
    for (std::size_t n = 0; (n = blank_front(part.substr(front, back - front))) > 0;) front += n;
    for (std::size_t n = 0; (n = blank_back(part.substr(front, back - front))) > 0;) back -= n;
    return {s.begin + front, s.begin + back};
  }

  static constexpr std::string_view blanks_[] = {" ", "\n", "\r", "\t", "\xC2\xA0", "\xE2\x80\xAF"};

  static std::size_t blank_front(std::string_view part) {
    for (const auto b : blanks_) {
      if (part.starts_with(b)) return b.size();
    }
    return 0;
  }

  static std::size_t blank_back(std::string_view part) {
    for (const auto b : blanks_) {
      if (part.ends_with(b)) return b.size();
    }
    return 0;
  }

  static bool right_label(const gold_segment& g, const std::string& label) {
    return g.label == label || any_accepts(g.sure, label);
  }

  // A page without article text is rightly rejected; its segments are then told to nobody.
  void segments() {
    if (found_.file.empty() && gold_.clean.empty()) return;
    out_.segments.found = found_.segments.size();
    for (const auto& g : gold_.segments) {
      if (g.sure.doubtful) continue;
      ++out_.segments.wanted;
      const auto same = [&](const found_segment& f) {
        return trimmed(f.at) == trimmed(g.at) && right_label(g, f.label);
      };
      const bool hit = std::any_of(found_.segments.begin(), found_.segments.end(), same);
      out_.segments.hit += hit;
      segment_bytes(g, hit);
    }
  }

  void segment_bytes(const gold_segment& g, bool hit) {
    std::string labels;
    std::size_t right = 0;
    std::size_t all = 0;
    for (std::size_t i = g.at.begin; i < g.at.end; ++i) all += !blank(i);
    for (const auto& f : found_.segments) {
      if (!f.at.touches(g.at)) continue;
      labels += (labels.empty() ? "" : ", ") + f.label;
      for (auto i = std::max(f.at.begin, g.at.begin); i < std::min(f.at.end, g.at.end); ++i) {
        right += !blank(i) && right_label(g, f.label);
      }
    }
    out_.segment_bytes.hit += right;
    out_.segment_bytes.wanted += all;
    out_.segment_bytes.found += all;
    if (!hit)
      out_.findings.push_back({"segment", "wrong", g.at, "", g.label + ", found " + labels});
  }

  std::string published_day() const {
    for (const auto& d : found_.dates) {
      if (d.text == "(published)") return d.from;
    }
    return gold_.published.substr(0, 10);
  }

  void dates() {
    const auto published = published_day();
    const auto& g = gold_.dates;
    const auto& f = found_.dates;
    const auto m = match(
        g.size(), f.size(), [&](auto i, auto j) { return agrees(g[i], f[j], published); },
        [&](auto i, auto j) { return g[i].at.touches(f[j].at); },
        [&](auto i) { return g[i].sure; });
    out_.dates = m.sum;
    report(
        "date", m, [&](auto i) { return std::pair(g[i].at, g[i].value); },
        [&](auto j) { return std::pair(f[j].at, f[j].value); }, [&](auto i) { return g[i].sure; });
  }

  bool right_figure(const gold_figure& g, const found_figure& f) const {
    const auto key = f.unit_key.empty() ? "-" : f.unit_key;
    const bool unit = words_.unit(g.unit, f.unit_key) || any_accepts(g.sure, key) ||
                      (f.unit_key.empty() && !g.unit.empty() && bare(f.unit) == bare(g.unit)) ||
                      (g.unit.empty() && f.unit_key.empty());
    const bool high = g.bound != "range" || near(g.high, f.high);
    return unit && high && near(g.value, f.value) &&
           (g.bound == f.bound || any_accepts(g.sure, f.bound));
  }

  // "trois jours" of "voici trois jours" is said by the date.
  certainty figure_certainty(const gold_figure& g) const {
    auto out = g.sure;
    for (const auto& d : gold_.dates) out.optional = out.optional || d.at.touches(g.at);
    return out;
  }

  static std::string shown(double value, const std::string& bound, const std::string& unit) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.15g", value);
    return bound + " " + digits + " " + unit;
  }

  void figures() {
    const auto& g = gold_.figures;
    const auto& f = found_.figures;
    const auto sure = [&](auto i) { return figure_certainty(g[i]); };
    const auto m = match(
        g.size(), f.size(), [&](auto i, auto j) { return right_figure(g[i], f[j]); },
        [&](auto i, auto j) { return g[i].at.touches(f[j].at); }, sure);
    out_.figures = m.sum;
    report(
        "figure", m,
        [&](auto i) { return std::pair(g[i].at, shown(g[i].value, g[i].bound, g[i].unit)); },
        [&](auto j) {
          const auto& unit = f[j].unit_key.empty() ? "(" + f[j].unit + ")" : f[j].unit_key;
          return std::pair(f[j].at, shown(f[j].value, f[j].bound, unit));
        },
        sure);
  }

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

  entity_links entities() {
    const auto g = gold_mentions();
    const auto f = found_mentions();
    const auto type = [&](const flat& a, const flat& b) {
      const auto& entity = gold_.entities[a.entity];
      const auto& found = found_.entities[b.entity];
      return words_.entity(entity.type, found.type) || any_accepts(entity.sure, found.type);
    };
    const auto m = match(
        g.size(), f.size(), [&](auto i, auto j) { return type(g[i], f[j]); },
        [&](auto i, auto j) { return g[i].at.touches(f[j].at); },
        [&](auto i) { return g[i].sure; });
    out_.mentions = m.sum;
    report(
        "entity", m, [&](auto i) { return std::pair(g[i].at, gold_.entities[g[i].entity].type); },
        [&](auto j) {
          const auto& e = found_.entities[f[j].entity];
          return std::pair(f[j].at, e.type + " " + e.name);
        },
        [&](auto i) { return g[i].sure; });
    return things(g, f, m);
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

  template <typename Gold, typename Found, typename Sure>
  void report(const char* kind, const matched& m, Gold gold, Found found, Sure sure) {
    report_all(kind, m, gold, found, sure, out_.findings);
  }

  template <typename Golds, typename Founds>
  static bool takes(const gold_decoy& d, const Golds& golds, const Founds& founds) {
    const auto touches = [&](const auto& other) { return other.touches(d.at); };
    return std::any_of(founds.begin(), founds.end(), touches) &&
           std::none_of(golds.begin(), golds.end(), touches);
  }

  void decoys() {
    std::vector<span> gold_spans[4];
    std::vector<span> found_spans[4];
    for (const auto& f : gold_.figures) gold_spans[0].push_back(f.at);
    for (const auto& f : found_.figures) found_spans[0].push_back(f.at);
    for (const auto& m : gold_mentions()) gold_spans[1].push_back(m.at);
    for (const auto& m : found_mentions()) found_spans[1].push_back(m.at);
    for (const auto& v : gold_.events) gold_spans[2].push_back(v.trigger);
    for (const auto& v : found_.events) found_spans[2].push_back(v.at);
    for (const auto& d : gold_.dates) gold_spans[3].push_back(d.at);
    for (const auto& d : found_.dates) found_spans[3].push_back(d.at);
    static const char* const names[] = {"figure", "entity", "event", "date"};
    for (const auto& d : gold_.decoys) {
      ++out_.decoys.wanted;
      ++out_.decoy_figures.wanted;
      for (std::size_t k = 0; k < 4; ++k) {
        if (!takes(d, gold_spans[k], found_spans[k])) continue;
        ++out_.decoys.hit;
        out_.decoy_figures.hit += k == 0;
        out_.findings.push_back({names[k], "decoy taken", d.at, d.text, d.why});
      }
    }
  }

  const gold_page& gold_;
  const found_page& found_;
  std::string_view text_;
  const mapping& words_;
  scores out_;
};

} // namespace

double tally::precision() const { return found ? double(hit) / double(found) : 1; }
double tally::recall() const { return wanted ? double(hit) / double(wanted) : 1; }

double tally::f1() const {
  const double sum = precision() + recall();
  return sum > 0 ? 2 * precision() * recall() / sum : 0;
}

void tally::operator+=(const tally& o) {
  hit += o.hit;
  wanted += o.wanted;
  found += o.found;
}

void scores::operator+=(const scores& o) {
  for (const auto part :
       {&scores::tokens, &scores::segments, &scores::segment_bytes, &scores::dates,
        &scores::figures, &scores::mentions, &scores::entities, &scores::names, &scores::isos,
        &scores::events, &scores::triggers, &scores::types, &scores::arguments, &scores::times,
        &scores::modalities, &scores::whole_events, &scores::decoys, &scores::decoy_figures}) {
    this->*part += o.*part;
  }
}

scores score_page(const gold_page& gold, const found_page& found, std::string_view text,
                  const mapping& words) {
  return scorer(gold, found, text, words).score();
}

} // namespace vigie::press::eval
