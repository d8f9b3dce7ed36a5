// SPDX-License-Identifier: Apache-2.0
// What a page knows of one claim: what a source says somebody did to somebody, where and when.
// Filled by claim_columns, read by the table and the chart of claims. Plain values.
#pragma once

#include "statement.hpp"

#include <optional>
#include <string>
#include <vector>

namespace vigie::dossier {

// Empty texts and lists are cells that are null or columns that are not there.
struct claim {
  statement told; // sentence, days, figures and source; its basis is the claim's `date_basis`
  std::string id, incident, type, modality;
  std::vector<std::string> actors, targets, places, countries, attributed_to, contradicts, copy_of;
  std::optional<bool> measurable;
  std::size_t incident_number = 0; // from 1 on in the order of the page; 0: in none
};

} // namespace vigie::dossier
