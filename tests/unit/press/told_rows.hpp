// SPDX-License-Identifier: Apache-2.0
// Tables of sentences with the dates or the figures they tell, for the tests of both.
#pragma once

#include "catch.hpp"
#include "french.hpp"
#include "text/figures/figures.hpp"

namespace vigie::press::test {

struct told_row {
  std::string text;
  std::string told; // with semicolons in between
};

// Wednesday: what the tables of dates take for the day of publication.
inline const std::optional<civil_day> wednesday = day_of(2019, 5, 15);

// The values of all dates.
inline std::string dates_told(const std::string& text, const lexicon& words,
                              const std::optional<civil_day>& published) {
  std::string out;
  for (const auto& d : dates_of(text, published, words).dates)
    out += (out.empty() ? "" : ";") + d.value;
  return out;
}

inline void check_dates(const std::vector<told_row>& rows, const lexicon& words) {
  for (const told_row& r : rows) {
    INFO(r.text);
    CHECK(dates_told(r.text, words, wednesday) == r.told);
  }
}

// "bound value[-high] unit" of each, or the unit's words in parentheses where no key knows it.
inline std::string figures_told(const std::vector<figure_mention>& figures) {
  std::string out;
  for (const figure_mention& f : figures) {
    out += (out.empty() ? "" : ";") + std::string(name_of(f.bound)) + " " + f.value.text() +
           (f.high ? "-" + f.high->text() : "");
    if (!f.unit_key.empty()) out += " " + f.unit_key;
    if (f.unit_key.empty() && !f.unit.empty()) out += " (" + f.unit + ")";
  }
  return out;
}

inline void check_figures(const std::vector<told_row>& rows, const lexicon& words) {
  for (const told_row& r : rows) {
    INFO(r.text);
    CHECK(figures_told(figures_of(r.text, words)) == r.told);
  }
}

} // namespace vigie::press::test
