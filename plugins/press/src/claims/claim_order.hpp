// SPDX-License-Identifier: Apache-2.0
// The orders in which claims are grouped and written, as bytes (common/sorted/ordered_bytes.hpp),
// and their names. Called by press.claims and incident_maker. Pure functions; any thread.
#pragma once

#include "claims/claim.hpp"

#include <cstdint>
#include <string>

namespace vigie::press {

// Where the event stands in its page, to tell the order of events.
[[nodiscard]] std::int64_t place_in_page(const claim& c);

// By type and day, claims without any day last and page by page; of one day those that say most
// about the place first, so that those that say less join them.
[[nodiscard]] std::string grouping_key(const claim& c);
// Of the claims of an incident: by publication day, file, address and place in the page.
[[nodiscard]] std::string row_key(const claim& c);

// What the id of the claim is made of: several events of one type may stand at the same bytes, as
// in "A and B blocked C", and claims whose pages have no name may look alike; these are numbered
// from 0.
[[nodiscard]] std::string id_text(const claim& c);
[[nodiscard]] std::string claim_id(const claim& c, std::uint64_t number);

} // namespace vigie::press
