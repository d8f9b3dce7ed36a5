// SPDX-License-Identifier: Apache-2.0
#include "claim_columns.hpp"

#include <utility>

namespace vigie::dossier {

void claim_columns::bind(binding& b) {
  id_ = optional_column(b, "claim_id", kind::text);
  if (id_.index < 0) return; // none of the rows is a claim, whatever else they hold
  const std::pair<const char*, need*> texts[] = {{"incident_id", &incident_},
                                                 {"type", &type_},
                                                 {"modality", &modality_},
                                                 {"date_basis", &date_basis_}};
  for (const auto& [name, to] : texts) *to = optional_column(b, name, kind::text);
  measurable_ = optional_column(b, "measurable", kind::boolean);
  const std::pair<const char*, texts_column*> lists[] = {{"actor", &actor_},
                                                         {"target", &target_},
                                                         {"place", &place_},
                                                         {"iso", &iso_},
                                                         {"attributed_to", &attributed_to_},
                                                         {"contradicts", &contradicts_},
                                                         {"copy_of", &copy_of_}};
  for (const auto& [name, to] : lists) to->bind(b, name);
  figures_.bind(b, "claim_figures");
}

bool claim_columns::is_claim(const batch& rows, std::int64_t row) const {
  return id_.index >= 0 && !rows[id_].is_null(row);
}

claim claim_columns::read(const batch& rows, std::int64_t row, statement told) const {
  claim c;
  c.told = std::move(told);
  c.id = text_at(rows, id_, row);
  c.incident = text_at(rows, incident_, row);
  c.type = text_at(rows, type_, row);
  c.modality = text_at(rows, modality_, row);
  if (date_basis_.index >= 0) c.told.basis = text_at(rows, date_basis_, row);
  if (measurable_.index >= 0 && is_present(rows[measurable_], row))
    c.measurable = rows[measurable_].boolean(row);
  c.actors = actor_.read(rows, row);
  c.targets = target_.read(rows, row);
  c.places = place_.read(rows, row);
  c.countries = iso_.read(rows, row);
  c.attributed_to = attributed_to_.read(rows, row);
  c.contradicts = contradicts_.read(rows, row);
  c.copy_of = copy_of_.read(rows, row);
  figures_.read(rows, row, c.told.figures);
  return c;
}

} // namespace vigie::dossier
