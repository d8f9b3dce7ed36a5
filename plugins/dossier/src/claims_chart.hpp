// SPDX-License-Identifier: Apache-2.0
// Claims over time as inline SVG: a lane for each type, a bar from first to last day for each
// claim, linked to its row. Called once a page. Pure, any thread.
#pragma once

#include "claim.hpp"
#include "html.hpp"
#include "words.hpp"

#include <vector>

namespace vigie::dossier {

// Nothing where no claim has a day. 12 lanes at most, the last for all other types; bars that
// begin within the same 400th of the width share one of a lane.
void append_claims_chart(markup& to, const std::vector<claim>& claims, const page_words& words,
                         const claim_words& more);

} // namespace vigie::dossier
