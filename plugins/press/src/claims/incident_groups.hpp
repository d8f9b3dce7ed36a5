// SPDX-License-Identifier: Apache-2.0
// Groups of claims that tell of one incident: each claim of a group agrees with every other in
// type, target, place and days. Called by place_claims. One thread.
#pragma once

#include "claims/claim.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vigie::press {

// What all claims of a group have in common. A set that is not there leaves everything open.
struct incident_group {
  std::vector<std::size_t> members; // indices of claims, in the order they were added
  std::vector<std::string> targets; // sorted
  std::optional<std::vector<std::string>> scope, place_names;
  std::optional<day_number> first, last; // the latest first day, the earliest last day
  std::int64_t longest = 0;              // days of the longest claim
  std::string page;                      // of undated claims
};

class incident_groups {
public:
  explicit incident_groups(std::int32_t window_days) : window_(window_days) {}

  // Puts the claim into the group it fits best, or begins one. Work is bounded a claim: of very
  // many groups of one type and target only the latest are looked at.
  void add(const claim& c, std::size_t index);
  [[nodiscard]] const std::vector<incident_group>& all() const { return groups_; }

private:
  struct match;
  [[nodiscard]] std::optional<match> fit(const incident_group& g, const claim& c) const;
  [[nodiscard]] bool days_fit(const incident_group& g, const claim& c) const;
  void begin(const claim& c, std::size_t index);
  void join(incident_group& g, const match& m, const claim& c, std::size_t index);

  std::int32_t window_;
  std::vector<incident_group> groups_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_target_; // type and target
};

} // namespace vigie::press
