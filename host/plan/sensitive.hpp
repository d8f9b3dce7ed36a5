// SPDX-License-Identifier: Apache-2.0
// Which steps have cells of sensitive columns in their hands. What such a component says cannot be
// trusted to hold none of them, so its own words are withheld (instance::withhold). Pure functions,
// any thread.
#pragma once

#include "plan.hpp"

#include <set>
#include <string>
#include <vector>

namespace vigie::plan {

// True where the column, or a part of it, is marked sensitive.
[[nodiscard]] bool is_sensitive(const field& f);

// Names of the sensitive columns of a bound step whose cells its component can know: those it is
// handed at any port, those it adds, and those of an aggregate's partial state; of a reader all
// that it declares, read or not, as it sees whole records. Each name once, in this order.
[[nodiscard]] std::vector<std::string> sensitive_columns_read(const step_plan& s);

// Every column a bound step may speak of.
[[nodiscard]] std::set<std::string> columns_known(const step_plan& s);

} // namespace vigie::plan
