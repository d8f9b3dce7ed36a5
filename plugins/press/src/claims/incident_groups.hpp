// SPDX-License-Identifier: Apache-2.0
// Groups of claims that tell of one incident: each claim of a group agrees with every other in
// type, target, place and days. Called by incident_maker, which gives claims in their order; a
// group that no later claim can join is forgotten, so that memory goes with the incidents of one
// type and time. One thread.
#pragma once

#include "claims/claim.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace vigie::press {

// What all claims of a group have in common. A set that is not there leaves everything open.
struct incident_group {
  std::uint64_t number = 0;         // of its first claim
  std::string name;                 // the id of the incident
  std::vector<std::string> targets; // sorted
  std::vector<std::string> listed;  // targets of its first claim, by which it is found
  std::optional<std::vector<std::string>> scope, place_names;
  std::optional<day_number> first, last; // the latest first day, the earliest last day
  std::int64_t longest = 0;              // days of the longest claim
  std::optional<day_number> began;       // the first day of its first claim
};

class incident_groups {
public:
  explicit incident_groups(std::int32_t window_days) : window_(window_days) {}

  // The group that the claim fits best, or a new one; valid until the next call. `number` ascends;
  // claims come by type, then by first day, those without any day last and page by page. `id` is
  // that of the claim. Work is bounded a claim: of very many groups that it may join, of one type
  // and target, only the latest are looked at.
  const incident_group& add(const claim& c, std::uint64_t number, const std::string& id);
  [[nodiscard]] std::size_t bytes() const { return bytes_; } // of memory, about

private:
  struct match;
  using group_map = std::map<std::uint64_t, incident_group>;

  void forget_before(const claim& c);
  void forget(group_map::iterator g);
  [[nodiscard]] std::optional<match> fit(const incident_group& g, const claim& c) const;
  [[nodiscard]] bool days_fit(const incident_group& g, const claim& c) const;
  incident_group& begin(const claim& c, std::uint64_t number, const std::string& id);
  void join(incident_group& g, const match& m, const claim& c);

  std::int32_t window_;
  std::string type_, page_; // of the latest claim; the page only where it has no day
  group_map groups_;
  std::map<std::string, std::set<std::uint64_t>, std::less<>> by_target_;
  std::set<std::pair<day_number, std::uint64_t>> ends_; // of groups, by their earliest last day
  std::size_t bytes_ = 0;
};

} // namespace vigie::press
