// SPDX-License-Identifier: Apache-2.0
#include "claims/incident_groups.hpp"

#include "copies/fold_words.hpp"
#include "digest.hpp"

#include <algorithm>
#include <set>

namespace vigie::press {
namespace {

using texts = std::vector<std::string>;
using common = std::optional<texts>;

// Groups of one type and target that a claim is held against.
constexpr std::size_t most_looked_at = 256;
// Days above which a time says "in that month or year", not "on that day".
constexpr std::int64_t long_time = 31;

texts sorted(texts list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

common known(texts list) { return list.empty() ? common() : sorted(std::move(list)); }

texts names_of(const claim& c) {
  texts out;
  for (const claim_place& p : c.places)
    if (p.iso.empty() && !p.name.empty()) fold_words(p.name, out.emplace_back());
  return out;
}

texts targets_of(const claim& c) {
  texts out = c.target_keys;
  if (out.empty()) out.emplace_back();
  return sorted(std::move(out));
}

std::string page_of(const claim& c) { return c.file + '\0' + c.url; }

std::int64_t days_in(const claim& c) {
  const auto from = c.first_day(), to = c.last_day();
  return from && to ? std::int64_t{*to} - *from + 1 : 0;
}

bool inside(const std::string& part, const std::string& whole) {
  return part.size() > whole.size() && part.starts_with(whole) && part[whole.size()] == '-';
}

// The narrower of each two places of which one is, or lies in, the other.
texts narrower(const texts& a, const texts& b) {
  std::set<std::string> out;
  for (const std::string& x : a)
    for (const std::string& y : b) {
      if (x == y || inside(x, y)) out.insert(x);
      if (inside(y, x)) out.insert(y);
    }
  return {out.begin(), out.end()};
}

texts equal_ones(const texts& a, const texts& b) {
  texts out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

// Of a group as it begins, with its places in the tables.
std::size_t bytes_of(const incident_group& g) {
  constexpr std::size_t node = 96;
  std::size_t out = sizeof g + 3 * node;
  for (const std::string& t : g.listed) out += 3 * (sizeof t + t.size()) + node;
  return out + 8 * sizeof(std::string);
}

// The latest ones, ascending.
std::vector<std::uint64_t> latest(const std::set<std::uint64_t>& numbers) {
  auto from = numbers.end();
  for (std::size_t n = std::min(numbers.size(), most_looked_at); n > 0; --n) --from;
  return {from, numbers.end()};
}

// What both have in common; nothing where both are known and agree in none.
template <class Meet> std::optional<common> met(const common& a, const common& b, Meet meet) {
  if (!a || !b) return a ? a : b;
  texts both = meet(*a, *b);
  if (both.empty()) return std::nullopt;
  return common(std::move(both));
}

} // namespace

struct incident_groups::match {
  texts targets;
  common scope, place_names;
  bool place_known = false, place_equal = false;
  std::int64_t apart = 0; // days between the beginnings

  [[nodiscard]] bool better_than(const match& o) const {
    if (place_equal != o.place_equal) return place_equal;
    if (place_known != o.place_known) return place_known;
    return apart < o.apart;
  }
};

// With a day on both sides: within the window, and long times only with others that share half of
// the longest. Without: only claims of one page, as nothing says that two pages mean one time; no
// others are there by then.
bool incident_groups::days_fit(const incident_group& g, const claim& c) const {
  const auto first = c.first_day(), last = c.last_day();
  if (!first || !g.first) return !first && !g.first;
  const std::int64_t gap =
      std::max<std::int64_t>(std::int64_t{*first} - *g.last, std::int64_t{*g.first} - *last);
  if (gap > window_) return false;
  const std::int64_t days = days_in(c), longest = std::max(days, g.longest);
  if (longest <= long_time) return true;
  if (days <= long_time || g.longest <= long_time) return false;
  const std::int64_t shared =
      std::int64_t{std::min(*last, *g.last)} - std::max(*first, *g.first) + 1;
  return 2 * shared >= longest;
}

std::optional<incident_groups::match> incident_groups::fit(const incident_group& g,
                                                           const claim& c) const {
  if (!days_fit(g, c)) return std::nullopt;
  match m;
  m.targets = equal_ones(g.targets, targets_of(c));
  if (m.targets.empty()) return std::nullopt;
  const common scope = known(c.scope), names = known(names_of(c));
  auto in = met(g.scope, scope, narrower);
  auto named = met(g.place_names, names, equal_ones);
  if (!in || !named) return std::nullopt;
  m.place_known = (g.scope && scope) || (g.place_names && names);
  m.place_equal = m.place_known && g.scope == scope && g.place_names == names;
  // Without a target, the place alone has to say that it is the same incident.
  if (m.targets.front().empty() && !m.place_known) return std::nullopt;
  m.scope = *std::move(in);
  m.place_names = *std::move(named);
  if (g.first) m.apart = std::abs(std::int64_t{*g.first} - *c.first_day());
  return m;
}

incident_group& incident_groups::begin(const claim& c, std::uint64_t number,
                                       const std::string& id) {
  incident_group& g = groups_[number];
  g.number = number;
  g.name = digest_name("incident " + id);
  g.targets = g.listed = targets_of(c);
  g.scope = known(c.scope);
  g.place_names = known(names_of(c));
  g.first = g.began = c.first_day();
  g.last = c.last_day();
  g.longest = days_in(c);
  if (g.last) ends_.emplace(*g.last, number);
  bytes_ += bytes_of(g);
  for (const std::string& t : g.listed) by_target_[t].insert(number);
  return g;
}

void incident_groups::join(incident_group& g, const match& m, const claim& c) {
  g.targets = m.targets;
  g.scope = m.scope;
  g.place_names = m.place_names;
  g.longest = std::max(g.longest, days_in(c));
  if (!g.first) return;
  g.first = std::max(*g.first, *c.first_day());
  const day_number last = std::min(*g.last, *c.last_day());
  if (last == *g.last) return;
  ends_.erase({*g.last, g.number});
  ends_.emplace(last, g.number);
  g.last = last;
}

void incident_groups::forget(group_map::iterator g) {
  for (const std::string& t : g->second.listed) {
    const auto found = by_target_.find(t);
    auto& list = found->second;
    list.erase(g->first);
    if (list.empty()) by_target_.erase(found);
  }
  if (g->second.last) ends_.erase({*g->second.last, g->first});
  bytes_ -= bytes_of(g->second);
  groups_.erase(g);
}

// Groups that end more than the window before the day of the claim, and with it of all that follow.
void incident_groups::forget_before(const claim& c) {
  const auto day = c.first_day();
  const std::string page = day ? std::string() : page_of(c);
  if (c.type != type_ || page != page_) {
    groups_.clear();
    by_target_.clear();
    ends_.clear();
    bytes_ = 0;
    type_ = c.type;
    page_ = page;
  }
  while (day && !ends_.empty() && std::int64_t{*day} - ends_.begin()->first > window_)
    forget(groups_.find(ends_.begin()->second));
}

const incident_group& incident_groups::add(const claim& c, std::uint64_t number,
                                           const std::string& id) {
  forget_before(c);
  std::optional<match> best;
  incident_group* chosen = nullptr;
  for (const std::string& t : targets_of(c)) {
    const auto found = by_target_.find(t);
    if (found == by_target_.end()) continue;
    for (const std::uint64_t number_of_group : latest(found->second)) {
      incident_group& g = groups_.find(number_of_group)->second;
      auto m = fit(g, c);
      if (!m || (best && !m->better_than(*best))) continue;
      best = std::move(m);
      chosen = &g;
    }
  }
  if (chosen == nullptr) return begin(c, number, id);
  join(*chosen, *best, c);
  return *chosen;
}

} // namespace vigie::press
