// SPDX-License-Identifier: Apache-2.0
// Which claims of one incident repeat one another, and which contradict. Called by incident_maker
// and press.claims. Pure functions; any thread.
#pragma once

#include "claims/claim.hpp"

#include <string>
#include <vector>

namespace vigie::press {

// A claim in its place: what press.claims writes a row of.
struct placed_claim {
  claim told;
  std::string id, incident;
  // Places in the incident, ascending: claims that contradict it, the first 100 of them; claims
  // that repeat its sentence; the claim whose sentence it repeats.
  std::vector<std::uint32_t> contradicts, copies;
  std::optional<std::uint32_t> copy_of;
};

// Fills `contradicts`, `copies` and `copy_of` of all claims of one incident, 2^32 - 1 at most.
void relate(std::vector<placed_claim>& incident);

// Whether both state figures of a unit of which no pair can be true at once.
[[nodiscard]] bool figures_differ(const claim& a, const claim& b);
// Whether one denies what the other states.
[[nodiscard]] bool modalities_differ(const claim& a, const claim& b);

} // namespace vigie::press
