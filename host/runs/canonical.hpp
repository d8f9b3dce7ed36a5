// SPDX-License-Identifier: Apache-2.0
// JSON values in one form: keys in the order written, numbers and texts as json_writer prints them.
// Used inside runs for parameters in manifests and for rows that are compared. Pure functions, any
// thread.
#pragma once

#include "base/json.hpp"

#include <simdjson.h>

#include <string>

namespace vigie::runs {

// Appends the value to what `w` holds open. A zero loses its sign and a double without a fraction
// its point, so that the form of a form is the form itself.
void write_canonical(json_writer& w, const simdjson::dom::element& e);

// On one line.
[[nodiscard]] std::string canonical(const simdjson::dom::element& e);

// "text 'a'", "number 3", "an array": what was found, for messages.
[[nodiscard]] std::string shown_value(const simdjson::dom::element& e);

} // namespace vigie::runs
