// SPDX-License-Identifier: Apache-2.0
#include "claims/incidents.hpp"

#include "claims/incident_groups.hpp"
#include "digest.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <tuple>

namespace vigie::press {
namespace {

// Claims of an incident that each other claim of it is held against.
constexpr std::size_t most_compared = 1000;
// Claims that are listed as contradicting one.
constexpr std::size_t most_listed = 100;

constexpr auto never = std::numeric_limits<std::int64_t>::max();
std::int64_t day_or_never(const std::optional<day_number>& d) { return d ? *d : never; }

std::tuple<const std::string&, const std::string&> page(const claim& c) { return {c.file, c.url}; }

std::int64_t place_in_page(const claim& c) { return c.offset ? *c.offset : c.at; }

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
  return std::make_tuple(!from_its_agency(c), day_or_never(c.published), page(c), place_in_page(c));
}

// `all` is the result so far, of which the claims from `first` on are the incident at hand.
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

void mark_copies(std::vector<placed_claim>& all, std::size_t first) {
  std::map<std::string, std::vector<std::uint32_t>> by_sentence;
  if (all.size() - first < 2) return;
  for (std::size_t i = first; i < all.size(); ++i)
    by_sentence[all[i].told.modality + '\0' + plain_words(all[i].told.text)].push_back(
        static_cast<std::uint32_t>(i));
  for (const auto& [sentence, same] : by_sentence)
    if (same.size() > 1) mark_copies_of_one(all, same);
}

void mark_contradictions(std::vector<placed_claim>& all, std::size_t first) {
  std::vector<std::uint32_t> originals;
  for (std::size_t i = first; i < all.size(); ++i)
    if (!all[i].copy_of) originals.push_back(static_cast<std::uint32_t>(i));
  const std::size_t compared = std::min(originals.size(), most_compared);
  for (const std::uint32_t c : originals)
    for (std::size_t i = 0; i < compared && all[c].contradicts.size() < most_listed; ++i) {
      const claim &one = all[c].told, &other = all[originals[i]].told;
      if (originals[i] != c && (figures_differ(one, other) || modalities_differ(one, other)))
        all[c].contradicts.push_back(originals[i]);
    }
  for (std::size_t i = first; i < all.size(); ++i)
    if (all[i].copy_of) all[i].contradicts = all[*all[i].copy_of].contradicts;
}

// ---- names and order ---------------------------------------------------------------------------

// Before grouping: by day, and those that say most about the place first, so that those that say
// less join them.
auto grouping_order(const claim& c) {
  const std::size_t narrow =
      c.scope.empty()
          ? 0
          : std::max_element(c.scope.begin(), c.scope.end(), [](const auto& a, const auto& b) {
              return a.size() < b.size();
            })->size();
  return std::make_tuple(std::cref(c.type), day_or_never(c.first_day()), day_or_never(c.last_day()),
                         -static_cast<std::int64_t>(narrow), day_or_never(c.published), page(c),
                         place_in_page(c));
}

auto row_order(const claim& c) {
  return std::make_tuple(day_or_never(c.published), page(c), place_in_page(c));
}

std::vector<claim> in_grouping_order(std::vector<claim> claims) {
  std::vector<std::pair<std::string, std::size_t>> order;
  for (std::size_t i = 0; i < claims.size(); ++i) order.emplace_back(pack(claims[i]), i);
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    const auto x = grouping_order(claims[a.second]), y = grouping_order(claims[b.second]);
    return x != y ? x < y : a.first < b.first;
  });
  std::vector<claim> out;
  for (std::size_t i = 0; i < order.size(); ++i)
    if (i == 0 || order[i].first != order[i - 1].first)
      out.push_back(std::move(claims[order[i].second]));
  return out;
}

std::string id_text(const claim& c) {
  std::string out = c.file + '\0' + c.url + '\0' + c.type + '\0';
  out += c.offset
             ? "input " + std::to_string(*c.offset) + " " + std::to_string(c.length.value_or(0))
             : "body " + std::to_string(c.at) + " " + std::to_string(c.size);
  return out;
}

// Two events of one type may stand at the same bytes: "A and B blocked C"; the later in order gets
// a number.
std::vector<std::string> ids_of(const std::vector<claim>& claims) {
  std::map<std::string, std::size_t> times;
  std::vector<std::string> out;
  for (const claim& c : claims) {
    std::string text = id_text(c);
    const std::size_t n = times[text]++;
    if (n > 0) text += " " + std::to_string(n);
    out.push_back(digest_name(text));
  }
  return out;
}

// By the first day on which one of their claims happened, then by type; `claims` are in the order
// of grouping, so that the first of a group has its first day.
std::vector<const incident_group*> in_row_order(const std::vector<incident_group>& groups,
                                                const std::vector<claim>& claims) {
  std::vector<const incident_group*> out;
  for (const incident_group& g : groups) out.push_back(&g);
  const auto key = [&](const incident_group* g) {
    const claim& first = claims[g->members.front()];
    return std::make_tuple(day_or_never(first.first_day()), std::cref(first.type),
                           g->members.front());
  };
  std::sort(out.begin(), out.end(), [&](const auto* a, const auto* b) { return key(a) < key(b); });
  return out;
}

// Moves the claims of the group to `out`.
void append_incident(const incident_group& g, std::vector<claim>& claims,
                     const std::vector<std::string>& ids, std::vector<placed_claim>& out) {
  std::vector<std::size_t> members = g.members;
  std::sort(members.begin(), members.end(), [&](std::size_t a, std::size_t b) {
    const auto x = row_order(claims[a]), y = row_order(claims[b]);
    return x != y ? x < y : a < b;
  });
  const std::size_t first = out.size();
  const std::string incident = digest_name("incident " + ids[g.members.front()]);
  for (const std::size_t m : members)
    out.push_back({std::move(claims[m]), ids[m], incident, {}, {}, std::nullopt});
  mark_copies(out, first);
  mark_contradictions(out, first);
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

std::vector<placed_claim> place_claims(std::vector<claim> claims, std::int32_t window_days) {
  claims = in_grouping_order(std::move(claims));
  const std::vector<std::string> ids = ids_of(claims);
  incident_groups groups(window_days);
  for (std::size_t i = 0; i < claims.size(); ++i) groups.add(claims[i], i);

  std::vector<placed_claim> out;
  out.reserve(claims.size());
  for (const incident_group* g : in_row_order(groups.all(), claims))
    append_incident(*g, claims, ids, out);
  return out;
}

} // namespace vigie::press
