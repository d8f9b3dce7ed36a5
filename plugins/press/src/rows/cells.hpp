// SPDX-License-Identifier: Apache-2.0
// Cells that several press steps write: optional ones, and what a date or a figure says. Pure
// functions over the caller's builders.
#pragma once

#include "text/dates/dates.hpp"
#include "text/figures/figures.hpp"

#include <vigie/vigie.hpp>

#include <optional>
#include <string_view>

namespace vigie::press {

void text_or_null(builder& to, std::string_view s);
void day_or_null(builder& to, const std::optional<civil_day>& day);

// `text`, `kind`, `basis`, `value`, `from`, `to`, `granularity`: the children from `first` on.
void write_date(builder& item, std::size_t first, const date_mention& d);
// `text`, `value`, `high`, `bound`, `unit`, `unit_key`, `counted`: the children from `first` on.
void write_figure(builder& item, std::size_t first, const figure_mention& f);

} // namespace vigie::press
