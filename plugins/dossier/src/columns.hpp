// SPDX-License-Identifier: Apache-2.0
// The columns a timeline reads, by their fixed names, and one row of them as a statement.
// Bound once by the component on the main thread; reading is const and may run on any thread.
#pragma once

#include "cells.hpp"
#include "statement.hpp"

#include <vigie/vigie.hpp>

#include <string>

namespace vigie::dossier {

// A list of structs whose fields are found by name. Not bound where the column is not there; throws
// as statement_columns::bind does.
class figures_column {
public:
  void bind(binding& b, const char* name);
  void read(const batch& rows, std::int64_t row, std::vector<figure>& to) const;

private:
  [[nodiscard]] figure read_one(const column& parts, std::int64_t at) const;

  need at_;
  int text_ = -1, value_ = -1, high_ = -1, bound_ = -1, unit_ = -1, counted_ = -1, offset_ = -1,
      length_ = -1;
};

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
  need text_, from_, to_, file_, title_, url_, publisher_, agency_, language_;
  need published_, published_basis_, basis_, date_text_, date_value_;
  span_fields span_, date_span_;
  figures_column figures_;
};

} // namespace vigie::dossier
