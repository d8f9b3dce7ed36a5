// SPDX-License-Identifier: Apache-2.0
#include "score.hpp"

#include "charset.hpp"
#include "dates_agree.hpp"
#include "match.hpp"
#include "score_parts.hpp"

#include <algorithm>
#include <cmath>

namespace vigie::press::eval {
namespace {

bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(a)); }

class scorer {
public:
  scorer(const gold_page& gold, const found_page& found, std::string_view text,
         const mapping& words)
      : gold_(gold), found_(found), text_(text), words_(words) {}

  scores score() {
    score_text(gold_, found_, text_, out_);
    dates();
    figures();
    const auto links = score_entities(gold_, found_, words_, out_);
    score_events(gold_, found_, links, words_, out_);
    decoys();
    for (auto& f : out_.findings) {
      if (f.words.empty()) f.words = std::string(text_.substr(f.at.begin, f.at.end - f.at.begin));
    }
    return std::move(out_);
  }

private:
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
    report_all(
        "date", m, [&](auto i) { return std::pair(g[i].at, g[i].value); },
        [&](auto j) { return std::pair(f[j].at, f[j].value); }, [&](auto i) { return g[i].sure; },
        out_.findings);
  }

  bool right_figure(const gold_figure& g, const found_figure& f) const {
    const auto key = f.unit_key.empty() ? "-" : f.unit_key;
    const bool unit = words_.unit(g.unit, f.unit_key) || g.sure.accepts(key) ||
                      (f.unit_key.empty() && !g.unit.empty() && bare(f.unit) == bare(g.unit)) ||
                      (g.unit.empty() && f.unit_key.empty());
    const bool high = g.bound != "range" || near(g.high, f.high);
    return unit && high && near(g.value, f.value) &&
           (g.bound == f.bound || g.sure.accepts(f.bound));
  }

  // "trois jours" of "voici trois jours" is said by the date.
  certainty figure_certainty(const gold_figure& g) const {
    auto out = g.sure;
    for (const auto& d : gold_.dates) out.optional = out.optional || d.at.touches(g.at);
    return out;
  }

  // What was found, but for numbers of annotated dates that are no figures of the gold themselves.
  std::vector<found_figure> figures_told() const {
    auto out = found_.figures;
    std::erase_if(out, [&](const found_figure& f) {
      const auto touches = [&](const auto& other) { return other.at.touches(f.at); };
      return std::any_of(gold_.dates.begin(), gold_.dates.end(), touches) &&
             std::none_of(gold_.figures.begin(), gold_.figures.end(), touches);
    });
    return out;
  }

  static std::string shown(double value, const std::string& bound, const std::string& unit) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.15g", value);
    return bound + " " + digits + " " + unit;
  }

  void figures() {
    const auto& g = gold_.figures;
    const auto f = figures_told();
    const auto sure = [&](auto i) { return figure_certainty(g[i]); };
    const auto m = match(
        g.size(), f.size(), [&](auto i, auto j) { return right_figure(g[i], f[j]); },
        [&](auto i, auto j) { return g[i].at.touches(f[j].at); }, sure);
    out_.figures = m.sum;
    report_all(
        "figure", m,
        [&](auto i) { return std::pair(g[i].at, shown(g[i].value, g[i].bound, g[i].unit)); },
        [&](auto j) {
          const auto& unit = f[j].unit_key.empty() ? "(" + f[j].unit + ")" : f[j].unit_key;
          return std::pair(f[j].at, shown(f[j].value, f[j].bound, unit));
        },
        sure, out_.findings);
  }

  template <typename Golds, typename Founds>
  static bool takes(const gold_decoy& d, const Golds& golds, const Founds& founds) {
    const auto touches = [&](const auto& other) { return other.touches(d.at); };
    return std::any_of(founds.begin(), founds.end(), touches) &&
           std::none_of(golds.begin(), golds.end(), touches);
  }

  template <typename Entities>
  static void mentions(const Entities& entities, std::vector<span>& out) {
    for (const auto& e : entities) {
      for (const auto& m : e.mentions) out.push_back(m.at);
    }
  }

  void decoys() {
    std::vector<span> gold_spans[4];
    std::vector<span> found_spans[4];
    for (const auto& f : gold_.figures) gold_spans[0].push_back(f.at);
    for (const auto& f : found_.figures) found_spans[0].push_back(f.at);
    mentions(gold_.entities, gold_spans[1]);
    mentions(found_.entities, found_spans[1]);
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
