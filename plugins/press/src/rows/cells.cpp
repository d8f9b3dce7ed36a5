// SPDX-License-Identifier: Apache-2.0
#include "rows/cells.hpp"

namespace vigie::press {

void text_or_null(builder& to, std::string_view s) { s.empty() ? to.null() : to.text(s); }

void day_or_null(builder& to, const std::optional<civil_day>& day) {
  day ? to.integer(*day) : to.null();
}

void write_date(builder& item, std::size_t first, const date_mention& d) {
  item.child(first).text(d.text);
  item.child(first + 1).text(name_of(d.kind));
  item.child(first + 2).text(name_of(d.basis));
  item.child(first + 3).text(d.value);
  day_or_null(item.child(first + 4), d.from);
  day_or_null(item.child(first + 5), d.to);
  item.child(first + 6).text(name_of(d.grain));
}

void write_figure(builder& item, std::size_t first, const figure_mention& f) {
  item.child(first).text(f.text);
  item.child(first + 1).real(f.value.value());
  f.high ? item.child(first + 2).real(f.high->value()) : item.child(first + 2).null();
  item.child(first + 3).text(name_of(f.bound));
  text_or_null(item.child(first + 4), f.unit);
  text_or_null(item.child(first + 5), f.unit_key);
  text_or_null(item.child(first + 6), f.counts);
}

} // namespace vigie::press
