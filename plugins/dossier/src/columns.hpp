// SPDX-License-Identifier: Apache-2.0
// The columns a timeline reads, by their fixed names, and one row of them as a statement.
// Bound once by the component on the main thread; reading is const and may run on any thread.
#pragma once

#include "statement.hpp"

#include <vigie/vigie.hpp>

#include <string>

namespace vigie::dossier {

class statement_columns {
public:
  // Throws vigie::error(E_SCHEMA) that names the column where `text`, `from` or `to` is missing,
  // where a column that is there has another type than the page needs, and where `from` or `to` is
  // sensitive: a timeline shows them and cannot mask them.
  void bind(binding& b);

  // Cells of sensitive text columns come as "•••", other sensitive cells as if they were null.
  [[nodiscard]] statement read(const batch& rows, std::int64_t row) const;

private:
  // Positions of the fields inside of a struct; -1: not there.
  struct span_fields {
    need at;
    int offset = -1, length = -1;
  };
  struct figure_fields {
    need at;
    int text = -1, value = -1, high = -1, bound = -1, unit = -1, counted = -1, offset = -1,
        length = -1;
  };

  void bind_figures(binding& b);
  void read_figures(const column& cells, std::int64_t row, std::vector<figure>& to) const;
  [[nodiscard]] figure read_figure(const column& parts, std::int64_t at) const;

  need text_, from_, to_, file_, title_, url_, publisher_, agency_, language_;
  need published_, published_basis_, basis_, date_text_, date_value_;
  span_fields span_, date_span_;
  figure_fields figures_;
};

} // namespace vigie::dossier
