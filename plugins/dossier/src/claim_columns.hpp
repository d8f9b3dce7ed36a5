// SPDX-License-Identifier: Apache-2.0
// The columns that make a row a claim, by their fixed names, beside those it shares with
// statements. Bound once by the component on the main thread; reading is const, on any thread.
#pragma once

#include "claim.hpp"
#include "columns.hpp"

namespace vigie::dossier {

class claim_columns {
public:
  // Throws vigie::error(E_SCHEMA) where a column that is there has another type than is needed.
  void bind(binding& b);

  // Whether the row is a claim: it has a `claim_id`.
  [[nodiscard]] bool is_claim(const batch& rows, std::int64_t row) const;

  // `told`: what statement_columns read of the same row.
  [[nodiscard]] claim read(const batch& rows, std::int64_t row, statement told) const;

private:
  need id_, incident_, type_, modality_, date_basis_, measurable_;
  texts_column actor_, target_, place_, iso_, attributed_to_, contradicts_, copy_of_;
  figures_column figures_;
};

} // namespace vigie::dossier
