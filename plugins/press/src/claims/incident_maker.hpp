// SPDX-License-Identifier: Apache-2.0
// From claims in any order to incidents in the order of press.claims: by first day and type, their
// claims by publication day, file and place. Called by press.claims. One thread; `host` outlives
// it.
//
// An incident is a group in which every claim agrees with every other (complete link: Sorensen, A
// method of establishing groups of equal amplitude in plant sociology, 1948), so that a chain of
// neighbours cannot make one incident out of a month of daily ones. The groups are found in one
// pass in order of day, against what all claims of a group have in common. Claims are sorted three
// times, beyond memory where they must be: to number those of one name, to group, to write.
#pragma once

#include "claims/relations.hpp"
#include "spilled/record_sort.hpp"

#include <vigie/step_memory.hpp>

namespace vigie::press {

class incident_maker {
public:
  // Claims of one incident stand `window_days` (0 or more) apart at most.
  incident_maker(const host_services& host, std::int32_t window_days);

  // Before finish(). Claims that are equal in all are one. Throws E_RESOURCE where there is neither
  // memory nor disk, E_IO, E_CANCELLED; so do all others.
  void add(const claim& c);

  // What add() was given, to be handed to add_packed() of another one: false where there is no
  // more, and then the object is as new. Valid until the next call.
  bool take_packed();
  [[nodiscard]] std::string_view packed_key() const { return by_name_.key(); }
  [[nodiscard]] std::string_view packed_claim() const { return by_name_.payload(); }
  void add_packed(std::string_view key, std::string_view claim) { by_name_.add(key, claim); }

  // Makes the groups. Throws E_RESOURCE also where the incidents of one type and time do not fit
  // into memory.
  void finish();
  // False behind the last incident. Throws E_RESOURCE where the claims of one do not fit into
  // memory.
  bool next();
  [[nodiscard]] const std::vector<placed_claim>& incident() const { return incident_; }

private:
  void number();
  void group();
  [[nodiscard]] bool hold(std::size_t bytes);
  void read_row();

  std::int32_t window_;
  step_memory memory_;   // of groups, later of one incident
  bool started_ = false; // take_packed()
  record_sort by_name_, by_day_, by_row_;
  bool more_ = false; // by_row_ stands at a claim
  std::vector<placed_claim> incident_;
  std::size_t bytes_ = 0;
};

} // namespace vigie::press
