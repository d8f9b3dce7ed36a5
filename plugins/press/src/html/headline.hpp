// SPDX-License-Identifier: Apache-2.0
// Titles as pages declare them, compared with their lines. Called by find_main_text to find the
// headline. Pure functions, any thread; linear.
#pragma once

#include "html/tree.hpp"

namespace vigie::press::html {

// In lower case, with plain dashes and quotes: a page writes its title now so, now so.
[[nodiscard]] std::string comparable(std::string_view title);

// How well a line agrees with a declared title, both comparable: 6 all of it, 4 its beginning (the
// site's name often stands behind it) or most of it by a heading, 1 a part, 0 not.
[[nodiscard]] int agreement(const std::string& declared, const std::string& line, bool heading);

// What the element title holds, comparable; empty where the page has none.
[[nodiscard]] std::string title_element(const tree& t);

} // namespace vigie::press::html
