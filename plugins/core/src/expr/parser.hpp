// SPDX-License-Identifier: Apache-2.0
// Reads an expression: a subset of PostgreSQL's, with its precedence (PostgreSQL manual, 4.1.6).
// Called when a component is bound. Stateless; any thread.
#pragma once

#include "lexer.hpp"
#include "syntax.hpp"

namespace vigie::core::expr {

// The tree of `text`. Throws wrong (VIGIE_E_CONFIG) with the byte of the first fault: what is no
// expression, more than 64 KiB, or more than max_depth levels.
[[nodiscard]] syntax_ptr parse(std::string_view text);

// What a type name of cast stands for, with the aliases of PostgreSQL that cannot mislead. false:
// there is none.
[[nodiscard]] bool find_type(std::string_view name, field& found);
// The type names themselves, without aliases and decimal.
[[nodiscard]] const std::vector<std::string>& type_names();

} // namespace vigie::core::expr
