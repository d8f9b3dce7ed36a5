// SPDX-License-Identifier: Apache-2.0
// Which claims tell of one incident, which are copies of one another, and which contradict. Called
// by press.claims once all claims are there. Pure function; any thread; the result depends on the
// claims alone, not on their order.
//
// An incident is a group in which every claim agrees with every other (complete link: Sorensen, A
// method of establishing groups of equal amplitude in plant sociology, 1948), so that a chain of
// neighbours cannot make one incident out of a month of daily ones. The groups are found in one
// pass in order of day, against what all claims of a group have in common.
#pragma once

#include "claims/claim.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace vigie::press {

// A claim in its place: what press.claims writes a row of.
struct placed_claim {
  claim told;
  std::string id, incident;
  // Places in the result, ascending: claims that contradict it, the first 100 of them; claims that
  // repeat its sentence; the claim whose sentence it repeats.
  std::vector<std::uint32_t> contradicts, copies;
  std::optional<std::uint32_t> copy_of;
};

// At most 2^32 - 1 claims. Claims of one incident stand `window_days` (0 or more) apart at most.
// Claims that are equal in all are one. The result is in the order of press.claims: incidents by
// first day and type, claims by publication day, file and place.
[[nodiscard]] std::vector<placed_claim> place_claims(std::vector<claim> claims,
                                                     std::int32_t window_days);

// Whether both state figures of a unit of which no pair can be true at once.
[[nodiscard]] bool figures_differ(const claim& a, const claim& b);
// Whether one denies what the other states.
[[nodiscard]] bool modalities_differ(const claim& a, const claim& b);

} // namespace vigie::press
