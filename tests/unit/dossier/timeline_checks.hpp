// SPDX-License-Identifier: Apache-2.0
// Pages of statements alone, and tables that the component refuses. One thread.
#pragma once

#include "dossier_checks.hpp"
#include "sample.hpp"

#include <string>
#include <vector>

namespace dossier_test {

inline checked_page checked(const std::vector<one_row>& rows) { return checked(page_of(rows)); }

inline one_row dated(std::string text, std::string from, std::string to) {
  one_row r;
  r.text = std::move(text);
  r.from = std::move(from);
  r.to = std::move(to);
  return r;
}

// A table of the three columns that must be there and one more.
inline table with_column(vigie::field f, cell value) {
  return {{{.name = "text"},
           {.name = "from", .kind = kind::date},
           {.name = "to", .kind = kind::date},
           std::move(f)},
          {{"Une phrase.", day("2014-05-20"), day("2014-05-20"), std::move(value)}}};
}

inline std::string refused(const table& t) {
  try {
    static_cast<void>(page_of(t));
  } catch (const vigie::error& e) {
    CHECK(e.code == VIGIE_E_SCHEMA);
    return e.message;
  }
  return "taken";
}

inline texts sentences(const checked_page& p) { return p.texts("blockquote"); }

} // namespace dossier_test
