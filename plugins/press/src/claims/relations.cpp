// SPDX-License-Identifier: Apache-2.0
#include "claims/relations.hpp"

#include "claims/claim_order.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

namespace vigie::press {
namespace {

// Claims of an incident that each other claim of it is held against.
constexpr std::size_t most_compared = 1000;
// Claims that are listed as contradicting one.
constexpr std::size_t most_listed = 100;

constexpr auto never = std::numeric_limits<day_number>::max();

std::tuple<const std::string&, const std::string&> page(const claim& c) { return {c.file, c.url}; }

// ---- figures -----------------------------------------------------------------------------------

struct range {
  double low, high;
};

// Half of what the last digit that is not zero stands for, where at least three zeros follow it:
// "1.18 million" may be any number that is rounded so. A little less than half, so that two numbers
// next to each other do not meet in the middle.
double rounding(double v) {
  constexpr double least = 1000, largest = 1e15, nearly_half = 0.499;
  if (v < least || v > largest || v != std::floor(v)) return 0;
  double unit = 1;
  while (std::fmod(v, unit * 10) == 0) unit *= 10;
  return unit >= least ? unit * nearly_half : 0;
}

range range_of(const claim_figure& f) {
  constexpr double endless = std::numeric_limits<double>::infinity(), about = 0.1;
  const double slack = rounding(f.value);
  if (f.bound == "lower") return {f.value - slack, endless};
  if (f.bound == "upper") return {-endless, f.value + slack};
  if (f.bound == "approx") return {f.value * (1 - about) - slack, f.value * (1 + about) + slack};
  if (f.bound == "range") return {f.value - slack, f.high.value_or(f.value) + slack};
  return {f.value - slack, f.value + slack};
}

// A figure as it is held against others. Folded once: a claim may be held against a thousand.
struct stated_figure {
  std::string_view unit; // into the claim
  std::string counted;
  range values;
};

std::vector<stated_figure> stated_figures(const claim& c) {
  std::vector<stated_figure> out;
  for (const claim_figure& f : c.figures)
    if (!f.unit_key.empty()) out.push_back({f.unit_key, plain_words(f.counted), range_of(f)});
  return out;
}

bool of_one_kind(const stated_figure& a, const stated_figure& b) {
  return a.unit == b.unit && (a.counted.empty() || b.counted.empty() || a.counted == b.counted);
}

// Whether both state figures of one kind of which no pair can be true at once.
bool differ(const std::vector<stated_figure>& a, const std::vector<stated_figure>& b) {
  bool any = false;
  for (const stated_figure& x : a)
    for (const stated_figure& y : b) {
      if (!of_one_kind(x, y)) continue;
      if (x.values.low <= y.values.high && y.values.low <= x.values.high) return false;
      any = true;
    }
  return any;
}

bool states(std::string_view modality) {
  return modality == "asserted" || modality == "reported" || modality == "quoted" ||
         modality == "alleged";
}

// ---- copies and contradictions -----------------------------------------------------------------

bool from_its_agency(const claim& c) {
  return !c.agency.empty() && plain_words(c.agency) == plain_words(c.publisher);
}

// The claim the others copy: the agency's own page, else the one published first.
auto origin_order(const claim& c) {
  return std::make_tuple(!from_its_agency(c), c.published.value_or(never), page(c),
                         place_in_page(c));
}

void mark_copies_of_one(std::vector<placed_claim>& all, const std::vector<std::uint32_t>& same) {
  const auto less = [&](std::uint32_t a, std::uint32_t b) {
    return origin_order(all[a].told) < origin_order(all[b].told);
  };
  const std::uint32_t original = *std::min_element(same.begin(), same.end(), less);
  for (const std::uint32_t c : same) {
    if (page(all[c].told) == page(all[original].told)) continue;
    all[c].copy_of = original;
    all[original].copies.push_back(c);
  }
}

void mark_copies(std::vector<placed_claim>& all) {
  std::map<std::string, std::vector<std::uint32_t>> by_sentence;
  if (all.size() < 2) return;
  for (std::size_t i = 0; i < all.size(); ++i)
    by_sentence[all[i].told.modality + '\0' + plain_words(all[i].told.text)].push_back(
        static_cast<std::uint32_t>(i));
  for (const auto& [sentence, same] : by_sentence)
    if (same.size() > 1) mark_copies_of_one(all, same);
}

void mark_contradictions(std::vector<placed_claim>& all) {
  std::vector<std::uint32_t> originals;
  std::vector<std::vector<stated_figure>> figures;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].copy_of) continue;
    originals.push_back(static_cast<std::uint32_t>(i));
    figures.push_back(stated_figures(all[i].told));
  }
  const std::size_t compared = std::min(originals.size(), most_compared);
  for (std::size_t c = 0; c < originals.size(); ++c) {
    placed_claim& one = all[originals[c]];
    for (std::size_t i = 0; i < compared && one.contradicts.size() < most_listed; ++i)
      if (i != c &&
          (differ(figures[c], figures[i]) || modalities_differ(one.told, all[originals[i]].told)))
        one.contradicts.push_back(originals[i]);
  }
  for (placed_claim& p : all)
    if (p.copy_of) p.contradicts = all[*p.copy_of].contradicts;
}

} // namespace

bool figures_differ(const claim& a, const claim& b) {
  return differ(stated_figures(a), stated_figures(b));
}

bool modalities_differ(const claim& a, const claim& b) {
  return (a.modality == "denied" && states(b.modality)) ||
         (b.modality == "denied" && states(a.modality));
}

void relate(std::vector<placed_claim>& incident) {
  mark_copies(incident);
  mark_contradictions(incident);
}

} // namespace vigie::press
