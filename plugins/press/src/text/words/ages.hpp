// SPDX-License-Identifier: Apache-2.0
// How old somebody is: no count and no length of time. Called by the date and the figure finder for
// a number of years. Pure function, any thread.
#pragma once

#include "text/rules/lexicon.hpp"

namespace vigie::press {

// Whether "34 ans" at tokens [first, behind) is an age: set off from a name ("Ivan Petrov, 34 ans,
// a été", "(34 years)") or joined to a person ("une femme de 34 ans"). The caller has made sure
// that it is a number of years without a bound.
[[nodiscard]] bool age_at(token_view tokens, std::size_t first, std::size_t behind,
                          const lexicon& words);

} // namespace vigie::press
