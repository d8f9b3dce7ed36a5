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

bool of_one_kind(const claim_figure& a, const claim_figure& b) {
  if (a.unit_key.empty() || a.unit_key != b.unit_key) return false;
  if (a.counted.empty() || b.counted.empty()) return true;
  return plain_words(a.counted) == plain_words(b.counted);
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
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!all[i].copy_of) originals.push_back(static_cast<std::uint32_t>(i));
  const std::size_t compared = std::min(originals.size(), most_compared);
  for (const std::uint32_t c : originals)
    for (std::size_t i = 0; i < compared && all[c].contradicts.size() < most_listed; ++i) {
      const claim &one = all[c].told, &other = all[originals[i]].told;
      if (originals[i] != c && (figures_differ(one, other) || modalities_differ(one, other)))
        all[c].contradicts.push_back(originals[i]);
    }
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].copy_of) all[i].contradicts = all[*all[i].copy_of].contradicts;
}

} // namespace

bool figures_differ(const claim& a, const claim& b) {
  bool any = false;
  for (const claim_figure& x : a.figures)
    for (const claim_figure& y : b.figures) {
      if (!of_one_kind(x, y)) continue;
      const range p = range_of(x), q = range_of(y);
      if (p.low <= q.high && q.low <= p.high) return false;
      any = true;
    }
  return any;
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
